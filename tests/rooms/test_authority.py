"""What somebody is to a group and to a talk: by Telegram's word, by appointments and by bans."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from rooms.appointments import Answer, Invited
from rooms.authority import permitted, require, require_in_group, roles_in, roles_towards
from rooms.errors.rights import Banned, NotAllowed, NotAMember
from rooms.group import Schedulers
from rooms.ids import PersonId
from rooms.moderation import Ban
from rooms.roles import Action, Asker, Role
from rooms.room import Room
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

DARIO = Asker(PersonId(45), "Dario", is_admin=False, username="Dario_B")
STRANGER = Asker(PersonId(46), "Stranger", is_admin=False, is_member=False)


@pytest.fixture
async def room(house: House) -> Room:
    """Chiara's talk."""
    return await house.schedule(replace(a_plan(), host=CHIARA.person, host_name="Chiara"))


async def ban(house: House, asker: Asker, until: datetime | None = None) -> None:
    async with house.store.writing() as records:
        await records.bans.save(Ban(CHAT, asker.person, asker.name, "noise", until))


async def roles(house: House, room: Room, asker: Asker) -> set[Role]:
    async with house.store.reading() as records:
        return set(await roles_towards(records, room, asker, house.clock.now()))


async def may(house: House, action: Action, room: Room, asker: Asker) -> None:
    async with house.store.reading() as records:
        await require(records, action, room, asker, house.clock.now())


async def may_in_group(house: House, action: Action, asker: Asker) -> None:
    async with house.store.reading() as records:
        await require_in_group(records, action, CHAT, asker, house.clock.now())


async def test_hosts_members_and_strangers(house: House, room: Room) -> None:
    assert await roles(house, room, CHIARA) == {Role.HOST, Role.LISTENER}
    assert await roles(house, room, DARIO) == {Role.LISTENER}
    assert await roles(house, room, STRANGER) == set()
    assert await roles(house, room, ADA) == {Role.ADMIN, Role.LISTENER}


async def test_a_host_who_left_the_group_is_none_any_more(house: House, room: Room) -> None:
    gone = replace(CHIARA, is_member=False)
    assert await roles(house, room, gone) == set()
    with pytest.raises(NotAMember):
        await may(house, Action.CANCEL, room, gone)


@pytest.mark.parametrize(
    ("answer", "role"), [(Answer.ACCEPTED, Role.COHOST), (Answer.WAITING, None), (Answer.DECLINED, None)]
)
async def test_who_accepted_has_the_role(house: House, room: Room, answer: Answer, role: Role | None) -> None:
    async with house.store.writing() as records:
        invited = Invited("Dario", username="dario_b")
        await records.appointments.add(room.id, Role.COHOST, invited, answer)
    assert await roles(house, room, DARIO) == {Role.LISTENER} | ({role} if role else set())
    assert Role.COHOST not in await roles(house, room, CHIARA)


async def test_who_is_banned_has_no_other_role_even_as_a_host(house: House, room: Room) -> None:
    await ban(house, CHIARA)
    assert await roles(house, room, CHIARA) == {Role.BANNED}
    with pytest.raises(Banned) as refused:
        await may(house, Action.CHANGE, room, CHIARA)
    assert (refused.value.reason, refused.value.until) == ("noise", None)


async def test_a_ban_ends_by_itself_and_holds_in_its_group_alone(house: House, room: Room) -> None:
    await ban(house, DARIO, NOON + timedelta(days=1))
    async with house.store.reading() as records:
        assert await roles_in(records, OTHER_CHAT, DARIO, NOON) == {Role.LISTENER}
    with pytest.raises(Banned):
        await may(house, Action.ATTEND, room, DARIO)
    await house.clock.advance(timedelta(days=1))
    await may(house, Action.ATTEND, room, DARIO)


async def test_an_admin_cannot_be_kept_away_by_a_ban(house: House, room: Room) -> None:
    await ban(house, ADA)
    await may(house, Action.CANCEL, room, ADA)


async def test_every_no_has_its_reason(house: House, room: Room) -> None:
    with pytest.raises(NotAllowed, match="cancel"):
        await may(house, Action.CANCEL, room, DARIO)
    with pytest.raises(NotAMember):
        await may(house, Action.ATTEND, room, STRANGER)


async def test_of_several_talks_those_are_told_with_which_it_may_be_done(house: House, room: Room) -> None:
    later = NOON + timedelta(days=1)
    plan = replace(a_plan(), title="Another", host=BRUNO.person, host_name="Bruno", starts_at=later)
    other = await house.schedule(plan)
    async with house.store.reading() as records:
        theirs = await permitted(records, Action.CANCEL, [other, room], CHIARA, NOON)
        assert list(theirs) == [room]
        with pytest.raises(NotAllowed):
            await permitted(records, Action.CANCEL, [other, room], DARIO, NOON)
        assert list(await permitted(records, Action.CANCEL, [], DARIO, NOON)) == []


async def test_members_schedule_where_the_group_says_so_and_do_nothing_else_for_it(house: House) -> None:
    with pytest.raises(NotAllowed):
        await may_in_group(house, Action.SCHEDULE, DARIO)
    await house.know(replace(CAREERS, schedulers=Schedulers.MEMBERS))
    await may_in_group(house, Action.SCHEDULE, DARIO)
    with pytest.raises(NotAMember):
        await may_in_group(house, Action.SCHEDULE, STRANGER)
    with pytest.raises(NotAllowed):
        await may_in_group(house, Action.SET_UP, DARIO)
    await ban(house, DARIO)
    with pytest.raises(Banned):
        await may_in_group(house, Action.SCHEDULE, DARIO)
