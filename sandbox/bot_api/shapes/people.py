"""People, chats and standings as User, Chat, ChatFullInfo and ChatMember."""

from collections.abc import Mapping

from sandbox.bot_api.shapes import Json
from sandbox.world.discussions import TELEGRAM
from sandbox.world.entities import Chat, ChatKind, Membership, Person, Status

ANONYMOUS_ADMIN: Json = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}
CHANNEL_VOICE: Json = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
TELEGRAM_VOICE: Json = {"id": TELEGRAM, "is_bot": False, "first_name": "Telegram"}

ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)
GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics", "can_manage_tags")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages", "can_manage_direct_messages")
PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
_NOT_FOR_MEMBERS = frozenset({"can_change_info", "can_pin_messages", "can_manage_topics"})
_MOST_REACTIONS = 11
_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def write_user(people: Mapping[int, Person], id_: int) -> Json:
    """A User; somebody whom the world does not know has an account that was deleted."""
    person = people.get(id_)
    if person is None:
        return {"id": id_, "is_bot": False, "first_name": ""}
    user: Json = {"id": person.id, "is_bot": person.is_bot, "first_name": person.first_name}
    if person.last_name:
        user["last_name"] = person.last_name
    if person.username:
        user["username"] = person.username
    if person.language_code and not person.is_bot:
        user["language_code"] = person.language_code
    return user


def write_me(bot: Person) -> Json:
    """The User that getMe answers."""
    return write_user({bot.id: bot}, bot.id) | {
        "can_join_groups": True,
        "can_read_all_group_messages": bot.reads_all_messages,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


def write_chat(people: Mapping[int, Person], chat: Chat) -> Json:
    """A Chat."""
    if chat.kind is ChatKind.PRIVATE:
        user = write_user(people, chat.id)
        names = ("first_name", "last_name", "username")
        return {"id": chat.id, "type": "private"} | {name: user[name] for name in names if name in user}
    shape: Json = {"id": chat.id, "title": chat.title, "type": str(chat.kind)}
    if chat.username:
        shape["username"] = chat.username
    if chat.is_forum:
        shape["is_forum"] = True
    return shape


def write_full_chat(people: Mapping[int, Person], chat: Chat) -> Json:
    """A ChatFullInfo, without the pinned message."""
    shape = write_chat(people, chat)
    shape |= {"accent_color_id": abs(chat.id) % 7, "max_reaction_count": _MOST_REACTIONS}
    shape["accepted_gift_types"] = dict.fromkeys(_GIFTS, False)
    if "username" in shape:
        shape["active_usernames"] = [shape["username"]]
    if chat.kind in (ChatKind.GROUP, ChatKind.SUPERGROUP):
        shape["permissions"] = {name: name not in _NOT_FOR_MEMBERS for name in PERMISSIONS}
    if chat.linked is not None:
        shape["linked_chat_id"] = chat.linked
    return shape


def write_member(
    people: Mapping[int, Person], chat: Chat, membership: Membership, reader: int | None = None
) -> Json:
    """A ChatMember; a bot can edit those admins whom it promoted itself."""
    shape: Json = {"user": write_user(people, membership.person), "status": str(membership.status)}
    if membership.is_admin:
        shape["is_anonymous"] = membership.is_anonymous
        if membership.custom_title:
            shape["custom_title"] = membership.custom_title
    match membership.status:
        case Status.ADMINISTRATOR:
            shape |= {name: membership.may(name) for name in rights_in(chat)}
            shape["can_be_edited"] = membership.promoted_by is not None and membership.promoted_by == reader
            shape["can_manage_chat"] = True
        case Status.RESTRICTED:
            shape |= {name: name in membership.rights for name in PERMISSIONS}
            shape |= {"is_member": membership.is_member, "until_date": 0}
        case Status.KICKED:
            shape["until_date"] = 0
    if membership.tag and membership.status in (Status.MEMBER, Status.RESTRICTED):
        shape["tag"] = membership.tag
    return shape


def rights_in(chat: Chat) -> tuple[str, ...]:
    """The rights that an admin can have in a chat of its kind."""
    return ADMIN_RIGHTS + (CHANNEL_RIGHTS if chat.kind is ChatKind.CHANNEL else GROUP_RIGHTS)
