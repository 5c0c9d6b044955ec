"""ICY: titles are taken out of the sound, however the bytes come."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.sources.icy import LONGEST_SONG, Splitter, interval, is_radio


def mixed(sound: bytes, every: int, titles: list[bytes]) -> bytes:
    """What a station sends: after so many bytes a title, or none."""
    stream = bytearray()
    for number, at in enumerate(range(0, len(sound), every)):
        piece = sound[at : at + every]
        stream += piece
        if len(piece) == every:
            title = titles[number] if number < len(titles) else b""
            blocks = -(-len(title) // 16)
            stream += bytes([blocks]) + title.ljust(16 * blocks, b"\0")
    return bytes(stream)


@given(st.binary(max_size=200), st.integers(1, 50), st.lists(st.binary(max_size=64)), st.integers(1, 60))
def test_the_sound_comes_out_whole(sound: bytes, every: int, titles: list[bytes], piece: int) -> None:
    stream = mixed(sound, every, titles)
    splitter = Splitter(every, lambda _: None)
    heard = b"".join(splitter.feed(stream[at : at + piece]) for at in range(0, len(stream), piece))
    assert heard == sound


@pytest.mark.parametrize(
    ("told", "song"),
    [
        (b"StreamTitle='Ella';StreamUrl='x';", "Ella"),
        (b"StreamTitle='It's on';", "It's on"),
        (b"StreamTitle='';", ""),
        ("StreamTitle='Così';".encode(), "Così"),
        ("StreamTitle='Così';".encode("latin-1"), "Così"),
        ("StreamTitle='a\x00\n\u202eb';".encode(), "a b"),
        (b"StreamTitle='" + b"a" * 500 + b"';", "a" * LONGEST_SONG),
    ],
)
def test_titles_are_readable(told: bytes, song: str) -> None:
    songs: list[str] = []
    Splitter(1, songs.append).feed(mixed(b"ab", 1, [told]))
    assert songs == [song]


def test_what_is_no_title_is_not_told() -> None:
    songs: list[str] = []
    Splitter(1, songs.append).feed(mixed(b"abcd", 1, [b"StreamUrl='x';", b"\xff\xff", b"StreamTitle='x"]))
    assert songs == []


@pytest.mark.parametrize(
    ("text", "found"),
    [("8192", 8192), (" 16000 ", 16000), ("0", None), ("-1", None), ("x", None), ("", None)],
)
def test_an_interval_is_believed_within_reason(text: str, found: int | None) -> None:
    assert interval({"icy-metaint": text}) == found
    assert interval({"icy-metaint": "9" * 5000}) is None
    assert interval({}) is None


@pytest.mark.parametrize(
    ("headers", "is_one"),
    [
        ({"icy-name": "Radio"}, True),
        ({"Icy-Br": "128"}, True),
        ({"ice-audio-info": "x"}, True),
        ({"Server": "Icecast 2.4.4"}, True),
        ({"Server": "nginx"}, False),
        ({}, False),
    ],
)
def test_a_radio_station_is_known_by_its_headers(headers: dict[str, str], is_one: bool) -> None:
    assert is_radio(headers) is is_one
