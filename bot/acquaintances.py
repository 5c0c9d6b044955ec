"""Acquaintances: the groups that the bot has met, and what becomes of them."""

import secrets
from dataclasses import replace

from telegram import Chat
from telegram.constants import ChatType

from bot.settings import BotSettings
from rooms.group import Group
from rooms.ids import ChatId
from rooms.notices import NoticeKind, notice_of
from rooms.planning import Planning
from rooms.ports import Clock, Store
from rooms.room import AHEAD, ON_AIR, RoomState

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)


class Acquaintances:
    """Groups come on record when the bot first hears of them, with the settings' zone and language."""

    def __init__(self, settings: BotSettings, planning: Planning, store: Store, clock: Clock) -> None:
        self._settings = settings
        self._planning = planning
        self._store = store
        self._clock = clock

    async def meet(self, chat: Chat) -> Group | None:
        """The group of this chat, put on record if need be; None for chats that are no groups."""
        if chat.type not in GROUPS:
            return None
        id_, title = ChatId(chat.id), chat.title or ""
        known = await self.find(id_)
        if known is not None and known.title == title:
            return known
        key = secrets.token_urlsafe(16)
        return await self._planning.know(Group(id_, title, self._settings.zone, self._settings.language, key))

    async def find(self, chat: ChatId) -> Group | None:
        """The group of this chat, if it was met before."""
        async with self._store.reading() as records:
            return await records.groups.find(chat)

    async def follow(self, old: ChatId, new: ChatId) -> None:
        """A group became a supergroup: its talks go on there, announced anew, since messages stay behind."""
        now = self._clock.now()
        async with self._store.writing() as records:
            group = await records.groups.find(old)
            if group is not None and await records.groups.find(new) is None:
                key = secrets.token_urlsafe(16)
                await records.groups.save(replace(group, chat=new, programme_key=key))
            for room in await records.rooms.in_states({RoomState.DRAFT, *AHEAD, *ON_AIR}, old):
                moved = replace(room, plan=replace(room.plan, chat=new), card=None)
                await records.rooms.save(moved)
                if room.state is not RoomState.DRAFT:
                    await records.outbox.put(notice_of(moved, NoticeKind.CARD), now)
