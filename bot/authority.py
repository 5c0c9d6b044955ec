"""Authority: who is asking, as Telegram vouches for them at this very moment; nothing is remembered."""

from dataclasses import replace

from telegram import Bot, ChatMember, ChatMemberRestricted, Message, User
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, Forbidden

from bot.errors import Anonymous, Channel
from rooms.ids import ChatId, PersonId
from rooms.roles import Action, Asker, Role, demand

_ADMINS = (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)


async def who_asks(bot: Bot, message: Message) -> Asker:
    """Whoever wrote the message, with their standing in its chat.

    Raises:
        Anonymous: somebody who writes as the group itself, so that their rights cannot be known.
        Channel: somebody who writes as a channel.
    """
    return await vouched_for(bot, ChatId(message.chat.id), author_of(message))


def author_of(message: Message) -> User:
    """The person who wrote the message; raises `Anonymous` or `Channel` like `who_asks`."""
    if message.sender_chat is not None:
        raise Anonymous if message.sender_chat.id == message.chat.id else Channel
    if message.from_user is None:
        raise Channel
    return message.from_user


async def vouched_for(bot: Bot, chat: ChatId, user: User) -> Asker:
    """Their standing in a chat by `getChatMember`; whom Telegram does not find there is nobody's member.

    Of who pressed a button Telegram names the person, even where they write anonymously.
    """
    asker = Asker(
        PersonId(user.id), user.full_name, is_admin=False, is_member=False, username=_small(user), chat=chat
    )
    member = await member_of(bot, chat, asker.person)
    if member is None:
        return asker
    is_admin, is_member = member.status in _ADMINS, is_there(member)
    return replace(asker, is_admin=is_admin, is_member=is_member)


async def member_of(bot: Bot, chat: ChatId, person: PersonId) -> ChatMember | None:
    """Somebody's standing in a chat (Bot API, `getChatMember`); None where Telegram does not tell."""
    try:
        return await bot.get_chat_member(chat, person)
    except (BadRequest, Forbidden):
        return None


def is_there(member: ChatMember) -> bool:
    """Whether somebody is in the chat: some of those whose rights are restricted are, some left (Bot API)."""
    is_restricted_member = isinstance(member, ChatMemberRestricted) and member.is_member
    return member.status in (*_ADMINS, ChatMemberStatus.MEMBER) or is_restricted_member


def _small(user: User) -> str | None:
    return user.username.lower() if user.username else None


def demand_admin(asker: Asker, action: Action) -> None:
    """Refuse who is no admin before anything is asked of them; raises `NotAllowed`."""
    demand(frozenset({Role.ADMIN if asker.is_admin else Role.LISTENER}), action)


async def is_admin_there(bot: Bot, chat: ChatId, person: PersonId) -> bool:
    """Whether somebody administers a chat, by `getChatMember`."""
    member = await member_of(bot, chat, person)
    return member is not None and member.status in _ADMINS
