"""The bot as a whole: beginning, ending, and what it lets pass."""

import asyncio
import json
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image

from bot.errors import WrongToken
from rooms.stage import OnStage, Stage
from sandbox.world.entities import Message
from tests.bot.easel import Easel
from tests.bot.flaky import Flaky, refusal
from tests.bot.forum import Forum, buttons, served
from tests.deadline import DEADLINE
from tests.fakes.clock import settle
from tests.fakes.talks import ADA
from tests.sandbox.waiting import until


async def test_an_edited_command_is_not_obeyed_again(forum: Forum) -> None:
    said = forum.say(forum.ada, "/rooms")
    await forum.reply_to(said)
    forum.world.messages.edit(said, "/schedule Careers | tomorrow 18:30", said.entities, None)
    await forum.ask(forum.ada, "/help")
    assert sum(message.reply_to == said.id for message in forum.group.messages.values()) == 1
    assert forum.rooms() == []


async def test_commands_with_the_bot_s_name_are_its_own_in_any_case(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/Schedule@Loggione_Bot Careers | tomorrow 18:30")
    assert answer.text.startswith("Careers\n")


async def test_the_commands_of_a_chat_are_answered_in_order(forum: Forum) -> None:
    said = [forum.say(forum.ada, f"/schedule Talk {number} | Friday {number}:30") for number in range(13, 20)]
    last = await forum.reply_to(said[-1])
    answers = [one for one in forum.group.messages.values() if one.sender == forum.bot and one.id <= last.id]
    assert [answer.reply_to for answer in answers] == [one.id for one in said]


async def test_a_stopped_bot_loses_nothing_that_was_confirmed() -> None:
    forum = Forum()
    async with forum.open():
        echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
        await forum.tap(forum.ada, echo, "Confirm")
    async with forum.open():
        await forum.until(lambda: forum.card_of(forum.rooms()[0]) is not None)
    assert sum("Scheduled." in message.text for message in forum.group.messages.values()) == 1


async def test_a_bot_can_be_cancelled_at_every_stage() -> None:
    for stage in range(0, 40, 4):
        forum = Forum()
        async with served(forum.api) as address, asyncio.TaskGroup() as group:
            bot = forum.a_bot(address)
            task = group.create_task(bot.run(Easel()))
            await settle(stage)
            task.cancel()
        assert not bot.is_up.is_set()


async def test_a_wrong_token_ends_it_without_showing_the_token(caplog: pytest.LogCaptureFixture) -> None:
    forum = Forum()
    async with served(forum.api) as address:
        with pytest.raises(WrongToken) as raised:
            await forum.a_bot(address, "700000001:another-token").run(Easel())
    assert "another-token" not in str(raised.value) + caplog.text
    assert raised.value.__cause__ is None


async def test_a_token_that_is_revoked_while_it_runs_ends_it() -> None:
    async with Flaky().served() as telegram:
        bot = Forum().a_bot(telegram.address)
        telegram.next("getUpdates", refusal(401, "Unauthorized"))
        with pytest.raises(WrongToken):
            await bot.run(Easel())
    assert not bot.is_up.is_set()


async def test_it_asks_for_exactly_the_updates_it_understands_and_sets_a_menu_in_both_languages() -> None:
    async with Flaky().served() as telegram, asyncio.TaskGroup() as group:
        bot = Forum().a_bot(telegram.address)
        task = group.create_task(bot.run(Easel()))
        await bot.is_up.wait()
        await until(
            lambda: len(telegram.fields("setMyCommands")) == 6 and bool(telegram.fields("getUpdates")),
            DEADLINE,
        )
        task.cancel()
    allowed = json.loads(telegram.fields("getUpdates")[0]["allowed_updates"])
    assert allowed == ["message", "callback_query", "my_chat_member"]
    languages = [one.get("language_code") for one in telegram.fields("setMyCommands")]
    assert languages == [None, None, None, "it", "it", "it"]


async def test_without_a_menu_it_serves_all_the_same(caplog: pytest.LogCaptureFixture) -> None:
    async with Flaky().served() as telegram, asyncio.TaskGroup() as group:
        telegram.next("setMyCommands", refusal(400, "Bad Request: too many commands"))
        bot = Forum().a_bot(telegram.address)
        task = group.create_task(bot.run(Easel()))
        await until(lambda: "menu" in caplog.text, DEADLINE)
        await bot.is_up.wait()
        task.cancel()


async def test_another_program_with_the_same_token_is_named_as_the_trouble(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async with Flaky().served() as telegram, asyncio.TaskGroup() as group:
        telegram.next("getUpdates", refusal(409, "Conflict: terminated by other getUpdates request"))
        bot = Forum().a_bot(telegram.address)
        task = group.create_task(bot.run(Easel()))
        await until(lambda: "Another program receives this bot's updates" in caplog.text, DEADLINE)
        assert bot.is_up.is_set()
        task.cancel()


async def test_a_group_that_becomes_a_supergroup_keeps_its_talks(forum: Forum) -> None:
    room = await forum.schedule()
    moved = forum.a_group("Careers Forum, grown")
    forum.world.messages.serve(forum.group, forum.ada, "migrate_to_chat_id", moved.id)
    card: Message = await forum.heard("Scheduled.", moved)
    await forum.until(lambda: forum.card_of(forum.rooms()[0]) == card)
    assert "Careers after 40" in (await forum.ask(forum.ada, "/rooms", moved)).text
    assert forum.rooms()[0].id == room.id


async def test_a_whole_evening_is_told_in_order(forum: Forum, tmp_path: Path) -> None:
    agenda = forum.evenings.agenda
    async with asyncio.TaskGroup() as group:
        at_work = group.create_task(agenda.run())
        room = await forum.schedule("Careers after 40 | in 2 hours | 45m")
        card = forum.card(room)
        await forum.clock.advance(timedelta(minutes=110))
        await forum.heard("begins in 10 minutes, at 15:00")
        await forum.clock.advance(timedelta(minutes=9))
        await forum.until(lambda: "The doors are open" in card.text)
        forum.stages.set(room.id, Stage((OnStage(ADA.person, ADA.name),)))
        await forum.clock.advance(timedelta(minutes=1))
        await forum.heard("Careers after 40 is on.")
        await forum.until(lambda: "Live now" in card.text)
        await forum.clock.advance(timedelta(minutes=40))
        await forum.heard("ends in 5 minutes, at 15:45")
        forum.tapes.folder, folder = tmp_path, tmp_path / str(room.id)
        folder.mkdir()
        (folder / "replay-1.ogg").write_bytes(b"OggS")
        Image.new("RGB", (1280, 320)).save(folder / "waveform.png")
        await forum.clock.advance(timedelta(minutes=5))
        head = await forum.heard("Replay of Tuesday 24 November 2026")
        replay = await forum.heard(lambda message: message.reply_to == head.id)
        assert "Over. Thank you" in card.text
        assert forum.group.pinned == []
        assert [button["text"] for button in buttons(card)] == ["🗓 Programme"]
        assert head.media is not None
        assert head.media.kind == "photo"
        assert replay.media is not None
        assert (replay.media.kind, replay.media.file.name) == ("audio", "Careers after 40.ogg")
        at_work.cancel()
