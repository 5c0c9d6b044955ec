"""Methods for the topics of a forum."""

from collections.abc import Mapping

from sandbox.bot_api.access import Need, find_chat, require_right
from sandbox.bot_api.outgoing import TOPIC_RIGHT
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.world.entities import Chat, Thread

LONGEST_NAME = 128
COLOURS = (0x6FB9F0, 0xFFD67E, 0xCB86DB, 0x8EEE98, 0xFF93B2, 0xFB6F5F)


async def create_forum_topic(query: Query) -> Json:
    """Answer createForumTopic; the message that announces the topic gives it its number."""
    chat = _find_forum(query, "not enough rights to create a topic")
    name = _read_name(query)
    if not name:
        raise bad_request("title must be non-empty")
    colour = query.parameters.integer("icon_color") or COLOURS[0]
    if colour not in COLOURS:
        raise bad_request("topic icon color is invalid")
    payload = {"name": name, "icon_color": colour}
    thread = query.world.messages.open_thread(chat, query.bot.id, name, payload)
    return {"message_thread_id": thread.id} | payload


async def edit_forum_topic(query: Query) -> bool:
    """Answer editForumTopic."""
    chat, thread = _find_thread(query)
    name = _read_name(query)
    if name == thread.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    if name:
        thread.name = name
        _announce(query, chat, thread, "forum_topic_edited", {"name": name})
    return True


async def close_forum_topic(query: Query) -> bool:
    """Answer closeForumTopic."""
    return _set_closed(query, is_closed=True)


async def reopen_forum_topic(query: Query) -> bool:
    """Answer reopenForumTopic."""
    return _set_closed(query, is_closed=False)


async def delete_forum_topic(query: Query) -> bool:
    """Answer deleteForumTopic, with all its messages."""
    chat = _find_forum(query, "not enough rights to delete the topic")
    require_right(query, chat, "can_delete_messages", "not enough rights to delete the topic")
    thread = _thread_of(query, chat)
    del chat.threads[thread.id]
    for message in [one for one in chat.messages.values() if one.thread == thread.id]:
        query.world.messages.delete(chat, message)
    return True


def _set_closed(query: Query, *, is_closed: bool) -> bool:
    chat, thread = _find_thread(query)
    if thread.is_closed == is_closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    thread.is_closed = is_closed
    _announce(query, chat, thread, "forum_topic_closed" if is_closed else "forum_topic_reopened", {})
    return True


def _announce(query: Query, chat: Chat, thread: Thread, kind: str, payload: Json) -> None:
    query.world.messages.serve(chat, query.bot.id, kind, payload, thread.id)


def _find_forum(query: Query, complaint: str) -> Chat:
    chat = find_chat(query, Need.WRITE)
    if not chat.is_forum:
        raise bad_request("the chat is not a forum")
    require_right(query, chat, TOPIC_RIGHT, complaint)
    return chat


def _find_thread(query: Query) -> tuple[Chat, Thread]:
    chat = _find_forum(query, "not enough rights to edit the topic")
    return chat, _thread_of(query, chat)


def _thread_of(query: Query, chat: Chat) -> Thread:
    thread = chat.threads.get(query.parameters.integer("message_thread_id"))
    if thread is None:
        raise bad_request("message thread not found")
    return thread


def _read_name(query: Query) -> str:
    """As Telegram reads it: white space made one, and what is too long cut off."""
    return " ".join(query.parameters.text("name").split())[:LONGEST_NAME].strip()


METHODS: Mapping[str, Method] = {
    "createforumtopic": create_forum_topic,
    "editforumtopic": edit_forum_topic,
    "closeforumtopic": close_forum_topic,
    "reopenforumtopic": reopen_forum_topic,
    "deleteforumtopic": delete_forum_topic,
}
