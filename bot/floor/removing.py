"""Removing: somebody is taken out of a call by taking them out of its group for a moment."""

import logging

from telegram import Bot, ChatMemberAdministrator
from telegram.error import BadRequest, Forbidden

from bot.authority import member_of
from rooms.ids import ChatId, PersonId

log = logging.getLogger(__name__)


async def remove(bot: Bot, chat: ChatId, person: PersonId) -> bool:
    """Ban somebody and lift the ban, by which they are out of group and call (Bot API, `banChatMember`).

    Who speaks as a channel cannot be taken out so. Gives whether they are out.
    """
    ours = await member_of(bot, chat, PersonId(bot.id))
    if person < 0 or not isinstance(ours, ChatMemberAdministrator) or not ours.can_restrict_members:
        return False
    try:
        await bot.ban_chat_member(chat, person)
        await bot.unban_chat_member(chat, person, only_if_banned=True)
    except (BadRequest, Forbidden) as refusal:
        log.info("chat %s: nobody can be removed: %s", chat, refusal.message)
        return False
    return True
