"""Playlists: what is read from them, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.sources.playlists import (
    Key,
    Piece,
    PlaylistMalformed,
    Range,
    choose_variant,
    first_address,
    is_hls,
    read_media,
)

BASE = "https://radio.example/live/index.m3u8?token=1"

MEDIA = """#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:6
#EXT-X-MEDIA-SEQUENCE:41
#EXTINF:5.9,A title, with a comma
a.ts
#EXTINF:6
/b.ts
"""


def test_segments_are_numbered_and_have_whole_addresses() -> None:
    playlist = read_media(MEDIA, BASE)
    assert [segment.number for segment in playlist.segments] == [41, 42]
    assert [segment.piece.url for segment in playlist.segments] == [
        "https://radio.example/live/a.ts",
        "https://radio.example/b.ts",
    ]
    assert [segment.seconds for segment in playlist.segments] == [5.9, 6.0]
    assert playlist.target == 6
    assert not playlist.is_over


def test_an_end_is_an_end() -> None:
    assert read_media(f"{MEDIA}#EXT-X-ENDLIST\n", BASE).is_over


def test_byte_ranges_follow_each_other() -> None:
    text = """#EXTM3U
#EXT-X-TARGETDURATION:6
#EXT-X-MAP:URI="all.mp4",BYTERANGE="700@0"
#EXT-X-BYTERANGE:1000@700
#EXTINF:6,
all.mp4
#EXT-X-BYTERANGE:500
#EXTINF:6,
all.mp4
"""
    url = "https://radio.example/live/all.mp4"
    first, second = read_media(text, BASE).segments
    assert first.head == second.head == Piece(url, Range(700, 0))
    assert first.piece == Piece(url, Range(1000, 700))
    assert second.piece == Piece(url, Range(500, 1700))


def test_a_key_holds_until_the_next() -> None:
    text = """#EXTM3U
#EXT-X-TARGETDURATION:6
#EXT-X-KEY:METHOD=AES-128,URI="key?a=1,2",IV=0x000000000000000000000000000000FF
#EXTINF:6,
a.ts
#EXTINF:6,
b.ts
#EXT-X-KEY:METHOD=NONE
#EXTINF:6,
c.ts
"""
    key = Key("https://radio.example/live/key?a=1,2", bytes(15) + b"\xff")
    assert [segment.key for segment in read_media(text, BASE).segments] == [key, key, None]


@pytest.mark.parametrize(
    "text",
    [
        "#EXTM3U\n#EXTINF:6,\na.ts\n",
        MEDIA + "#EXT-X-KEY:METHOD=SAMPLE-AES,URI=k\n",
        MEDIA + "#EXT-X-KEY:METHOD=AES-128\n",
        MEDIA + "#EXT-X-KEY:METHOD=AES-128,URI=k,IV=0x" + "f" * 40 + "\n",
        MEDIA + "#EXT-X-BYTERANGE:x\n",
        MEDIA + "#EXT-X-BYTERANGE:-5@0\n",
        MEDIA + "#EXT-X-MAP:BYTERANGE=1@0\n",
        MEDIA + "#EXTINF:soon\n",
        MEDIA + "#EXT-X-MEDIA-SEQUENCE:one\n",
        "#EXT-X-TARGETDURATION:0\n",
        "#EXT-X-TARGETDURATION:nan\n",
    ],
)
def test_what_cannot_be_followed_is_malformed(text: str) -> None:
    with pytest.raises(PlaylistMalformed):
        read_media(text, BASE)


def test_sound_alone_goes_before_pictures_and_then_the_best() -> None:
    text = """#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=100000,RESOLUTION=320x180,CODECS="avc1.42e00a,mp4a.40.2"
film.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS="mp4a.40.2"
low.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=128000,CODECS="mp4a.40.2"
high.m3u8
"""
    assert choose_variant(text, BASE) == "https://radio.example/live/high.m3u8"


def test_of_films_the_smallest_is_taken_and_its_sound_if_that_is_apart() -> None:
    text = """#EXTM3U
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="en",URI="en.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="it",DEFAULT=YES,URI="it.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="b",NAME="de",DEFAULT=YES,URI="de.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=900000,RESOLUTION=1280x720,AUDIO="b"
large.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=100000,RESOLUTION=320x180,AUDIO="a"
small.m3u8
"""
    assert choose_variant(text, BASE) == "https://radio.example/live/it.m3u8"


def test_a_media_playlist_has_no_variants() -> None:
    assert choose_variant(MEDIA, BASE) is None


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (MEDIA, True),
        ("\ufeff" + MEDIA, True),
        ("#EXTM3U\n#EXTINF:-1,Radio\nhttp://a/\n", False),
        ("http://a/", False),
    ],
)
def test_hls_is_told_from_a_list(text: str, is_one: bool) -> None:
    assert is_hls(text) is is_one


def test_the_first_address_of_a_list_may_be_relative() -> None:
    assert first_address("# x\n\nsong.mp3\nother.mp3", BASE) == "https://radio.example/live/song.mp3"
    assert first_address("[playlist]\nTitle1=x\nFile1=http://a/b\n", BASE) == "http://a/b"


@pytest.mark.parametrize("text", ["", "# nothing\n", "[playlist]\nTitle1=x\n", "http://[::1\n"])
def test_a_list_without_an_address_is_malformed(text: str) -> None:
    with pytest.raises(PlaylistMalformed):
        first_address(text, BASE)


LINES = st.one_of(
    st.sampled_from(MEDIA.splitlines()),
    st.sampled_from(
        ["#EXT-X-KEY:", "#EXT-X-MAP:URI=", "#EXT-X-BYTERANGE:9", "#EXT-X-STREAM-INF:BANDWIDTH=" + "9" * 5000]
    ),
    st.text(max_size=60),
    st.builds("{}:{}".format, st.sampled_from(["#EXTINF", "#EXT-X-TARGETDURATION"]), st.floats()),
    st.builds("#EXT-X-MEDIA-SEQUENCE:{}".format, st.integers()),
)


@given(st.lists(LINES, max_size=30).map("\n".join))
def test_any_text_is_read_or_malformed(text: str) -> None:
    for read in (read_media, choose_variant, first_address):
        try:
            read(text, BASE)
        except PlaylistMalformed:
            continue
