"""Asking for an aspect of a talk."""

from dataclasses import replace

import pytest

from bot.aspects import Aspect, name_of
from bot.aspects.asking import choices_for, chosen, question_about
from bot.errors import ButtonUnknown, WishGone
from rooms.topics import TopicPolicy
from tests.bot.speeches import BOTH, ENGLISH
from tests.fakes.groups import CAREERS

WORDS = ENGLISH.words


@pytest.mark.parametrize("aspect", list(Aspect))
def test_each_aspect_has_a_name_and_a_question(aspect: Aspect) -> None:
    for speech in BOTH:
        assert name_of(aspect, speech.words)
        assert question_about(aspect, CAREERS, speech.words)[-1] in "?."


@pytest.mark.parametrize("aspect", list(Aspect))
def test_whatever_is_offered_can_be_chosen(aspect: Aspect) -> None:
    group = replace(CAREERS, topics=TopicPolicy(("career", "jobs")))
    for _label, value in choices_for(aspect, group, WORDS):
        assert chosen(aspect, value, group)


@pytest.mark.parametrize("aspect", list(Aspect))
def test_whatever_is_not_offered_is_refused(aspect: Aspect) -> None:
    with pytest.raises((ButtonUnknown, WishGone)):
        chosen(aspect, "77777", CAREERS)


def test_a_closed_list_leaves_no_way_around_it() -> None:
    group = replace(CAREERS, topics=TopicPolicy(("career",), is_closed=True))
    assert [label for label, _value in choices_for(Aspect.TOPIC, group, WORDS)] == ["#career"]
    assert question_about(Aspect.TOPIC, group, WORDS) == "What is its topic? Tap one."
    with pytest.raises(ButtonUnknown):
        chosen(Aspect.TOPIC, "none", group)
