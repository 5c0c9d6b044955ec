"""/start, /help and the first hello: what the bot is, and what it needs."""

import logging

from markupsafe import Markup
from telegram import ChatMember, ChatMemberAdministrator, ChatMemberUpdated, Update
from telegram.error import BadRequest, Forbidden

from bot import keyboards
from bot.acquaintances import Acquaintances
from bot.visits import Context, Reception
from bot.words import Words, filled

log = logging.getLogger(__name__)

_PRESENT = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.OWNER, ChatMember.RESTRICTED)


class Greeting:
    """Explains itself, in groups and in private."""

    def __init__(self, reception: Reception, acquaintances: Acquaintances) -> None:
        self._reception = reception
        self._acquaintances = acquaintances

    async def start(self, update: Update, context: Context) -> None:
        """In private an introduction with the way to add the bot to a group; in a group its commands."""
        visit = await self._reception.visit(update, context)
        words = visit.speech.words
        if visit.group is not None:
            await visit.reply(commands(words))
        else:
            await visit.reply(introduction(words), keyboards.inviting(context.bot.username, words))

    async def help(self, update: Update, context: Context) -> None:
        """The commands, each with what it does."""
        visit = await self._reception.visit(update, context)
        await visit.reply(commands(visit.speech.words))

    async def unknown(self, update: Update, context: Context) -> None:
        """Something in private, or a command meant for this bot, that it does not know."""
        visit = await self._reception.visit(update, context)
        await visit.reply(visit.speech.words.gettext("I do not know that. /help shows what I can do."))

    async def standing(self, update: Update, context: Context) -> None:
        """Say hello when the bot comes into a group, naming a right it lacks."""
        change = update.my_chat_member
        if change is None or not _has_just_come(change):
            return
        group = await self._acquaintances.meet(change.chat)
        if group is None:
            return
        words = self._reception.speech(group, None).words
        try:
            await context.bot.send_message(
                change.chat.id, str(hello(words, may_pin=_may_pin(change))), parse_mode="HTML"
            )
        except (BadRequest, Forbidden) as refusal:
            log.info("no hello in chat %s: %s", change.chat.id, refusal.message)


def introduction(words: Words) -> Markup:
    """What the bot is, for somebody who met it in private."""
    text = words.gettext(
        "<b>I am Loggione, a gallery for your group's talks.</b>\n\n"
        "I announce talks, open the group's voice chat at their time, and give everybody a link to listen "
        "unseen, without an account and without a name. Afterwards I post the recording.\n\n"
        "Add me to a group; then one of its admins writes, for example:\n"
        "<code>/schedule Careers after 40 #careers | tomorrow 18:30 | 45m</code>"
    )
    return filled(text)


def commands(words: Words) -> Markup:
    """Every command of a group, in a line each."""
    text = words.gettext(
        "<b>What I do in groups</b>\n\n"
        "/schedule plans a talk (admins):\n"
        "<code>/schedule Careers after 40 #careers | tomorrow 18:30 | 45m</code>\n"
        "/rooms shows what is on and what comes next\n"
        "/open lets the next talk begin now (host, admins)\n"
        "/close ends the one that is on (host, admins)\n"
        "/cancel takes one off the programme (host, admins)\n\n"
        "Each announcement has a link to listen unseen, open to anyone who has it."
    )
    return filled(text)


def hello(words: Words, *, may_pin: bool) -> Markup:
    """Said once to a group that the bot has just come into."""
    text = words.gettext(
        "Hello! I am Loggione: I announce this group's talks, open the voice chat at their time, and give "
        "everybody a link to listen unseen. An admin plans a talk like this:\n"
        "<code>/schedule Careers after 40 #careers | tomorrow 18:30 | 45m</code>\n\n"
        "The voice chat is opened by my relay account: it needs to be in this group, as an admin who may "
        "manage video chats."
    )
    paragraphs = [filled(text)]
    if not may_pin:
        wish = words.gettext(
            "I may not pin messages here. Make me an admin with that right, and announcements stay on top."
        )
        paragraphs.append(Markup("{}").format(wish))
    return Markup("\n\n").join(paragraphs)


def _has_just_come(change: ChatMemberUpdated) -> bool:
    return change.old_chat_member.status not in _PRESENT and change.new_chat_member.status in _PRESENT


def _may_pin(change: ChatMemberUpdated) -> bool:
    member = change.new_chat_member
    return isinstance(member, ChatMemberAdministrator) and bool(member.can_pin_messages)
