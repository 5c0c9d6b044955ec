"""Playlists: read as they are meant by a reader that is not ours."""

from datetime import timedelta

import m3u8

from tests.fakes.clock import NOON
from web.reels.playlists import MASTER, Piece, media


def pieces(count: int, leap: int | None = None) -> list[Piece]:
    return [
        Piece(1_790_000_000 + n, b"", 94, NOON + n * timedelta(seconds=2.005333), leaps=n == leap)
        for n in range(count)
    ]


def test_the_master_leads_to_the_playlist_beside_it() -> None:
    master = m3u8.loads(MASTER.decode())
    assert master.is_variant
    assert master.is_independent_segments
    (sound,) = master.playlists
    assert sound.uri == "sound.m3u8"
    assert sound.stream_info.codecs == "mp4a.40.2"
    assert 64_000 < sound.stream_info.average_bandwidth < sound.stream_info.bandwidth


def test_a_playlist_says_where_it_is_and_when_each_piece_was_said() -> None:
    playlist = m3u8.loads(media(pieces(3, leap=1), "/l/key/pieces/reel", 17, is_over=False).decode())
    assert (playlist.media_sequence, playlist.discontinuity_sequence) == (1_790_000_000, 17)
    assert playlist.target_duration == 2
    assert [segment.uri for segment in playlist.segments] == [
        f"/l/key/pieces/reel/{1_790_000_000 + n}.m4s" for n in range(3)
    ]
    assert [segment.discontinuity for segment in playlist.segments] == [False, True, False]
    assert playlist.segments[0].init_section.uri == "/l/key/pieces/reel/head.mp4"
    assert playlist.segments[1].program_date_time == NOON + timedelta(seconds=2.005)
    assert not playlist.is_endlist


def test_the_end_is_told() -> None:
    assert m3u8.loads(media(pieces(1), "/x", 0, is_over=True).decode()).is_endlist
