"""Persons: who is meant by a mention, a reply or a contact, as far as Telegram tells a bot."""

from collections.abc import Sequence
from dataclasses import dataclass

from telegram import Message, MessageEntity, User

from rooms.appointments import Invited
from rooms.ids import PersonId


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who is named in a message, in order, and the words that are left without them."""

    people: tuple[Invited, ...]
    rest: str


def mentions_in(message: Message, argument: str) -> Mentions:
    """Everybody mentioned: by @username, or by a name that Telegram links to its person (`text_mention`)."""
    found = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    people, rest = [], argument
    for entity, text in sorted(found.items(), key=lambda pair: pair[0].offset):
        if text not in rest:
            continue
        people.append(_mentioned(entity, text))
        rest = rest.replace(text, " ", 1)
    return Mentions(_once(people), " ".join(rest.split()))


def meant_by(message: Message, argument: str) -> Mentions:
    """Whom a command is about: those it mentions, else the author of the message that it answers."""
    mentioned = mentions_in(message, argument)
    if mentioned.people:
        return mentioned
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.sender_chat is not None:
        return mentioned
    if answered.forum_topic_created is not None or answered.from_user.is_bot:
        return mentioned
    return Mentions((as_invited(answered.from_user),), mentioned.rest)


def contact_in(message: Message) -> Invited | None:
    """The person of a shared contact; None for a number that belongs to no account."""
    contact = message.contact
    if contact is None or contact.user_id is None:
        return None
    name = " ".join(part for part in (contact.first_name, contact.last_name) if part)
    return Invited(name, person=PersonId(contact.user_id))


def as_invited(user: User) -> Invited:
    """A user as somebody to be asked."""
    username = user.username.lower() if user.username else None
    return Invited(user.full_name, person=PersonId(user.id), username=username)


def _mentioned(entity: MessageEntity, text: str) -> Invited:
    if entity.user is not None:
        return as_invited(entity.user)
    return Invited(text, username=text.removeprefix("@").lower())


def _once(people: Sequence[Invited]) -> tuple[Invited, ...]:
    return tuple(dict.fromkeys(people))
