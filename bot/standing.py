"""The bot's standing: what it says when it comes or its rights change, and what follows once it is gone."""

import logging
from collections.abc import Sequence

from markupsafe import Markup
from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberOwner, ChatMemberUpdated, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, Forbidden
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from bot.acquaintances import Acquaintances
from bot.connection import App
from bot.visits import Context, Reception
from bot.words import Words, filled
from rooms.group import Group
from rooms.ids import ChatId, PersonId

log = logging.getLogger(__name__)

_PINNING = "can_pin_messages"
_PRESENT = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER, ChatMember.RESTRICTED)


class Standing:
    """Follows what becomes of the bot in its chats."""

    def __init__(self, reception: Reception, acquaintances: Acquaintances) -> None:
        self._reception = reception
        self._acquaintances = acquaintances

    def add_to(self, application: App) -> None:
        """Take up work."""
        application.add_handler(ChatMemberHandler(self.changed, ChatMemberHandler.MY_CHAT_MEMBER))
        application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, self.migrated))
        application.add_handler(MessageHandler(filters.StatusUpdate.NEW_CHAT_TITLE, self.renamed))

    async def changed(self, update: Update, context: Context) -> None:
        """The bot came, was promoted or demoted, or is gone."""
        change = update.my_chat_member
        if change is None:
            return
        if change.chat.type == ChatType.PRIVATE:
            if not _is_present(change.new_chat_member):
                await self._acquaintances.lose(PersonId(change.chat.id))
            return
        if not _is_present(change.new_chat_member):
            await self._leave(ChatId(change.chat.id))
            return
        await self._acquaintances.follow_to(context.bot, change.chat)
        known = await self._acquaintances.find(ChatId(change.chat.id))
        group = await self._acquaintances.meet(change.chat)
        if group is not None:
            await self._say(context.bot, group, change, is_new=known is None or not known.is_present)
            if may_pin(change.new_chat_member) and not may_pin(change.old_chat_member):
                await self._acquaintances.pin(group.chat)

    async def migrated(self, update: Update, _context: Context) -> None:
        """A group became a supergroup, which is another chat."""
        message = update.message
        if message is not None and message.migrate_to_chat_id is not None:
            await self._acquaintances.follow(ChatId(message.chat.id), ChatId(message.migrate_to_chat_id))
        elif message is not None and message.migrate_from_chat_id is not None:
            await self._acquaintances.follow(ChatId(message.migrate_from_chat_id), ChatId(message.chat.id))

    async def renamed(self, update: Update, _context: Context) -> None:
        """A group has another title."""
        if update.message is not None:
            await self._acquaintances.meet(update.message.chat)

    async def _leave(self, chat: ChatId) -> None:
        group = await self._acquaintances.find(chat)
        if group is not None:
            await self._acquaintances.leave(group)

    async def _say(self, bot: Bot, group: Group, change: ChatMemberUpdated, *, is_new: bool) -> None:
        """Hello to a group that is new; else what has changed about the bot's rights, if anything has."""
        words = self._reception.speech(group, None).words
        is_forum = bool(change.chat.is_forum)
        lacks = lacking(change.new_chat_member, is_forum=is_forum)
        lacked = lacking(change.old_chat_member, is_forum=is_forum)
        was_present = _is_present(change.old_chat_member)
        if is_new and not was_present:
            text = hello(lacks, words)
        elif not was_present or lacks == lacked:
            return
        else:
            text = news_of_rights(lacks, words)
        try:
            await bot.send_message(group.chat, str(text), parse_mode=ParseMode.HTML)
        except (BadRequest, Forbidden) as refusal:
            log.info("no hello in chat %s: %s", group.chat, refusal.message)


def may_pin(member: ChatMember) -> bool:
    """Whether the bot as this member of a group may pin messages."""
    return _PINNING not in lacking(member, is_forum=False)


def lacking(member: ChatMember, *, is_forum: bool) -> Sequence[str]:
    """The rights that the bot uses and does not have, by their Bot API names."""
    if isinstance(member, ChatMemberOwner):
        return []
    used = [_PINNING, *(["can_manage_topics"] if is_forum else [])]
    if not isinstance(member, ChatMemberAdministrator):
        return used
    return [right for right in used if not getattr(member, right)]


def hello(lacks: Sequence[str], words: Words) -> Markup:
    """Said once to a group that the bot has just come into."""
    text = words.gettext(
        "Hello! I am Loggione: I announce this group's talks, open the voice chat at their time, and give "
        "everybody a link to listen unseen. An admin plans a talk like this:\n"
        "<code>/schedule Careers after 40 #careers | tomorrow 18:30 | 45m</code>\n"
        "or step by step with /schedule alone; /settings has the language, the time zone and the topics.\n\n"
        "The voice chat is opened by my relay account: it needs to be in this group, as an admin who may "
        "manage video chats."
    )
    return Markup("\n\n").join([filled(text), *_wishes(lacks, words)])


def news_of_rights(lacks: Sequence[str], words: Words) -> Markup:
    """Said when the bot was promoted or demoted: what it lacks now, and what for."""
    wishes = _wishes(lacks, words)
    if not wishes:
        thanks = words.gettext("Thank you: now I have every right that I use here.")
        return Markup("{}").format(thanks)
    return Markup("\n\n").join(wishes)


def _wishes(lacks: Sequence[str], words: Words) -> list[Markup]:
    wishes = {
        _PINNING: words.gettext(
            "I may not pin messages here. Make me an admin with that right, and announcements stay on top."
        ),
        "can_manage_topics": words.gettext(
            "I may not manage topics here. With that right I can make a topic for each talk, and close it "
            "afterwards."
        ),
    }
    return [Markup("{}").format(wishes[right]) for right in lacks]


def _is_present(member: ChatMember) -> bool:
    return member.status in _PRESENT
