"""Methods for the topics of a forum."""

from collections.abc import Mapping

from sandbox.bot_api.access import Need, find_chat, require_pinning, require_right
from sandbox.bot_api.outgoing import TOPIC_RIGHT
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.world.entities import GENERAL, Chat, Thread

LONGEST_NAME = 128
COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)


async def create_forum_topic(query: Query) -> Json:
    """Answer createForumTopic; the message that announces the topic gives it its number."""
    chat = find_forum(query)
    require_right(query, chat, TOPIC_RIGHT, "not enough rights to create a topic")
    name = read_name(query)
    if not name:
        raise bad_request("title must be non-empty")
    colour = query.parameters.integer("icon_color") or COLOURS[0]
    if colour not in COLOURS:
        raise bad_request("topic icon color is invalid")
    payload = {"name": name, "icon_color": colour}
    thread = query.world.messages.open_thread(chat, query.bot.id, name, payload)
    return {"message_thread_id": thread.id} | payload


async def edit_forum_topic(query: Query) -> bool:
    """Answer editForumTopic; without a name it keeps the one that it has."""
    chat, thread = _find_minded(query, "edit")
    return rename(query, chat, thread, read_name(query))


async def close_forum_topic(query: Query) -> bool:
    """Answer closeForumTopic."""
    chat, thread = _find_minded(query, "close or open")
    return set_closed(query, chat, thread, is_closed=True)


async def reopen_forum_topic(query: Query) -> bool:
    """Answer reopenForumTopic."""
    chat, thread = _find_minded(query, "close or open")
    return set_closed(query, chat, thread, is_closed=False)


async def delete_forum_topic(query: Query) -> bool:
    """Answer deleteForumTopic, with all its messages; the bot's own topic too takes the right to delete."""
    chat = find_forum(query)
    number = _read_number(query)
    require_right(query, chat, "can_delete_messages", "not enough rights to delete the topic")
    thread = _thread_of(chat, number)
    del chat.threads[thread.id]
    for message in [one for one in chat.messages.values() if one.thread == thread.id]:
        query.world.messages.delete(chat, message)
    return True


async def unpin_all_forum_topic_messages(query: Query) -> bool:
    """Answer unpinAllForumTopicMessages."""
    chat = find_forum(query)
    number = _read_number(query)
    require_pinning(query, chat)
    unpin_all(query, chat, _thread_of(chat, number).id)
    return True


def find_forum(query: Query) -> Chat:
    """The chat of the request, which must be a forum."""
    chat = find_chat(query, Need.WRITE)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    return chat


def require_minding(query: Query, chat: Chat, thread: Thread, deed: str) -> None:
    """Raise unless the bot opened the topic or may mind all; `deed` is how complaints call it."""
    if thread.creator != query.bot.id:
        require_right(query, chat, TOPIC_RIGHT, f"not enough rights to {deed} the topic")


def rename(query: Query, chat: Chat, thread: Thread, name: str) -> bool:
    """Give a topic another name, and say so in it; without one, nothing happens."""
    if name == thread.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    if name:
        thread.name = name
        announce(query, chat, thread, "forum_topic_edited", {"name": name})
    return True


def set_closed(query: Query, chat: Chat, thread: Thread, *, is_closed: bool) -> bool:
    """Close a topic, or open it again, and say so in it; a hidden one is shown again by it."""
    if thread.is_closed == is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    thread.is_closed = is_closed
    thread.is_hidden = thread.is_hidden and is_closed
    announce(query, chat, thread, "forum_topic_closed" if is_closed else "forum_topic_reopened", {})
    return True


def announce(query: Query, chat: Chat, thread: Thread, kind: str, payload: Json) -> None:
    """Say in a topic what became of it."""
    number = None if thread.id == GENERAL else thread.id
    query.world.messages.serve(chat, query.bot.id, kind, payload, number)


def unpin_all(query: Query, chat: Chat, thread: int | None) -> None:
    """Unpin what is pinned in a topic; None is General."""
    for number in list(chat.pinned):
        message = chat.messages.get(number)
        if message is not None and message.thread == thread:
            query.world.messages.unpin(chat, number)


def _find_minded(query: Query, deed: str) -> tuple[Chat, Thread]:
    chat = find_forum(query)
    number = _read_number(query)
    require_minding(query, chat, chat.threads.get(number, chat.general), deed)
    return chat, _thread_of(chat, number)


def _read_number(query: Query) -> int:
    number = query.parameters.integer("message_thread_id")
    if number <= 0:
        raise bad_request("invalid forum topic identifier specified")
    return number


def _thread_of(chat: Chat, number: int) -> Thread:
    if number not in chat.threads:
        raise bad_request("TOPIC_ID_INVALID")
    return chat.threads[number]


def read_name(query: Query) -> str:
    """A topic's name as Telegram reads it: white space made one, and what is too long cut off."""
    return " ".join(query.parameters.text("name").split())[:LONGEST_NAME].strip()


METHODS: Mapping[str, Method] = {
    "createforumtopic": create_forum_topic,
    "editforumtopic": edit_forum_topic,
    "closeforumtopic": close_forum_topic,
    "reopenforumtopic": reopen_forum_topic,
    "deleteforumtopic": delete_forum_topic,
    "unpinallforumtopicmessages": unpin_all_forum_topic_messages,
}
