"""Reading what was written of one aspect."""

from datetime import timedelta
from typing import Any

import pytest

from bot.aspects import Aspect, read_aspect
from bot.aspects.times import Scene
from bot.errors import AspectNotUnderstood
from bot.times import DurationNotUnderstood, Question, TimeNotUnderstood
from rooms.errors.talks import TitleMissing, TopicMalformed
from rooms.plan import Admission
from tests.bot.forum import ROME
from tests.fakes.clock import NOON

SCENE = Scene(NOON, ROME, "en")


@pytest.mark.parametrize(
    ("aspect", "text", "change"),
    [
        (Aspect.TITLE, "  Careers\nafter 40 ", {"title": "Careers after 40"}),
        (Aspect.TITLE, "Careers #Work", {"title": "Careers", "topic": "work"}),
        (Aspect.TOPIC, "#Work life", {"topic": "work_life"}),
        (Aspect.TOPIC, "nessuno", {"topic": None}),
        (Aspect.LENGTH, "un'ora e mezza", {"duration": timedelta(minutes=90)}),
        (Aspect.DESCRIPTION, "One.\n\nTwo.", {"description": "One.\n\nTwo."}),
        (Aspect.SEATS, "20", {"seats": 20}),
        (Aspect.ADMISSION, "members", {"admission": Admission.MEMBERS}),
        (Aspect.RECORDING, "no", {"is_recorded": False}),
        (Aspect.LANGUAGE, "in Italian", {"language": "it"}),
        (Aspect.COVER, "none", {"cover": None}),
    ],
)
def test_each_aspect_is_read_in_its_own_way(aspect: Aspect, text: str, change: dict[str, Any]) -> None:
    assert read_aspect(aspect, text, SCENE) == change


def test_a_time_in_doubt_is_a_question() -> None:
    assert isinstance(read_aspect(Aspect.WHEN, "tomorrow at 6", SCENE)["when"], Question)


@pytest.mark.parametrize(
    ("aspect", "text", "refusal"),
    [
        (Aspect.TITLE, " \u200b ", TitleMissing),
        (Aspect.TITLE, "#work", TitleMissing),
        (Aspect.TOPIC, "a-b", TopicMalformed),
        (Aspect.WHEN, "when pigs fly", TimeNotUnderstood),
        (Aspect.LENGTH, "long", DurationNotUnderstood),
        (Aspect.SEATS, "many", AspectNotUnderstood),
        (Aspect.ADMISSION, "the few", AspectNotUnderstood),
        (Aspect.RECORDING, "perhaps", AspectNotUnderstood),
        (Aspect.LANGUAGE, "gibberish", AspectNotUnderstood),
        (Aspect.COVER, "a cat", AspectNotUnderstood),
        (Aspect.PEOPLE, "Anna", AspectNotUnderstood),
    ],
)
def test_what_says_nothing_is_refused(aspect: Aspect, text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_aspect(aspect, text, SCENE)
