"""The gallery: its certificate, if it speaks TLS itself, and how it hands sound to many at once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from cryptography import x509

from app.certificate import certificate_of, check_certificate
from app.doctor.address import is_local
from app.doctor.findings import Case, Finding
from app.supervision import CannotRun
from web.fanout import NoRing, Ring

SOON = timedelta(days=10)
"""A certificate that runs out sooner should have been renewed already."""


async def check_tls(case: Case) -> Sequence[Finding]:
    """Whether the certificate can be used, is for the public address, and lasts."""
    subject = "certificate"
    try:
        check_certificate(case.settings)
        certificate = certificate_of(case.settings)
    except CannotRun as error:
        return [Finding(subject, "it cannot be used.", str(error))]
    if certificate is None:
        return [Finding(subject, "none here: TLS is left to a proxy")]
    shown = x509.load_pem_x509_certificate(certificate.chain.read_bytes())
    ends, host = shown.not_valid_after_utc, urlsplit(case.settings.public_url).hostname or ""
    if ends < datetime.now(UTC) + SOON:
        return [Finding(subject, f"it is valid until {ends:%d.%m.%Y}.", "Have it renewed.")]
    if not is_local(host) and not _is_for(shown, host):
        advice = "See LOGGIONE_PUBLIC_URL and LOGGIONE_TLS_CERTIFICATE."
        return [Finding(subject, f"it is not for {host}.", advice)]
    return [Finding(subject, f"it is valid until {ends:%d.%m.%Y}")]


async def check_fan_out(case: Case) -> Sequence[Finding]:
    """Which way of handing sound to many runs here; each of them is well."""
    subject = "fan-out"
    if case.settings.tls_certificate is not None:
        return [Finding(subject, "by TLS, one write for each listener")]
    try:
        Ring().close()
    except NoRing as error:
        return [Finding(subject, f"one write for each listener; no io_uring: {error}")]
    return [Finding(subject, "by io_uring, all listeners of a stream at once")]


def _is_for(certificate: x509.Certificate, host: str) -> bool:
    try:
        names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return False
    known = {name.lower() for name in names.get_values_for_type(x509.DNSName)}
    known |= {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    return host in known or f"*.{host.partition('.')[2]}" in known
