"""Outlets: servers elsewhere to which a talk's sound is passed on, and how their addresses are read."""

import ipaddress
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, quote, unquote, urlsplit

from rooms.errors.elsewhere import OutletMalformed

LONGEST = 1000
"""Characters of an address at most."""

SOURCE: Final = "source"
"""The user name that Icecast expects where an address has none."""

_FOREIGN_FORMATS = (
    *(".mp3", ".aac", ".aacp", ".m4a", ".mp4", ".flac", ".wav", ".webm", ".mkv", ".nsv"),
    *(".m3u", ".m3u8", ".xspf", ".pls"),
)
"""Endings of mounts that promise something else than Ogg, or that Icecast keeps for playlists."""

_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?\.?")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A mount point of an Icecast server or a key of an RTMP server.

    `url` holds the password and is never printed: icecast://source:hackme@radio.example:8000/talk.ogg,
    icecasts:// with TLS, rtmp://live.example/app/key.
    `name` is what people read.
    """

    name: str
    url: str

    def __repr__(self) -> str:
        """Without the address, which lets whoever reads it speak on the server."""
        return f"Outlet(name={self.name!r})"


class OutletState(StrEnum):
    """How an outlet does."""

    CONNECTING = "connecting"
    ON_AIR = "on_air"
    REFUSED = "refused"
    """The server turns us away (password, mount, key): it is tried again, seldom."""
    LOST = "lost"
    """The server cannot be reached, or went away: it is tried again."""


class Scheme(StrEnum):
    """What an outlet's server speaks, alone or within TLS."""

    ICECAST = "icecast"
    ICECASTS = "icecasts"
    RTMP = "rtmp"
    RTMPS = "rtmps"


PORTS = {Scheme.ICECAST: 8000, Scheme.ICECASTS: 443, Scheme.RTMP: 1935, Scheme.RTMPS: 443}
"""The port of an address that names none."""


class Flaw(StrEnum):
    """Why an address cannot be taken, for `OutletMalformed`."""

    UNREADABLE = "unreadable"
    """Spaces, control characters, a fragment, or far too long."""
    SCHEME = "scheme"
    HOST = "host"
    PORT = "port"
    PASSWORD = "password"  # noqa: S105
    """Icecast lets nobody in without one."""
    MOUNT = "mount"
    """Icecast needs to know which one."""
    FORMAT = "format"
    """The mount's ending promises something else than Ogg."""
    KEY = "key"
    """RTMP needs an application and a key."""
    LOGIN = "login"
    """A user or password before an RTMP host, where none belongs."""


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an outlet's address; `__repr__` shows none that are secret.

    `path` is as it is sent: percent-encoded ASCII, with its query. `user` and `password` are plain text.
    """

    scheme: Scheme
    host: str
    port: int
    path: str
    user: str = ""
    password: str = ""

    @property
    def is_secure(self) -> bool:
        """Whether it is spoken within TLS."""
        return self.scheme in (Scheme.ICECASTS, Scheme.RTMPS)

    @property
    def is_icecast(self) -> bool:
        """Whether the server is an Icecast; otherwise it speaks RTMP."""
        return self.scheme in (Scheme.ICECAST, Scheme.ICECASTS)

    @property
    def authority(self) -> str:
        """The host, with the port where it is not the usual one, as it stands in a URL."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    def __repr__(self) -> str:
        """Without password and path: the key of an RTMP server is in the latter."""
        return f"Address({self.scheme}://{self.authority}/…)"


def read_outlet(text: str) -> Outlet:
    """The outlet whose address somebody typed.

    Its name is the host, and for Icecast the mount, which is public: no part of a name is secret.

    Raises:
        OutletMalformed: it is no address that sound can be passed on to.
    """
    url = text.strip()
    address = read_address(url)
    mount = address.path.partition("?")[0] if address.is_icecast else ""
    return Outlet(address.authority + mount, url)


def named_apart(outlet: Outlet, known: Sequence[Outlet]) -> Outlet:
    """The outlet with a name that no other place among those known has: "live.example (2)".

    The same mount or key is the same place, whatever password or query its address has; of two keys on one
    RTMP server neither may show, so that they are numbered.
    """
    names = {_place(one): one.name for one in known}
    if _place(outlet) in names:
        return replace(outlet, name=names[_place(outlet)])
    name, numbers = outlet.name, itertools.count(2)
    while name in names.values():
        name = f"{outlet.name} ({next(numbers)})"
    return replace(outlet, name=name)


def read_address(url: str) -> Address:
    """The parts of an outlet's address; raises `OutletMalformed`."""
    if len(url) > LONGEST or _UNPRINTABLE.search(url):
        raise OutletMalformed(Flaw.UNREADABLE)
    scheme = _scheme(url)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise OutletMalformed(Flaw.UNREADABLE) from error
    if parts.fragment or url.endswith("#"):
        raise OutletMalformed(Flaw.UNREADABLE)
    user, password = _login(parts)
    path = quote(parts.path + (f"?{parts.query}" if parts.query else ""), safe="/?%:@!$&'()*+,;=~|")
    address = Address(scheme, _host(parts), _port(parts, scheme), path, user, password)
    (_check_icecast if address.is_icecast else _check_rtmp)(address)
    return address


def _place(outlet: Outlet) -> tuple[str, str]:
    """Which mount or key on which server: to be compared, and never shown."""
    address = read_address(outlet.url)
    return address.authority, address.path.partition("?")[0]


def _scheme(url: str) -> Scheme:
    name, separator, _ = url.partition("://")
    try:
        scheme = Scheme(name.lower())
    except ValueError as error:
        raise OutletMalformed(Flaw.SCHEME) from error
    if not separator:
        raise OutletMalformed(Flaw.SCHEME)
    return scheme


def _login(parts: SplitResult) -> tuple[str, str]:
    login = unquote(parts.username or ""), unquote(parts.password or "")
    if any(_UNPRINTABLE.search(word.replace(" ", "")) for word in login) or ":" in login[0]:
        raise OutletMalformed(Flaw.UNREADABLE)
    return login


def _host(parts: SplitResult) -> str:
    host = parts.hostname or ""
    try:
        if ":" in host:
            return _ipv6(host)
        name = host.encode("idna").decode()
    except ValueError as error:
        raise OutletMalformed(Flaw.HOST) from error
    if not _HOST.fullmatch(name):
        raise OutletMalformed(Flaw.HOST)
    return name


def _ipv6(host: str) -> str:
    address = ipaddress.IPv6Address(host)
    if address.scope_id:
        raise ValueError("the zone of a link-local address means nothing elsewhere")
    return str(address)


def _port(parts: SplitResult, scheme: Scheme) -> int:
    try:
        port = parts.port
    except ValueError as error:
        raise OutletMalformed(Flaw.PORT) from error
    if port == 0:
        raise OutletMalformed(Flaw.PORT)
    return port or PORTS[scheme]


def _check_icecast(address: Address) -> None:
    mount = address.path.partition("?")[0]
    if not address.password:
        raise OutletMalformed(Flaw.PASSWORD)
    if not mount.strip("/"):
        raise OutletMalformed(Flaw.MOUNT)
    if mount.lower().endswith(_FOREIGN_FORMATS):
        raise OutletMalformed(Flaw.FORMAT)


def _check_rtmp(address: Address) -> None:
    if address.user or address.password:
        raise OutletMalformed(Flaw.LOGIN)
    application, _, key = address.path.partition("?")[0].rpartition("/")
    if not application.strip("/") or not key:
        raise OutletMalformed(Flaw.KEY)
