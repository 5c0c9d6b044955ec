"""The participants: in step with Telegram's versions."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrogram import raw

from rooms.ids import PersonId
from rooms.stage import OnStage
from voice.telegram.participants import (
    GAP_PATIENCE,
    MOST_KEPT,
    MOST_STRANGERS,
    NAMELESS,
    Known,
    Participant,
    Participants,
    read_known,
    read_participant,
)

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ADA, BEN, RELAY = PersonId(1), PersonId(2), PersonId(9)


def person(
    who: PersonId,
    *,
    muted: bool = False,
    hand: int | None = None,
    left: bool = False,
    versioned: bool = True,
) -> Participant:
    return Participant(
        person=who,
        source=who * 100,
        joined_at=NOON + timedelta(seconds=who),
        is_muted=muted,
        may_speak=not muted,
        hand=hand,
        is_self=who == RELAY,
        has_left=left,
        is_versioned=versioned,
    )


@pytest.fixture
def people() -> Participants:
    people = Participants()
    people.meet({ADA: Known("Ada"), BEN: Known("Ben"), RELAY: Known("Relay")})
    people.replace([person(RELAY), person(ADA)], version=5, now=0)
    return people


def on_stage(who: PersonId, name: str, **told: Any) -> OnStage:
    joined_at = NOON + timedelta(seconds=who)
    return OnStage(who, name, joined_at=joined_at, **{"is_muted": True, "may_speak": False} | told)


def names(people: Participants) -> list[str]:
    return [person.name for person in people.stage(()).people]


def test_the_stage_leaves_the_relay_out(people: Participants) -> None:
    assert people.stage({100}).people == (
        on_stage(ADA, "Ada", is_muted=False, is_speaking=True, may_speak=True),
    )
    assert people.own_source == 900


def test_the_next_version_applies(people: Participants) -> None:
    people.update([person(BEN, muted=True, hand=3)], 6, now=0)
    assert people.stage(()).people[1] == on_stage(BEN, "Ben", hand=3)


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
    people.replace([person(RELAY), person(ADA), person(BEN)], version=7, now=0)
    assert names(people) == ["Ada", "Ben"]
    assert not people.is_out_of_step(100)


def test_what_came_meanwhile_is_not_lost_by_fetching(people: Participants) -> None:
    people.update([person(BEN)], 8, now=0)
    people.replace([person(RELAY), person(ADA)], version=7, now=0)
    assert names(people) == ["Ada", "Ben"]


def test_unversioned_news_apply_at_once_to_whom_we_know(people: Participants) -> None:
    people.update([person(ADA, muted=True, versioned=False), person(BEN, versioned=False)], 99, now=0)
    assert people.stage(()).people == (on_stage(ADA, "Ada"),)


def test_the_leaving_of_an_earlier_presence_is_not_ours(people: Participants) -> None:
    earlier = replace(person(RELAY, left=True), source=555)
    people.update([earlier], 6, now=0)
    assert people.own_source == 900


def test_somebody_without_a_name_is_asked_for_once(people: Participants) -> None:
    people.update([person(PersonId(3))], 6, now=0)
    assert people.is_out_of_step(0)
    people.replace([person(RELAY), person(PersonId(3))], version=6, now=0)
    assert not people.is_out_of_step(0)
    assert names(people) == [NAMELESS]
    people.meet({PersonId(3): Known("Cleo")})
    assert names(people) == ["Cleo"]


def test_only_others_count_as_unmuted(people: Participants) -> None:
    assert people.has_unmuted
    people.update([person(ADA, muted=True)], 6, now=0)
    assert not people.has_unmuted


def test_an_unversioned_word_from_before_the_list_is_left_out(people: Participants) -> None:
    people.update([person(ADA, muted=True, versioned=False)], 4, now=0)
    assert not people.stage(()).people[0].is_muted


def test_a_list_that_is_older_than_what_we_have_takes_nothing_back(people: Participants) -> None:
    people.await_list()
    people.update([person(BEN)], 6, now=0)
    people.update([person(ADA, left=True)], 7, now=0)
    people.replace([person(RELAY), person(ADA)], version=5, now=0)
    assert names(people) == ["Ben"]
    assert not people.is_behind


def test_what_was_ahead_when_the_list_was_asked_for_is_in_it(people: Participants) -> None:
    people.update([person(BEN)], 1_000_000, now=0)
    people.await_list()
    people.replace([person(RELAY), person(ADA)], version=5, now=0)
    assert not people.is_out_of_step(100)


def test_who_speaks_is_known_by_their_microphone(people: Participants) -> None:
    assert people.person_of(100) == ADA
    people.update([replace(person(ADA), source=4_000_000_000)], 6, now=0)
    assert (people.person_of(100), people.person_of(4_000_000_000)) == (None, ADA)
    people.update([replace(person(ADA, left=True), source=4_000_000_000)], 7, now=0)
    assert people.person_of(4_000_000_000) is None


def test_two_without_a_microphone_do_not_take_each_other_away(people: Participants) -> None:
    people.update([replace(person(ADA), source=0)], 6, now=0)
    people.update([replace(person(BEN), source=0)], 7, now=0)
    people.update([replace(person(ADA, left=True), source=0)], 8, now=0)
    assert people.person_of(0) == BEN


def test_what_we_are_about_to_do_stands_on_the_stage_before_it_is_told(people: Participants) -> None:
    people.expect(ADA, is_muted=True, may_speak=False)
    people.update([person(ADA, hand=1)], 6, now=0)
    assert people.stage(()).people == (on_stage(ADA, "Ada", hand=1),)
    people.settle(ADA)
    assert people.stage(()).people[0].may_speak


def test_a_storm_leaves_no_more_than_a_bounded_heap(people: Participants) -> None:
    for version in range(7, 7 + 5000):
        people.update([person(BEN)], version, now=0)
        people.meet({PersonId(version): Known("Somebody")})
    assert len(people._ahead) <= MOST_KEPT
    assert len(people._known) <= MOST_STRANGERS + 3
    assert people.is_out_of_step(GAP_PATIENCE)
    people.await_list()
    people.meet({BEN: Known("Ben")})
    people.replace([person(RELAY), person(BEN)], 5006, now=0)
    people.update([person(ADA)], 5007, now=0)
    assert names(people) == ["Ada", "Ben"]
    assert not people.is_out_of_step(100)


class Server:
    """A call as Telegram keeps it, and every update that it told."""

    def __init__(self, seed: int) -> None:
        self.people: dict[PersonId, Participant] = {}
        self.updates: list[tuple[int, Participant]] = []
        self._chance = random.Random(seed)  # noqa: S311
        self._sources = 100

    @property
    def version(self) -> int:
        return len(self.updates)

    def live(self) -> None:
        """Somebody comes, goes, comes again by another device, mutes, raises a hand."""
        who = PersonId(self._chance.randrange(1, 12))
        known = self.people.get(who)
        self._sources += 1
        if known is not None and self._chance.random() < 0.3:
            change = replace(known, has_left=True)
            del self.people[who]
        else:
            muted, hand = self._chance.random() < 0.5, self._chance.choice([None, 0, 7])
            change = person(who, muted=muted, hand=hand)
            source = self._sources if known is None or self._chance.random() < 0.2 else known.source
            self.people[who] = change = replace(change, source=source, is_self=False)
        self.updates.append((self.version + 1, change))


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 2**32), lost=st.floats(0, 0.4), doubled=st.floats(0, 0.4), spread=st.integers(0, 60)
)
def test_a_storm_out_of_order_doubled_and_with_gaps_ends_in_the_servers_list(
    seed: int, lost: float, doubled: float, spread: int
) -> None:
    chance, server, people = random.Random(seed), Server(seed), Participants()  # noqa: S311
    people.replace([], 0, now=0)
    for _ in range(300):
        server.live()
    on_the_way = [update for update in server.updates if chance.random() >= lost]
    on_the_way += [update for update in on_the_way if chance.random() < doubled]
    on_the_way.sort(key=lambda update: update[0] + chance.uniform(0, spread))
    fetched_at = -GAP_PATIENCE
    for number, (version, change) in enumerate(on_the_way):
        now = number / 100
        people.update([change], version, now)
        if people.is_out_of_step(now) and now - fetched_at >= GAP_PATIENCE:
            fetch(people, server, now)
            fetched_at = now
    was_last_lost = max((version for version, _ in on_the_way), default=0) < server.version
    if people.is_behind or was_last_lost:
        fetch(people, server, 1000)
    assert {one.person: one for one in people.others} == server.people
    assert all(people.person_of(one.source) == one.person for one in server.people.values())


def fetch(people: Participants, server: Server, now: float) -> None:
    people.await_list()
    people.meet({who: Known(str(who)) for who in server.people})
    people.replace(list(server.people.values()), server.version, now)


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
    can_self_unmute: bool = False


def test_sources_are_read_as_unsigned() -> None:
    assert read_participant(Raw(Peer(1)), RELAY).source == 0xFFFFFFFE


def test_a_raised_hand_is_seen_whatever_its_rating() -> None:
    assert read_participant(Raw(Peer(1), raise_hand_rating=0), RELAY).hand == 0
    assert read_participant(Raw(Peer(1)), RELAY).hand is None


@pytest.mark.parametrize(
    ("muted", "can_self_unmute", "may_speak"),
    [(True, False, False), (True, True, True), (False, True, True), (False, False, True)],
)
def test_who_may_unmute_or_is_not_muted_may_speak(
    muted: bool, can_self_unmute: bool, may_speak: bool
) -> None:
    told = Raw(Peer(1), muted=muted, can_self_unmute=can_self_unmute)
    assert read_participant(told, RELAY).may_speak is may_speak


def test_we_know_ourselves_by_our_number_too() -> None:
    assert read_participant(Raw(Peer(9)), RELAY).is_self


def test_a_channel_may_speak() -> None:
    assert read_participant(Raw(Channel(77)), RELAY).person == -1_000_000_000_077


@pytest.mark.parametrize("flag", ["versioned", "left", "just_joined"])
def test_what_counts_in_the_version(flag: str) -> None:
    assert read_participant(Raw(Peer(1), **{flag: True}), RELAY).is_versioned
    assert not read_participant(Raw(Peer(1)), RELAY).is_versioned


def test_people_are_known_by_first_and_last_name_and_meant_by_their_access_hash() -> None:
    users = [
        raw.types.User(id=1, first_name="Ada", last_name="Lovelace", access_hash=11),
        raw.types.User(id=2, first_name="Ben", access_hash=22, min=True),
        raw.types.User(id=3, access_hash=33),
    ]
    assert read_known(users, []) == {
        1: Known("Ada Lovelace", raw.types.InputPeerUser(user_id=1, access_hash=11)),
        2: Known("Ben", None),
    }


def test_chats_as_which_people_speak_are_known_too() -> None:
    told = read_known([], [raw.types.ChannelForbidden(id=77, access_hash=7, title="News")])
    assert told[PersonId(-1_000_000_000_077)].peer == raw.types.InputPeerChannel(channel_id=77, access_hash=7)
    assert told[PersonId(-77)].peer == raw.types.InputPeerChat(chat_id=77)


def test_what_is_known_of_somebody_is_not_lost_by_hearing_less(people: Participants) -> None:
    peer = raw.types.InputPeerUser(user_id=1, access_hash=11)
    people.meet({ADA: Known("Ada", peer)})
    people.meet({ADA: Known("Ada L.", None)})
    assert people.peer(ADA) == peer
    assert names(people) == ["Ada L."]
