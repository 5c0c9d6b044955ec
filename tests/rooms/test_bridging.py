"""A talk is carried in the calls of other groups, as long as both sides want it."""

from dataclasses import replace

import pytest

from rooms.authority import require, roles_towards
from rooms.bridges import Bridge
from rooms.bridging import MOST, Bridging
from rooms.errors.elsewhere import BridgedAlready, BridgeDeclined, BridgesItself, NotBridged, TooManyBridges
from rooms.errors.groups import NoSuchGroup
from rooms.errors.rights import Banned, NotAllowed, NotAMember
from rooms.errors.talks import Clash, WrongState
from rooms.group import Group
from rooms.ids import ChatId, PersonId
from rooms.moderation import Ban, DeedKind
from rooms.notices import NoticeKind
from rooms.ports import CallEnded
from rooms.programme import on_in
from rooms.prolonging import Prolonging
from rooms.roles import Action, Asker, Role
from rooms.room import Room
from tests.fakes.clock import settle
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, TIMING, a_plan
from tests.rooms.changes import moved_to
from tests.rooms.conftest import House

GARDENERS = Group(OTHER_CHAT, "Gardeners", CAREERS.zone, "it", "programme-of-gardeners")
HOST = replace(CHIARA, chat=CHAT)
STRANGER = replace(CHIARA, is_member=False, chat=OTHER_CHAT)
THERE = replace(BRUNO, chat=OTHER_CHAT)
"""An admin of the gardeners' group."""
VISITOR = Asker(PersonId(60), "Vera", is_admin=False, chat=OTHER_CHAT)
DETAIL = f"{OTHER_CHAT} Gardeners"


