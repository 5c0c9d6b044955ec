"""The steps of a guided dialogue."""

from dataclasses import replace

import pytest

from bot.aspects import Aspect
from bot.guided.sheet import STEPS, Sheet, step_of
from bot.wishes import Place
from rooms.appointments import MOST, Invited
from rooms.errors.people import TooManyAppointments
from rooms.errors.rights import NotAMember
from rooms.errors.talks import Clash, TitleTooLong, TopicNotAllowed
from rooms.ids import PersonId
from rooms.roles import Role
from rooms.topics import TopicPolicy
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS

PLACE = Place(CAREERS, None, PersonId(1), "Ada")


def test_each_step_is_asked_for_once_and_then_the_whole() -> None:
    sheet, asked = Sheet(), []
    while sheet.asks is not None:
        asked.append(sheet.asks)
        sheet = sheet.gone_on()
    assert tuple(asked) == STEPS
    assert sheet.is_whole


def test_a_topic_in_the_title_is_not_asked_for_again() -> None:
    sheet = Sheet().with_change({"title": "Careers", "topic": "work"}).gone_on()
    assert sheet.asks is Aspect.WHEN
    assert sheet.gone_back().asks is Aspect.TOPIC


def test_what_is_changed_at_the_end_leads_back_to_the_whole() -> None:
    whole = Sheet(asks=None, is_whole=True)
    assert whole.turned_to(Aspect.SEATS).gone_on().asks is None
    assert whole.turned_to(Aspect.TITLE).gone_on().asks is None
    assert whole.turned_to(Aspect.TITLE).gone_back().asks is None


def test_back_first_drops_the_question_about_what_was_just_said() -> None:
    sheet = Sheet(asks=Aspect.PEOPLE, pending=(Invited("@dora"),))
    assert not sheet.is_settled
    assert sheet.gone_back() == Sheet(asks=Aspect.PEOPLE)


def test_the_first_step_has_none_before_it() -> None:
    assert Sheet().gone_back() == Sheet()


def test_somebody_named_twice_has_the_part_that_was_said_last() -> None:
    dora = Invited("@dora", username="dora")
    sheet = replace(Sheet(), pending=(dora,)).with_people(Role.SPEAKER)
    sheet = replace(sheet, pending=(dora,)).with_people(Role.COHOST)
    assert sheet.wish.people == ((Role.COHOST, dora),)
    assert sheet.without_person(dora).wish.people == ()


def test_who_is_named_joins_those_who_wait_for_their_part_and_nobody_waits_twice() -> None:
    dora, emil = Invited("@dora", username="dora"), Invited("Emil", PersonId(7))
    sheet = (
        Sheet().naming((dora,)).naming((emil, Invited("Emil R", PersonId(7)), Invited("@Dora", None, "dora")))
    )
    assert sheet.pending == (dora, emil)
    assert sheet.with_people(Role.COHOST).wish.people == ((Role.COHOST, dora), (Role.COHOST, emil))


def test_somebody_named_in_two_ways_has_one_part() -> None:
    sheet = Sheet().naming((Invited("@emil", username="emil"),)).with_people(Role.SPEAKER)
    emil = Invited("Emil", PersonId(7), "emil")
    assert sheet.naming((emil,)).with_people(Role.COHOST).wish.people == ((Role.COHOST, emil),)


def test_too_many_people_are_refused_as_soon_as_they_are_named() -> None:
    many = [Invited(f"@p{number}", username=f"p{number}") for number in range(MOST + 1)]
    sheet = Sheet().naming(many[:MOST])
    for full in (sheet, sheet.with_people(Role.SPEAKER)):
        assert full.naming(many[:1]).with_people(Role.COHOST).wish.people
        with pytest.raises(TooManyAppointments):
            full.naming(many[MOST:])


def test_what_cannot_be_is_refused_as_soon_as_it_is_said() -> None:
    with pytest.raises(TitleTooLong):
        Sheet().with_change({"title": "W" * 201}).check(PLACE, NOON)
    closed = replace(CAREERS, topics=TopicPolicy(("career",), is_closed=True))
    with pytest.raises(TopicNotAllowed):
        Sheet(asks=Aspect.TOPIC).check(replace(PLACE, group=closed), NOON)
    Sheet().check(PLACE, NOON)


def test_a_refusal_leads_to_the_step_that_it_is_about() -> None:
    assert step_of(Clash("Other", NOON)) is Aspect.WHEN
    assert step_of(NotAMember()) is None
