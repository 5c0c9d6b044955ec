"""The calls as Telegram lists them, by a genuine client at the sandbox's MTProto door."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pyrogram import raw

from rooms.errors.calls import (
    CallRefused,
    CallUnreachable,
    RelayLacksRights,
    RelayNotInChat,
    ScheduleOutOfRange,
)
from rooms.ids import ChatId, PersonId, RoomId
from rooms.ports import Fault
from sandbox.world.entities import GroupCall, Membership, Status
from tests.sandbox.account import ADA, BRUNO, RELAY, Scene, account_on, scene_in
from voice.house import greenroom
from voice.telegram.account import Account
from voice.telegram.calls import GroupCalls, ListedCall
from voice.telegram.participants import read_participant

ROOM, OTHER_ROOM = RoomId(7), RoomId(8)
SOON = (datetime.now(UTC) + timedelta(hours=3)).replace(microsecond=0)
PLAIN_ADMIN = Membership(RELAY, Status.ADMINISTRATOR)


class Desk:
    """The relay account's calls, and the world that it shares."""

    def __init__(self, scene: Scene, calls: GroupCalls) -> None:
        self.scene = scene
        self.calls = calls
        self.chat = ChatId(scene.chat.id)

    @property
    def listed(self) -> GroupCall:
        assert self.scene.chat.call is not None
        return self.scene.chat.call

    def start(self, at: datetime | None = None) -> GroupCall:
        """Ada starts or schedules a call."""
        return self.scene.world.calls.create(self.scene.chat, ADA, "Hers", at)

    async def schedule(self, room: RoomId = ROOM, title: str = "Talk", at: datetime = SOON) -> ListedCall:
        return await self.calls.schedule(room, self.chat, title, at)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with scene_in(tmp_path) as scene, account_on(scene) as account:
        yield Desk(scene, GroupCalls(Account(account.client)))


async def test_a_call_is_created_once(desk: Desk) -> None:
    first = await desk.calls.ensure(desk.chat, "Talk")
    assert (first.is_ours, first.title, first.id) == (True, "Talk", desk.listed.id)
    again = await desk.calls.ensure(desk.chat, "Talk")
    assert (again.id, again.is_ours) == (first.id, True)


async def test_somebody_elses_call_is_adopted_and_gets_the_title(desk: Desk) -> None:
    theirs = desk.start()
    call = await desk.calls.ensure(desk.chat, "Talk")
    assert (call.id, call.is_ours) == (theirs.id, False)
    assert theirs.title == "Talk"


async def test_members_see_a_talk_count_down(desk: Desk) -> None:
    call = await desk.schedule()
    assert (call.scheduled_for, call.is_ours) == (SOON, True)
    assert desk.listed.schedule_date == SOON
    assert not desk.listed.is_active


async def test_to_schedule_twice_makes_one_call_and_gives_it_the_newer_title(desk: Desk) -> None:
    first = await desk.schedule()
    again = await desk.schedule(title="Another title")
    assert again.id == first.id
    assert desk.listed.title == "Another title"


async def test_a_request_whose_answer_was_lost_makes_no_second_call(desk: Desk) -> None:
    first = await desk.calls._create_scheduled(ROOM, desk.chat, "Talk", SOON)
    again = await desk.calls._create_scheduled(ROOM, desk.chat, "Talk", SOON)
    assert again.id == first.id == desk.listed.id


async def test_what_was_taken_back_can_be_scheduled_again(desk: Desk) -> None:
    first = await desk.schedule()
    await desk.calls.unschedule(desk.chat, first.id)
    assert desk.scene.chat.call is None
    again = await desk.schedule()
    assert again.id != first.id
    assert desk.listed.schedule_date == SOON


async def test_a_call_is_moved_by_taking_it_back(desk: Desk) -> None:
    first = await desk.schedule()
    await desk.calls.unschedule(desk.chat, first.id)
    await desk.schedule(at=SOON + timedelta(days=1))
    assert desk.listed.schedule_date == SOON + timedelta(days=1)


