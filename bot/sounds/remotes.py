"""Remotes at work: one message a talk, edited without haste as what plays changes, until the talk is over."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup
from telegram import InlineKeyboardMarkup
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError
from telegram.ext import ExtBot

from bot import patience
from bot.objections import UNCHANGED, is_about
from bot.patience import seconds_of
from bot.refusals import Speech
from bot.seals import Seal
from bot.sounds.remote import remote_keys, remote_text
from rooms.bell import Bell
from rooms.ids import ChatId, MessageId, RoomId
from rooms.listening import Stages
from rooms.playing import Playback
from rooms.ports import Clock
from rooms.records import Store
from rooms.room import ON_STAGE

log = logging.getLogger(__name__)

PACE = timedelta(seconds=3)
"""Between two edits at least: a group takes twenty messages a minute (Bot API FAQ), edits included."""

TRYING_AGAIN = timedelta(seconds=30)
"""When Telegram did not answer."""

Page = tuple[Markup, InlineKeyboardMarkup | None]


@dataclass(frozen=True, slots=True)
class Remote:
    """Where a talk's remote stands, and how it is written there; `shown` is what it says."""

    room: RoomId
    chat: ChatId
    message: MessageId
    speech: Speech
    seal: Seal
    shown: Page | None = None


class Remotes:
    """The remotes of the talks that are on, in memory alone: a tap on an older one takes it up again."""

    def __init__(self, store: Store, stages: Stages, clock: Clock) -> None:
        self._store = store
        self._stages = stages
        self._clock = clock
        self._remotes: dict[RoomId, Remote] = {}
        self._new: asyncio.Queue[Remote] = asyncio.Queue()
        self._stirred = Bell()
        store.committed.chain(self._stirred)
        stages.changed.chain(self._stirred)

    def of(self, room: RoomId) -> Remote | None:
        """The talk's remote, if it has one."""
        return self._remotes.get(room)

    def keep(self, remote: Remote) -> None:
        """Edit this message from now on; an earlier one of the talk is left as it is."""
        self._remotes[remote.room] = remote
        self._new.put_nowait(remote)

    def page(self, room: RoomId, speech: Speech, cue: str | None = None) -> Page:
        """What a remote says now; `cue` is what was just put on, even if that is not seen yet."""
        playback = self._stages.playback(room)
        if playback.now is None and cue is not None:
            playback = Playback(now=cue, volume=playback.volume)
        return remote_text(playback, None, speech), remote_keys(room, playback, speech.words)

    async def run(self, bot: ExtBot[bool]) -> None:
        """Keep them for ever."""
        async with asyncio.TaskGroup() as keeping:
            while True:
                keeping.create_task(self._keep(bot, await self._new.get()))

    async def _keep(self, bot: ExtBot[bool], remote: Remote) -> None:
        keeper = _Keeper(bot, remote, self._stages)
        try:
            if remote.shown is not None:  # it was just posted, maybe before what plays could be seen
                await self._pause(PACE)
            while self._remotes.get(remote.room) is remote:
                ring = self._stirred.next_ring()
                is_on = await self._is_on(remote.room)
                pause = await keeper.show(is_on=is_on)
                if pause is not None:
                    await self._pause(pause)
                elif is_on:
                    await ring.wait()
                else:
                    break
        except (BadRequest, Forbidden, ChatMigrated) as refusal:
            log.info("chat %s has no remote any more: %s", remote.chat, refusal.message)
        except Exception:
            log.exception("the remote of room %s is given up", remote.room)
        finally:
            if self._remotes.get(remote.room) is remote:
                del self._remotes[remote.room]

    async def _pause(self, length: timedelta) -> None:
        await self._clock.wait(asyncio.Event(), self._clock.now() + length)

    async def _is_on(self, room_id: RoomId) -> bool:
        async with self._store.reading() as records:
            room = await records.rooms.find(room_id)
        return room is not None and room.state in ON_STAGE


class _Keeper:
    """Brings one message to what is true."""

    def __init__(self, bot: ExtBot[bool], remote: Remote, stages: Stages) -> None:
        self._bot = bot
        self._remote = remote
        self._stages = stages
        self._shown = remote.shown
        self._now: str | None = None
        self._former: str | None = None
        """What played when it was looked last, and what played before that."""

    async def show(self, *, is_on: bool) -> timedelta | None:
        """Let the message say what is true; gives how long to wait then, None when it says so already.

        Raises:
            BadRequest, Forbidden, ChatMigrated: there is no message to edit any more.
        """
        page = self._page(is_on=is_on)
        if page == self._shown:
            return None
        try:
            await self._edit(page)
        except RetryAfter as flood:
            return timedelta(seconds=seconds_of(flood))
        except (BadRequest, Forbidden, ChatMigrated):
            raise
        except TelegramError as error:
            log.warning("the remote in chat %s must wait: %s", self._remote.chat, error)
            return TRYING_AGAIN
        self._shown = page
        return PACE if is_on else None

    def _page(self, *, is_on: bool) -> Page:
        remote = self._remote
        words = remote.speech.words
        if not is_on:
            return Markup("🎵 {}").format(words.gettext("This talk is over.")), None
        playback = self._stages.playback(remote.room)
        if playback.now != self._now:
            self._former, self._now = self._now or self._former, playback.now
        text = remote_text(playback, self._former, remote.speech)
        return text, remote_keys(remote.room, playback, words)

    async def _edit(self, page: Page) -> None:
        text, keyboard = page
        try:
            await self._bot.edit_message_text(
                str(text),
                chat_id=self._remote.chat,
                message_id=self._remote.message,
                parse_mode=ParseMode.HTML,
                reply_markup=self._remote.seal.keyboard(keyboard, self._remote.chat),
                rate_limit_args=patience.AT_ONCE,
            )
        except BadRequest as objection:
            if not is_about(objection, *UNCHANGED):
                raise
