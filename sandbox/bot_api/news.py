"""News: what of the world's changes comes to which bot, as what update."""

from collections.abc import Callable

from sandbox.bot_api.inbox import Inbox
from sandbox.bot_api.privacy import may_see
from sandbox.bot_api.shapes.messages import write_message
from sandbox.bot_api.shapes.updates import write_press, write_reaction, write_standing
from sandbox.world.changes import (
    ButtonPressed,
    Change,
    ChatUpgraded,
    MemberChanged,
    MessageEdited,
    MessagePosted,
    MessageReacted,
)
from sandbox.world.entities import Chat, ChatKind, Membership, Message, Person, Status
from sandbox.world.society import Society

InboxOf = Callable[[Person], Inbox]


class News:
    """Watches the world for all bots, whether they poll or not; updates show the world at that moment."""

    def __init__(self, society: Society, inbox_of: InboxOf) -> None:
        self._society = society
        self._inbox_of = inbox_of
        society.watch(self._report)

    def _report(self, change: Change) -> None:
        for bot in [person for person in self._society.people.values() if person.token is not None]:
            self._report_to(bot, change)

    def _report_to(self, bot: Person, change: Change) -> None:
        match change:
            case MessagePosted(message=message):
                self._report_message(bot, message, is_edit=False)
            case MessageEdited(message=message):
                self._report_message(bot, message, is_edit=True)
            case ButtonPressed(message=message) if message.sender == bot.id:
                self._inbox_of(bot).put("callback_query", write_press(self._society, change))
            case MemberChanged():
                self._report_standing(bot, change)
            case ChatUpgraded():
                self._report_upgrade(bot, change)
            case MessageReacted():
                self._report_reaction(bot, change)

    def _report_message(self, bot: Person, message: Message, *, is_edit: bool) -> None:
        chat = self._society.chats[message.chat]
        is_farewell = message.service == ("left_chat_member", bot.id)
        if not (_is_in(bot, chat) or is_farewell):
            return
        if not may_see(bot, self._society.people, chat, message):
            return
        kind = "channel_post" if chat.kind is ChatKind.CHANNEL else "message"
        self._inbox_of(bot).put(f"edited_{kind}" if is_edit else kind, write_message(self._society, message))

    def _report_standing(self, bot: Person, change: MemberChanged) -> None:
        if change.new.person == bot.id:
            self._inbox_of(bot).put("my_chat_member", write_standing(self._society, change, bot.id))
        elif _is_admin(bot, self._society.chats[change.chat]):
            self._inbox_of(bot).put("chat_member", write_standing(self._society, change, bot.id))

    def _report_upgrade(self, bot: Person, change: ChatUpgraded) -> None:
        """A bot learns that it is in the supergroup; of its leaving the group Telegram does not tell it.

        So it was seen in tdlib/telegram-bot-api#266.
        """
        membership = self._society.chats[change.new].members.get(bot.id)
        if membership is not None:
            left = Membership(bot.id, Status.LEFT)
            joined = MemberChanged(change.new, change.actor, left, membership)
            self._report_standing(bot, joined)

    def _report_reaction(self, bot: Person, change: MessageReacted) -> None:
        reactor = self._society.people.get(change.person)
        chat = self._society.chats[change.message.chat]
        is_new = list(change.before) != change.message.reactions.get(change.person, [])
        is_person = reactor is not None and not reactor.is_bot
        if is_new and is_person and (_is_admin(bot, chat) or _is_private_with(bot, chat)):
            self._inbox_of(bot).put("message_reaction", write_reaction(self._society, change))


def _is_in(bot: Person, chat: Chat) -> bool:
    membership = chat.members.get(bot.id)
    return membership is not None and membership.is_present


def _is_admin(bot: Person, chat: Chat) -> bool:
    membership = chat.members.get(bot.id)
    return membership is not None and membership.is_admin


def _is_private_with(bot: Person, chat: Chat) -> bool:
    return chat.kind is ChatKind.PRIVATE and _is_in(bot, chat)
