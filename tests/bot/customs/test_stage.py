"""Who may speak at once, whose hand comes first, how long turns last, as admins choose it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.customs.stage import FirstTimers, TurnLength, WhoSpeaks
from bot.errors import SettingNotUnderstood
from tests.bot.forum import Forum, labels
from tests.bot.speeches import ENGLISH, ITALIAN
from tests.fakes.groups import CAREERS

MINUTE = timedelta(minutes=1)


def test_everybody_or_speakers_alone_may_speak_at_once() -> None:
    everybody = WhoSpeaks().chosen("all", CAREERS)
    assert not everybody.joins_muted
    assert WhoSpeaks().chosen("speakers", everybody).joins_muted
    assert WhoSpeaks().shown(everybody, ENGLISH.words) == "Everybody in the voice chat"


def test_first_timers_come_first_or_not() -> None:
    assert FirstTimers().chosen("on", CAREERS).first_timers_first
    assert not FirstTimers().read("no", CAREERS, ENGLISH.words).first_timers_first


@pytest.mark.parametrize(
    ("written", "turn"),
    [("4 minutes", 4 * MINUTE), ("90 seconds", 1.5 * MINUTE), ("off", None), ("none", None)],
)
def test_a_turn_is_chosen_or_written(written: str, turn: timedelta | None) -> None:
    section = TurnLength()
    group = section.read(written, replace(CAREERS, turn=MINUTE), ENGLISH.words)
    assert group.turn == turn
    assert any(label.startswith("✅") for label, _value in section.options(group, ENGLISH.words))


@pytest.mark.parametrize("written", ["5 seconds", "2 hours", "a while", ""])
def test_a_turn_that_cannot_be_is_not_understood(written: str) -> None:
    with pytest.raises(SettingNotUnderstood):
        TurnLength().read(written, CAREERS, ENGLISH.words)


def test_a_turn_is_written_in_italian_too() -> None:
    assert TurnLength().read("4 minuti", CAREERS, ITALIAN.words).turn == 4 * MINUTE


async def test_an_admin_chooses_them_in_settings(forum: Forum) -> None:
    page = await forum.ask(forum.ada, "/settings turn 4 minutes")
    assert forum.customs().turn == 4 * MINUTE
    assert "✅ 4 minutes" in labels(page)
    card = await forum.ask(forum.ada, "/settings")
    await forum.tap(forum.ada, card, "First-timers first")
    await forum.tap(forum.ada, card, "On")
    assert forum.customs().first_timers_first
