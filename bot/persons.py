"""Persons: who is meant by a mention, a reply or a contact, as far as Telegram tells a bot."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from telegram import Bot, Message, MessageEntity, User

from bot.authority import member_of
from bot.errors import WishGone
from bot.visits import entities_in, words_of
from rooms.appointments import Invited
from rooms.errors.people import BotInvited, PersonUnknown
from rooms.ids import ChatId, PersonId
from rooms.records import Store


@dataclass(frozen=True, slots=True)
class Mentions:
    """Who is named in a message, in order, and the words that are left without them."""

    people: tuple[Invited, ...]
    rest: str


def mentions_in(message: Message, argument: str) -> Mentions:
    """Everybody mentioned in a part of the message: by @username, or by a name that Telegram links to them.

    Of the places at which the part stands, the first one with a mention in it is taken.
    """
    text = words_of(message)
    named = entities_in(message, MessageEntity.MENTION, MessageEntity.TEXT_MENTION)
    in_order = sorted(named.items(), key=lambda pair: pair[0].offset)
    found = [(_place(text, entity), _mentioned(entity, name)) for entity, name in in_order]
    start = text.find(argument)
    while start >= 0 and argument:
        part = range(start, start + len(argument))
        within = [(place, who) for place, who in found if place.start in part and place[-1] in part]
        if within:
            return _cut(text, part, within)
        start = text.find(argument, start + 1)
    return Mentions((), " ".join(argument.split()))


def meant_by(message: Message, argument: str) -> Mentions:
    """Whom a command is about: those it mentions, else the author of the message that it answers."""
    mentioned = mentions_in(message, argument)
    author = answered_by(message)
    if mentioned.people or author is None:
        return mentioned
    return Mentions((author,), mentioned.rest)


def answered_by(message: Message) -> Invited | None:
    """The author of the message that this one answers; None for a bot, a group and a channel."""
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.sender_chat is not None:
        return None
    if answered.forum_topic_created is not None or answered.from_user.is_bot:
        return None
    return as_invited(answered.from_user)


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
    return Invited(user.full_name, person=PersonId(user.id), username=username, is_bot=user.is_bot)


def is_bot(one: Invited, ours: User | Bot) -> bool:
    """Whether somebody is a bot; by a mere user name Telegram tells that of none, but our own we know."""
    return one.is_bot or one.person == ours.id or one.username == (ours.username or "").lower()


def without_bots(people: Sequence[Invited], ours: User | Bot) -> tuple[list[Invited], BotInvited | None]:
    """The others, and the refusal of the bots among them."""
    bots = list(dict.fromkeys(one for one in people if is_bot(one, ours)))
    refusal = BotInvited(", ".join(one.name for one in bots)) if bots else None
    return [one for one in people if one not in bots], refusal


async def named_in(bot: Bot, chat: ChatId, person: PersonId) -> Invited:
    """Somebody by their number, as Telegram names them in the group; raises `WishGone` for nobody."""
    member = await member_of(bot, chat, person)
    if member is None:
        raise WishGone
    return as_invited(member.user)


def once(people: Sequence[Invited]) -> tuple[Invited, ...]:
    """The people in order, each as they were named first."""
    return tuple(
        one for index, one in enumerate(people) if not any(one.is_same(earlier) for earlier in people[:index])
    )


def _cut(text: str, part: range, within: Sequence[tuple[range, Invited]]) -> Mentions:
    """The people, and the part of the text without their names."""
    pieces, done = [], part.start
    for place, _who in within:
        pieces.append(text[done : place.start])
        done = place.stop
    pieces.append(text[done : part.stop])
    return Mentions(once([who for _place, who in within]), " ".join(" ".join(pieces).split()))


def _place(text: str, entity: MessageEntity) -> range:
    """Where an entity stands, in characters; Telegram counts units of UTF-16 (Bot API, `MessageEntity`)."""
    units = text.encode("utf-16-le")
    begin, end = (
        len(units[: 2 * at].decode("utf-16-le")) for at in (entity.offset, entity.offset + entity.length)
    )
    return range(begin, end)


async def recognized(store: Store, invited: Invited) -> Invited:
    """With the user name under which they wrote to the bot, where only their number was told."""
    if invited.person is None or invited.username is not None:
        return invited
    async with store.reading() as records:
        known = await records.people.find(invited.person)
    return replace(invited, username=known.username) if known is not None else invited


async def numbered(store: Store, invited: Invited) -> tuple[PersonId, str]:
    """The number and the name of who is meant; for a user name those of who wrote to the bot under it.

    Raises:
        PersonUnknown: only a user name is known, of somebody who never wrote to the bot.
    """
    if invited.person is not None:
        return invited.person, invited.name
    async with store.reading() as records:
        known = await records.people.by_username(invited.username) if invited.username is not None else None
    if known is None:
        raise PersonUnknown(invited.name)
    return known.id, known.name


def _mentioned(entity: MessageEntity, text: str) -> Invited:
    if entity.user is not None:
        return as_invited(entity.user)
    return Invited(text, username=text.removeprefix("@").lower())
