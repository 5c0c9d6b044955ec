"""The guard: lets only this page and tools on this machine in, and puts every "no" into JSON."""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

from sandbox.console.complaints import FOREIGN, Complaint, understood

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def guarded(handler: Handler) -> Handler:
    """The same handler for requests of our own page, or of no page at all; complaints become JSON."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            _check_origin(request)
            return await handler(request)
        except Complaint as complaint:
            return refusal(complaint)
        except FOREIGN as error:
            return refusal(understood(error))

    return handle


def refusal(complaint: Complaint) -> web.Response:
    """A complaint as the page expects it."""
    return web.json_response({"error": complaint.sentence}, status=complaint.status)


def _check_origin(request: web.Request) -> None:
    """Whoever has another site open in the same browser must not lend it their console.

    That site may also point a name of its own at this machine (DNS rebinding), so on loopback no name but
    localhost is served. Its forms and images may ask, but cannot read an answer, and nothing that they
    can send is taken by `told`.
    """
    if _is_local(request) and not _is_plain(request.host):
        raise Complaint(403, "This console is at http://localhost or at its address, under no other name.")
    origin = request.headers.get("Origin")
    if origin is not None and origin.partition("://")[2] != request.host:
        raise Complaint(403, "Another site's page may not use this console.")


def _is_local(request: web.Request) -> bool:
    """Whether the request came by the loopback interface."""
    name = request.transport.get_extra_info("sockname") if request.transport else None
    return name is not None and ipaddress.ip_address(name[0]).is_loopback


def _is_plain(host: str) -> bool:
    """Whether a Host header names localhost or an address, with or without a port."""
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or bool(ipaddress.ip_address(name))
    except ValueError:
        return False
