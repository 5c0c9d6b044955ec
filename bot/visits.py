"""Visits: a command or a tap, with all that is needed to understand and to answer it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from markupsafe import Markup, escape
from telegram import (
    Bot,
    CallbackQuery,
    Chat,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    ReplyParameters,
    Update,
    User,
)
from telegram.constants import CallbackQueryLimit, ChatType, ParseMode
from telegram.ext import ContextTypes

from bot.acquaintances import Acquaintances
from bot.authority import author_of, vouched_for, who_asks
from bot.deep_links import address
from bot.errors import ButtonUnknown, OnlyInGroups
from bot.objections import GONE, TOO_LATE, UNCHANGED, overlooking
from bot.refusals import Speech
from bot.seals import Seal
from bot.settings import BotSettings
from bot.words import Languages, filled
from rooms.group import Group
from rooms.ids import ChatId, MessageId, PersonId, ThreadId
from rooms.ports import Clock
from rooms.roles import Asker
from rooms.room import Room

Context = ContextTypes.DEFAULT_TYPE

STALE = timedelta(days=1)
"""Telegram keeps updates for a day; a message that says to be older is not believed."""

Say = Callable[[str, InlineKeyboardMarkup | None], Awaitable[None]]
"""How a command is answered: anew, or in the place of a question."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A command in a chat: who may answer it, in which words, and when it was said."""

    bot: Bot
    message: Message
    group: Group | None
    speech: Speech
    said_at: datetime
    """When the message was sent, so that "in 10 minutes" means what it meant while the bot was away."""
    seal: Seal
    unmasked: User | None = None
    """Who wrote it as the group, once they have said so from their own account."""

    @property
    def argument(self) -> str:
        """The words after the command."""
        return argument_of(self.message)

    @property
    def thread(self) -> ThreadId | None:
        """The forum topic in which it was said; a thread of mere replies is none."""
        return thread_of(self.message)

    def in_group(self) -> Group:
        """The group that is meant; raises `OnlyInGroups` in a private chat."""
        if self.group is None:
            raise OnlyInGroups
        return self.group

    async def asker(self) -> Asker:
        """Who asks; raises `Anonymous` or `Channel` where Telegram does not vouch for a person."""
        if self.unmasked is not None:
            return await vouched_for(self.bot, ChatId(self.message.chat.id), self.unmasked)
        return await who_asks(self.bot, self.message)

    async def asker_in(self, chat: ChatId) -> Asker:
        """Who asks in private, with their standing in a group."""
        return await vouched_for(self.bot, chat, self.person)

    @property
    def person(self) -> User:
        """Who wrote it; raises `Anonymous` or `Channel` where Telegram does not say."""
        return self.unmasked or author_of(self.message)

    @property
    def is_cancel(self) -> bool:
        """Whether a dialogue is to be ended."""
        return command_of(self.message) == "cancel"

    @property
    def is_private(self) -> bool:
        """Whether it was said to the bot alone."""
        return self.message.chat.type == ChatType.PRIVATE

    async def reply(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Answer in the same chat and topic; markup stays as it is, plain text is escaped."""
        await reply(self.bot, self.message, text, self.seal.keyboard(keyboard, self.message.chat.id))

    async def say(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> MessageId:
        """Say something in the same chat and topic that answers no message; gives the message's id."""
        sent = await self.bot.send_message(
            self.message.chat.id,
            str(escape(text)),
            parse_mode=ParseMode.HTML,
            reply_markup=self.seal.keyboard(keyboard, self.message.chat.id),
            message_thread_id=self.thread,
        )
        return MessageId(sent.message_id)

    async def take_buttons_from(self, message: MessageId) -> None:
        """Leave an earlier message of the bot's without buttons; no error when it has none or is gone."""
        with overlooking(*UNCHANGED, *GONE):
            await self.bot.edit_message_reply_markup(chat_id=self.message.chat.id, message_id=message)


@dataclass(frozen=True, slots=True)
class Tap:
    """A pressed button under a message of the bot's."""

    bot: Bot
    query: CallbackQuery
    chat: Chat
    message_id: int
    group: Group | None
    speech: Speech
    seal: Seal

    @property
    def data(self) -> str:
        """What the button carries; raises `ButtonUnknown` when we did not make it for this chat."""
        return self.seal.open(self.query.data, self.chat.id)

    @property
    def command(self) -> Message | None:
        """The command that the message answered, if Telegram still shows it."""
        message = self.query.message
        return message.reply_to_message if isinstance(message, Message) else None

    def in_group(self) -> Group:
        """The group in which the button was pressed; raises `ButtonUnknown` elsewhere."""
        if self.group is None:
            raise ButtonUnknown
        return self.group

    def of_this_chat(self, room: Room) -> Room:
        """The room, if it is one of this chat, or if the button was sealed for the person alone.

        Raises:
            ButtonUnknown: it is another chat's.
        """
        if room.plan.chat != self.chat.id and not self.is_private:
            raise ButtonUnknown
        return room

    async def asker(self) -> Asker:
        """Who pressed the button."""
        return await vouched_for(self.bot, ChatId(self.chat.id), self.query.from_user)

    async def asker_in(self, chat: ChatId) -> Asker:
        """Who pressed the button, with their standing in a group: for buttons under private messages."""
        return await vouched_for(self.bot, chat, self.query.from_user)

    @property
    def is_private(self) -> bool:
        """Whether it was pressed in the person's chat with the bot."""
        return self.chat.type == ChatType.PRIVATE

    async def answer(self, text: str = "", *, is_alert: bool = False) -> None:
        """Tell the person alone, once."""
        await answer(self.query, text, is_alert=is_alert)

    async def lead(self, payload: str) -> None:
        """Lead the person into the private chat, where the link of this payload is followed."""
        with overlooking(*TOO_LATE):
            await self.query.answer(url=address(self.bot.username, payload))

    async def change(self, text: str, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Let the message say something else; no error when it says so already or is gone."""
        with overlooking(*UNCHANGED, *GONE):
            await self.bot.edit_message_text(
                str(escape(text)),
                chat_id=self.chat.id,
                message_id=self.message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=self.seal.keyboard(keyboard, self.chat.id),
            )

    async def take_buttons_away(self) -> None:
        """Leave the message without buttons, since none of them can do anything any more."""
        with overlooking(*UNCHANGED, *GONE):
            await self.bot.edit_message_reply_markup(chat_id=self.chat.id, message_id=self.message_id)


class Reception:
    """Receives updates: makes the group's acquaintance and finds the words to speak in."""

    def __init__(
        self, settings: BotSettings, acquaintances: Acquaintances, languages: Languages, clock: Clock
    ) -> None:
        self._settings = settings
        self._acquaintances = acquaintances
        self._languages = languages
        self._clock = clock
        self.seal = Seal(settings.token)

    async def visit(self, message: Message, bot: Bot, unmasked: User | None = None) -> Visit:
        """A message as a visit; `unmasked` is who wrote it as the group, once they have said so."""
        group = await self._acquaintances.meet(message.chat)
        author = unmasked or message.from_user
        if group is None and author is not None and not author.is_bot:
            await self._acquaintances.meet_person(author)
        speech = await self._speech(group, author)
        return Visit(bot, message, group, speech, self._said_at(message), self.seal, unmasked)

    async def tap(self, query: CallbackQuery, bot: Bot) -> Tap:
        """A press as a tap; raises `ButtonUnknown` for buttons under messages that were never sent."""
        if query.message is None:
            raise ButtonUnknown
        chat = query.message.chat
        group = await self._acquaintances.meet(chat)
        speech = await self._speech(group, query.from_user)
        return Tap(bot, query, chat, query.message.message_id, group, speech, self.seal)

    async def speech_for(self, update: Update) -> Speech:
        """How to speak to whom an update comes from."""
        chat = update.effective_chat
        group = await self._acquaintances.find(ChatId(chat.id)) if chat else None
        return await self._speech(group, update.effective_user)

    def speech(self, group: Group | None, code: str | None) -> Speech:
        """The group's words and zone; in private the person's words and the house's zone."""
        if group is not None:
            return Speech(self._languages.of(group.language), group.zone)
        return Speech(self._languages.of(code), self._settings.zone)

    async def _speech(self, group: Group | None, user: User | None) -> Speech:
        code = user.language_code if user is not None else None
        if group is None and user is not None:
            person = await self._acquaintances.person(PersonId(user.id))
            code = person.language if person is not None else code
        return self.speech(group, code)

    def _said_at(self, message: Message) -> datetime:
        now = self._clock.now()
        return message.date if now - STALE <= message.date <= now else now


async def reply(
    bot: Bot, message: Message, text: str, keyboard: InlineKeyboardMarkup | None = None
) -> MessageId:
    """Answer a message in its chat and topic; markup stays as it is, plain text is escaped.

    The buttons are sealed already. Gives the answer's id.
    """
    sent = await bot.send_message(
        message.chat.id,
        str(escape(text)),
        parse_mode=ParseMode.HTML,
        reply_markup=keyboard,
        message_thread_id=thread_of(message),
        reply_parameters=ReplyParameters(message.message_id, allow_sending_without_reply=True),
    )
    return MessageId(sent.message_id)


async def answer(query: CallbackQuery, text: str, *, is_alert: bool) -> None:
    """Tell the person who pressed a button; for one who waited too long it is too late, and no error."""
    limit = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    with overlooking(*TOO_LATE):
        await query.answer(text if len(text) <= limit else f"{text[: limit - 1]}…", show_alert=is_alert)


def about(text: str, room: Room) -> Markup:
    """A text of ours with the talk's title in it, as HTML."""
    return filled(text, title=Markup("<b>{}</b>").format(room.plan.title))


def thread_of(message: Message) -> ThreadId | None:
    """The forum topic of a message; a thread of mere replies is none."""
    if message.is_topic_message and message.message_thread_id is not None:
        return ThreadId(message.message_thread_id)
    return None


def command_of(message: Message) -> str:
    """The command at the beginning of a message, in lower case, without the slash and the bot's name."""
    return _written_command(message).removeprefix("/").partition("@")[0].lower()


def argument_of(message: Message) -> str:
    """The words after the command at the beginning of a message."""
    return words_of(message).removeprefix(_written_command(message)).strip()


def words_of(message: Message) -> str:
    """What a message says: its text, or the caption of what it carries."""
    return message.text or message.caption or ""


def entities_in(message: Message, *kinds: str) -> dict[MessageEntity, str]:
    """What Telegram saw in a message's words, and the words, as far as it is of these kinds."""
    wanted: list[str | None] = [*kinds]
    return {**message.parse_entities(wanted), **message.parse_caption_entities(wanted)}


def _written_command(message: Message) -> str:
    commands = entities_in(message, MessageEntity.BOT_COMMAND)
    return next((text for entity, text in commands.items() if entity.offset == 0), "")
