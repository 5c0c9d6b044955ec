"""The door: who is told what, floods, and clients that misbehave."""

import asyncio
import struct
import threading
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyrogram import raw
from pyrogram.raw.core import TLObject

from sandbox.exchange import Exchange
from sandbox.mtproto import MtprotoDoor, door
from sandbox.mtproto.framing import REQUEST_ID, frame
from sandbox.sfu import VoiceServer
from sandbox.world.entities import Membership, Status
from sandbox.world.world import World
from tests.deadline import DEADLINE
from tests.sandbox.account import ADA, BRUNO, FUNCTIONS, RELAY, SPARE, Account, Scene, account_on, scene_in
from tests.sandbox.waiting import until


def told(account: Account, kind: type) -> list[Any]:
    return [update for update, _, _ in account.told if isinstance(update, kind)]


async def error_of(scene: Scene, function: bytes) -> str:
    """The refusal that these bytes meet when they come as a function."""
    reader, writer = await asyncio.open_unix_connection(str(scene.socket))
    writer.write(frame(REQUEST_ID.pack(7) + function))
    (length,) = struct.unpack("<I", await reader.readexactly(4))
    result = TLObject.read(BytesIO(await reader.readexactly(length)))
    writer.close()
    assert result.req_msg_id == 7
    message: str = result.result.error_message
    return message


async def until_hung_up(scene: Scene, data: bytes) -> None:
    """Send bytes to the door, which gives no answer but to close."""
    reader, writer = await asyncio.open_unix_connection(str(scene.socket))
    writer.write(data)
    with suppress(ConnectionError):
        assert await reader.read() == b""
    writer.close()


async def test_what_others_do_in_the_call_is_told_with_versions_and_names(
    scene: Scene, account: Account
) -> None:
    await account.create()
    call = scene.chat.call
    assert call is not None
    scene.world.calls.join(call, BRUNO, 5, muted=False)
    scene.world.calls.set_muted(call, BRUNO, BRUNO, muted=True)
    scene.world.calls.leave(call, BRUNO)
    kind = raw.types.UpdateGroupCallParticipants
    await until(lambda: len(told(account, kind)) == 3)
    changes = told(account, kind)
    assert [change.version for change in changes] == [2, 3, 4]
    assert [change.participants[0].just_joined for change in changes] == [True, False, False]
    assert [change.participants[0].left for change in changes] == [False, False, True]
    assert changes[1].participants[0].muted
    users = next(users for update, users, _ in account.told if isinstance(update, kind))
    assert (users[BRUNO].first_name, users[BRUNO].min) == ("Bruno", True)


async def test_a_call_that_starts_is_retitled_and_ends_is_told(scene: Scene, account: Account) -> None:
    await account.peer()
    call = scene.world.calls.create(scene.chat, ADA, "Before")
    scene.world.calls.retitle(call, ADA, "After")
    scene.world.calls.discard(call, ADA)
    await until(lambda: len(told(account, raw.types.UpdateGroupCall)) == 3)
    first, second, third = (update.call for update in told(account, raw.types.UpdateGroupCall))
    assert (first.title, second.title) == ("Before", "After")
    assert isinstance(third, raw.types.GroupCallDiscarded)


async def test_what_one_did_oneself_is_told_by_the_answer_and_to_ones_other_clients(
    scene: Scene, account: Account
) -> None:
    async with account_on(scene) as elsewhere:
        await account.create()
        await until(lambda: told(elsewhere, raw.types.UpdateGroupCall))
    assert not told(account, raw.types.UpdateGroupCall)


async def test_who_is_thrown_out_is_told_so_and_then_no_more(scene: Scene, account: Account) -> None:
    await account.peer()
    scene.become(Membership(RELAY, Status.KICKED))
    await until(lambda: told(account, raw.types.UpdateChannel))
    (_, _, chats) = account.told[0]
    assert isinstance(next(iter(chats.values())), raw.types.ChannelForbidden)
    scene.world.calls.create(scene.chat, ADA)
    scene.become(Membership(RELAY))
    await until(lambda: len(told(account, raw.types.UpdateChannel)) == 2)
    assert not told(account, raw.types.UpdateGroupCall)


