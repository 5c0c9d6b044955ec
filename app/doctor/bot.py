"""The bot: whether Telegram knows its token, and what it may do in each group on record."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from telegram import Bot, ChatMemberAdministrator, ChatMemberOwner
from telegram.constants import ChatType
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from app.doctor.findings import Case, Finding, printable
from app.settings import Settings
from app.troubles import duration
from bot.patience import seconds_of
from bot.standing import lacking

WHY = {
    "can_pin_messages": ("pin messages", "announcements stay on top while they matter"),
    "can_manage_topics": ("manage topics", "each talk can have a thread of its own"),
    "can_post_messages": ("post messages", "talks of other groups are announced here"),
}
"""What each right that the bot uses is called in Telegram's apps, and what for."""


async def check_token(case: Case) -> Sequence[Finding]:
    """Whether the Bot API answers, and knows the bot (getMe)."""
    if not case.settings.bot_token.get_secret_value():
        advice = f"Write {Settings.model_fields['bot_token'].description}."
        return [Finding("bot", "LOGGIONE_BOT_TOKEN is missing.", advice)]
    try:
        async with _bot(case.settings) as bot:
            return [Finding("bot", f"the Bot API answers, and the bot is @{bot.username}")]
    except TelegramError as error:
        return [_trouble("bot", error)]


async def check_rights(case: Case) -> Sequence[Finding]:
    """Whether the bot has the rights that it uses, in each group on record and each chat with copies."""
    if not case.groups:
        return [Finding("bot's rights", "no group is on record yet")]
    if not case.settings.bot_token.get_secret_value():
        return [Finding("bot's rights", "nobody can be asked.", "Mend the bot's token first.")]
    try:
        async with _bot(case.settings) as bot:
            findings = [await _in_chat(bot, group.chat, group.title) for group in case.groups]
            copies = {chat: group.title for group in case.groups for chat in group.copies}
            return findings + [
                await _in_chat(bot, chat, f"a copy of {copies[chat]}") for chat in sorted(copies)
            ]
    except TelegramError:
        return [Finding("bot's rights", "nobody can be asked.", "Mend what is said of the bot first.")]


@asynccontextmanager
async def _bot(settings: Settings) -> AsyncIterator[Bot]:
    token = settings.bot_token.get_secret_value()
    async with Bot(token, settings.bot_api_url, settings.bot_api_file_url) as bot:
        yield bot


async def _in_chat(bot: Bot, chat: int, title: str) -> Finding:
    """One chat's finding; raises what concerns more than this chat."""
    subject = f"bot in {printable(title)}"
    try:
        described = await bot.get_chat(chat)
        member = await bot.get_chat_member(chat, bot.id)
    except ChatMigrated:
        return Finding(
            subject, "the group became a supergroup; what is on record follows at the next message"
        )
    except (BadRequest, Forbidden) as error:
        if isinstance(error, InvalidToken):
            raise
        return Finding(subject, f"Telegram says: {printable(error.message)}.", "Add the bot to it again.")
    if described.type == ChatType.CHANNEL:
        may_post = isinstance(member, ChatMemberOwner) or getattr(member, "can_post_messages", False)
        lacks: Sequence[str] = [] if may_post else ["can_post_messages"]
    else:
        lacks = lacking(member, is_forum=bool(described.is_forum))
    if lacks:
        is_admin = isinstance(member, ChatMemberAdministrator)
        found = "the bot lacks a right." if is_admin else "the bot is no admin."
        return Finding(subject, found, f"Make it an admin who may {_wishes(lacks)}.")
    return Finding(subject, "it has every right that it uses")


def _wishes(lacks: Sequence[str]) -> str:
    return ", and ".join(f"{WHY[right][0]}, so that {WHY[right][1]}" for right in lacks)


def _trouble(subject: str, error: TelegramError) -> Finding:
    match error:
        case InvalidToken():
            advice = f"Write {Settings.model_fields['bot_token'].description}, into LOGGIONE_BOT_TOKEN."
            return Finding(subject, "Telegram knows no bot with this token.", advice)
        case RetryAfter():
            wait = duration(round(seconds_of(error)))
            return Finding(subject, "Telegram has heard too much of it.", f"Wait {wait}.")
        case NetworkError() if not isinstance(error, BadRequest):
            advice = "See whether this machine is on the Internet, and LOGGIONE_BOT_API_URL."
            return Finding(subject, "the Bot API was not reached.", advice)
        case _:
            return Finding(
                subject, f"the Bot API says: {printable(error.message)}.", "See LOGGIONE_BOT_API_URL."
            )
