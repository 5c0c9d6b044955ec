"""Links: which addresses Telegram takes for a link or a button, and in which spelling it keeps them."""

import re
from urllib.parse import parse_qsl, urlsplit

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_USER_LINK = re.compile(r"tg://user\?id=(\d{1,15})$", re.IGNORECASE | re.ASCII)

_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog"})
_HERE = frozenset({"127.0.0.1", "::1"})


class BadLink(Exception):
    """The address is no link that Telegram takes; its text says why, in Telegram's words."""


def check_link(address: str, *, is_secure: bool = False) -> str:
    """The address as Telegram keeps it.

    Args:
        address: with or without a scheme; http, https and tg are taken.
        is_secure: whether only https will do, as for web apps; or http on this machine, as in Telegram's test
            environment, which a sandbox is.

    Raises:
        BadLink: such as for "localhost", whose host has no dot.
    """
    address = address.strip()
    if re.search(r"\s", address) or not address:
        raise BadLink("Wrong HTTP URL")
    if address.lower().startswith("tg://") and not is_secure:
        return address
    if not _SCHEME.match(address) or "://" not in address:
        address = f"http://{address}"
    scheme, host = _scheme_and_host(address)
    if scheme not in ("http", "https"):
        raise BadLink("Unsupported URL protocol")
    if is_secure and scheme != "https" and host not in _HERE:
        raise BadLink("Only HTTPS links are allowed")
    if "." not in host and ":" not in host:
        raise BadLink("Wrong HTTP URL")
    return _with_path(address)


def is_start_link(address: str, username: str) -> bool:
    """Whether a checked address starts a certain bot with a parameter, such as t.me/bot?start=x."""
    try:
        parts = urlsplit(address)
        arguments = dict(parse_qsl(parts.query))
    except ValueError:
        return False
    if not arguments.get("start"):
        return False
    if parts.scheme.lower() == "tg":
        return parts.netloc == "resolve" and arguments.get("domain", "").lower() == username.lower()
    return (parts.hostname or "") in _HOSTS and parts.path.strip("/").lower() == username.lower()


def linked_user(address: str) -> int | None:
    """The person that a tg://user link means."""
    match = _USER_LINK.match(address.strip())
    return int(match[1]) if match else None


def _scheme_and_host(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        raise BadLink("Wrong HTTP URL") from error
    return parts.scheme.lower(), parts.hostname or ""


def _with_path(address: str) -> str:
    after_scheme = address.index("://") + 3
    rest = address[after_scheme:]
    host_end = next((at for at, sign in enumerate(rest) if sign in "/?#"), len(rest))
    path = rest[host_end:]
    return address[: after_scheme + host_end] + (path if path.startswith("/") else f"/{path}")
