"""Methods that bring a message into another chat, with its origin or as a copy."""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from sandbox.bot_api.access import Need, find_chat
from sandbox.bot_api.fields import Fields
from sandbox.bot_api.methods.messages import read_caption
from sandbox.bot_api.outgoing import post, send
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.world.entities import Message
from sandbox.world.messages import Draft
from sandbox.world.origins import origin_of

MOST = 100


async def forward_message(query: Query) -> Json:
    """Answer forwardMessage; keyboards stay behind."""
    return send(query, _forward(query, _find_source(query, "forward", "forwarded")))


async def copy_message(query: Query) -> Json:
    """Answer copyMessage; a caption that is given, even an empty one, replaces that of media."""
    message = _find_source(query, "copy", "copied")
    draft = _copy(message)
    if message.media is not None and "caption" in query.parameters.texts:
        caption = read_caption(query.parameters)
        draft = replace(draft, text=caption.text, entities=caption.entities)
    return {"message_id": post(query, draft).id}


async def forward_messages(query: Query) -> list[Json]:
    """Answer forwardMessages: those that can be, in their order."""
    messages = _find_sources(query, "forward")
    return [{"message_id": post(query, _forward(query, message)).id} for message in messages]


async def copy_messages(query: Query) -> list[Json]:
    """Answer copyMessages: those that can be, in their order, without captions if so wished."""
    messages = _find_sources(query, "copy")
    drafts = [_copy(message) for message in messages]
    if query.parameters.flag("remove_caption"):
        drafts = [replace(one, text="", entities=[]) if one.media else one for one in drafts]
    return [{"message_id": post(query, draft).id} for draft in drafts]


def _forward(query: Query, message: Message) -> Draft:
    return replace(_copy(message), origin=origin_of(query.world.society, message))


def _copy(message: Message) -> Draft:
    return Draft(
        message.text,
        message.entities,
        message.media,
        link_preview=message.link_preview,
        contact=message.contact,
    )


def _find_source(query: Query, verb: str, participle: str) -> Message:
    source = find_chat(query, Need.READ, "from_chat_id")
    message = source.messages.get(query.parameters.integer("message_id"))
    if message is None:
        raise bad_request(f"message to {verb} not found")
    if message.service is not None:
        raise bad_request(f"the message can't be {participle}")
    return message


def _find_sources(query: Query, verb: str) -> list[Message]:
    listed = query.parameters.json("message_ids", "can't parse message identifiers JSON object")
    if not isinstance(listed, list) or not listed:
        raise bad_request("message identifiers are not specified")
    if len(listed) > MOST:
        raise bad_request(f"too many messages to {verb}")
    numbers = [Fields({"message_id": one}).required_integer("message_id") for one in listed]
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise bad_request("message identifiers must be in a strictly increasing order")
    source = find_chat(query, Need.READ, "from_chat_id")
    found = [source.messages[number] for number in numbers if number in source.messages]
    messages = [message for message in found if message.service is None]
    if not messages:
        raise bad_request(f"there are no messages to {verb}")
    return messages


METHODS: Mapping[str, Method] = {
    "forwardmessage": forward_message,
    "forwardmessages": forward_messages,
    "copymessage": copy_message,
    "copymessages": copy_messages,
}
