"""Outgoing: where a bot's new message goes, what it replies to and what hangs under it."""

from dataclasses import dataclass

from sandbox.bot_api.access import Need, find_chat, own_membership
from sandbox.bot_api.fields import Fields
from sandbox.bot_api.formatting import Formatted
from sandbox.bot_api.keyboards import read_keyboard
from sandbox.bot_api.query import Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.bot_api.shapes.messages import write_message
from sandbox.world.entities import Chat, ChatKind, Media, Message, Status
from sandbox.world.messages import Draft

TOPIC_RIGHT = "can_manage_topics"


@dataclass(frozen=True, slots=True)
class _Reply:
    """The message to be replied to, 0 for none; `may_fail` sends the new one without when it is gone."""

    message: int = 0
    may_fail: bool = False
    chat: str = ""


def send(
    query: Query, content: Formatted, media: Media | None = None, link_preview: Json | None = None
) -> Json:
    """Post a message as the bot, by the request's other parameters; gives its Message.

    Raises:
        ApiError: the chat, topic or replied message cannot be had, the keyboard is wrong, or it is a flood.
    """
    reply = _read_reply(query)
    private_chat = query.parameters.integer("chat_id") > 0
    keyboard = read_keyboard(query.parameters, is_private=private_chat)
    chat = find_chat(query, Need.WRITE)
    _require_voice(query, chat, media)
    replied = _find_replied(query, chat, reply)
    thread = _find_thread(query, chat, replied)
    query.floods.admit(query.bot.id, chat)
    draft = Draft(
        content.text,
        content.entities,
        media,
        keyboard,
        None if replied is None else replied.id,
        thread,
        link_preview=link_preview,
    )
    return write_message(query.world.society, query.world.messages.post(chat, query.bot.id, draft))


def _read_reply(query: Query) -> _Reply:
    values = query.parameters.json("reply_parameters", "can't parse reply parameters JSON object")
    if values is None:
        message = query.parameters.integer("reply_to_message_id")
        return _Reply(max(message, 0), query.parameters.flag("allow_sending_without_reply"))
    if not isinstance(values, dict):
        raise bad_request("object expected as reply parameters")
    if not values:
        return _Reply()
    fields = Fields(values)
    message = max(fields.required_integer("message_id"), 0)
    return _Reply(message, fields.flag("allow_sending_without_reply"), fields.text("chat_id"))


def _find_replied(query: Query, chat: Chat, reply: _Reply) -> Message | None:
    if not reply.message:
        return None
    is_here = reply.chat in ("", str(chat.id), query.parameters.text("chat_id"))
    message = chat.messages.get(reply.message) if is_here else None
    if message is None and not reply.may_fail:
        raise bad_request("message to be replied not found")
    return message


def _find_thread(query: Query, chat: Chat, replied: Message | None) -> int | None:
    number = query.parameters.integer("message_thread_id")
    if number <= 0:
        return None if replied is None else replied.thread
    thread = chat.threads.get(number) if chat.is_forum else None
    if thread is None:
        raise bad_request("message thread not found")
    if thread.is_closed and not own_membership(query, chat).may(TOPIC_RIGHT):
        raise bad_request("TOPIC_CLOSED")
    return thread.id


def _require_voice(query: Query, chat: Chat, media: Media | None) -> None:
    membership = own_membership(query, chat)
    if membership.status is Status.RESTRICTED:
        what = "text messages" if media is None else f"{media.kind}s"
        raise bad_request(f"not enough rights to send {what} to the chat")
    if chat.kind is ChatKind.CHANNEL and not membership.may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")
