"""Methods that write, change and delete messages."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from sandbox.bot_api.access import Need, find_chat, find_message, own_membership
from sandbox.bot_api.fields import Fields
from sandbox.bot_api.formatting import Formatted, read_formatted
from sandbox.bot_api.keyboards import read_markup
from sandbox.bot_api.outgoing import send
from sandbox.bot_api.parameters import Parameters
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.bot_api.shapes.messages import write_message
from sandbox.world.entities import Chat, ChatKind, Message
from sandbox.world.markup import utf16
from sandbox.world.messages import Draft

LONGEST_TEXT = 4096
LONGEST_CAPTION = 1024
MOST_DELETED = 100

DELETABLE = timedelta(hours=48)
"""How long a bot can delete what was written."""


async def send_message(query: Query) -> Json:
    """Answer sendMessage."""
    preview = _read_link_preview(query)
    content = _read_text(query)
    return send(query, Draft(content.text, content.entities, link_preview=preview))


async def edit_message_text(query: Query) -> Json:
    """Answer editMessageText; a keyboard that is not sent again goes."""
    preview = _read_link_preview(query)
    content = _read_text(query)
    chat, message = find_editable(query)
    if message.media is not None or not message.text:
        raise bad_request("there is no text in the message to edit")
    _edit(query, chat, message, content)
    message.link_preview = preview
    return write_message(query.world.society, message)


async def edit_message_caption(query: Query) -> Json:
    """Answer editMessageCaption; without a caption there is none any more."""
    content = read_caption(query.parameters)
    chat, message = find_editable(query)
    if message.media is None:
        raise bad_request("there is no caption in the message to edit")
    return _edit(query, chat, message, content)


async def edit_message_reply_markup(query: Query) -> Json:
    """Answer editMessageReplyMarkup."""
    chat, message = find_editable(query)
    return _edit(query, chat, message, Formatted(message.text, message.entities))


async def delete_message(query: Query) -> bool:
    """Answer deleteMessage: one's own, all of a private chat, and others' with the right to."""
    chat, message = find_message(query, Need.WRITE, "message to delete")
    _require_deletable(query, chat, message)
    query.world.messages.delete(chat, message)
    return True


async def delete_messages(query: Query) -> bool:
    """Answer deleteMessages; those that are gone are passed over."""
    listed = query.parameters.json("message_ids", "can't parse message_ids JSON object")
    if listed is None:
        raise bad_request("message identifiers are not specified")
    if not isinstance(listed, list):
        raise bad_request("expected an Array of message identifiers")
    if len(listed) > MOST_DELETED:
        raise bad_request("too many message identifiers specified")
    chat = find_chat(query, Need.WRITE)
    numbers = [Fields({"message_id": one}).required_integer("message_id") for one in listed]
    messages = [chat.messages[number] for number in dict.fromkeys(numbers) if number in chat.messages]
    for message in messages:
        _require_deletable(query, chat, message)
    for message in messages:
        query.world.messages.delete(chat, message)
    return True


def read_caption(parameters: Parameters) -> Formatted:
    """The caption of a request, maybe empty; raises `ApiError` when it is too long or badly formatted."""
    content = read_formatted(parameters, "caption", "caption_entities")
    if utf16(content.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    return content


def _read_text(query: Query) -> Formatted:
    if "text" not in query.parameters:
        raise bad_request("message text is empty")
    content = read_formatted(query.parameters, "text", "entities")
    if not content.text:
        raise bad_request("text must be non-empty")
    if utf16(content.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    return content


def _read_link_preview(query: Query) -> Json | None:
    values = query.parameters.json("link_preview_options", "can't parse link preview options JSON object")
    if values is None:
        return {"is_disabled": True} if query.parameters.flag("disable_web_page_preview") else None
    if not isinstance(values, dict):
        raise bad_request("object expected as link preview options")
    fields = Fields(values)
    names = ("is_disabled", "prefer_small_media", "prefer_large_media", "show_above_text")
    options: Json = {name: True for name in names if fields.flag(name)}
    if address := fields.text("url"):
        options["url"] = address
    return options or None


def find_editable(query: Query, what: str = "message") -> tuple[Chat, Message]:
    """The message to be edited, with its chat; `what` cannot be edited when it is not the bot's to edit.

    A forward and a message that came with a keyboard for the letters stay as they are.
    """
    if not query.parameters.text("chat_id") and not query.parameters.integer("message_id"):
        if "inline_message_id" in query.parameters:
            raise bad_request("MESSAGE_ID_INVALID")
        raise bad_request("message identifier is not specified")
    chat, message = find_message(query, Need.EDIT, "message to edit")
    is_fixed = message.service is not None or message.origin is not None or message.letters is not None
    if is_fixed or not _is_to_edit(query, chat, message):
        raise bad_request(f"{what} can't be edited")
    return chat, message


def _is_to_edit(query: Query, chat: Chat, message: Message) -> bool:
    """In a channel admins may have the right to edit what others posted."""
    if chat.kind is not ChatKind.CHANNEL:
        return message.sender == query.bot.id
    membership = own_membership(query, chat)
    is_own = message.sender == query.bot.id and membership.may("can_post_messages")
    return is_own or membership.may("can_edit_messages")


def _edit(query: Query, chat: Chat, message: Message, content: Formatted) -> Json:
    return rework(query, chat, message, Draft(content.text, content.entities, message.media))


def rework(query: Query, chat: Chat, message: Message, draft: Draft) -> Json:
    """Give a message a new content, and the keyboard of the request or none; gives its Message."""
    markup = read_markup(query.parameters, is_private=chat.kind is ChatKind.PRIVATE)
    query.floods.admit_change(query.bot.id, chat)
    query.world.messages.rework(message, replace(draft, keyboard=markup.keyboard))
    return write_message(query.world.society, message)


def _require_deletable(query: Query, chat: Chat, message: Message) -> None:
    is_own = message.sender == query.bot.id
    is_private = chat.kind is ChatKind.PRIVATE
    makes_topic = message.service is not None and message.service[0] == "forum_topic_created"
    membership = own_membership(query, chat)
    if chat.kind is ChatKind.CHANNEL:
        is_own = is_own and membership.may("can_post_messages")
    is_old = query.world.society.now() - message.date > DELETABLE
    may_delete = is_own or is_private or membership.may("can_delete_messages")
    if makes_topic or is_old or not may_delete:
        raise bad_request("message can't be deleted")


METHODS: Mapping[str, Method] = {
    "sendmessage": send_message,
    "editmessagetext": edit_message_text,
    "editmessagecaption": edit_message_caption,
    "editmessagereplymarkup": edit_message_reply_markup,
    "deletemessage": delete_message,
    "deletemessages": delete_messages,
}
