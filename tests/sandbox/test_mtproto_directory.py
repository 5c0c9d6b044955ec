"""The directory, asked by a genuine client: who one is, whom and which chats one knows."""

from typing import Any

from pyrogram import raw

from sandbox.world.entities import Membership, Status
from tests.sandbox.account import ADA, BOT, BRUNO, RELAY, Account, Scene
from tests.sandbox.waiting import until


def channel_of(peer: Any) -> Any:
    return raw.types.InputChannel(channel_id=peer.channel_id, access_hash=peer.access_hash)


async def full(account: Account, peer: Any) -> Any:
    return await account.ask(raw.functions.channels.GetFullChannel(channel=channel_of(peer)))


async def test_the_client_knows_who_it_is(account: Account) -> None:
    assert account.client.me is not None
    assert (account.client.me.id, account.client.me.username) == (RELAY, "relay")


async def test_a_chat_is_met_in_the_list_of_dialogs_and_not_before(scene: Scene, account: Account) -> None:
    number = scene.chat.id
    channel = raw.types.InputChannel(channel_id=-1_000_000_000_000 - number, access_hash=0)
    assert await account.refused(raw.functions.channels.GetChannels(id=[channel])) == "CHANNEL_INVALID"
    dialogs = [dialog.chat.title async for dialog in account.client.get_dialogs()]
    assert dialogs == ["Careers"]
    peer = await account.client.resolve_peer(number)
    (found,) = (await account.ask(raw.functions.channels.GetChannels(id=[channel_of(peer)]))).chats
    assert (found.title, found.megagroup, found.admin_rights.manage_call) == ("Careers", True, True)


async def test_all_dialogs_come_though_a_page_holds_few(scene: Scene, account: Account) -> None:
    for number in range(120):
        chat = scene.world.society.create_group(f"Group {number}", ADA, is_super=number % 2 == 0)
        scene.world.society.set_member(chat, Membership(RELAY), ADA)
    scene.world.society.private(RELAY, BOT)
    titles = [dialog.chat.title or dialog.chat.first_name async for dialog in account.client.get_dialogs()]
    assert len(titles) == len(set(titles)) == 122
    assert "Loggione" in titles


async def test_a_full_channel_tells_what_it_is_and_its_call(scene: Scene, account: Account) -> None:
    answer = await full(account, await account.peer())
    assert answer.full_chat.participants_count == 3
    assert answer.full_chat.call is None
    handle = await account.create()
    answer = await full(account, await account.peer())
    assert answer.full_chat.call == handle
    assert answer.chats[0].call_active
    assert scene.chat.call is not None


async def test_a_chat_that_one_was_thrown_out_of_is_private(scene: Scene, account: Account) -> None:
    peer = await account.peer()
    scene.become(Membership(RELAY, Status.KICKED))
    request = raw.functions.channels.GetFullChannel(channel=channel_of(peer))
    assert await account.refused(request) == "CHANNEL_PRIVATE"
    (found,) = (await account.ask(raw.functions.channels.GetChannels(id=[channel_of(peer)]))).chats
    assert isinstance(found, raw.types.ChannelForbidden)


async def test_a_basic_group_is_a_chat(scene: Scene, account: Account) -> None:
    group = scene.world.society.create_group("Small", ADA, is_super=False)
    request = raw.functions.messages.GetFullChat(chat_id=-group.id)
    assert await account.refused(request) == "CHAT_FORBIDDEN"
    scene.world.society.set_member(group, Membership(RELAY), ADA)
    assert (await account.ask(request)).chats[0].title == "Small"
    (found,) = (await account.ask(raw.functions.messages.GetChats(id=[-group.id]))).chats
    assert found.participants_count == 2
    assert await account.refused(raw.functions.messages.GetChats(id=[77])) == "CHAT_ID_INVALID"


async def test_people_are_known_by_their_access_hash(scene: Scene, account: Account) -> None:
    handle = await account.create()
    assert scene.chat.call is not None
    scene.world.calls.join(scene.chat.call, BRUNO, 5, muted=False)
    request = raw.functions.phone.GetGroupParticipants(call=handle, ids=[], sources=[], offset="", limit=10)
    met = (await account.ask(request)).users[0]
    right = raw.types.InputUser(user_id=BRUNO, access_hash=met.access_hash)
    wrong = raw.types.InputUser(user_id=BRUNO, access_hash=0)
    users = await account.ask(raw.functions.users.GetUsers(id=[right, wrong]))
    assert [type(user) for user in users] == [raw.types.User, raw.types.UserEmpty]
    assert (await account.ask(raw.functions.users.GetFullUser(id=right))).users[0].first_name == "Bruno"


async def test_nothing_was_ever_missed(account: Account) -> None:
    state = await account.ask(raw.functions.updates.GetState())
    difference = await account.ask(
        raw.functions.updates.GetDifference(pts=state.pts, date=state.date, qts=state.qts)
    )
    assert isinstance(difference, raw.types.updates.DifferenceEmpty)
    request = raw.functions.updates.GetChannelDifference(
        channel=channel_of(await account.peer()),
        filter=raw.types.ChannelMessagesFilterEmpty(),
        pts=1,
        limit=1,
    )
    assert (await account.ask(request)).final


async def test_it_answers_what_a_connection_asks_for(account: Account) -> None:
    assert (await account.ask(raw.functions.help.GetConfig())).this_dc == 2
    assert (await account.ask(raw.functions.Ping(ping_id=7))).ping_id == 7
    wrapped = raw.functions.InvokeWithLayer(layer=1, query=raw.functions.help.GetConfig())
    assert (await account.ask(wrapped)).dc_options


async def test_what_is_not_known_here_is_refused_honestly(account: Account) -> None:
    assert await account.refused(raw.functions.help.GetNearestDc()) == "METHOD_INVALID"


async def test_a_group_that_was_upgraded_says_which_it_is_now(scene: Scene, account: Account) -> None:
    group = scene.world.society.create_group("Small", ADA, is_super=False)
    scene.world.society.set_member(group, Membership(RELAY), ADA)
    new = scene.world.society.upgrade(group, ADA)
    await until(lambda: account.told and isinstance(account.told[-1][0], raw.types.UpdateChannel))
    (_, _, chats) = account.told[-1]
    moved, supergroup = chats[-group.id], chats[-1_000_000_000_000 - new.id]
    assert (moved.deactivated, moved.migrated_to.channel_id) == (True, supergroup.id)
    assert (supergroup.title, supergroup.megagroup) == ("Small", True)
    request = raw.functions.channels.GetFullChannel(channel=moved.migrated_to)
    assert (await account.ask(request)).full_chat.participants_count == 2
    assert await account.refused(raw.functions.messages.GetFullChat(chat_id=-group.id)) == "CHAT_ID_INVALID"
    titles = [dialog.chat.title async for dialog in account.client.get_dialogs()]
    assert sorted(titles) == ["Careers", "Small"]


async def test_an_upgrade_elsewhere_is_none_of_its_business(scene: Scene, account: Account) -> None:
    await account.peer()
    group = scene.world.society.create_group("Small", ADA, is_super=False)
    scene.world.society.upgrade(group, ADA)
    scene.become(Membership(RELAY, Status.KICKED))
    await until(lambda: account.told)
    assert [set(chats) for _, _, chats in account.told] == [{-1_000_000_000_000 - scene.chat.id}]
