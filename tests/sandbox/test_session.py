"""The client for the sandbox: how it behaves when the door hangs up, is away or is impatient."""

import asyncio
from pathlib import Path

import pytest
from pyrogram import raw
from pyrogram.errors import FloodWait, GroupcallJoinMissing

from sandbox.session import sandbox_client
from tests.sandbox.account import ADA, FUNCTIONS, Account, Scene, account_on, scene_in
from tests.sandbox.waiting import until

STATE = raw.functions.updates.GetState()


async def test_refusals_are_the_right_class(account: Account) -> None:
    handle = await account.create()
    with pytest.raises(GroupcallJoinMissing):
        await account.ask(FUNCTIONS.CheckGroupCall(call=handle, sources=[1]))


async def test_a_short_flood_is_sat_out_and_a_long_one_is_told(scene: Scene, account: Account) -> None:
    scene.door.floods["updates."] = 11
    with pytest.raises(FloodWait) as refused:
        await account.ask(STATE)
    assert refused.value.value == 11
    scene.door.floods["updates."] = 0
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(account.ask(STATE))
        await asyncio.sleep(0)
        scene.door.floods.clear()
        await waiting


async def test_a_lost_connection_is_sought_again(scene: Scene, account: Account) -> None:
    scene.door.hang_up()
    assert (await account.ask(STATE)).pts == 1
    await account.peer()
    scene.world.calls.create(scene.chat, ADA)
    await until(lambda: any(isinstance(told[0], raw.types.UpdateGroupCall) for told in account.told))


async def test_a_question_that_was_under_way_is_repeated(scene: Scene, account: Account) -> None:
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(account.client.invoke(STATE, retry_delay=0.01))
        await asyncio.sleep(0)
        scene.door.hang_up()
        assert (await asking).pts == 1


async def test_nobody_waits_for_ever_for_a_sandbox_that_is_away(tmp_path: Path) -> None:
    async with scene_in(tmp_path) as scene, account_on(scene) as account:
        await account.ask(STATE)
        scene.door.hang_up()
        scene.socket.rename(tmp_path / "elsewhere")
        with pytest.raises(TimeoutError, match="GetState"):
            await account.client.invoke(STATE, retries=2, timeout=0.1, retry_delay=0.01)
        (tmp_path / "elsewhere").rename(scene.socket)
        await account.ask(STATE)


async def test_an_answer_that_does_not_come_is_not_awaited_for_ever(tmp_path: Path) -> None:
    """A door that takes everything and says nothing."""

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    async with await asyncio.start_unix_server(listen, str(tmp_path / "mute.sock")):
        client = sandbox_client(tmp_path / "mute.sock")
        await client.connect()
        with pytest.raises(TimeoutError):
            await client.invoke(STATE, retries=2, timeout=0.1, retry_delay=0.01)
        await client.disconnect()


async def test_a_client_can_be_started_again(scene: Scene) -> None:
    for _ in range(2):
        async with account_on(scene) as account:
            assert account.client.is_connected
