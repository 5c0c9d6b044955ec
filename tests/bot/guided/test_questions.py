"""What a guided dialogue says."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.aspects import Aspect
from bot.guided.questions import OTHERS, ask, which
from bot.guided.sheet import STEPS, Sheet
from bot.times import When
from bot.wishes import Place, Wish
from rooms.appointments import Invited
from rooms.ids import ChatId, PersonId, ThreadId
from rooms.roles import Role
from tests.bot.forum import ROME
from tests.bot.speeches import BOTH, ENGLISH
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS

PLACE = Place(CAREERS, None, PersonId(1), "Ada")
WISH = Wish("<b>A & B</b>", "work", When(NOON + timedelta(days=1), ROME))


def labels_of(sheet: Sheet) -> list[str]:
    keyboard = ask(sheet, PLACE, ENGLISH, NOON).keyboard
    assert keyboard is not None
    return [key.text for row in keyboard.inline_keyboard for key in row]


@pytest.mark.parametrize("aspect", [*STEPS, *OTHERS])
def test_every_question_can_be_left_and_all_but_the_first_gone_back_from(aspect: Aspect) -> None:
    labels = labels_of(Sheet(asks=aspect))
    assert labels[-1] == "✖ Cancel"
    assert ("← Back" in labels) == (aspect is not Aspect.TITLE)


def test_the_whole_has_a_button_for_everything() -> None:
    labels = labels_of(Sheet(wish=WISH, asks=None, is_whole=True))
    assert labels[0] == "✅ Announce it"
    assert len(labels) == 2 + len(STEPS) + len(OTHERS)


def test_a_problem_is_said_before_the_question_and_nothing_is_taken_for_markup() -> None:
    for speech in BOTH:
        asked = ask(Sheet(wish=WISH, asks=None, is_whole=True), PLACE, speech, NOON, "<i>no</i>")
        assert asked.text.startswith("⚠️ &lt;i&gt;no&lt;/i&gt;\n\n<b>&lt;b&gt;A &amp; B&lt;/b&gt;</b>\n")


def test_what_was_said_before_can_be_kept() -> None:
    said = Sheet(wish=replace(WISH, description="x" * 99), said=STEPS)
    assert labels_of(replace(said, asks=Aspect.TOPIC))[0] == "Keep: #work"
    assert labels_of(replace(said, asks=Aspect.DESCRIPTION))[0] == f"Keep: {'x' * 39}…"
    assert labels_of(replace(said, asks=Aspect.LENGTH))[0] == "Keep: 1 hour"


def test_the_choice_between_two_plans_names_both_in_every_language() -> None:
    rival = replace(CAREERS, chat=ChatId(-(10**17)), title="{group} & " + "R" * 118)
    for speech in BOTH:
        asked = which(Sheet(wish=WISH), CAREERS, rival, ThreadId(2**31), speech.words)
        assert all(name in asked.text for name in ("<b>A & B</b>", CAREERS.title, rival.title))
        assert asked.keyboard is not None
        go_on, anew = [row[0].text for row in asked.keyboard.inline_keyboard]
        assert "<b>A & B</b>" in go_on
        assert f"{{group}} & {'R' * 29}…" in anew


def test_each_of_the_people_can_be_taken_out() -> None:
    people = ((Role.SPEAKER, Invited("@dora")), (Role.COHOST, Invited("Emil")))
    labels = labels_of(Sheet(wish=replace(WISH, people=people), asks=Aspect.PEOPLE))
    assert labels[:3] == ["✖ @dora", "✖ Emil", "That is all"]
