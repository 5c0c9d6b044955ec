"""Which topics a group's talks may have."""

from dataclasses import replace

import pytest

from bot.callbacks import mark
from bot.customs.topics import Topics
from bot.errors import ButtonUnknown, SettingNotUnderstood
from rooms.errors.talks import TooManyTopics, TopicMalformed
from rooms.group import Group
from rooms.ids import ThreadId
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.groups import CAREERS

TOPICS = Topics()
LISTED = TOPICS.read("career, jobs", CAREERS, ENGLISH.words)


def test_a_written_list_is_folded_and_closed() -> None:
    group = TOPICS.read("a,b,,#C, B , job opportunities", CAREERS, ENGLISH.words)
    assert group.topics.tags == ("a", "b", "c", "job_opportunities")
    assert group.topics.is_closed
    assert TOPICS.shown(group, ENGLISH.words) == "only #a #b #c #job_opportunities"


@pytest.mark.parametrize("written", [",", " , ,", ",,,"])
def test_an_empty_list_is_not_understood(written: str) -> None:
    with pytest.raises(SettingNotUnderstood):
        TOPICS.read(written, LISTED, ENGLISH.words)


@pytest.mark.parametrize("written", ["a b!", "x" * 33, "#", "a, ##b", "one.two"])
def test_what_is_no_tag_is_refused(written: str) -> None:
    with pytest.raises(TopicMalformed):
        TOPICS.read(written, CAREERS, ENGLISH.words)


def test_more_topics_than_a_list_holds_are_refused() -> None:
    with pytest.raises(TooManyTopics):
        TOPICS.read(",".join(f"t{number}" for number in range(41)), CAREERS, ENGLISH.words)


def test_a_ready_list_is_in_the_group_s_language() -> None:
    for speech, language, first in ((ENGLISH, "en", "profession"), (ITALIAN, "it", "professione")):
        spoken = TOPICS.chosen("set.professional", _in(language))
        assert spoken.topics.tags[0] == first
        assert spoken.topics.is_closed
        assert first in TOPICS.shown(spoken, speech.words)


def test_taking_a_tag_off_twice_takes_no_other_one_off() -> None:
    value = next(value for label, value in TOPICS.options(LISTED, ENGLISH.words) if label == "✖ #career")
    assert value == f"off.{mark('career')}"
    once = TOPICS.chosen(value, LISTED)
    assert once.topics.tags == ("jobs",)
    assert TOPICS.chosen(value, once) == once


def test_any_topic_is_chosen_by_button_or_word() -> None:
    for written, speech in (("open", ENGLISH), ("any topic", ENGLISH), ("qualsiasi tema", ITALIAN)):
        assert not TOPICS.read(written, LISTED, speech.words).topics.is_closed
    opened = TOPICS.chosen("open", LISTED)
    assert TOPICS.shown(opened, ENGLISH.words) == "any, for example #career #jobs"
    assert TOPICS.chosen("closed", opened).topics.is_closed


def test_a_list_without_topics_cannot_be_closed() -> None:
    for speech in BOTH:
        assert "closed" not in [value for _label, value in TOPICS.options(CAREERS, speech.words)]
    with pytest.raises(ButtonUnknown):
        TOPICS.chosen("closed", CAREERS)


def test_a_forum_topic_stays_mapped_while_its_tag_stays() -> None:
    mapped = _mapped("career")
    assert (
        TOPICS.shown(mapped, ENGLISH.words) == "only #career #jobs; announced in their forum topics: #career"
    )
    assert TOPICS.read("career, x", mapped, ENGLISH.words).topics.threads == {"career": 7}
    assert TOPICS.read("x, y", mapped, ENGLISH.words).topics.threads == {}


def _in(language: str) -> Group:
    return replace(CAREERS, language=language)


def _mapped(tag: str) -> Group:
    return replace(LISTED, topics=LISTED.topics.mapped(tag, ThreadId(7)))
