"""The machine: its port, its way out for the voice, and the files that it lets us open."""

from collections.abc import Sequence

from app import machine
from app.doctor.findings import Case, Finding
from app.doctor.visiting import NotReached, visit
from app.supervision import CannotRun

ANY = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}  # noqa: S104
"""Where to ask for what is served on every address."""


async def check_port(case: Case) -> Sequence[Finding]:
    """Whether the gallery's port is free, or ours already."""
    host, port = case.settings.web_host, case.settings.web_port
    try:
        machine.check_port(host, port, "LOGGIONE_WEB_PORT")
    except CannotRun as error:
        if case.is_running and await _is_ours(case):
            return [Finding("port", f"our gallery serves on {port}")]
        return [Finding("port", "the gallery cannot be served.", str(error))]
    if case.is_running:
        advice = "See its log, and whether LOGGIONE_WEB_PORT is the same there as here."
        return [Finding("port", f"Loggione runs, and serves nothing on {port}.", advice)]
    return [Finding("port", f"{port} is free" if port else "any that is free")]


async def check_interface(case: Case) -> Sequence[Finding]:  # noqa: ARG001
    """Whether the native call library finds a way out."""
    try:
        machine.check_voice_interface()
    except CannotRun as error:
        return [Finding("network interface", "the call library would find no way out.", str(error))]
    return [Finding("network interface", "one besides loopback is up with an address")]


async def check_descriptors(case: Case) -> Sequence[Finding]:
    """Whether as many files may be open as the listeners need."""
    wanted = machine.descriptors_for(case.settings.listener_limit)
    try:
        machine.raise_descriptor_limit(wanted)
    except CannotRun as error:
        return [Finding("open files", "too few.", str(error))]
    return [
        Finding(
            "open files", f"the system allows the {wanted} that {case.settings.listener_limit} listeners need"
        )
    ]


async def _is_ours(case: Case) -> bool:
    host, port = case.settings.web_host, case.settings.web_port
    scheme = "http" if case.settings.tls_certificate is None else "https"
    shown = ANY.get(host, f"[{host}]" if ":" in host else host)
    try:
        return (await visit(f"{scheme}://{shown}:{port}/health", believes=True)).is_ours
    except NotReached:
        return False
