"""The phone functions, asked for by a genuine client."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pyrogram import raw

from sandbox.world.entities import Membership, Status
from tests.sandbox.account import (
    ADA,
    BRUNO,
    FUNCTIONS,
    MANAGER,
    RELAY,
    Account,
    Scene,
    one,
    params,
)

SOURCE = 3_000_000_000
SIGNED = SOURCE - (1 << 32)


def ahead(**by: float) -> int:
    return int((datetime.now(UTC) + timedelta(**by)).timestamp())


async def listed(account: Account) -> Any:
    """The call that the group lists."""
    peer = await account.peer()
    channel = raw.types.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)
    return (await account.ask(raw.functions.channels.GetFullChannel(channel=channel))).full_chat.call


async def state_of(account: Account, handle: Any) -> Any:
    return (await account.ask(FUNCTIONS.GetGroupCall(call=handle, limit=10))).call


async def test_a_call_that_is_created_is_listed(scene: Scene, account: Account) -> None:
    handle = await account.create(title="Careers after 40")
    assert await listed(account) == handle
    assert (await state_of(account, handle)).title == "Careers after 40"
    assert scene.chat.call is not None
    assert scene.chat.call.is_active


async def test_a_request_that_is_repeated_creates_one_call(account: Account) -> None:
    assert await account.create(random_id=5) == await account.create(random_id=5)


async def test_another_call_ends_the_one_before(account: Account) -> None:
    before = await account.create(random_id=5)
    after = await account.create(random_id=6)
    assert await listed(account) == after
    assert await account.refused(FUNCTIONS.GetGroupCall(call=before, limit=1)) == "GROUPCALL_FORBIDDEN"


async def test_a_scheduled_call_starts_when_it_is_started(account: Account) -> None:
    handle = await account.create(schedule_date=ahead(minutes=5))
    assert (await state_of(account, handle)).schedule_date is not None
    await account.ask(FUNCTIONS.StartScheduledGroupCall(call=handle))
    assert (await state_of(account, handle)).schedule_date is None
    again = FUNCTIONS.StartScheduledGroupCall(call=handle)
    assert await account.refused(again) == "GROUPCALL_ALREADY_STARTED"


@pytest.mark.parametrize("by", [{"seconds": 5}, {"days": 9}, {"days": -1}])
async def test_a_call_is_scheduled_from_ten_seconds_to_eight_days_ahead(
    account: Account, by: dict[str, float]
) -> None:
    request = FUNCTIONS.CreateGroupCall(peer=await account.peer(), random_id=1, schedule_date=ahead(**by))
    assert await account.refused(request) == "SCHEDULE_DATE_INVALID"


async def test_nobody_can_join_before_the_start(account: Account) -> None:
    handle = await account.create(schedule_date=ahead(minutes=5))
    assert await account.refused(join(handle)) == "GROUPCALL_INVALID"


async def test_one_can_ask_to_be_told_of_the_start(account: Account) -> None:
    handle = await account.create(schedule_date=ahead(minutes=5))
    for is_subscribed in (True, False):
        request = FUNCTIONS.ToggleGroupCallStartSubscription(call=handle, subscribed=is_subscribed)
        told = one((await account.ask(request)).updates, raw.types.UpdateGroupCall)
        assert told.call.schedule_start_subscribed == is_subscribed


async def test_who_joins_is_told_where_to_connect(scene: Scene, account: Account) -> None:
    updates = await account.join(await account.create(), SOURCE)
    me = one(updates, raw.types.UpdateGroupCallParticipants).participants[0]
    assert (me.peer.user_id, me.source, me.just_joined, me.is_self) == (RELAY, SIGNED, True, True)
    assert str(scene.voice.address[1]) in one(updates, raw.types.UpdateGroupCallConnection).params.data


@pytest.mark.parametrize("data", ["", "{}", "[]", '{"ssrc": "x"}', '{"ssrc": 1, "fingerprints": []}'])
async def test_parameters_that_are_none_let_nobody_in(scene: Scene, account: Account, data: str) -> None:
    handle = await account.create()
    assert await account.refused(join(handle, data=data)) == "DATA_JSON_INVALID"
    assert scene.chat.call is not None
    assert not scene.chat.call.participants


async def test_one_joins_as_oneself_only(account: Account) -> None:
    handle = await account.create()
    peer = await account.peer()
    assert await account.refused(join(handle, join_as=peer)) == "JOIN_AS_PEER_INVALID"
    choice = await account.ask(FUNCTIONS.GetGroupCallJoinAs(peer=peer))
    assert [one.user_id for one in choice.peers] == [RELAY]
    me = raw.types.InputPeerSelf()
    assert await account.ask(FUNCTIONS.SaveDefaultGroupCallJoinAs(peer=peer, join_as=me))


async def test_an_ssrc_belongs_to_one_participant(scene: Scene, account: Account) -> None:
    handle = await account.create()
    assert scene.chat.call is not None
    scene.world.calls.join(scene.chat.call, ADA, SOURCE, muted=False)
    assert await account.refused(join(handle)) == "GROUPCALL_SSRC_DUPLICATE_MUCH"


async def test_participants_come_in_pages_of_one_version(scene: Scene, account: Account) -> None:
    handle = await account.create()
    await account.join(handle)
    assert scene.chat.call is not None
    for person in (ADA, BRUNO):
        scene.world.calls.join(scene.chat.call, person, person, muted=True)
    found, offset = [], ""
    for _ in range(3):
        page = await account.ask(participants(handle, offset=offset, limit=1))
        assert (page.count, page.version) == (3, scene.chat.call.version)
        found += [one.peer.user_id for one in page.participants]
        offset = page.next_offset
    assert offset == ""
    assert sorted(found) == [ADA, BRUNO, RELAY]


async def test_a_page_follows_even_if_who_ended_the_last_one_left(scene: Scene, account: Account) -> None:
    handle = await account.create()
    assert scene.chat.call is not None
    for person in (ADA, BRUNO):
        scene.world.calls.join(scene.chat.call, person, person, muted=True)
    page = await account.ask(participants(handle, limit=1))
    scene.world.calls.leave(scene.chat.call, page.participants[0].peer.user_id)
    rest = await account.ask(participants(handle, offset=page.next_offset, limit=1))
    assert (len(rest.participants), rest.next_offset) == (1, "")


async def test_participants_are_found_by_their_ssrc(account: Account) -> None:
    handle = await account.create()
    await account.join(handle, SOURCE)
    page = await account.ask(participants(handle, sources=[SIGNED]))
    assert [one.peer.user_id for one in page.participants] == [RELAY]
    assert (await account.ask(participants(handle, sources=[7]))).participants == []


async def test_an_offset_that_is_none_is_refused(account: Account) -> None:
    handle = await account.create()
    assert await account.refused(participants(handle, offset="later")) == "OFFSET_INVALID"


async def test_who_is_in_the_call_may_check_it(account: Account) -> None:
    handle = await account.create()
    check = FUNCTIONS.CheckGroupCall(call=handle, sources=[SIGNED, 5])
    assert await account.refused(check) == "GROUPCALL_JOIN_MISSING"
    await account.join(handle, SOURCE)
    assert await account.ask(check) == [SIGNED]


async def test_whom_the_voice_server_dropped_is_not_counted_any_more(scene: Scene, account: Account) -> None:
    handle = await account.create()
    await account.join(handle, SOURCE)
    scene.voice.kick(handle.id, RELAY)
    assert await account.ask(FUNCTIONS.CheckGroupCall(call=handle, sources=[SIGNED])) == []


async def test_who_leaves_is_out(scene: Scene, account: Account) -> None:
    handle = await account.create()
    await account.join(handle)
    answer = await account.ask(FUNCTIONS.LeaveGroupCall(call=handle, source=0))
    assert one(answer.updates, raw.types.UpdateGroupCallParticipants).participants[0].left
    assert scene.chat.call is not None
    assert not scene.chat.call.participants
    assert (await account.ask(FUNCTIONS.LeaveGroupCall(call=handle, source=0))).updates == []


async def test_a_discarded_call_is_no_more(account: Account) -> None:
    handle = await account.create()
    answer = await account.ask(FUNCTIONS.DiscardGroupCall(call=handle))
    assert isinstance(one(answer.updates, raw.types.UpdateGroupCall).call, raw.types.GroupCallDiscarded)
    assert await listed(account) is None
    assert await account.refused(join(handle)) == "GROUPCALL_FORBIDDEN"


async def test_a_title_is_changed_once(account: Account) -> None:
    handle = await account.create(title="Before")
    request = FUNCTIONS.EditGroupCallTitle(call=handle, title="After")
    await account.ask(request)
    assert (await state_of(account, handle)).title == "After"
    assert await account.refused(request) == "GROUPCALL_NOT_MODIFIED"


async def test_newcomers_can_be_let_in_muted(account: Account) -> None:
    handle = await account.create()
    request = FUNCTIONS.ToggleGroupCallSettings(call=handle, join_muted=True)
    await account.ask(request)
    assert (await state_of(account, handle)).join_muted
    assert await account.refused(request) == "GROUPCALL_NOT_MODIFIED"


async def test_one_mutes_oneself(scene: Scene, account: Account) -> None:
    handle = await account.create()
    await account.join(handle)
    me = raw.types.InputPeerSelf()
    edit = FUNCTIONS.EditGroupCallParticipant(call=handle, participant=me, muted=True)
    answer = await account.ask(edit)
    changed = one(answer.updates, raw.types.UpdateGroupCallParticipants)
    assert changed.participants[0].muted
    assert scene.chat.call is not None
    assert changed.version == scene.chat.call.version


async def test_an_admin_turns_others_up_and_takes_their_microphone(scene: Scene, account: Account) -> None:
    handle = await account.create()
    assert scene.chat.call is not None
    scene.world.calls.join(scene.chat.call, BRUNO, 5, muted=False)
    bruno = (await account.ask(participants(handle))).users[0]
    peer = raw.types.InputPeerUser(user_id=bruno.id, access_hash=bruno.access_hash)
    await account.ask(FUNCTIONS.EditGroupCallParticipant(call=handle, participant=peer, volume=5000))
    await account.ask(FUNCTIONS.EditGroupCallParticipant(call=handle, participant=peer, muted=True))
    entry = (await account.ask(participants(handle))).participants[0]
    assert (entry.volume, entry.muted, entry.can_self_unmute) == (5000, True, False)
    loud = FUNCTIONS.EditGroupCallParticipant(call=handle, participant=peer, volume=20001)
    assert await account.refused(loud) == "USER_VOLUME_INVALID"


async def test_who_is_not_there_cannot_be_edited(account: Account) -> None:
    handle = await account.create()
    edit = FUNCTIONS.EditGroupCallParticipant(call=handle, participant=raw.types.InputPeerSelf(), muted=True)
    assert await account.refused(edit) == "PARTICIPANT_JOIN_MISSING"


async def test_people_are_invited_visibly(scene: Scene, account: Account) -> None:
    handle = await account.create()
    me = raw.types.InputUserSelf()
    await account.ask(FUNCTIONS.InviteToGroupCall(call=handle, users=[me]))
    assert list(scene.chat.messages.values())[-1].service == (
        "video_chat_participants_invited",
        {"users": [RELAY]},
    )
    await account.join(handle)
    again = FUNCTIONS.InviteToGroupCall(call=handle, users=[me])
    assert await account.refused(again) == "USER_ALREADY_INVITED"


async def test_only_public_chats_have_links_to_their_calls(scene: Scene, account: Account) -> None:
    handle = await account.create()
    request = FUNCTIONS.ExportGroupCallInvite(call=handle)
    assert await account.refused(request) == "PUBLIC_CHANNEL_MISSING"
    scene.chat.username = "careers"
    assert (await account.ask(request)).link == "https://t.me/careers?videochat"
    speaking = FUNCTIONS.ExportGroupCallInvite(call=handle, can_self_unmute=True)
    first = (await account.ask(speaking)).link
    assert first.startswith("https://t.me/careers?videochat=")
    await account.ask(FUNCTIONS.ToggleGroupCallSettings(call=handle, reset_invite_hash=True))
    assert (await account.ask(speaking)).link != first


async def test_who_comes_by_the_speakers_link_may_unmute(scene: Scene, account: Account) -> None:
    handle = await account.create()
    await account.ask(FUNCTIONS.ToggleGroupCallSettings(call=handle, join_muted=True))
    scene.chat.username = "careers"
    link = (await account.ask(FUNCTIONS.ExportGroupCallInvite(call=handle, can_self_unmute=True))).link
    scene.become(Membership(RELAY))
    assert scene.chat.call is not None
    for invite_hash, is_free in ((None, False), ("stale", False), (link.partition("=")[2], True)):
        request = join(handle)
        request.invite_hash = invite_hash
        await account.ask(request)
        assert scene.chat.call.participants[RELAY].can_self_unmute is is_free


@pytest.mark.parametrize("name", ["create", "start", "discard", "title", "settings", "edit"])
async def test_what_needs_the_right_is_refused_without_it(scene: Scene, account: Account, name: str) -> None:
    handle = await account.create()
    assert scene.chat.call is not None
    scene.world.calls.join(scene.chat.call, ADA, 5, muted=False)
    ada = (await account.ask(participants(handle))).users[0]
    scene.become(Membership(RELAY))
    peer = raw.types.InputPeerUser(user_id=ada.id, access_hash=ada.access_hash)
    requests = {
        "create": FUNCTIONS.CreateGroupCall(peer=await account.peer(), random_id=2),
        "start": FUNCTIONS.StartScheduledGroupCall(call=handle),
        "discard": FUNCTIONS.DiscardGroupCall(call=handle),
        "title": FUNCTIONS.EditGroupCallTitle(call=handle, title="Mine"),
        "settings": FUNCTIONS.ToggleGroupCallSettings(call=handle, reset_invite_hash=True),
        "edit": FUNCTIONS.EditGroupCallParticipant(call=handle, participant=peer, muted=True),
    }
    assert await account.refused(requests[name]) == "CHAT_ADMIN_REQUIRED"


async def test_who_is_thrown_out_of_a_chat_is_out_of_its_call(scene: Scene, account: Account) -> None:
    handle = await account.create()
    await account.join(handle)
    peer = await account.peer()
    scene.become(Membership(RELAY, Status.KICKED))
    assert scene.chat.call is not None
    assert not scene.chat.call.participants
    assert await account.refused(join(handle)) == "GROUPCALL_FORBIDDEN"
    create = FUNCTIONS.CreateGroupCall(peer=peer, random_id=9)
    assert await account.refused(create) == "CHANNEL_PRIVATE"
    scene.become(MANAGER)
    await account.join(handle)


async def test_an_access_hash_must_be_right(account: Account) -> None:
    handle = await account.create()
    forged = raw.types.InputGroupCall(id=handle.id, access_hash=handle.access_hash ^ 1)
    assert await account.refused(FUNCTIONS.GetGroupCall(call=forged, limit=1)) == "GROUPCALL_INVALID"
    peer = await account.peer()
    peer = raw.types.InputPeerChannel(channel_id=peer.channel_id, access_hash=peer.access_hash ^ 1)
    create = FUNCTIONS.CreateGroupCall(peer=peer, random_id=9)
    assert await account.refused(create) == "CHANNEL_INVALID"
    user = raw.types.InputPeerUser(user_id=ADA, access_hash=1)
    edit = FUNCTIONS.EditGroupCallParticipant(call=handle, participant=user, muted=True)
    assert await account.refused(edit) == "USER_ID_INVALID"


def join(handle: Any, data: str = params(SOURCE), join_as: Any = None) -> Any:
    return FUNCTIONS.JoinGroupCall(
        call=handle,
        join_as=join_as or raw.types.InputPeerSelf(),
        params=raw.types.DataJSON(data=data),
    )


def participants(handle: Any, offset: str = "", limit: int = 0, sources: list[int] | None = None) -> Any:
    return FUNCTIONS.GetGroupParticipants(
        call=handle, ids=[], sources=sources or [], offset=offset, limit=limit
    )
