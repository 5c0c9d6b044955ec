"""Outlets: which addresses are taken as typed, what is read from them, and that no secret shows."""

import pytest

from rooms.errors.elsewhere import OutletMalformed
from rooms.outlets import LONGEST, Flaw, Scheme, read_address, read_outlet


def flaw(text: str) -> str:
    with pytest.raises(OutletMalformed) as refused:
        read_outlet(text)
    return refused.value.flaw


def test_an_icecast_mount_is_read() -> None:
    address = read_address("icecast://source:hackme@radio.example:9000/talk.ogg")
    assert (address.scheme, address.host, address.port) == (Scheme.ICECAST, "radio.example", 9000)
    assert (address.user, address.password, address.path) == ("source", "hackme", "/talk.ogg")
    assert address.is_icecast
    assert not address.is_secure


def test_an_rtmp_key_is_read_with_its_query() -> None:
    address = read_address("rtmps://live.example/app/FB-1:2?s=1&a=b")
    assert (address.host, address.port, address.path) == ("live.example", 443, "/app/FB-1:2?s=1&a=b")
    assert address.is_secure
    assert not address.is_icecast


@pytest.mark.parametrize(
    ("text", "port"),
    [
        ("icecast://:x@h/m", 8000),
        ("icecasts://:x@h/m", 443),
        ("rtmp://h/a/k", 1935),
        ("rtmps://h/a/k", 443),
        ("rtmps://h:444/a/k", 444),
    ],
)
def test_each_scheme_has_its_port(text: str, port: int) -> None:
    assert read_address(text).port == port


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("icecast://source:hackme@radio.example/talk.ogg?token=hackme", "radio.example/talk.ogg"),
        ("icecast://source:hackme@radio.example:9000/talk", "radio.example:9000/talk"),
        ("  ICECAST://source:hackme@Radio.Example/Talk.ogg\n", "radio.example/Talk.ogg"),
        ("rtmp://a.live.example/hackme/hackme?hackme", "a.live.example"),
        ("rtmp://[2001:DB8::1]:1936/app/hackme", "[2001:db8::1]:1936"),
        ("icecast://:hackme@città.example/m", "xn--citt-3na.example/m"),
    ],
)
def test_the_name_tells_where_and_nothing_secret(text: str, name: str) -> None:
    outlet = read_outlet(text)
    assert outlet.name == name
    assert "hackme" not in repr(outlet) + repr(read_address(outlet.url))


@pytest.mark.parametrize(
    ("written", "password"),
    [
        ("p%40ss%2Fw%23rd%3F", "p@ss/w#rd?"),
        ("p@ss", "p@ss"),
        ("a:b", "a:b"),
        ("50%off", "50%off"),
        ("pi%C3%B9", "più"),
        ("più", "più"),
        ("a%20b", "a b"),
    ],
)
def test_passwords_may_hold_any_sign(written: str, password: str) -> None:
    assert read_address(f"icecast://source:{written}@h/m").password == password


def test_an_ipv6_host_is_read() -> None:
    address = read_address("icecast://source:x@[::1]:8001/m")
    assert (address.host, address.port, address.authority) == ("::1", 8001, "[::1]:8001")


def test_a_mount_is_sent_as_ascii() -> None:
    assert read_address("icecast://:x@h/serataè%20.ogg").path == "/serata%C3%A8%20.ogg"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Flaw.SCHEME),
        ("radio.example:8000", Flaw.SCHEME),
        ("http://radio.example/talk.ogg", Flaw.SCHEME),
        ("icecast:radio.example", Flaw.SCHEME),
        ("rtmpt://h/a/k", Flaw.SCHEME),
        ("icecast", Flaw.SCHEME),
        ("icecast://source:x@/m", Flaw.HOST),
        ("icecast://source:x@:8000/m", Flaw.HOST),
        ("icecast://source:x@-h-/m", Flaw.HOST),
        ("icecast://source:x@a..b/m", Flaw.HOST),
        ("icecast://source:x@" + "h" * 64 + "/m", Flaw.HOST),
        ("icecast://source:x@[fe80::1%25eth0]/m", Flaw.HOST),
        ("icecast://source:x@h,i/m", Flaw.HOST),
        ("icecast://source:x@[::1/m", Flaw.UNREADABLE),
        ("icecast://source:x@h:0/m", Flaw.PORT),
        ("icecast://source:x@h:65536/m", Flaw.PORT),
        ("icecast://source:x@h:-1/m", Flaw.PORT),
        ("icecast://source:pa/ss@h/m", Flaw.PORT),
        ("icecast://h/m", Flaw.PASSWORD),
        ("icecast://hackme@h/m", Flaw.PASSWORD),
        ("icecast://source:@h/m", Flaw.PASSWORD),
        ("icecast://source:x@h", Flaw.MOUNT),
        ("icecast://source:x@h/", Flaw.MOUNT),
        ("icecast://source:x@h/?m=1", Flaw.MOUNT),
        ("icecast://source:x@h/talk.mp3", Flaw.FORMAT),
        ("icecast://source:x@h/talk.AAC?x", Flaw.FORMAT),
        ("icecast://source:x@h/talk.m3u", Flaw.FORMAT),
        ("rtmp://h", Flaw.KEY),
        ("rtmp://h/app", Flaw.KEY),
        ("rtmp://h/app/", Flaw.KEY),
        ("rtmp://h//key", Flaw.KEY),
        ("rtmp://u:x@h/app/key", Flaw.LOGIN),
        ("icecast://source:pa#ss@h/m", Flaw.UNREADABLE),
        ("icecast://source:x@h/m#", Flaw.UNREADABLE),
        ("icecast://source:x@h/m HTTP/1.1", Flaw.UNREADABLE),
        ("icecast://source:x@h/m\r\nX-Evil:1", Flaw.UNREADABLE),
        ("icecast://source:x%0d%0aX@h/m", Flaw.UNREADABLE),
        ("icecast://so%3Aurce:x@h/m", Flaw.UNREADABLE),
        ("rtmp://h/app/k\x00", Flaw.UNREADABLE),
        ("rtmp://h/app/" + "k" * LONGEST, Flaw.UNREADABLE),
    ],
)
def test_what_is_wrong_with_an_address_is_told(text: str, expected: Flaw) -> None:
    assert flaw(text) == expected


def test_a_refusal_keeps_nothing_of_the_address() -> None:
    with pytest.raises(OutletMalformed) as refused:
        read_outlet("icecast://source:hackme@h:99999/m")
    assert "hackme" not in f"{refused.value!r} {vars(refused.value)}"