async def test_what_somebody_else_scheduled_is_adopted_as_it_is(desk: Desk) -> None:
    theirs = desk.start(SOON + timedelta(hours=1))
    call = await desk.schedule()
    assert (call.id, call.is_ours, call.scheduled_for) == (theirs.id, False, SOON + timedelta(hours=1))
    assert theirs.title == "Hers"


async def test_a_call_of_another_room_is_not_ended_for_ours(desk: Desk) -> None:
    other = await desk.schedule(OTHER_ROOM, at=SOON + timedelta(days=1))
    assert (await desk.schedule()).id == other.id
    assert desk.listed.id == other.id


async def test_a_call_under_way_is_not_ended_by_scheduling(desk: Desk) -> None:
    theirs = desk.start()
    call = await desk.schedule()
    assert (call.id, call.scheduled_for) == (theirs.id, None)
    assert theirs.is_active


@pytest.mark.parametrize("ahead", [timedelta(seconds=3), timedelta(days=9), timedelta(days=-1)])
async def test_what_telegram_does_not_schedule_is_refused(desk: Desk, ahead: timedelta) -> None:
    with pytest.raises(ScheduleOutOfRange):
        await desk.schedule(at=datetime.now(UTC) + ahead)
    assert desk.scene.chat.call is None


async def test_a_scheduled_call_starts_when_it_is_wanted(desk: Desk) -> None:
    scheduled = await desk.schedule()
    call = await desk.calls.ensure(desk.chat, "Talk")
    assert call.id == scheduled.id
    assert desk.listed.is_active


async def test_what_has_begun_is_not_taken_back(desk: Desk) -> None:
    scheduled = await desk.schedule()
    await desk.calls.ensure(desk.chat, "Talk")
    await desk.calls.unschedule(desk.chat, scheduled.id)
    assert desk.listed.is_active


async def test_only_the_call_that_is_meant_is_taken_back(desk: Desk) -> None:
    theirs = desk.start(SOON)
    await desk.calls.unschedule(desk.chat, 12345)
    assert desk.scene.chat.call is theirs
    desk.scene.world.calls.discard(theirs, ADA)
    await desk.calls.unschedule(desk.chat, theirs.id)


async def test_newcomers_of_an_adopted_call_only_listen_when_so_decided(desk: Desk) -> None:
    theirs = desk.start()
    call = await desk.calls.ensure(desk.chat, "Talk")
    await desk.calls.let_in_muted(call, True)
    assert theirs.join_muted
    await desk.calls.let_in_muted(call, True)
    assert (await desk.calls.ensure(desk.chat, "Talk")).joins_muted


async def test_without_rights_an_adopted_call_stays_as_it_is(desk: Desk) -> None:
    theirs = desk.start()
    desk.scene.become(PLAIN_ADMIN)
    call = await desk.calls.ensure(desk.chat, "Talk")
    await desk.calls.let_in_muted(call, True)
    assert (theirs.title, theirs.join_muted) == ("Hers", False)


async def test_the_version_is_that_of_the_list(desk: Desk) -> None:
    call = await desk.calls.ensure(desk.chat, "Talk")
    desk.scene.world.calls.join(desk.listed, ADA, 1, muted=True)
    assert await desk.calls.latest_version(call) == (await desk.calls.attendance(call)).version
    desk.scene.world.calls.discard(desk.listed, ADA)
    assert await desk.calls.latest_version(call) is None


async def test_links_are_for_public_groups(desk: Desk) -> None:
    call = await desk.calls.ensure(desk.chat, "Talk")
    assert await desk.calls.links(call) is None
    desk.scene.chat.username = "careers"
    links = await desk.calls.links(call)
    assert links is not None
    assert links.listeners == "https://t.me/careers?videochat"
    assert links.speakers.startswith(f"{links.listeners}=")


