"""A reel: pieces of two seconds, a window that slides, leaps that are told, numbers that never come again."""

import io
from collections.abc import Sequence
from datetime import timedelta

import av
import m3u8
import pytest
from hypothesis import given
from hypothesis import strategies as st

from containers import fmp4
from containers.fmp4 import AAC_FRAME
from containers.opus import RATE
from tests.fakes.clock import FakeClock
from tests.web.reels.rules import seen
from web.reels.playlists import FRAMES
from web.reels.reel import KEPT, SHOWN, Reel

FOLDER = "/l/key/pieces/"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


class Projector:
    """Runs sound through a reel, and keeps every playlist that it shows."""

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.reel = Reel("key", clock)
        self.shown: list[bytes] = []
        self.at = 0

    def run(self, frames: int) -> None:
        for _ in range(frames):
            self.reel.take(self.at, b"f%d" % self.at)
            self.at += AAC_FRAME
            self._look()

    def finish(self) -> None:
        self.reel.finish()
        self._look()

    def _look(self) -> None:
        if self.reel.playlist and [self.reel.playlist] != self.shown[-1:]:
            self.shown.append(self.reel.playlist)


@pytest.fixture
def projector(clock: FakeClock) -> Projector:
    return Projector(clock)


def numbers(playlist: bytes) -> list[int]:
    return [int(segment.uri.rsplit("/")[-1][:-4]) for segment in m3u8.loads(playlist.decode()).segments]


def test_nothing_is_shown_before_the_first_piece_is_whole(projector: Projector) -> None:
    projector.run(FRAMES - 1)
    assert projector.shown == []
    assert not projector.reel.has_news.is_set()
    projector.run(1)
    assert projector.reel.has_news.is_set()
    assert len(numbers(projector.reel.playlist)) == 1


def test_the_window_slides_and_what_left_it_can_be_fetched_for_a_while(projector: Projector) -> None:
    projector.run(40 * FRAMES)
    seen(projector.shown)
    shown = numbers(projector.reel.playlist)
    assert len(shown) == SHOWN
    first = numbers(projector.shown[0])[0]
    there = [n for n in range(first, first + 41) if projector.reel.piece(n) is not None]
    assert there == list(range(shown[0] - KEPT, shown[-1] + 1))


def test_a_piece_holds_its_frames_at_their_time(projector: Projector) -> None:
    projector.at = 7 * RATE
    projector.run(2 * FRAMES)
    first, second = (projector.reel.piece(n) for n in numbers(projector.reel.playlist))
    assert first == fmp4.segment(
        [b"f%d" % (7 * RATE + n * AAC_FRAME) for n in range(FRAMES)],
        7 * RATE,
        numbers(projector.reel.playlist)[0],
    )
    assert second is not None
    with av.open(io.BytesIO(fmp4.head() + second), "r", format="mp4") as container:
        packets = [packet.pts for packet in container.demux(audio=0) if packet.pts is not None]
    assert packets == [7 * RATE + n * AAC_FRAME for n in range(FRAMES, 2 * FRAMES)]


@pytest.mark.parametrize("leap", [90 * RATE, -5 * RATE], ids=["gap", "clock anew"])
def test_a_leap_ends_a_piece_and_is_told_until_it_has_slid_away(projector: Projector, leap: int) -> None:
    projector.at = 100 * RATE
    projector.run(FRAMES + 10)
    projector.at += leap
    projector.run(3 * FRAMES)
    playlist = m3u8.loads(projector.reel.playlist.decode())
    assert [segment.discontinuity for segment in playlist.segments] == [False, False, True, False, False]
    assert playlist.segments[1].duration == pytest.approx(10 * AAC_FRAME / RATE, abs=1e-4)
    before = playlist.discontinuity_sequence
    projector.run(20 * FRAMES)
    after = m3u8.loads(projector.reel.playlist.decode())
    assert not any(segment.discontinuity for segment in after.segments)
    assert after.discontinuity_sequence == before + 1
    seen(projector.shown)


async def test_times_are_those_at_which_it_was_said(projector: Projector, clock: FakeClock) -> None:
    began = clock.now()
    projector.at = 50 * RATE
    projector.run(FRAMES)
    await clock.advance(timedelta(seconds=70))
    projector.at += 60 * RATE
    projector.run(FRAMES)
    first, second = m3u8.loads(projector.reel.playlist.decode()).segments
    assert first.program_date_time == began
    assert (second.program_date_time - began).total_seconds() == pytest.approx(62.005, abs=0.01)
    projector.at = 0
    projector.run(FRAMES)
    *_, third = m3u8.loads(projector.reel.playlist.decode()).segments
    assert third.program_date_time == clock.now()


def test_the_end_shows_what_there_is_and_that_no_more_comes(projector: Projector) -> None:
    projector.run(FRAMES + 30)
    projector.finish()
    playlist = m3u8.loads(projector.reel.playlist.decode())
    assert playlist.is_endlist
    assert [segment.duration for segment in playlist.segments] == pytest.approx([2.00533, 0.64], abs=1e-4)
    seen(projector.shown)


def test_a_talk_without_a_sound_ends_without_a_playlist(projector: Projector) -> None:
    projector.finish()
    assert projector.reel.playlist == b""
    assert projector.reel.has_news.is_set()


async def test_a_restart_uses_no_number_and_no_address_again(clock: FakeClock) -> None:
    """The worst case is a gap after every piece, each of which is as short as can be."""
    shown: list[bytes] = []
    for _ in range(3):
        projector = Projector(clock)
        for _ in range(12):
            projector.run(1)
            projector.at += RATE + AAC_FRAME
            await clock.advance(timedelta(seconds=1.02))
        shown += projector.shown
    seen(shown)
    assert len({m3u8.loads(text.decode()).segments[0].init_section.uri for text in shown}) == 3


def runs() -> st.SearchStrategy[Sequence[tuple[int, int]]]:
    return st.lists(
        st.tuples(st.integers(1, 3 * FRAMES), st.sampled_from([0, 2 * RATE, 3600 * RATE])), max_size=20
    )


@given(runs())
def test_whatever_happens_no_rule_is_broken(stretches: Sequence[tuple[int, int]]) -> None:
    projector = Projector(FakeClock())
    for frames, gap in stretches:
        projector.run(frames)
        projector.at += gap
    projector.finish()
    assert fetched(projector) >= min(len(seen(projector.shown)), SHOWN + KEPT)


def fetched(projector: Projector) -> int:
    """How many pieces can be fetched, of all that were shown."""
    return sum(projector.reel.piece(number) is not None for number in seen(projector.shown))


def test_addresses_cannot_be_guessed(clock: FakeClock) -> None:
    names = {Reel("key", clock).name for _ in range(10)}
    assert len(names) == 10
    assert all(len(name) >= 22 for name in names)
