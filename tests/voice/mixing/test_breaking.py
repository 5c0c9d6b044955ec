"""Breaking off: speech that the line cut off is told from people who paused."""

import pytest

from voice.mixing.breaking import PAUSE, TAIL, BreakingOff
from voice.mixing.speaking import BEGINS

ADA, BEN = 100, 200
LOUD, QUIET = BEGINS - 20, BEGINS + 20


class Frames:
    """Frames and how loud they are, a slot every 20 ms."""

    def __init__(self) -> None:
        self.now = 10.0
        self.breaking = BreakingOff()

    def come(self, seconds: float, **levels: int) -> list[int]:
        """Frames of these people come for so long; gives who was cut off before."""
        named = {{"ada": ADA, "ben": BEN}[name]: level for name, level in levels.items()}
        cut = []
        for _ in range(round(seconds / 0.02)):
            self.now += 0.02
            cut += [source] if (source := self.breaking.follow(self.now, named)) is not None else []
        return cut

    def stay_out(self, seconds: float) -> None:
        """The slots go on, and no frame comes."""
        frame_at = self.now
        for _ in range(round(seconds / 0.02)):
            assert self.breaking.follow(frame_at, {}) is None
        self.now += seconds


@pytest.fixture
def frames() -> Frames:
    return Frames()


def test_speech_that_goes_on_after_seconds_without_a_frame_was_cut_off(frames: Frames) -> None:
    frames.come(2, ada=LOUD)
    frames.come(TAIL - 0.1, ada=QUIET)  # what the library makes up behind the last packet
    frames.stay_out(PAUSE + 1)
    assert frames.come(1, ada=LOUD) == [ADA]
    assert frames.come(1, ada=LOUD) == []


def test_whoever_was_loudest_last_is_who_was_cut_off(frames: Frames) -> None:
    frames.come(1, ada=LOUD)
    frames.come(1, ada=QUIET, ben=LOUD)
    frames.stay_out(PAUSE + 1)
    assert frames.come(0.02, ada=LOUD) == [BEN]


def test_a_short_hitch_is_no_break(frames: Frames) -> None:
    frames.come(2, ada=LOUD)
    frames.stay_out(PAUSE - 0.1)
    assert frames.come(1, ada=LOUD) == []


def test_who_had_finished_speaking_was_not_cut_off(frames: Frames) -> None:
    frames.come(2, ada=LOUD)
    frames.come(TAIL + 0.2, ada=QUIET)
    frames.stay_out(60)
    assert frames.come(1, ada=LOUD) == []


def test_before_the_first_frame_nobody_was(frames: Frames) -> None:
    assert frames.breaking.follow(None, {}) is None
    assert frames.come(1, ada=LOUD) == []
