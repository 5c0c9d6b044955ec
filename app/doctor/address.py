"""The public address: whether listeners can reach the gallery by it."""

import ipaddress
from collections.abc import Sequence
from urllib.parse import urlsplit

from app.doctor.findings import Case, Finding
from app.doctor.visiting import Answer, NotReached, visit

SUBJECT = "public address"
ADVICE = (
    "Give the gallery a certificate (LOGGIONE_TLS_CERTIFICATE), or put a TLS proxy before it, and write its "
    "address, such as https://talks.example.org, into LOGGIONE_PUBLIC_URL."
)


async def check_address(case: Case) -> Sequence[Finding]:
    """Whether the address is one for others, speaks TLS, and leads to us when we serve."""
    parts = urlsplit(case.settings.public_url)
    host = parts.hostname or ""
    if is_local(host):
        if case.settings.sandbox_mtproto is None:
            return [Finding(SUBJECT, f"{host} leads to this machine alone, for whoever asks.", ADVICE)]
    elif parts.scheme != "https":
        found = f"{host} is served without TLS, where browsers do not play and others can listen in."
        return [Finding(SUBJECT, found, ADVICE)]
    try:
        answer = await visit(f"{case.settings.public_url}/health")
    except NotReached as error:
        if is_local(host) and not case.is_running:
            return [
                Finding(SUBJECT, f"{host} is this machine; nothing is served while Loggione does not run")
            ]
        return [
            Finding(SUBJECT, f"{host} was not reached ({error}).", "See its name server, proxy and firewall.")
        ]
    return [_led_to(host, answer, case)]


def _led_to(host: str, answer: Answer, case: Case) -> Finding:
    if answer.is_ours:
        return Finding(SUBJECT, f"{host} leads to the gallery")
    if not case.is_running:
        return Finding(SUBJECT, f"{host} answers; start Loggione to see that it leads to the gallery")
    where = f"{case.settings.web_host}:{case.settings.web_port}"
    found = f"{host} answers with status {answer.status}, and is not the gallery."
    return Finding(SUBJECT, found, f"Let its proxy lead to {where}.")


def is_local(host: str) -> bool:
    """Whether a host's name or address means this machine, wherever it is asked for."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
    return address.is_loopback or address.is_unspecified
