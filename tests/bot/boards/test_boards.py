"""A talk's board: posted once, edited as the stage changes, whatever becomes of the bot or of Telegram."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp import web

from bot.boards import Boards, Means, Scenes
from bot.letters import Opener
from bot.live_pages import PACE
from rooms.boards import Board
from rooms.ids import ChatId, MessageId, PersonId, RoomId
from rooms.listening import Stages
from rooms.room import RoomState
from rooms.speaking import Speaking
from rooms.stage import OnStage, Stage
from tests.bot.desk import Desk, open_desk
from tests.bot.flaky import refusal
from tests.bot.forum import LANGUAGES, Forum, labels
from tests.bot.stage import live
from tests.deadline import DEADLINE
from tests.fakes.calls import FakeCalls
from tests.fakes.clock import NOON, settle
from tests.fakes.talks import CHAT
from tests.sandbox.waiting import until

SECOND = timedelta(seconds=1)


class BoardDesk:
    """Boards at work on a Bot API that fails as it is told to."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.telegram = desk.telegram
        self.stages = Stages()
        speaking = Speaking(desk.store, FakeCalls(), self.stages, desk.clock)
        opener = Opener(desk.settings, desk.store, LANGUAGES, desk.clock)
        scenes = Scenes(desk.store, speaking, desk.clock)
        self.means = Means(desk.bot, desk.store, scenes, opener, desk.clock)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Until the block ends, when they are killed."""
        async with asyncio.TaskGroup() as running:
            task = running.create_task(Boards(self.means).run())
            await settle()
            yield
            task.cancel()

    def show(self, *names: str, speaking: str = "", room: RoomId | None = None) -> None:
        """These may speak, and one does."""
        people = [
            OnStage(
                PersonId(100 + number), name, may_speak=True, is_speaking=name == speaking, joined_at=NOON
            )
            for number, name in enumerate(names)
        ]
        self.stages.set(room or self.desk.room.id, Stage(tuple(people)))

    async def pass_time(self, by: timedelta = PACE) -> None:
        """Second by second, with a moment for what is on its way to Telegram and back."""
        for _ in range(by // SECOND):
            await self.desk.clock.advance(SECOND)
            await self.telegram.at_rest()

    @property
    def sent(self) -> list[str]:
        return [str(fields["text"]) for fields in self.telegram.fields("sendMessage")]

    @property
    def edits(self) -> list[str]:
        return [str(fields["text"]) for fields in self.telegram.fields("editMessageText")]

    async def until_edited(self, times: int) -> None:
        """So many edits were made; time passes meanwhile."""
        async with asyncio.timeout(DEADLINE):
            while len(self.edits) < times:
                await self.pass_time(SECOND)

    async def until_posted(self) -> None:
        await until(lambda: bool(self.desk.store.records.boards.rows), DEADLINE)
        await self.pass_time()


@pytest.fixture
async def boards() -> AsyncIterator[BoardDesk]:
    async with open_desk() as desk:
        await desk.is_now(RoomState.LIVE)
        yield BoardDesk(desk)


async def test_a_board_is_posted_silently_once_and_its_place_is_on_record(boards: BoardDesk) -> None:
    async with boards.at_work():
        await boards.until_posted()
    (fields,) = boards.telegram.fields("sendMessage")
    assert fields["disable_notification"] == "true"
    assert fields["text"].startswith("🎙 <b>Careers after 40</b>\n⏳ ")
    (board,) = boards.desk.store.records.boards.rows.values()
    assert (board.chat, board.message) == (CHAT, 101)


async def test_no_board_before_the_talk_is_live(boards: BoardDesk) -> None:
    await boards.desk.is_now(RoomState.OPENING)
    async with boards.at_work():
        await boards.pass_time()
        assert boards.sent == []


async def test_many_changes_are_one_edit_and_none_is_none(boards: BoardDesk) -> None:
    async with boards.at_work():
        await boards.until_posted()
        for number in range(50):
            boards.show(*[f"Guest {index}" for index in range(number % 5)])
            await settle(3)
        boards.show("Dora", "Emil")
        await boards.pass_time()
        await boards.until_edited(1)
        assert "Dora" in boards.edits[0]
        await boards.pass_time()
        boards.stages.changed.ring()
        await boards.pass_time()
        assert len(boards.edits) == 1


async def test_the_flicker_of_a_voice_is_no_change(boards: BoardDesk) -> None:
    async with boards.at_work():
        await boards.until_posted()
        boards.show("Dora", speaking="Dora")
        await boards.pass_time()
        await boards.until_edited(1)
        assert "🗣 <b>Dora</b>" in boards.edits[0]
        await boards.pass_time()
        for _ in range(6):
            boards.show("Dora")
            await boards.pass_time(SECOND)
            boards.show("Dora", speaking="Dora")
            await boards.pass_time(SECOND)
        assert len(boards.edits) == 1
        boards.show("Dora")
        await boards.pass_time(10 * SECOND)
        await boards.until_edited(2)
        assert "🗣" not in boards.edits[1]


async def test_edits_keep_their_pace_however_fast_the_stage_changes(boards: BoardDesk) -> None:
    async with boards.at_work():
        await boards.until_posted()
        for number in range(40):
            boards.show(f"Guest {number}")
            await boards.pass_time(SECOND)
        assert 8 <= len(boards.edits) <= 40 // (PACE // SECOND)


async def test_a_flooded_chat_is_waited_for_and_delays_no_other(boards: BoardDesk) -> None:
    other = await a_talk_elsewhere(boards)
    async with boards.at_work():
        await until(lambda: len(boards.desk.store.records.boards.rows) == 2, DEADLINE)
        await boards.pass_time()
        boards.telegram.next("editMessageText", refusal(429, "Too Many Requests", retry_after=30))
        boards.show("Dora")
        await boards.until_edited(1)
        boards.show("Emil", room=other)
        boards.show("Dora", "Fabia")
        await boards.until_edited(2)
        assert "Emil" in boards.edits[1]
        await boards.pass_time(20 * SECOND)
        assert not any("Fabia" in edit for edit in boards.edits)
        await boards.pass_time(15 * SECOND)
        assert "Fabia" in boards.edits[2]


async def test_a_board_that_was_deleted_is_posted_anew_once(boards: BoardDesk) -> None:
    async with boards.at_work():
        await boards.until_posted()
        boards.telegram.next("editMessageText", gone())
        boards.show("Dora")
        await boards.pass_time(2 * PACE)
        (board,) = boards.desk.store.records.boards.rows.values()
        assert (len(boards.sent), board.message) == (2, 102)
        boards.telegram.next("editMessageText", gone())
        boards.show("Emil")
        await boards.until_edited(2)
        await boards.pass_time()
        assert boards.desk.store.records.boards.rows == {}
        boards.show("Fabia")
        await boards.pass_time()
        async with boards.desk.store.writing():
            pass
        await boards.pass_time()
        assert len(boards.sent) == 2


async def test_after_a_restart_the_same_message_is_edited(boards: BoardDesk) -> None:
    async with boards.at_work():
        await boards.until_posted()
    boards.show("Dora")
    async with boards.at_work():
        await boards.until_edited(1)
        (fields,) = boards.telegram.fields("editMessageText")
        assert int(fields["message_id"]) == 101
        assert len(boards.sent) == 1


async def test_a_talk_that_ended_while_the_bot_was_away_gets_its_last_word(boards: BoardDesk) -> None:
    async with boards.at_work():
        await boards.until_posted()
    async with boards.desk.store.writing() as records:
        await records.rooms.save(replace(boards.desk.room, state=RoomState.ENDED))
    async with boards.at_work():
        await until(lambda: not boards.desk.store.records.boards.rows, DEADLINE)
    assert "This talk is over." in boards.edits[0]
    assert "reply_markup" not in boards.telegram.fields("editMessageText")[0]


async def test_when_telegram_does_not_answer_it_is_tried_again(boards: BoardDesk) -> None:
    boards.telegram.next("sendMessage", refusal(502, "Bad Gateway"))
    async with boards.at_work():
        await until(lambda: len(boards.sent) == 1, DEADLINE)
        await settle()
        for _ in range(3):
            await boards.pass_time()
        await boards.until_posted()


@pytest.mark.parametrize(
    ("status", "no"),
    [(403, "Forbidden: bot was kicked"), (400, "Bad Request: not enough rights to send")],
)
async def test_a_chat_that_takes_no_board_is_left_alone(boards: BoardDesk, status: int, no: str) -> None:
    boards.telegram.next("sendMessage", refusal(status, no))
    async with boards.at_work():
        await until(lambda: len(boards.sent) == 1, DEADLINE)
        await settle()
        for _ in range(3):
            async with boards.desk.store.writing():
                pass
            await boards.pass_time()
        assert len(boards.sent) == 1


async def test_a_talk_that_is_forgotten_leaves_its_board(boards: BoardDesk) -> None:
    async with boards.at_work():
        await boards.until_posted()
        async with boards.desk.store.writing() as records:
            await records.rooms.remove(boards.desk.room.id)
        await boards.pass_time()
        assert boards.edits == []


def gone() -> web.Response:
    """Somebody deleted the message."""
    return refusal(400, "Bad Request: message to edit not found")


async def a_talk_elsewhere(boards: BoardDesk) -> RoomId:
    """Another talk, live in another chat."""
    async with boards.desk.store.writing() as records:
        plan = replace(boards.desk.room.plan, chat=ChatId(-1001000000077), thread=None)
        room = await records.rooms.add(plan, "another-key", NOON)
        await records.rooms.save(replace(room, state=RoomState.LIVE))
    return room.id


async def test_a_board_follows_a_whole_talk(forum: Forum) -> None:
    async with live(forum) as talk:
        board = await talk.board("Nobody is on stage yet.")
        assert labels(board) == [
            "✋ Raise or lower my hand",
            "🔇 Mute all",
            "⏳ +15 min",
            "🎛 Stage",
            "🚪 Close the gallery",
        ]
        await talk.seen(
            talk.standing("chiara", may_speak=True),
            talk.standing("ada", may_speak=True, is_muted=False, is_speaking=True),
            talk.standing("daniele", hand=1),
        )
        board = await talk.board("✋ 1. Daniele")
        assert board.text.splitlines()[0] == "🎙 Careers after 40"
        assert "🗣 Ada · host\n🔇 Chiara" in board.text
        await forum.ask(forum.ada, "/close")
        board = await talk.board("This talk is over.")
        assert board.text == "🎙 Careers after 40\nThis talk is over.\nOn stage: Ada"
        assert board.keyboard is None
        assert len(talk.boards) == 1
        await forum.until_stored(lambda records: not records.boards.rows)


async def test_a_board_that_stands_is_gone_on_with_by_another_life_of_the_bot(forum: Forum) -> None:
    async with live(forum) as talk:
        board = await talk.board()
        await until(lambda: bool(forum.store.records.boards.rows), DEADLINE)
        forum.put_to_sleep()
        async with forum.awake():
            await talk.seen(talk.standing("chiara", may_speak=True))
            assert (await talk.board("🔇 Chiara")).id == board.id
            rows = list(forum.store.records.boards.rows.values())
            assert rows == [Board(talk.room.id, talk.room.plan.chat, MessageId(board.id))]
