"""The menu: the commands that Telegram offers while somebody types, by language, place and rights."""

from collections.abc import Iterable

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
)

from bot.guide import Entry, in_groups, in_private, permitted
from bot.words import DEFAULT, Languages
from rooms.roles import Role

DESCRIPTION_LENGTH = 256
"""Characters of a description at most (Bot API, `BotCommand`)."""


async def set_menu(bot: Bot, languages: Languages) -> None:
    """Tell Telegram the commands of members, of admins and of private chats; raises TelegramError."""
    for words in languages:
        language = None if words.language == DEFAULT else words.language
        entries = in_groups(words)
        members = permitted(entries, frozenset({Role.LISTENER}), may_schedule=True)
        for commands, scope in (
            (as_commands(members), BotCommandScopeAllGroupChats()),
            (as_commands(entries), BotCommandScopeAllChatAdministrators()),
            (as_commands(in_private(words)), BotCommandScopeAllPrivateChats()),
        ):
            await bot.set_my_commands(commands, scope=scope, language_code=language)


def as_commands(entries: Iterable[Entry]) -> list[BotCommand]:
    """The entries as Telegram's menu wants them."""
    return [BotCommand(entry.command, entry.text[:DESCRIPTION_LENGTH]) for entry in entries]
