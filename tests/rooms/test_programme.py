"""What may stand on a group's programme."""

from dataclasses import replace

import pytest

from rooms.errors.talks import Clash, TopicNotAllowed
from rooms.errors.times import StartsInPast
from rooms.ids import ThreadId
from rooms.plan import Plan
from rooms.programme import fit, in_its_place, refuse_clash
from rooms.room import RoomState
from rooms.topics import TopicPolicy
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, HOUR, MINUTE, a_plan
from tests.rooms.conftest import House

CLOSED = replace(CAREERS, topics=TopicPolicy(("jazz",), is_closed=True, threads={"jazz": ThreadId(70)}))


async def placed(house: House, plan: Plan) -> Plan:
    async with house.store.reading() as records:
        return await in_its_place(records, plan, NOON)


async def test_a_plan_goes_to_the_thread_of_its_topic_and_stays_where_there_is_none(house: House) -> None:
    assert await placed(house, a_plan()) == a_plan()
    await house.know(CLOSED)
    assert (await placed(house, replace(a_plan(), topic="jazz"))).thread == 70
    with pytest.raises(TopicNotAllowed):
        await placed(house, a_plan())


async def test_a_confirmed_talk_keeps_its_topic_and_a_draft_does_not(house: House) -> None:
    draft = await house.planning.propose(a_plan(), ADA)
    room = await house.schedule(a_plan("Other", NOON + 5 * HOUR))
    await house.know(CLOSED)
    async with house.store.reading() as records:
        assert await fit(records, room.plan, NOON, room) == room.plan
        with pytest.raises(TopicNotAllowed):
            await fit(records, draft.plan, NOON, draft)
        with pytest.raises(StartsInPast):
            await fit(records, room.plan, NOON + 9 * HOUR, room)


@pytest.mark.parametrize(
    ("state", "clashes"),
    [
        (RoomState.DRAFT, False),
        (RoomState.SCHEDULED, True),
        (RoomState.OPENING, True),
        (RoomState.LIVE, True),
        (RoomState.CLOSING, True),
        (RoomState.ENDED, False),
        (RoomState.CANCELLED, False),
        (RoomState.MISSED, False),
    ],
)
async def test_only_what_is_ahead_or_on_air_has_its_hour(
    house: House, state: RoomState, clashes: bool
) -> None:
    room = await house.schedule()
    plan = a_plan("Another", NOON + HOUR + 44 * MINUTE)
    async with house.store.writing() as records:
        await records.rooms.save(replace(room, state=state))
        await refuse_clash(records, room.plan, but=room.id)
        if clashes:
            with pytest.raises(Clash, match="Careers"):
                await refuse_clash(records, plan)
        else:
            await refuse_clash(records, plan)