class Two:
    """Two groups; Chiara hosts a talk in the first one."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.bridging = Bridging(house.store, house.clock)

    async def prepare(self) -> Room:
        await self.house.know(CAREERS)
        await self.house.know(GARDENERS)
        return await self.house.schedule(replace(a_plan(), host=CHIARA.person))

    @property
    def bridges(self) -> list[Bridge]:
        return list(self.house.store.records.bridges.rows.values())

    def news(self, chat: ChatId) -> list[str]:
        return [detail for kind, detail in self.house.told(chat) if kind is NoticeKind.BRIDGE]

    async def agree(self, room: Room) -> None:
        await self.bridging.ask(room.id, HOST, STRANGER)
        await self.bridging.answer(room.id, THERE, accepts=True)


@pytest.fixture
def two(house: House) -> Two:
    return Two(house)


async def test_the_admins_of_the_other_group_are_asked_there(two: Two) -> None:
    room = await two.prepare()
    bridge = await two.bridging.ask(room.id, HOST, STRANGER)
    assert bridge == Bridge(room.id, OTHER_CHAT)
    assert two.bridges == [bridge]
    assert two.news(OTHER_CHAT) == [f"asked {DETAIL}"]
    assert two.news(CHAT) == []
    assert all(opening.bridges == frozenset() for opening in two.house.calls.opened)


async def test_once_agreed_the_call_spans_both_groups_and_the_card_stands_in_both(two: Two) -> None:
    room = await two.prepare()
    async with two.house.at_work():
        await two.house.clock.advance(HOUR)
        await two.agree(room)
        await settle()
        assert two.house.calls.opened[-1].bridges == {OTHER_CHAT}
        assert two.news(OTHER_CHAT) == [f"asked {DETAIL}", f"agreed {DETAIL}"]
        assert two.news(CHAT) == [f"agreed {DETAIL}"]
        assert (NoticeKind.CARD, "") in two.house.told(OTHER_CHAT)


async def test_a_bridge_agreed_before_the_talk_is_there_when_it_opens(two: Two) -> None:
    room = await two.prepare()
    await two.agree(room)
    async with two.house.at_work():
        await two.house.clock.advance(HOUR)
    assert two.house.calls.opened[0].bridges == {OTHER_CHAT}


async def test_an_admin_of_both_groups_needs_no_asking(two: Two) -> None:
    room = await two.prepare()
    assert (await two.bridging.ask(room.id, ADA, replace(ADA, chat=OTHER_CHAT))).is_agreed
    assert two.news(OTHER_CHAT) == two.news(CHAT) == [f"agreed {DETAIL}"]


@pytest.mark.parametrize(
    ("asker", "refusal"),
    [
        (replace(CHIARA, person=PersonId(9), chat=CHAT), NotAllowed),
        (replace(CHIARA, person=PersonId(9), is_member=False, chat=CHAT), NotAMember),
        (replace(BRUNO, chat=ChatId(-5)), NotAllowed),
    ],
    ids=["a member", "a stranger", "an admin of a third group"],
)
async def test_who_does_not_mind_the_talk_bridges_nothing(
    two: Two, asker: Asker, refusal: type[Exception]
) -> None:
    room = await two.prepare()
    with pytest.raises(refusal):
        await two.bridging.ask(room.id, asker, STRANGER)
    assert two.bridges == []


async def test_only_an_admin_there_answers(two: Two) -> None:
    room = await two.prepare()
    await two.bridging.ask(room.id, HOST, STRANGER)
    with pytest.raises(NotAllowed):
        await two.bridging.answer(room.id, VISITOR, accepts=True)
    assert two.bridges == [Bridge(room.id, OTHER_CHAT)]


async def test_a_declined_talk_is_not_asked_for_again(two: Two) -> None:
    room = await two.prepare()
    await two.bridging.ask(room.id, HOST, STRANGER)
    await two.bridging.answer(room.id, THERE, accepts=False)
    assert two.bridges == []
    assert two.news(CHAT) == [f"declined {DETAIL}"]
    with pytest.raises(BridgeDeclined):
        await two.bridging.ask(room.id, HOST, STRANGER)
    with pytest.raises(NotBridged):
        await two.bridging.answer(room.id, THERE, accepts=True)


async def test_two_admins_who_answer_at_once_do_it_once(two: Two) -> None:
    room = await two.prepare()
    await two.agree(room)
    for accepts in (True, False):
        with pytest.raises(BridgedAlready):
            await two.bridging.answer(room.id, THERE, accepts=accepts)
    with pytest.raises(BridgedAlready):
        await two.bridging.ask(room.id, HOST, STRANGER)


async def test_what_cannot_be_is_refused(two: Two) -> None:
    room = await two.prepare()
    with pytest.raises(BridgesItself):
        await two.bridging.ask(room.id, HOST, HOST)
    with pytest.raises(NoSuchGroup):
        await two.bridging.ask(room.id, HOST, replace(STRANGER, chat=ChatId(-7)))
    await two.house.know(replace(GARDENERS, is_present=False))
    with pytest.raises(NoSuchGroup):
        await two.bridging.ask(room.id, HOST, STRANGER)
    for number in range(MOST):
        chat = ChatId(-100 - number)
        await two.house.know(replace(GARDENERS, chat=chat, programme_key=str(number)))
        await two.bridging.ask(room.id, HOST, replace(STRANGER, chat=chat))
    await two.house.know(GARDENERS)
    with pytest.raises(TooManyBridges):
        await two.bridging.ask(room.id, HOST, STRANGER)


async def test_a_talk_that_is_over_is_carried_nowhere(two: Two) -> None:
    room = await two.prepare()
    await two.bridging.ask(room.id, HOST, STRANGER)
    async with two.house.at_work():
        await two.house.clock.advance(2 * HOUR)
    with pytest.raises(WrongState):
        await two.bridging.answer(room.id, THERE, accepts=True)
    with pytest.raises(WrongState):
        await two.bridging.ask(room.id, HOST, replace(STRANGER, chat=ChatId(-100)))


async def test_a_group_with_a_talk_of_its_own_at_that_time_carries_none(two: Two) -> None:
    room = await two.prepare()
    await two.house.schedule(a_plan("Roses", room.plan.starts_at + 30 * MINUTE, chat=OTHER_CHAT))
    with pytest.raises(Clash) as refused:
        await two.bridging.ask(room.id, HOST, STRANGER)
    assert refused.value.title == "Roses"


async def test_an_own_talk_planned_after_the_question_wins(two: Two) -> None:
    room = await two.prepare()
    await two.bridging.ask(room.id, HOST, STRANGER)
    await two.house.schedule(a_plan("Roses", room.plan.starts_at, chat=OTHER_CHAT))
    with pytest.raises(Clash):
        await two.bridging.answer(room.id, THERE, accepts=True)


async def test_a_group_plans_no_talk_while_it_carries_another_one(two: Two) -> None:
    room = await two.prepare()
    await two.agree(room)
    with pytest.raises(Clash) as refused:
        await two.house.schedule(a_plan("Roses", room.plan.starts_at - 10 * MINUTE, chat=OTHER_CHAT))
    assert refused.value.title == room.plan.title
    await two.house.schedule(a_plan("Roses", room.plan.ends_at, chat=OTHER_CHAT))


async def test_a_carried_talk_does_not_run_into_the_other_group_s_next_one(two: Two) -> None:
    room = await two.prepare()
    await two.agree(room)
    await two.house.schedule(a_plan("Roses", room.plan.ends_at, chat=OTHER_CHAT))
    with pytest.raises(Clash):
        await two.house.changing.change(room.id, ADA, moved_to(room.plan.starts_at + 10 * MINUTE))
    await two.house.conducting.start(room.id)
    with pytest.raises(Clash):
        await Prolonging(two.house.store, two.house.clock, TIMING).extend(room.id, ADA)


async def test_two_talks_are_not_carried_in_one_call_at_a_time(two: Two) -> None:
    room = await two.prepare()
    await two.agree(room)
    third = replace(CAREERS, chat=ChatId(-100), programme_key="third")
    await two.house.know(third)
    other = await two.house.schedule(a_plan("Roses", room.plan.starts_at, chat=third.chat))
    with pytest.raises(Clash):
        await two.bridging.ask(other.id, replace(ADA, chat=third.chat), THERE)


@pytest.mark.parametrize("asker", [HOST, THERE, ADA], ids=["host", "admin there", "admin here"])
async def test_either_side_ends_it_at_any_time(two: Two, asker: Asker) -> None:
    room = await two.prepare()
    async with two.house.at_work():
        await two.house.clock.advance(HOUR)
        await two.agree(room)
        await two.bridging.end(room.id, asker, OTHER_CHAT)
        await settle()
        assert two.house.calls.opened[-1].bridges == frozenset()
        assert two.news(OTHER_CHAT)[-1] == two.news(CHAT)[-1] == f"ended {DETAIL}"
    with pytest.raises(NotBridged):
        await two.bridging.end(room.id, asker, OTHER_CHAT)


async def test_others_do_not_end_it(two: Two) -> None:
    room = await two.prepare()
    await two.agree(room)
    await two.house.know(replace(GARDENERS, chat=ChatId(-100), programme_key="third"))
    await two.bridging.ask(room.id, ADA, replace(ADA, chat=ChatId(-100)))
    for asker in (VISITOR, replace(BRUNO, chat=ChatId(-100)), replace(BRUNO, chat=ChatId(-101))):
        with pytest.raises(NotAllowed):
            await two.bridging.end(room.id, asker, OTHER_CHAT)
    with pytest.raises(NotBridged):
        await two.bridging.end(room.id, HOST, ChatId(-102))


async def test_a_question_nobody_answered_is_taken_back_quietly(two: Two) -> None:
    room = await two.prepare()
    await two.bridging.ask(room.id, HOST, STRANGER)
    await two.bridging.end(room.id, HOST, OTHER_CHAT)
    assert two.bridges == []
    assert two.news(CHAT) == []


async def test_a_carried_call_that_somebody_closes_there_ends_the_bridge_and_not_the_talk(two: Two) -> None:
    room = await two.prepare()
    async with two.house.at_work():
        await two.house.clock.advance(HOUR)
        await two.agree(room)
        two.house.calls.tell(CallEnded(room.id, OTHER_CHAT))
        await settle()
        assert two.bridges == []
        assert two.news(OTHER_CHAT)[-1] == f"ended {DETAIL}"
        assert room.id in two.house.calls.in_call
        assert two.house.calls.opened[-1].bridges == frozenset()


async def test_both_sides_find_it_in_their_logs(two: Two) -> None:
    room = await two.prepare()
    await two.agree(room)
    await two.bridging.end(room.id, ADA, OTHER_CHAT)
    deeds = [(deed.chat, deed.kind, deed.actor_name) for deed in two.house.store.records.log.rows]
    assert (OTHER_CHAT, DeedKind.BRIDGED, "Bruno") in deeds
    assert (CHAT, DeedKind.UNBRIDGED, "Ada") in deeds


async def roles(two: Two, room: Room, asker: Asker) -> frozenset[Role]:
    async with two.house.store.reading() as records:
        return await roles_towards(records, room, asker, two.house.clock.now())


async def test_people_of_the_other_group_take_part_and_its_admins_mind_their_own(two: Two) -> None:
    room = await two.prepare()
    await two.bridging.ask(room.id, HOST, STRANGER)
    assert await roles(two, room, THERE) == frozenset()  # nobody there has agreed yet
    await two.bridging.answer(room.id, THERE, accepts=True)
    assert await roles(two, room, VISITOR) == {Role.LISTENER}
    assert await roles(two, room, THERE) == {Role.LISTENER, Role.NEIGHBOUR}
    assert await roles(two, room, replace(HOST, chat=OTHER_CHAT)) == {Role.LISTENER, Role.HOST}
    assert await roles(two, room, replace(THERE, chat=ChatId(-100))) == frozenset()
    assert await roles(two, room, replace(VISITOR, is_member=False)) == frozenset()


@pytest.mark.parametrize(
    "action", [Action.CLOSE, Action.PLAY, Action.BRIDGE, Action.MIND_STAGE, Action.CHANGE]
)
async def test_an_admin_of_the_other_group_does_not_run_the_talk(two: Two, action: Action) -> None:
    room = await two.prepare()
    await two.agree(room)
    with pytest.raises(NotAllowed):
        async with two.house.store.reading() as records:
            await require(records, action, room, THERE, two.house.clock.now())


@pytest.mark.parametrize("chat", [CHAT, OTHER_CHAT], ids=["here", "there"])
async def test_whoever_is_banned_in_either_group_takes_no_part(two: Two, chat: ChatId) -> None:
    room = await two.prepare()
    await two.agree(room)
    async with two.house.store.writing() as records:
        await records.bans.save(Ban(chat, VISITOR.person, VISITOR.name, "spam", None))
    assert await roles(two, room, VISITOR) == {Role.BANNED}
    with pytest.raises(Banned):
        async with two.house.store.reading() as records:
            await require(records, Action.RAISE_HAND, room, VISITOR, two.house.clock.now())


async def test_the_talk_that_is_on_is_found_from_a_group_that_carries_it(two: Two) -> None:
    room = await two.prepare()
    await two.agree(room)
    await two.house.conducting.start(room.id)
    async with two.house.store.reading() as records:
        assert (await on_in(records, OTHER_CHAT)).id == room.id
    assert await two.house.evenings.speaking.raise_hand(room.id, VISITOR) == 1


async def test_hosts_are_shown_their_talks_and_groups_their_bridges(two: Two) -> None:
    room = await two.prepare()
    later = await two.house.schedule(a_plan("Later", room.plan.ends_at + HOUR))
    assert [one.id for one in await two.bridging.candidates(CHAT, HOST)] == [room.id]
    assert [one.id for one in await two.bridging.candidates(CHAT, ADA)] == [room.id, later.id]
    with pytest.raises(NotAllowed):
        await two.bridging.candidates(CHAT, replace(CHIARA, person=PersonId(9)))
    assert await two.bridging.candidates(OTHER_CHAT, THERE) == []
    await two.agree(room)
    (here,), (there,) = await two.bridging.spanning(CHAT), await two.bridging.spanning(OTHER_CHAT)
    assert (here[0].id, here[1].chat, here[2]) == (room.id, OTHER_CHAT, "Gardeners")
    assert (there[0].id, there[1].chat, there[2]) == (room.id, OTHER_CHAT, "Careers Forum")
