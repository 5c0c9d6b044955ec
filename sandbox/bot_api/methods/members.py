"""Methods that ban members, let them back in and make them admins."""

from collections.abc import Mapping

from sandbox.bot_api.access import Need, find_chat, own_membership, require_right
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes.people import rights_in
from sandbox.world.entities import Chat, ChatKind, Membership, Status

_BAN_COMPLAINT = "not enough rights to restrict/unrestrict chat member"


async def ban_chat_member(query: Query) -> bool:
    """Answer banChatMember."""
    chat, membership = find_target(query)
    require_right(query, chat, "can_restrict_members", _BAN_COMPLAINT)
    require_commoner(membership)
    set_standing(query, chat, Membership(membership.person, Status.KICKED))
    return True


async def unban_chat_member(query: Query) -> bool:
    """Answer unbanChatMember; unless told otherwise it also removes somebody who is in the chat."""
    chat, membership = find_target(query)
    require_right(query, chat, "can_restrict_members", _BAN_COMPLAINT)
    if membership.status is Status.KICKED or (
        membership.is_present and not query.parameters.flag("only_if_banned")
    ):
        require_commoner(membership)
        set_standing(query, chat, Membership(membership.person, Status.LEFT))
    return True


async def promote_chat_member(query: Query) -> bool:
    """Answer promoteChatMember; without any right it demotes. A bot gives only rights that it holds."""
    chat, membership = find_target(query)
    if chat.kind not in (ChatKind.SUPERGROUP, ChatKind.CHANNEL):
        raise bad_request("method is available for supergroup and channel chats only")
    require_right(query, chat, "can_promote_members", "not enough rights")
    if membership.status is Status.CREATOR:
        raise bad_request("can't remove chat owner")
    if not membership.is_present:
        raise bad_request("USER_NOT_PARTICIPANT")
    if membership.is_admin and membership.promoted_by != query.bot.id:
        raise bad_request("CHAT_ADMIN_REQUIRED")
    rights = frozenset(name for name in rights_in(chat) if query.parameters.flag(name))
    if not all(own_membership(query, chat).may(right) for right in rights - {"can_manage_chat"}):
        raise bad_request("RIGHT_FORBIDDEN")
    status = Status.ADMINISTRATOR if rights else Status.MEMBER
    new = Membership(membership.person, status, rights, tag=membership.tag)
    if rights:
        new.is_anonymous = query.parameters.flag("is_anonymous")
        new.custom_title, new.promoted_by = membership.custom_title, query.bot.id
    set_standing(query, chat, new)
    return True


def find_target(query: Query) -> tuple[Chat, Membership]:
    """The chat, and the standing of whom the request is about, who is not the bot itself."""
    person = query.parameters.user()
    chat = find_chat(query, Need.WRITE)
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    if person not in query.world.society.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if person == query.bot.id:
        raise bad_request("can't restrict self")
    return chat, chat.members.get(person, Membership(person, Status.LEFT))


def require_commoner(membership: Membership) -> None:
    """Raise when somebody is too powerful to be restricted."""
    if membership.status is Status.CREATOR:
        raise bad_request("can't remove chat owner")
    if membership.is_admin:
        raise bad_request("user is an administrator of the chat")


def set_standing(query: Query, chat: Chat, membership: Membership) -> None:
    """Make somebody what they shall be, unless they are."""
    if chat.members.get(membership.person) != membership:
        query.world.society.set_member(chat, membership, query.bot.id)


METHODS: Mapping[str, Method] = {
    "banchatmember": ban_chat_member,
    "kickchatmember": ban_chat_member,
    "unbanchatmember": unban_chat_member,
    "promotechatmember": promote_chat_member,
}
