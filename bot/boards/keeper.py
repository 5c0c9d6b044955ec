"""A keeper: posts one board, edits it as the stage changes, and leaves it with the last word."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.boards.keys import board_keys
from bot.boards.scene import Scene, Scenes
from bot.boards.text import board_text
from bot.boards.voices import Voices
from bot.letters import Opened, Opener
from bot.live_pages import NOT_TAKEN, LivePage, Page, rewrite
from bot.objections import GONE, is_about
from bot.posting import post
from rooms.boards import Board
from rooms.ids import ChatId, RoomId
from rooms.notices import Letter, NoticeKind, notice_of, notice_to
from rooms.ports import Clock
from rooms.records import Store
from rooms.room import Room, RoomState

log = logging.getLogger(__name__)

GLANCE = timedelta(seconds=1)
"""Between two looks at the stage at least."""


@dataclass(frozen=True, slots=True)
class Place:
    """A talk's board in a chat."""

    room: RoomId
    chat: ChatId


@dataclass(frozen=True, slots=True)
class Means:
    """What keepers work with."""

    bot: ExtBot[bool]
    store: Store
    scenes: Scenes
    opener: Opener
    clock: Clock


@dataclass(frozen=True, slots=True)
class _Sight:
    """What there is to show, and where it is shown."""

    opened: Opened
    scene: Scene
    board: Board | None
    page: Page

    @property
    def is_welcome(self) -> bool:
        """Whether the talk is at home in the chat, or carried there."""
        return self.opened.is_at_home or self.opened.is_carried_there

    @property
    def room(self) -> Room:
        return self.scene.room


class Keeper:
    """Keeps one board; changes that come close together are shown as one. Its message's id is on record."""

    def __init__(self, place: Place, means: Means) -> None:
        self._place = place
        self._means = means
        self._voices = Voices()
        self._page = LivePage(f"the board in chat {place.chat}")
        self._is_anew = False
        """Whether it was posted once more, because somebody had deleted it."""

    async def run(self) -> bool:
        """Keep it until its talk is over; gives False when it cannot be kept: it is not wanted there."""
        clock, scenes = self._means.clock, self._means.scenes
        while True:
            ring = scenes.stirred.next_ring()
            sight = await self._look()
            if sight is None or (sight.board is None and sight.room.state is not RoomState.LIVE):
                return True
            if not sight.is_welcome:
                return await self._take_down()
            try:
                pause = await self._page.show(sight.page, partial(self._write, sight))
            except NOT_TAKEN as refusal:
                log.info("chat %s takes no board: %s", self._place.chat, refusal.message)
                return False
            if sight.room.is_over and self._page.says(sight.page):
                return await self._forget()
            if pause is None:
                await clock.wait(ring, scenes.next_change(sight.scene, self._voices))
            await clock.wait(asyncio.Event(), clock.now() + (pause or GLANCE))

    async def _look(self) -> _Sight | None:
        """The stage as it is; None when there is nothing to show any more."""
        means, (room_id, chat) = self._means, (self._place.room, self._place.chat)
        async with means.store.reading() as records:
            room = await records.rooms.find(room_id)
            if room is None:
                return None
            board = next((one for one in await records.boards.of(room_id) if one.chat == chat), None)
            scene = await means.scenes.of(records, room, self._voices)
        is_home = chat == room.plan.chat
        kind = NoticeKind.REFRESH
        notice = notice_of(room, kind) if is_home else notice_to(chat, room, kind)
        opened = await means.opener.open(Letter(0, notice, 0))
        if not isinstance(opened, Opened):
            return None
        words = opened.speech.words
        return _Sight(opened, scene, board, (board_text(scene, words), board_keys(scene, words)))

    async def _write(self, sight: _Sight) -> None:
        """Post the board, or edit it; raises TelegramError."""
        if sight.board is None:
            return await self._post(sight)
        try:
            await rewrite(
                self._means.bot, sight.board.chat, sight.board.message, sight.page, sight.opened.seal
            )
        except BadRequest as objection:
            if not is_about(objection, *GONE):
                raise
            await self._post_anew(sight)

    async def _post_anew(self, sight: _Sight) -> None:
        """Somebody deleted it: once that may be a mistake; twice, they do not want it."""
        await self._forget()
        if sight.room.state is not RoomState.LIVE:
            return
        if self._is_anew:
            raise BadRequest("the board was deleted twice")
        self._is_anew = True
        await self._post(sight)

    async def _post(self, sight: _Sight) -> None:
        quietly = replace(sight.opened, is_silent=True)
        message = await post(self._means.bot, quietly, *sight.page)
        async with self._means.store.writing() as records:
            if await records.rooms.find(self._place.room) is not None:
                await records.boards.save(Board(self._place.room, self._place.chat, message))

    async def _take_down(self) -> bool:
        """The talk is carried here no more: its board goes."""
        async with self._means.store.reading() as records:
            boards = await records.boards.of(self._place.room)
        for board in boards:
            if board.chat == self._place.chat:
                with suppress(TelegramError):
                    await self._means.bot.delete_message(board.chat, board.message)
        return await self._forget()

    async def _forget(self) -> bool:
        async with self._means.store.writing() as records:
            await records.boards.remove(self._place.room, self._place.chat)
        return True
