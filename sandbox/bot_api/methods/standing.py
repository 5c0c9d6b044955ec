"""Methods for what members may do, and for what stands beside their names."""

from collections.abc import Mapping
from dataclasses import replace

from sandbox.bot_api.access import require_right
from sandbox.bot_api.fields import Fields
from sandbox.bot_api.methods.members import find_target, require_commoner, set_standing
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes.people import PERMISSIONS
from sandbox.world.entities import Chat, ChatKind, Membership, Status
from sandbox.world.markup import utf16

LONGEST_TITLE = 16


async def restrict_chat_member(query: Query) -> bool:
    """Answer restrictChatMember; with all permissions somebody is an ordinary member again."""
    values = query.parameters.json("permissions", "can't parse permissions JSON object")
    if not isinstance(values, dict):
        raise bad_request(
            "permissions are not specified" if values is None else "object expected as permissions"
        )
    fields = Fields(values, "can't parse chat permissions: ")
    granted = frozenset(name for name in PERMISSIONS if fields.flag(name))
    chat, membership = find_target(query)
    _require_supergroup(chat)
    right, complaint = "can_restrict_members", "not enough rights to restrict/unrestrict chat member"
    require_right(query, chat, right, complaint)
    require_commoner(membership)
    if membership.status is Status.KICKED:
        raise bad_request("PARTICIPANT_ID_INVALID")
    set_standing(query, chat, _restricted(membership, granted))
    return True


async def set_chat_administrator_custom_title(query: Query) -> bool:
    """Answer setChatAdministratorCustomTitle, for admins whom the bot itself promoted."""
    title = query.parameters.text("custom_title").strip()
    chat, membership = find_target(query)
    _require_supergroup(chat)
    _check_title(title, "ADMIN_RANK_INVALID")
    if membership.status is Status.CREATOR:
        raise bad_request("only creator can edit their custom title")
    if membership.status is not Status.ADMINISTRATOR:
        raise bad_request("user is not an administrator")
    if membership.promoted_by != query.bot.id:
        raise bad_request("not enough rights to change custom title of the user")
    set_standing(query, chat, replace(membership, custom_title=title))
    return True


async def set_chat_member_tag(query: Query) -> bool:
    """Answer setChatMemberTag: what stands beside the name of an ordinary member."""
    tag = query.parameters.text("tag").strip()
    chat, membership = find_target(query)
    _require_supergroup(chat)
    _check_title(tag, "TAG_INVALID")
    require_right(query, chat, "can_manage_tags", "not enough rights to change the member's tag")
    if not membership.is_present:
        raise bad_request("USER_NOT_PARTICIPANT")
    require_commoner(membership)
    set_standing(query, chat, replace(membership, tag=tag))
    return True


def _restricted(membership: Membership, granted: frozenset[str]) -> Membership:
    if granted >= frozenset(PERMISSIONS):
        status = Status.MEMBER if membership.is_present else Status.LEFT
        return Membership(membership.person, status, tag=membership.tag)
    return Membership(
        membership.person,
        Status.RESTRICTED,
        granted,
        tag=membership.tag,
        is_member=membership.is_present,
    )


def _require_supergroup(chat: Chat) -> None:
    if chat.kind is not ChatKind.SUPERGROUP:
        raise bad_request("method is available only for supergroups")


def _check_title(title: str, complaint: str) -> None:
    """Telegram takes 16 characters and no emoji."""
    if utf16(title) > LONGEST_TITLE or any(ord(letter) >= 0x1F000 for letter in title):
        raise bad_request(complaint)


METHODS: Mapping[str, Method] = {
    "restrictchatmember": restrict_chat_member,
    "setchatadministratorcustomtitle": set_chat_administrator_custom_title,
    "setchatmembertag": set_chat_member_tag,
}
