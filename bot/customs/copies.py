"""In which other chats a group's talks are announced too: its channel, a sister group."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from types import MappingProxyType

from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner
from telegram.constants import ChatType
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.customs.section import Option, Section
from bot.errors import ButtonUnknown, ChatUnusable
from bot.visits import Visit
from bot.words import Words
from rooms.group import Group
from rooms.ids import ChatId

_NUMBER = re.compile(r"-?[0-9]{1,18}", re.ASCII)


class Copies(Section):
    """The list; a chat is taken off by its button, and added in writing.

    `titles` is what the chats are called, as far as that was asked for.
    """

    key = "copies"
    field = "copies"

    def __init__(self, titles: Mapping[ChatId, str] = MappingProxyType({})) -> None:
        self._titles = titles

    def title(self, words: Words) -> str:
        """What it is called."""
        return words.gettext("Announced elsewhere")

    def shown(self, group: Group, words: Words) -> str:
        """What they are called, or how many there are."""
        if not group.copies:
            return words.gettext("nowhere")
        if all(chat in self._titles for chat in group.copies):
            return ", ".join(self._titles[chat] for chat in group.copies)
        text = words.ngettext("in {number} other chat", "in {number} other chats", len(group.copies))
        return text.format(number=len(group.copies))

    def options(self, group: Group, words: Words) -> Sequence[Option]:  # noqa: ARG002
        """Each chat, to be taken off."""
        return [(f"✖ {self._titles.get(chat, chat)}", f"off.{chat}") for chat in group.copies]

    def chosen(self, value: str, group: Group) -> Group:
        """The group without that chat."""
        what, _, number = value.partition(".")
        if what != "off":
            raise ButtonUnknown
        return replace(group, copies=tuple(chat for chat in group.copies if str(chat) != number))

    def explanation(self, words: Words) -> str:
        """What it needs."""
        return words.gettext(
            "A channel or another group in which you and I are admins gets each announcement too, and it "
            "changes there as well."
        )

    def example(self, words: Words) -> str:
        """A user name; a number does as well."""
        return words.gettext("@our_channel")


async def titles_of(bot: Bot, group: Group) -> Mapping[ChatId, str]:
    """What the chats are called to which talks are copied; those that the bot cannot see are left out."""
    titles: dict[ChatId, str] = {}
    for copy in group.copies:
        with suppress(BadRequest, Forbidden, ChatMigrated):
            titles[copy] = (await bot.get_chat(copy)).title or str(copy)
    return titles


async def chat_to_copy_to(visit: Visit, text: str) -> ChatId:
    """The chat that somebody named, if both the bot and they may announce something in it.

    Raises:
        ChatUnusable.
    """
    name = text.strip().removeprefix("https://").removeprefix("t.me/").removeprefix("@")
    try:
        chat = await visit.bot.get_chat(int(name) if _NUMBER.fullmatch(name) else f"@{name}")
        ours = await visit.bot.get_chat_member(chat.id, visit.bot.id)
    except (BadRequest, Forbidden, ChatMigrated) as refusal:
        raise ChatUnusable(text) from refusal
    is_place = chat.type in (ChatType.CHANNEL, ChatType.GROUP, ChatType.SUPERGROUP)
    may_post = isinstance(ours, ChatMemberOwner | ChatMemberAdministrator) and (
        chat.type != ChatType.CHANNEL or bool(getattr(ours, "can_post_messages", False))
    )
    if not is_place or not may_post or not (await visit.asker_in(ChatId(chat.id))).is_admin:
        raise ChatUnusable(text)
    return ChatId(chat.id)
