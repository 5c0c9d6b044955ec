"""Remotes at work: one message a talk, edited without haste as what plays changes, until the talk is over."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from markupsafe import Markup
from telegram.ext import ExtBot

from bot.live_pages import NOT_TAKEN, PACE, LivePage, Page, rewrite
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
        try:
            if remote.shown is not None:  # it was just posted, maybe before what plays could be seen
                await self._pause(PACE)
            await self._follow(bot, remote)
        except NOT_TAKEN as refusal:
            log.info("chat %s has no remote any more: %s", remote.chat, refusal.message)
        except Exception:
            log.exception("the remote of room %s is given up", remote.room)
        finally:
            if self._remotes.get(remote.room) is remote:
                del self._remotes[remote.room]

    async def _follow(self, bot: ExtBot[bool], remote: Remote) -> None:
        """Let it say what is true until it has its last word, or another one takes its place."""
        writing = _Writing(remote, self._stages)
        message = LivePage(f"the remote in chat {remote.chat}", remote.shown)
        while self._remotes.get(remote.room) is remote:
            ring = self._stirred.next_ring()
            is_on = await self._is_on(remote.room)
            page = writing.page() if is_on else writing.last_page()
            rewriting = partial(rewrite, bot, remote.chat, remote.message, page, remote.seal)
            pause = await message.show(page, rewriting)
            if not is_on and message.says(page):
                return
            await (ring.wait() if pause is None else self._pause(pause))

    async def _pause(self, length: timedelta) -> None:
        await self._clock.wait(asyncio.Event(), self._clock.now() + length)

    async def _is_on(self, room_id: RoomId) -> bool:
        async with self._store.reading() as records:
            room = await records.rooms.find(room_id)
        return room is not None and room.state in ON_STAGE


class _Writing:
    """What a remote says; remembers for it what played before."""

    def __init__(self, remote: Remote, stages: Stages) -> None:
        self._remote = remote
        self._stages = stages
        self._now: str | None = None
        self._former: str | None = None
        """What played when it was looked last, and what played before that."""

    def page(self) -> Page:
        """While the talk is on."""
        remote = self._remote
        playback = self._stages.playback(remote.room)
        if playback.now != self._now:
            self._former, self._now = self._now or self._former, playback.now
        text = remote_text(playback, self._former, remote.speech)
        return text, remote_keys(remote.room, playback, remote.speech.words)

    def last_page(self) -> Page:
        """Once it is over."""
        return Markup("🎵 {}").format(self._remote.speech.words.gettext("This talk is over.")), None
