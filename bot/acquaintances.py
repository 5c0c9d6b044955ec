"""Acquaintances: the groups and the people that the bot has met, and what becomes of them."""

import secrets
from dataclasses import replace

from telegram import Bot, Chat, User
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.settings import BotSettings
from rooms.announcing import announce_programme, put_on_top
from rooms.group import Group
from rooms.ids import ChatId, PersonId
from rooms.people import Person
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.records import Store

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)

_SUPERGROUPS = -1_000_000_000_000
"""The numbers of supergroups and channels lie below this one, those of groups above it (Bot API)."""


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
        if known is not None and known.title == title and known.is_present:
            return known
        key = secrets.token_urlsafe(16)
        return await self._planning.know(Group(id_, title, self._settings.zone, self._settings.language, key))

    async def find(self, chat: ChatId) -> Group | None:
        """The group of this chat, if it was met before."""
        async with self._store.reading() as records:
            return await records.groups.find(chat)

    async def meet_person(self, user: User) -> None:
        """Somebody wrote in private, so that they may be written to; their language is the one they chose."""
        id_ = PersonId(user.id)
        known = await self.person(id_)
        language = known.language if known is not None else (user.language_code or "en").partition("-")[0]
        username = user.username.lower() if user.username else None
        person = Person(id_, user.full_name, username, language)
        if person != known:
            async with self._store.writing() as records:
                await records.people.save(person)

    async def person(self, person: PersonId) -> Person | None:
        """Somebody who wrote in private before."""
        async with self._store.reading() as records:
            return await records.people.find(person)

    async def lose(self, person: PersonId) -> None:
        """Somebody does not want to be written to any more."""
        async with self._store.writing() as records:
            await records.people.remove(person)

    async def leave(self, group: Group) -> None:
        """The bot is not in the group any more: nothing is told there until it comes back."""
        await self._planning.know(replace(group, is_present=False))

    async def pin(self, chat: ChatId) -> None:
        """The bot may pin in a chat now: what it would have pinned there goes to the top."""
        async with self._store.writing() as records:
            await put_on_top(records, chat, self._clock.now())

    async def follow(self, old: ChatId, new: ChatId) -> None:
        """A group became a supergroup: its talks go on there, announced anew, since messages stay behind."""
        now = self._clock.now()
        async with self._store.writing() as records:
            await records.groups.renumber(old, new)
            group = await records.groups.find(new)
            if group is not None and not group.is_present:
                await records.groups.save(replace(group, is_present=True))
            await announce_programme(records, new, now)

    async def follow_to(self, bot: Bot, chat: Chat) -> None:
        """Follow a group on record into this supergroup, if it has become that.

        A supergroup does not tell what it was, and the bot hears of being in it before it hears of the
        upgrade. But of a group that was upgraded Telegram says where it is now.
        """
        async with self._store.reading() as records:
            namesakes = await records.groups.titled(chat.title or "")
        for old in namesakes:
            if old.chat <= _SUPERGROUPS:
                continue
            try:
                await bot.get_chat(old.chat)
            except ChatMigrated as moved:
                if moved.new_chat_id == chat.id:
                    await self.follow(old.chat, ChatId(chat.id))
            except (BadRequest, Forbidden):
                continue
