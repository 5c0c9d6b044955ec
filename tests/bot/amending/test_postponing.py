"""When a talk is moved to."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.amending.postponing import read_new_time
from bot.aspects.times import Scene
from bot.times import Question, TimeNotUnderstood, When
from tests.bot.forum import ROME
from tests.fakes.clock import NOON
from tests.fakes.talks import a_plan

SCENE = Scene(NOON, ROME, "en")
THURSDAY = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
PLAN = replace(a_plan(), starts_at=THURSDAY)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("30m", 30), ("by 30 minutes", 30), ("di mezz'ora", 30), ("2 hours", 120), ("half an hour later", 30)],
)
def test_a_length_is_counted_from_the_start(words: str, minutes: int) -> None:
    assert read_new_time(words, PLAN, SCENE) == When(THURSDAY + timedelta(minutes=minutes), ROME)


def test_in_an_hour_is_counted_from_now() -> None:
    assert read_new_time("in 2 hours", PLAN, SCENE) == When(NOON + timedelta(hours=2), ROME)


def test_a_day_and_an_hour_are_what_they_say() -> None:
    assert read_new_time("Friday 19:00", PLAN, SCENE) == When(datetime(2026, 11, 27, 18, tzinfo=UTC), ROME)


@pytest.mark.parametrize("words", ["19:00", "at 19:00", "alle 19", "to 7pm", "ore 19.00"])
def test_an_hour_alone_may_be_of_the_talk_s_day(words: str) -> None:
    asked = read_new_time(words, PLAN, SCENE)
    assert isinstance(asked, Question)
    assert [one.instant for one in asked.options] == [
        datetime(2026, 11, 24, 18, tzinfo=UTC), datetime(2026, 11, 26, 18, tzinfo=UTC),
    ]  # fmt: skip


def test_an_hour_alone_of_a_talk_today_is_plain() -> None:
    today = replace(PLAN, starts_at=NOON + timedelta(hours=4))
    assert read_new_time("19:00", today, SCENE) == When(datetime(2026, 11, 24, 18, tzinfo=UTC), ROME)


def test_an_hour_of_either_half_of_the_day_has_four_moments() -> None:
    asked = read_new_time("at 7", PLAN, SCENE)
    assert isinstance(asked, Question)
    assert len(asked.options) == 4


def test_other_words_are_refused() -> None:
    with pytest.raises(TimeNotUnderstood):
        read_new_time("when pigs fly", PLAN, SCENE)
