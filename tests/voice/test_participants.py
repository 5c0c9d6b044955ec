"""The participants: in step with Telegram's versions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from rooms.ids import PersonId
from rooms.stage import OnStage
from voice.participants import GAP_PATIENCE, NAMELESS, Participant, Participants, read_names, read_participant

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADA, BEN, RELAY = PersonId(1), PersonId(2), PersonId(9)


def person(
    who: PersonId, *, muted: bool = False, hand: bool = False, left: bool = False, versioned: bool = True
) -> Participant:
    return Participant(
        person=who,
        source=who * 100,
        joined_at=NOON + timedelta(seconds=who),
        is_muted=muted,
        has_hand_up=hand,
        is_self=who == RELAY,
        has_left=left,
        is_versioned=versioned,
    )


@pytest.fixture
def people() -> Participants:
    people = Participants()
    people.name({ADA: "Ada", BEN: "Ben", RELAY: "Relay"})
    people.replace([person(RELAY), person(ADA)], version=5)
    return people


def names(people: Participants) -> list[str]:
    return [person.name for person in people.stage(()).people]


def test_the_stage_leaves_the_relay_out(people: Participants) -> None:
    assert people.stage({100}).people == (OnStage(ADA, "Ada", is_muted=False, is_speaking=True),)
    assert people.own_source == 900


def test_the_next_version_applies(people: Participants) -> None:
    people.update([person(BEN, muted=True, hand=True)], 6, now=0)
    assert people.stage(()).people[1] == OnStage(BEN, "Ben", is_muted=True, has_hand_up=True)


def test_people_stand_in_the_order_in_which_they_joined(people: Participants) -> None:
    people.update([person(ADA, left=True)], 6, now=0)
    people.update([person(BEN)], 7, now=0)
    people.update([person(ADA)], 8, now=0)
    assert names(people) == ["Ada", "Ben"]


def test_an_old_version_does_not(people: Participants) -> None:
    people.update([person(ADA, left=True)], 5, now=0)
    assert names(people) == ["Ada"]


def test_one_from_ahead_waits_for_those_between(people: Participants) -> None:
    people.update([person(BEN, left=True)], 7, now=0)
    people.update([person(BEN)], 6, now=0.5)
    assert names(people) == ["Ada"]
    assert not people.is_out_of_step(10)


def test_a_version_that_never_comes_is_asked_for(people: Participants) -> None:
    people.update([person(BEN)], 7, now=0)
    assert names(people) == ["Ada"]
    assert not people.is_out_of_step(GAP_PATIENCE - 0.1)
    assert people.is_out_of_step(GAP_PATIENCE)
    people.replace([person(RELAY), person(ADA), person(BEN)], version=7)
    assert names(people) == ["Ada", "Ben"]
    assert not people.is_out_of_step(100)


def test_what_came_meanwhile_is_not_lost_by_fetching(people: Participants) -> None:
    people.update([person(BEN)], 8, now=0)
    people.replace([person(RELAY), person(ADA)], version=7)
    assert names(people) == ["Ada", "Ben"]


def test_unversioned_news_apply_at_once_to_whom_we_know(people: Participants) -> None:
    people.update([person(ADA, muted=True, versioned=False), person(BEN, versioned=False)], 99, now=0)
    assert people.stage(()).people == (OnStage(ADA, "Ada", is_muted=True),)
    assert not people.is_out_of_step(100)


def test_the_leaving_of_an_earlier_presence_is_not_ours(people: Participants) -> None:
    earlier = Participant(RELAY, 555, NOON, False, False, is_self=True, has_left=True, is_versioned=True)
    people.update([earlier], 6, now=0)
    assert people.own_source == 900


def test_somebody_without_a_name_is_asked_for_once(people: Participants) -> None:
    people.update([person(PersonId(3))], 6, now=0)
    assert people.is_out_of_step(0)
    people.replace([person(RELAY), person(PersonId(3))], version=6)
    assert not people.is_out_of_step(0)
    assert names(people) == [NAMELESS]
    people.name({PersonId(3): "Cleo"})
    assert names(people) == ["Cleo"]


def test_only_others_count_as_unmuted(people: Participants) -> None:
    assert people.has_unmuted
    people.update([person(ADA, muted=True)], 6, now=0)
    assert not people.has_unmuted


@dataclass
class Peer:
    user_id: int


@dataclass
class Channel:
    channel_id: int


@dataclass
class Raw:
    """The fields of a TL `groupCallParticipant` that matter."""

    peer: object
    source: int = -2
    date: int = 0
    muted: bool = False
    left: bool = False
    just_joined: bool = False
    versioned: bool = False
    is_self: bool = False
    raise_hand_rating: int | None = None


def test_sources_are_read_as_unsigned() -> None:
    assert read_participant(Raw(Peer(1)), RELAY).source == 0xFFFFFFFE


def test_a_raised_hand_is_seen_whatever_its_rating() -> None:
    assert read_participant(Raw(Peer(1), raise_hand_rating=0), RELAY).has_hand_up


def test_we_know_ourselves_by_our_number_too() -> None:
    assert read_participant(Raw(Peer(9)), RELAY).is_self


def test_a_channel_may_speak() -> None:
    assert read_participant(Raw(Channel(77)), RELAY).person == -1_000_000_000_077


@pytest.mark.parametrize("flag", ["versioned", "left", "just_joined"])
def test_what_counts_in_the_version(flag: str) -> None:
    assert read_participant(Raw(Peer(1), **{flag: True}), RELAY).is_versioned
    assert not read_participant(Raw(Peer(1)), RELAY).is_versioned


@dataclass
class User:
    id: int
    first_name: str | None
    last_name: str | None = None


def test_names_are_first_and_last() -> None:
    users = [User(1, "Ada", "Lovelace"), User(2, "Ben"), User(3, None)]
    assert read_names(users, []) == {1: "Ada Lovelace", 2: "Ben"}