async def test_impatience_is_by_function(scene: Scene, account: Account) -> None:
    handle = await account.create()
    scene.door.floods["phone.GetGroupC"] = 30
    assert await account.refused(FUNCTIONS.GetGroupCall(call=handle, limit=1)) == "FLOOD_WAIT_30"
    await account.join(handle)
    scene.door.floods.clear()
    await account.ask(FUNCTIONS.GetGroupCall(call=handle, limit=1))


async def test_each_account_is_itself_and_is_told_what_concerns_it(scene: Scene, account: Account) -> None:
    async with account_on(scene, "spare") as spare:
        assert (account.client.me.id, spare.client.me.id) == (RELAY, SPARE)
        scene.world.society.set_member(scene.chat, Membership(SPARE), ADA)
        await until(lambda: told(spare, raw.types.UpdateChannel))
        assert not told(account, raw.types.UpdateChannel)
        scene.door.standings["spare"].floods[""] = 30
        assert await spare.refused(raw.functions.updates.GetState()) == "FLOOD_WAIT_30"
        await account.ask(raw.functions.updates.GetState())


async def test_who_names_an_account_that_is_none_is_hung_up_on(scene: Scene) -> None:
    await until_hung_up(scene, frame(REQUEST_ID.pack(0) + b"nobody"))


async def test_a_session_that_was_ended_is_told_so_and_hears_no_more(scene: Scene, account: Account) -> None:
    await account.peer()
    scene.door.end_session("relay", "SESSION_REVOKED")
    assert await account.refused(raw.functions.updates.GetState()) == "SESSION_REVOKED"
    call = scene.world.calls.create(scene.chat, ADA)
    scene.door.end_session("relay", "")
    scene.world.calls.retitle(call, ADA, "After")
    await until(lambda: told(account, raw.types.UpdateGroupCall))
    assert [update.call.title for update in told(account, raw.types.UpdateGroupCall)] == ["After"]


async def test_bytes_that_are_no_function_are_refused(scene: Scene) -> None:
    assert await error_of(scene, b"") == "INPUT_METHOD_INVALID"
    assert await error_of(scene, b"\xff" * 40) == "INPUT_METHOD_INVALID"
    assert await error_of(scene, raw.types.InputPeerSelf().write()) == "INPUT_METHOD_INVALID"
    wrapper = raw.functions.InvokeWithLayer(layer=1, query=raw.functions.updates.GetState()).write()[:8]
    assert await error_of(scene, 5000 * wrapper) == "INPUT_FETCH_FAIL"


@pytest.mark.parametrize("data", [struct.pack("<I", 1 << 31), frame(b"short"), b"GET / HTTP/1.1\r\n\r\n"])
async def test_who_speaks_something_else_is_hung_up_on_and_disturbs_nobody(
    scene: Scene, account: Account, data: bytes
) -> None:
    await until_hung_up(scene, data)
    await account.create()


async def test_nobody_else_on_the_machine_may_knock(scene: Scene) -> None:
    assert scene.socket.stat().st_mode & 0o077 == 0


async def test_a_socket_that_a_dead_process_left_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "mtproto.sock").touch()
    async with scene_in(tmp_path) as scene, account_on(scene) as account:
        await account.create()
    assert not scene.socket.exists()


async def test_it_is_closed_without_waiting_for_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    end = threading.Event()
    monkeypatch.setattr(door, "_import_desk", lambda *_: end.wait())
    world, path = World(), tmp_path / "m.sock"
    try:
        async with (
            asyncio.timeout(DEADLINE),
            MtprotoDoor(world, Exchange(world, VoiceServer()), RELAY).serve(path),
        ):
            assert path.is_socket()
        assert not path.exists()
    finally:
        end.set()
