"""Addresses: whom on the network the relay may speak to, decided on what a name has resolved to."""

import asyncio
import ipaddress
import socket

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""IPv6 addresses that a translator turns into the IPv4 address in their last 32 bits (RFC 6052)."""


class AddressPrivate(Exception):
    """A host has no address but on this machine or in a private network, and those are not allowed."""


async def resolve(host: str, port: int, *, allows_private: bool) -> list[str]:
    """The numerical addresses of a host that may be connected to, in the resolver's order.

    Connect to one of them and never to the name again, which may lead elsewhere a moment later.

    Raises:
        AddressPrivate: all of them are private, and `allows_private` is not set.
        OSError: there is no such host, or no resolver.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(place[0]) for *_, place in found))
    allowed = [address for address in addresses if allows_private or is_public(address)]
    if not allowed:
        raise AddressPrivate
    return allowed


def is_public(address: str) -> bool:
    """Whether a numerical address is one on the Internet, also inside what it may be wrapped in."""
    wrapped = ipaddress.ip_address(address)
    return all(_is_public(inner) for inner in _unwrapped(wrapped))


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (address.is_site_local or address.is_reserved):
        return False
    return address.is_global and not address.is_multicast


def _unwrapped(address: Address) -> list[Address]:
    """The IPv4 addresses to which an IPv6 address leads in the end, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    if address in _NAT64:
        return [ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)]
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    return [each for each in inner if each is not None] or [address]
