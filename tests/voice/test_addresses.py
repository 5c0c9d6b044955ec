"""Addresses: what counts as public, however it is written."""

import socket

import pytest

from voice.addresses import AddressPrivate, is_public, resolve


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_hosts_on_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.255.0.9", "0.1.2.3", "10.0.0.1", "172.16.0.1", "192.168.1.1"),
        *("169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255", "240.0.0.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%2", "fd00::1", "fec0::1", "ff02::1", "2001:db8::1"),
        *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::1"),
        *("::127.0.0.1", "2001:0:7f00:1:0:0:f5ff:fffe", "64:ff9b:1::a00:1"),
    ],
)
def test_all_others_are_not(address: str) -> None:
    assert not is_public(address)


async def test_a_number_is_its_own_address() -> None:
    assert await resolve("127.0.0.1", 80, allows_private=True) == ["127.0.0.1"]
    assert await resolve("8.8.8.8", 80, allows_private=False) == ["8.8.8.8"]


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "localhost", "::1"])
async def test_strange_ways_to_write_this_machine_lead_nowhere(host: str) -> None:
    with pytest.raises(AddressPrivate):
        await resolve(host, 80, allows_private=False)


async def test_a_host_that_is_none_is_no_private_one() -> None:
    with pytest.raises(socket.gaierror):
        await resolve("nowhere.invalid", 80, allows_private=False)
