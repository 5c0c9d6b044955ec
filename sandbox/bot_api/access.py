"""Access: which chats and messages a bot can reach, and which rights it holds there."""

from enum import IntEnum

from sandbox.bot_api.parameters import number_in
from sandbox.bot_api.query import Query
from sandbox.bot_api.refusals import bad_request, forbidden
from sandbox.world.entities import Chat, ChatKind, Membership, Message, Status


class Need(IntEnum):
    """What a method wants of a chat, as telegram-bot-api distinguishes it."""

    READ = 0
    MEMBERS = 1
    EDIT = 2
    WRITE = 3


def find_chat(query: Query, need: Need, name: str = "chat_id") -> Chat:
    """The chat that a parameter means; raises `ApiError` unless it can be reached."""
    return reach_chat(query, query.parameters.text(name), need)


def reach_chat(query: Query, text: str, need: Need) -> Chat:
    """The chat that a number or an "@username" means; raises `ApiError` likewise."""
    text = text.strip()
    if not text:
        raise bad_request("chat_id is empty")
    if text.startswith("@"):
        chat = _public_chat(query, text[1:])
    else:
        chat = _numbered_chat(query, number_in(text), need)
    _check_reach(query, chat, need)
    return chat


def find_message(query: Query, need: Need, what: str, name: str = "message_id") -> tuple[Chat, Message]:
    """A message and its chat; `what` is how complaints call it, such as "message to edit"."""
    chat = find_chat(query, need)
    message = chat.messages.get(query.parameters.integer(name))
    if message is None:
        raise bad_request(f"{what} not found")
    return chat, message


def own_membership(query: Query, chat: Chat) -> Membership:
    """What the bot is in a chat."""
    return chat.members.get(query.bot.id, Membership(query.bot.id, Status.LEFT))


def require_right(query: Query, chat: Chat, right: str, complaint: str) -> None:
    """Raise the complaint unless the bot holds an admin right in a group; in private everybody may."""
    if chat.kind is not ChatKind.PRIVATE and not own_membership(query, chat).may(right):
        raise bad_request(complaint)


def require_pinning(query: Query, chat: Chat) -> None:
    """Raise unless the bot may pin; in a channel that is a matter of editing."""
    right = "can_edit_messages" if chat.kind is ChatKind.CHANNEL else "can_pin_messages"
    require_right(query, chat, right, "not enough rights to manage pinned messages in the chat")


def _public_chat(query: Query, username: str) -> Chat:
    for chat in query.world.society.chats.values():
        if chat.username and chat.username.lower() == username.lower():
            return chat
    raise bad_request("chat not found")


def _numbered_chat(query: Query, number: int, need: Need) -> Chat:
    society = query.world.society
    is_open = number not in society.chats or query.bot.id in society.chats[number].members
    if number in society.people and (number not in society.chats or not is_open):
        if need is not Need.WRITE:
            raise bad_request("chat not found")
        if society.people[number].is_bot:
            raise forbidden("bots can't send messages to bots")
        raise forbidden("bot can't initiate conversation with a user")
    return society.chat(number)


def _check_reach(query: Query, chat: Chat, need: Need) -> None:
    status = own_membership(query, chat).status
    if chat.kind is ChatKind.PRIVATE:
        if status is Status.KICKED and need >= Need.EDIT:
            raise forbidden("bot was blocked by the user")
        return
    if query.bot.id not in chat.members and not chat.username:
        raise bad_request("chat not found")
    is_public = bool(chat.username) or chat.kind is ChatKind.GROUP
    if status is Status.KICKED and (chat.kind is not ChatKind.GROUP or need >= Need.MEMBERS):
        raise forbidden(f"bot was kicked from the {chat.kind} chat")
    if status is Status.LEFT and (not is_public or need >= Need.MEMBERS):
        raise forbidden(f"bot is not a member of the {chat.kind} chat")
