"""Outgoing: where a bot's new message goes, what it replies to and what hangs under it."""

from dataclasses import dataclass, replace

from sandbox.bot_api.access import Need, find_chat, own_membership
from sandbox.bot_api.fields import Fields
from sandbox.bot_api.keyboards import read_markup
from sandbox.bot_api.query import Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.bot_api.shapes.messages import write_message
from sandbox.world.entities import Chat, ChatKind, Message, Status, Thread
from sandbox.world.messages import Draft

TOPIC_RIGHT = "can_manage_topics"
_TEXT = ("can_send_messages", "text messages")
_KINDS = {
    "photo": ("can_send_photos", "photos"),
    "document": ("can_send_documents", "documents"),
    "audio": ("can_send_audios", "music"),
    "voice": ("can_send_voice_notes", "voice notes"),
}
"""What somebody restricted must be allowed, and how its lack is complained of."""


@dataclass(frozen=True, slots=True)
class _Reply:
    """The message to be replied to, 0 for none; `may_fail` sends the new one without when it is gone."""

    message: int = 0
    may_fail: bool = False
    chat: str = ""


def send(query: Query, draft: Draft) -> Json:
    """Post a draft as the bot, by the request's other parameters; gives its Message. Raises as `post`."""
    return write_message(query.world.society, post(query, draft))


def post(query: Query, draft: Draft) -> Message:
    """Post a draft as the bot, with what the request says of keyboard, reply and topic.

    Raises:
        ApiError: the chat, topic or replied message cannot be had, the keyboard is wrong, or it is a flood.
    """
    reply = _read_reply(query)
    private_chat = query.parameters.integer("chat_id") > 0
    markup = read_markup(query.parameters, is_private=private_chat)
    chat = find_chat(query, Need.WRITE)
    require_voice(query, chat, draft)
    replied = _find_replied(query, chat, reply)
    thread = _find_thread(query, chat, replied)
    query.floods.admit(query.bot.id, chat)
    whole = replace(
        draft,
        keyboard=markup.keyboard,
        letters=markup.letters,
        reply_to=None if replied is None else replied.id,
        thread=thread,
    )
    return query.world.messages.post(chat, query.bot.id, whole)


def require_voice(query: Query, chat: Chat, draft: Draft) -> None:
    """Raise unless the bot may say this in a chat."""
    membership = own_membership(query, chat)
    right, what = _KINDS.get("" if draft.media is None else draft.media.kind, _TEXT)
    if membership.status is Status.RESTRICTED and right not in membership.rights:
        raise bad_request(f"not enough rights to send {what} to the chat")
    if chat.kind is ChatKind.CHANNEL and not membership.may("can_post_messages"):
        raise bad_request("need administrator rights in the channel chat")


def require_open(query: Query, chat: Chat, thread: Thread) -> None:
    """Raise unless the bot may write in a topic; into a closed one write who opened it and who minds it."""
    is_minder = thread.creator == query.bot.id or own_membership(query, chat).may(TOPIC_RIGHT)
    if thread.is_closed and not is_minder:
        raise bad_request("TOPIC_CLOSED")


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
    """The topic that the message goes to, None in General; General's own number is not taken for it."""
    number = query.parameters.integer("message_thread_id")
    if number <= 0:
        number = 0 if replied is None else replied.thread or 0
    elif not chat.is_forum or number not in chat.threads:
        raise bad_request("message thread not found")
    thread = chat.threads.get(number, chat.general)
    if chat.is_forum:
        require_open(query, chat, thread)
    return number or None
