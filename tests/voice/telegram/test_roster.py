"""The roster: the list of one call, by news and by asking."""

import asyncio
import itertools
import random
import time
from pathlib import Path
from typing import Any

import pytest

from rooms.errors.calls import CallUnreachable
from rooms.ids import ChatId, PersonId
from sandbox.world.entities import GroupCall, Membership, Person
from tests.sandbox.account import ADA as SANDBOX_ADA
from tests.sandbox.account import RELAY as SANDBOX_RELAY
from tests.sandbox.account import Account as SandboxAccount
from tests.sandbox.account import Scene, account_on, scene_in
from tests.sandbox.waiting import until
from tests.voice.exchange import ADA, BEN, RELAY, Lists, in_call, news
from voice.telegram.account import Account
from voice.telegram.calls import GroupCalls
from voice.telegram.participants import GAP_PATIENCE
from voice.telegram.roster import ATTEND_PAUSE, Roster

CHAT = ChatId(-1001)


@pytest.fixture
def lists() -> Lists:
    return Lists()


@pytest.fixture
async def roster(lists: Lists) -> Roster:
    roster = Roster(CHAT, RELAY, lists)
    roster.begin(await lists.ensure(CHAT, "Talk"))
    await roster.attend()
    return roster


def names(roster: Roster) -> list[str]:
    return [one.name for one in roster.participants.stage(()).people]


async def test_without_a_call_there_is_nobody_to_ask_for(lists: Lists) -> None:
    with pytest.raises(CallUnreachable):
        await Roster(CHAT, RELAY, lists).attend()


async def test_of_another_call_nothing_is_known(roster: Roster, lists: Lists) -> None:
    lists.create(CHAT, "Another")
    roster.begin(lists.listed[CHAT])
    assert names(roster) == []


async def test_the_same_call_again_is_known_already(roster: Roster, lists: Lists) -> None:
    roster.begin(lists.listed[CHAT])
    assert names(roster) == ["Ada"]


async def test_our_own_leaving_is_noticed(roster: Roster) -> None:
    assert roster.hear(news(1, 2, in_call(RELAY, left=True)), [], [])
    assert not roster.hear(news(1, 3, in_call(ADA, left=True)), [], [])


async def test_people_of_other_chats_are_not_remembered(roster: Roster) -> None:
    known = len(roster.participants._known)
    roster.hear(news(7, 2, in_call(BEN)), [], [])
    assert len(roster.participants._known) == known


async def test_the_list_is_not_fetched_twice_within_a_second(roster: Roster) -> None:
    now = time.monotonic()
    assert not roster.may_attend(now)
    assert roster.may_attend(now + ATTEND_PAUSE)


async def test_a_list_that_fell_behind_unnoticed_is_found_out(roster: Roster, lists: Lists) -> None:
    assert await roster.is_current()
    lists.version = 2
    assert not await roster.is_current()
    roster.hear(news(1, 2, in_call(BEN)), [], [])
    assert await roster.is_current()


async def test_a_call_that_is_no_more_has_no_later_version(roster: Roster, lists: Lists) -> None:
    lists.forget(CHAT)
    assert await roster.is_current()


async def test_many_who_want_it_fetched_share_one_answer(roster: Roster, lists: Lists) -> None:
    asked = lists.asked
    lists.version = 9
    roster.hear(news(1, 9, in_call(ADA)), [], [])
    async with asyncio.TaskGroup() as tasks:
        for _ in range(5):
            tasks.create_task(roster.catch_up())
    assert lists.asked == asked + 1
    assert not roster.participants.is_out_of_step(GAP_PATIENCE * 100)


class Crowd:
    """A call at the sandbox in which a dozen guests come, go, mute and raise hands, and a bad line to us."""

    def __init__(self, scene: Scene, account: SandboxAccount) -> None:
        self.scene = scene
        self.account = account
        self.chance = random.Random(7)  # noqa: S311
        self.guests = range(200, 212)
        self._sources = itertools.count(1000)
        for guest in self.guests:
            scene.world.society.add(Person(guest, f"Guest {guest}"))
            scene.world.society.set_member(scene.chat, Membership(guest), SANDBOX_ADA)

    @property
    def call(self) -> GroupCall:
        assert self.scene.chat.call is not None
        return self.scene.chat.call

    def stir(self) -> None:
        """Something changes in the call."""
        calls, guest = self.scene.world.calls, self.chance.choice(self.guests)
        known = self.call.participants.get(guest)
        if known is None:
            calls.join(self.call, guest, next(self._sources), muted=self.chance.random() < 0.5)
        elif self.chance.random() < 0.3:
            calls.leave(self.call, guest)
        elif known.muted and self.chance.random() < 0.5:
            calls.raise_hand(self.call, guest, guest, is_up=known.raise_hand_rating is None)
        else:
            calls.set_muted(self.call, SANDBOX_ADA, guest, muted=self.chance.random() < 0.5)

    def arriving(self, news: list[Any]) -> list[Any]:
        """What arrives of so many news: some of them twice, some never, out of order."""
        kept = [one for one in news if self.chance.random() > 0.1]
        kept += [one for one in kept if self.chance.random() < 0.1]
        places = {id(one): place for place, one in enumerate(news)}
        return sorted(kept, key=lambda one: places[id(one)] + self.chance.uniform(0, 40))

    @property
    def truth(self) -> dict[int, tuple[object, ...]]:
        return {
            one.person: (
                one.source,
                one.muted,
                one.can_self_unmute or not one.muted,
                one.raise_hand_rating,
                int(one.joined_at.timestamp()),
            )
            for one in self.call.participants.values()
        }


async def test_a_storm_on_a_bad_line_ends_in_telegrams_own_list(tmp_path: Path) -> None:
    async with scene_in(tmp_path) as scene, account_on(scene) as account:
        crowd, calls = Crowd(scene, account), GroupCalls(Account(account.client))
        roster = Roster(ChatId(scene.chat.id), PersonId(SANDBOX_RELAY), calls)
        roster.begin(await calls.ensure(ChatId(scene.chat.id), "Talk"))
        await roster.attend()
        for _ in range(4):
            account.told.clear()
            for _ in range(300):
                crowd.stir()
            await until(lambda: len(account.told) >= 300)
            for update, users, chats in crowd.arriving(account.told):
                roster.hear(update, users.values(), chats.values())
            await roster.catch_up()
        if not await roster.is_current():
            await roster.attend()
    told = {
        one.person: (one.source, one.is_muted, one.may_speak, one.hand, int(one.joined_at.timestamp()))
        for one in roster.participants.others
    }
    assert told == crowd.truth
    assert len(told) > 3
