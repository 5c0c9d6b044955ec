"""A custom is chosen by its buttons, or by their words in writing."""

from contextlib import suppress
from dataclasses import fields, replace

import pytest

from bot.callbacks import LIMIT, pack
from bot.customs.section import Section, is_on, marked, on_or_off, picked
from bot.customs.settings import SECTIONS, Put
from bot.customs.talks import Recording
from bot.customs.telling import DigestDay
from bot.errors import ButtonUnknown, SettingNotUnderstood
from bot.refusals import Speech
from rooms.group import Group
from rooms.ids import ChatId
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.groups import CAREERS

TAGS = tuple(f"{'ж' * 30}{number:02}" for number in range(40))
FULL = replace(
    CAREERS,
    topics=CAREERS.topics.with_tags(*TAGS),
    copies=tuple(ChatId(-1001999999999 - number) for number in range(10)),
)


def test_what_a_button_never_said_is_refused() -> None:
    with pytest.raises(ButtonUnknown):
        picked("other", ("one", "two"))
    for value in ("", "yes", "ON"):
        with pytest.raises(ButtonUnknown):
            is_on(value)


def test_every_custom_of_a_group_has_its_section() -> None:
    unchosen = {"chat", "title", "programme_key", "digest_at", "is_present"}
    assert {section.field for section in SECTIONS.values()} == {one.name for one in fields(Group)} - unchosen


def test_a_tick_stands_at_what_holds() -> None:
    assert marked("On", is_chosen=True) == "✅ On"
    assert [label for label, _value in on_or_off(ENGLISH.words, is_on=False)] == ["On", "✅ Off"]


@pytest.mark.parametrize("group", [CAREERS, FULL], ids=["plain", "full"])
@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
@pytest.mark.parametrize("speech", BOTH, ids=["en", "it"])
def test_every_button_fits_and_changes_the_group_or_leaves_it_twice(
    section: Section, group: Group, speech: Speech
) -> None:
    for label, value in section.options(group, speech.words):
        assert label
        assert len(pack(Put(section.key, value)).encode()) <= LIMIT
        once = section.chosen(value, group)
        section.chosen(value, once)
        assert once.chat == group.chat


@pytest.mark.parametrize("section", SECTIONS.values(), ids=SECTIONS)
@pytest.mark.parametrize("value", ["", "nonsense", "off.99999", "set.nonsense", "-1", "٣"])
def test_a_value_that_no_button_has_changes_nothing(section: Section, value: str) -> None:
    with suppress(ButtonUnknown):
        assert section.chosen(value, CAREERS) == CAREERS


def test_the_words_of_a_button_can_be_written_whatever_their_capitals_and_accents() -> None:
    for written in ("off", "OFF", " Off "):
        assert Recording().read(written, CAREERS, ENGLISH.words).records_talks is False
    assert Recording().read("no", CAREERS, ITALIAN.words).records_talks is False
    assert DigestDay().read("LUNEDI", CAREERS, ITALIAN.words).digest == 0
    assert DigestDay().read("Sunday", CAREERS, ENGLISH.words).digest == 6


def test_other_words_are_not_understood() -> None:
    with pytest.raises(SettingNotUnderstood) as caught:
        Recording().read("perhaps", CAREERS, ENGLISH.words)
    assert (caught.value.name, caught.value.text, caught.value.example) == ("recording", "perhaps", "")
