"""Authority: who is asking, as Telegram vouches for them at this very moment; nothing is remembered."""

from telegram import Bot, CallbackQuery, Chat, Message, User
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest

from bot.errors import Anonymous, Channel
from rooms.ids import PersonId
from rooms.roles import Asker

_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def who_asks(bot: Bot, message: Message) -> Asker:
    """Whoever wrote the message, with their standing in its chat.

    Raises:
        Anonymous: somebody who writes as the group itself, so that their rights cannot be known.
        Channel: somebody who writes as a channel.
    """
    if message.sender_chat is not None:
        raise Anonymous if message.sender_chat.id == message.chat.id else Channel
    if message.from_user is None:
        raise Channel
    return await _vouched_for(bot, message.chat, message.from_user)


async def who_taps(bot: Bot, query: CallbackQuery, chat: Chat) -> Asker:
    """Whoever pressed a button; Telegram names the person even where they write anonymously."""
    return await _vouched_for(bot, chat, query.from_user)


async def _vouched_for(bot: Bot, chat: Chat, user: User) -> Asker:
    """Their standing by `getChatMember`; whom Telegram does not find in the chat is nobody's admin."""
    try:
        member = await bot.get_chat_member(chat.id, user.id)
    except BadRequest:
        return Asker(PersonId(user.id), user.full_name, is_admin=False)
    return Asker(PersonId(user.id), user.full_name, is_admin=member.status in _ADMINS)