async def test_who_is_there_can_be_meant_people_and_channels_and_anonymous_admins(desk: Desk) -> None:
    call = await desk.calls.ensure(desk.chat, "Talk")
    world, group = desk.scene.world, desk.scene.chat
    channel = world.society.create_channel("News", BRUNO)
    world.society.set_member(group, Membership(ADA, Status.CREATOR, is_anonymous=True), ADA)
    world.calls.join(desk.listed, ADA, 1, muted=True, speaks_as=group.id)
    world.calls.join(desk.listed, BRUNO, 2, muted=True, speaks_as=channel.id)
    attendance = await desk.calls.attendance(call)
    assert {one.person for one in attendance.people} == {group.id, channel.id}
    for one in attendance.people:
        answer = await desk.calls.edit(call, attendance.known[one.person].peer, volume=5000)
        (update,) = answer.updates
        assert read_participant(update.participants[0], PersonId(RELAY)).person == one.person
    assert {one.volume for one in desk.listed.participants.values()} == {5000}
    assert attendance.known[PersonId(channel.id)].name == "News"


class Leafing(Account):
    """Gives the list in two pages, between which something happened."""

    def __init__(self) -> None:
        self.pages = [("second", 5), ("", 6)]

    @property
    def own_id(self) -> int:
        return RELAY

    async def ask(self, chat: ChatId, request: Any) -> Any:  # noqa: ARG002
        next_offset, version = self.pages.pop(0)
        return raw.types.phone.GroupParticipants(
            count=2, participants=[], next_offset=next_offset, chats=[], users=[], version=version
        )


async def test_a_list_in_pages_is_as_old_as_its_first_so_that_no_change_in_between_is_lost() -> None:
    handle = raw.types.InputGroupCall(id=1, access_hash=1)
    attendance = await GroupCalls(Leafing()).attendance(ListedCall(ChatId(-1001), handle, "Talk"))
    assert attendance.version == 5


async def test_whom_an_edit_does_not_find_is_named(desk: Desk) -> None:
    call = await desk.calls.ensure(desk.chat, "Talk")
    await desk.calls.attendance(call)
    with pytest.raises(CallUnreachable, match="PARTICIPANT_JOIN_MISSING"):
        await desk.calls.edit(call, raw.types.InputPeerSelf(), muted=True)


@pytest.mark.parametrize("name", ["FLOOD_WAIT_3600"])
async def test_how_long_to_wait_is_in_the_reason(desk: Desk, name: str) -> None:
    desk.scene.door.floods["phone."] = 3600
    with pytest.raises(CallUnreachable, match=name):
        await desk.calls.ensure(desk.chat, "Talk")


async def test_the_green_room_finds_nothing_wrong(desk: Desk) -> None:
    assert await greenroom.check(desk.calls, desk.chat) == ()
    desk.start()
    assert await greenroom.check(desk.calls, desk.chat) == ()


@pytest.mark.parametrize(
    ("membership", "fault"),
    [
        (PLAIN_ADMIN, Fault.LACKS_RIGHTS),
        (Membership(RELAY), Fault.LACKS_RIGHTS),
        (Membership(RELAY, Status.LEFT), Fault.NOT_IN_CHAT),
        (Membership(RELAY, Status.KICKED), Fault.NOT_IN_CHAT),
    ],
)
async def test_the_green_room_says_what_is_wrong(desk: Desk, membership: Membership, fault: Fault) -> None:
    desk.scene.become(membership)
    assert await greenroom.check(desk.calls, desk.chat) == (fault,)


async def test_the_green_room_says_that_telegram_does_not_answer(desk: Desk) -> None:
    desk.start()
    desk.scene.door.floods["phone."] = 3600
    assert await greenroom.check(desk.calls, desk.chat) == (Fault.RELAY_DOWN,)


@pytest.mark.parametrize(
    ("membership", "kind"),
    [(PLAIN_ADMIN, RelayLacksRights), (Membership(RELAY, Status.LEFT), RelayNotInChat)],
)
async def test_a_refusal_says_what_to_mend(
    desk: Desk, membership: Membership, kind: type[CallRefused]
) -> None:
    desk.scene.become(membership)
    with pytest.raises(kind):
        await desk.schedule()
