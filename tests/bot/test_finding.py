"""Finding the talks that a command is about."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import NothingCalled
from bot.finding import Finder, named
from rooms.errors.rights import NotAllowed
from rooms.planning import Planning
from rooms.roles import Action
from rooms.room import AHEAD
from tests.bot.speeches import ENGLISH
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.groups import CAREERS
from tests.fakes.store import MemoryStore
from tests.fakes.talks import ADA, CHAT, CHIARA, TIMING, a_plan, a_room


async def finder_of(*titles: str) -> Finder:
    """One who looks through a programme of talks with these titles, a day apart, minded by Chiara."""
    store, clock = MemoryStore(), FakeClock()
    planning = Planning(store, clock, TIMING)
    await planning.know(CAREERS)
    for days, title in enumerate(titles, start=1):
        plan = a_plan(title, NOON + timedelta(days=days))
        plan = replace(plan, host=CHIARA.person) if title == "Hers" else plan
        draft = await planning.propose(plan, ADA)
        await planning.confirm(draft.id, ADA)
    return Finder(planning, store, clock)


async def titles(finder: Finder, name: str) -> list[str]:
    return [room.plan.title for room in await finder.called(CHAT, AHEAD, name)]


async def test_without_a_name_every_talk_is_found() -> None:
    assert await titles(await finder_of("Careers", "Music"), "") == ["Careers", "Music"]


async def test_a_name_is_a_part_of_the_title_in_small_or_large_letters() -> None:
    finder = await finder_of("Careers after 40", "Careers after 50", "Music")
    assert await titles(finder, " CAREERS  after ") == ["Careers after 40", "Careers after 50"]


async def test_the_whole_title_means_that_talk_alone() -> None:
    assert await titles(await finder_of("Careers", "Careers after 50"), "careers") == ["Careers"]


async def test_a_name_that_no_talk_has_is_refused_and_an_empty_programme_is_none() -> None:
    with pytest.raises(NothingCalled):
        await titles(await finder_of("Careers"), "pigs")
    assert await titles(await finder_of(), "pigs") == []


async def test_members_find_only_what_is_theirs() -> None:
    finder = await finder_of("Careers", "Hers")
    found = await finder.called(CHAT, AHEAD, "")
    theirs = await finder.permitted(found, Action.CANCEL, CHIARA)
    assert [room.plan.title for room in theirs] == ["Hers"]
    with pytest.raises(NotAllowed):
        await finder.permitted(found[:1], Action.CANCEL, CHIARA)
    assert await finder.permitted([], Action.CANCEL, CHIARA) == []


def test_a_long_title_leaves_room_for_the_date_on_its_button() -> None:
    room = a_room(plan=a_plan("W" * 200))
    assert named(room, ENGLISH) == "W" * 39 + "…, Tue 24 Nov 2026, 14:00"
