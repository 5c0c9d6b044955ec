"""Who speaks is shown without the flicker of every breath."""

from datetime import timedelta

from bot.boards.voices import HELD, Voices
from rooms.ids import PersonId
from rooms.stage import OnStage, Stage
from tests.fakes.clock import NOON

DORA = PersonId(51)
TICK = timedelta(microseconds=1)


def stage(*, is_speaking: bool) -> Stage:
    return Stage((OnStage(DORA, "Dora", may_speak=True, is_speaking=is_speaking),))


def test_who_falls_silent_counts_as_speaking_for_a_while() -> None:
    voices = Voices()
    assert not voices.speaks(DORA, NOON)
    voices.see(stage(is_speaking=True), NOON)
    voices.see(stage(is_speaking=False), NOON + HELD / 2)
    assert voices.speaks(DORA, NOON + HELD - TICK)
    assert not voices.speaks(DORA, NOON + HELD)


def test_the_next_change_is_when_the_first_held_voice_falls_silent() -> None:
    voices = Voices()
    assert voices.next_change(NOON) is None
    voices.see(stage(is_speaking=True), NOON)
    assert voices.next_change(NOON + HELD / 2) == NOON + HELD
    assert voices.next_change(NOON + HELD) is None


def test_somebody_who_went_is_silent_at_once_but_was_heard() -> None:
    voices = Voices()
    voices.see(stage(is_speaking=True), NOON)
    voices.see(Stage(), NOON)
    assert not voices.speaks(DORA, NOON)
    assert voices.names == {DORA: "Dora"}
