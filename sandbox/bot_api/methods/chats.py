"""Methods that look at chats and their members, pin in them, and leave them."""

from collections.abc import Mapping

from sandbox.bot_api.access import Need, find_chat, find_message, require_pinning
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.bot_api.shapes.messages import write_message
from sandbox.bot_api.shapes.people import write_full_chat, write_member
from sandbox.world.changes import ChatActed
from sandbox.world.entities import Chat, ChatKind, Membership, Status

ACTIONS = frozenset(
    {
        "cancel", "typing", "upload_photo", "record_video", "upload_video", "record_audio", "record_voice",
        "upload_audio", "upload_voice", "upload_document", "choose_sticker", "find_location",
        "pick_up_location", "record_video_note", "upload_video_note",
    }
)  # fmt: skip


async def get_chat(query: Query) -> Json:
    """Answer getChat; its pinned message is the newest of those that are pinned."""
    chat = find_chat(query, Need.READ)
    shape = write_full_chat(query.world.society.people, chat)
    pinned = [number for number in chat.pinned if number in chat.messages]
    if pinned:
        shape["pinned_message"] = write_message(
            query.world.society, chat.messages[max(pinned)], with_reply=False
        )
    return shape


async def get_chat_member(query: Query) -> Json:
    """Answer getChatMember; somebody whom the world knows and who was never there has left."""
    person = query.parameters.user()
    chat = find_chat(query, Need.READ if person == query.bot.id else Need.MEMBERS)
    people = query.world.society.people
    membership = chat.members.get(person, Membership(person, Status.LEFT))
    if person not in people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return write_member(people, chat, membership, query.bot.id)


async def get_chat_administrators(query: Query) -> list[Json]:
    """Answer getChatAdministrators: all of them but other bots."""
    chat = find_chat(query, Need.MEMBERS)
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("there are no administrators in the private chat")
    people = query.world.society.people
    admins = [one for one in chat.members.values() if one.is_admin]
    return [
        write_member(people, chat, one, query.bot.id)
        for one in admins
        if one.person == query.bot.id or one.person not in people or not people[one.person].is_bot
    ]


async def get_chat_member_count(query: Query) -> int:
    """Answer getChatMemberCount."""
    chat = find_chat(query, Need.MEMBERS)
    return sum(one.is_present for one in chat.members.values())


async def pin_chat_message(query: Query) -> bool:
    """Answer pinChatMessage."""
    chat, message = find_message(query, Need.WRITE, "message to pin")
    require_pinning(query, chat)
    if message.service is not None:
        raise bad_request("a service message can't be pinned")
    query.floods.admit_change(query.bot.id, chat)
    query.world.messages.pin(chat, message, query.bot.id)
    return True


async def unpin_chat_message(query: Query) -> bool:
    """Answer unpinChatMessage: a certain message, or the newest of those that are pinned."""
    if query.parameters.integer("message_id") > 0:
        chat, message = find_message(query, Need.WRITE, "message to unpin")
        number = message.id
    else:
        chat = find_chat(query, Need.WRITE)
        number = max(chat.pinned, default=0)
    require_pinning(query, chat)
    if not number:
        raise bad_request("message to unpin not found")
    query.world.messages.unpin(chat, number)
    return True


async def unpin_all_chat_messages(query: Query) -> bool:
    """Answer unpinAllChatMessages."""
    chat = find_chat(query, Need.WRITE)
    require_pinning(query, chat)
    for number in list(chat.pinned):
        query.world.messages.unpin(chat, number)
    return True


async def send_chat_action(query: Query) -> bool:
    """Answer sendChatAction."""
    action = query.parameters.text("action").lower()
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = find_chat(query, Need.WRITE)
    query.world.society.tell(ChatActed(chat.id, query.bot.id, action))
    return True


async def leave_chat(query: Query) -> bool:
    """Answer leaveChat."""
    chat = find_chat(query, Need.READ)
    if chat.kind is ChatKind.PRIVATE:
        raise bad_request("chat member status can't be changed in private chats")
    _require_membership(query, chat)
    query.world.society.set_member(chat, Membership(query.bot.id, Status.LEFT), query.bot.id)
    return True


def _require_membership(query: Query, chat: Chat) -> None:
    membership = chat.members.get(query.bot.id)
    if membership is None or not membership.is_present:
        raise bad_request("USER_NOT_PARTICIPANT")


METHODS: Mapping[str, Method] = {
    "getchat": get_chat,
    "getchatmember": get_chat_member,
    "getchatadministrators": get_chat_administrators,
    "getchatmembercount": get_chat_member_count,
    "getchatmemberscount": get_chat_member_count,
    "pinchatmessage": pin_chat_message,
    "unpinchatmessage": unpin_chat_message,
    "unpinallchatmessages": unpin_all_chat_messages,
    "sendchataction": send_chat_action,
    "leavechat": leave_chat,
}
