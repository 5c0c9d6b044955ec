"""Places: where somebody writes to, and why they may not."""

from dataclasses import dataclass

from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields
from sandbox.world.entities import Chat, ChatKind, Membership, Person, Status, Thread


@dataclass(frozen=True, slots=True)
class Place:
    """Who writes, in which chat, in which topic of a forum, and in answer to which message."""

    person: Person
    chat: Chat
    thread: int | None = None
    reply_to: int | None = None


def writable_place(access: Access, fields: Fields) -> Place:
    """The place that `as`, `chat`, `thread` and `reply_to` mean; an answer stays in its topic.

    Raises:
        Complaint: there is no such place, or the person may not write there.
    """
    person, chat = access.place(fields)
    reply_to, thread = fields.whole_if_any("reply_to"), fields.whole_if_any("thread")
    if reply_to is not None:
        answered = access.message(chat, reply_to)
        thread = answered.thread if thread is None else thread
    _check_thread(chat, person, thread)
    silence = why_silent(chat, person)
    if silence is not None:
        raise Complaint(403, silence)
    return Place(person, chat, thread, reply_to)


def why_silent(chat: Chat, person: Person) -> str | None:
    """Why somebody may write nothing in a chat that they are in, in a sentence; None when they may."""
    membership = chat.members[person.id]
    if chat.kind is ChatKind.CHANNEL and not membership.may("can_post_messages"):
        return "Only admins write in this channel."
    if membership.status is Status.RESTRICTED and "can_send_messages" not in membership.rights:
        return "An admin let you read here, and not write."
    if is_blocked(chat):
        return "You have blocked the bot."
    return None


def may_write_in(thread: Thread, membership: Membership) -> bool:
    """Whether somebody may write in a topic: in a closed one those who opened it, and who mind topics."""
    is_minder = thread.creator == membership.person or membership.may("can_manage_topics")
    return is_minder or not thread.is_closed


def is_blocked(chat: Chat) -> bool:
    """Whether a private chat is with a bot that its person wants to hear of no more."""
    others = (one for one in chat.members.values() if one.person != chat.id)
    return chat.kind is ChatKind.PRIVATE and any(one.status is Status.KICKED for one in others)


def _check_thread(chat: Chat, person: Person, number: int | None) -> None:
    thread = chat.general if number is None else chat.threads.get(number)
    if thread is None:
        raise Complaint(404, "There is no such topic in this chat.")
    if chat.is_forum and not may_write_in(thread, chat.members[person.id]):
        raise Complaint(403, "This topic is closed.")
