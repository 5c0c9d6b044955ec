"""Methods for General, the topic that every forum has."""

from collections.abc import Mapping

from sandbox.bot_api.access import require_pinning, require_right
from sandbox.bot_api.methods.topics import (
    announce,
    find_forum,
    read_name,
    rename,
    require_minding,
    set_closed,
    unpin_all,
)
from sandbox.bot_api.outgoing import TOPIC_RIGHT
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.world.entities import Chat

_SWITCH = "close or open"


async def edit_general_forum_topic(query: Query) -> bool:
    """Answer editGeneralForumTopic."""
    chat = find_forum(query)
    require_minding(query, chat, chat.general, "edit")
    name = read_name(query)
    if not name:
        raise bad_request("title must be non-empty")
    return rename(query, chat, chat.general, name)


async def close_general_forum_topic(query: Query) -> bool:
    """Answer closeGeneralForumTopic."""
    chat = _find_minded(query)
    return set_closed(query, chat, chat.general, is_closed=True)


async def reopen_general_forum_topic(query: Query) -> bool:
    """Answer reopenGeneralForumTopic; it is shown again by it."""
    chat = _find_minded(query)
    return set_closed(query, chat, chat.general, is_closed=False)


async def hide_general_forum_topic(query: Query) -> bool:
    """Answer hideGeneralForumTopic; it is closed by it."""
    return _set_hidden(query, is_hidden=True)


async def unhide_general_forum_topic(query: Query) -> bool:
    """Answer unhideGeneralForumTopic; it stays closed."""
    return _set_hidden(query, is_hidden=False)


async def unpin_all_general_forum_topic_messages(query: Query) -> bool:
    """Answer unpinAllGeneralForumTopicMessages."""
    chat = find_forum(query)
    require_pinning(query, chat)
    unpin_all(query, chat, None)
    return True


def _set_hidden(query: Query, *, is_hidden: bool) -> bool:
    chat = find_forum(query)
    require_right(query, chat, TOPIC_RIGHT, f"not enough rights to {_SWITCH} the topic")
    if chat.general.is_hidden == is_hidden:
        raise bad_request("TOPIC_NOT_MODIFIED")
    chat.general.is_hidden = is_hidden
    chat.general.is_closed = chat.general.is_closed or is_hidden
    kind = "general_forum_topic_hidden" if is_hidden else "general_forum_topic_unhidden"
    announce(query, chat, chat.general, kind, {})
    return True


def _find_minded(query: Query) -> Chat:
    chat = find_forum(query)
    require_minding(query, chat, chat.general, _SWITCH)
    return chat


METHODS: Mapping[str, Method] = {
    "editgeneralforumtopic": edit_general_forum_topic,
    "closegeneralforumtopic": close_general_forum_topic,
    "reopengeneralforumtopic": reopen_general_forum_topic,
    "hidegeneralforumtopic": hide_general_forum_topic,
    "unhidegeneralforumtopic": unhide_general_forum_topic,
    "unpinallgeneralforumtopicmessages": unpin_all_general_forum_topic_messages,
}
