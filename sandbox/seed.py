"""What a sandbox begins with: the bot and the relay accounts alone, or the demo's people and their groups."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from sandbox.people.cast import PARTS, Cast
from sandbox.world.entities import Chat, Membership, Person, Status
from sandbox.world.messages import Draft
from sandbox.world.world import World

Lines = Sequence[tuple[str, str]]
"""Who says what, by keys of the cast."""

BOT_NAME, BOT_USERNAME = "Loggione", "loggione_bot"
RELAY_NAME, SPARE_NAME = "Loggione relay", "Loggione spare relay"

SPARE, RELAY = 10_000, 10_001
"""The relay accounts' ids; people follow. A bot's is the number that its token begins with, and is longer."""

BOT_RIGHTS = frozenset(
    {
        "can_pin_messages",
        "can_delete_messages",
        "can_manage_video_chats",
        "can_manage_topics",
        "can_invite_users",
    }
)
CHANNEL_RIGHTS = frozenset({"can_post_messages", "can_edit_messages", "can_delete_messages"})
RELAY_RIGHTS = frozenset({"can_manage_video_chats"})

BEGAN, PAUSE = timedelta(minutes=40), timedelta(minutes=3)
"""How long ago the first of the history was said, and how long it took until somebody said something more."""

TOPIC_COLOR = 7322096
"""One of the six that Telegram gives to icons of topics."""

CAREERS = (
    (
        "ada",
        "Welcome, everybody! This is for people who change their work after forty, or think of it.",
    ),
    ("ada", "We meet by voice now and then. Who has a story to tell?"),
    ("bruno", "I do: from lorry driver to nurse in four years. It is not a short story, though."),
    ("chiara", "I would love to hear it. And I have about a hundred questions."),
    ("daniele", "Anche io! Il giovedì sera sono sempre libero."),
    ("ada", "Then let us find an evening. I will schedule it here."),
)
READERS = {
    "Book of the month": (
        ("chiara", "I am halfway through and cannot put it down."),
        ("ada", "No spoilers before Sunday, please."),
    ),
    "Read aloud": (
        ("bruno", "Shall we read a chapter aloud some evening? I have the voice for the villain."),
        ("daniele", "Volentieri, ma io leggo in italiano."),
    ),
    "Swap shelf": (("daniele", "Regalo tre gialli, quasi nuovi."),),
}


def seed_empty(world: World, token: str) -> Cast:
    """The bot of this token and the relay accounts, in no group."""
    number = int(token.partition(":")[0])
    world.society.add(Person(number, BOT_NAME, username=BOT_USERNAME, is_bot=True, token=token))
    world.society.add(Person(RELAY, RELAY_NAME, username="loggione_relay"))
    world.society.add(Person(SPARE, SPARE_NAME, username="loggione_spare"))
    return Cast(number, RELAY, SPARE)


def seed_demo(world: World, token: str) -> Cast:
    """Four people and chats of every kind, with some history in two; in all of them is the bot.

    "careers", "readers" (a forum), "stage" (a new forum) and "lounge" have the bot and the relay account as
    admins, the first two also the spare relay account; "gazette" is the channel whose posts are discussed in
    the lounge, with the bot as an admin; in "choir", a basic group, the bot is an ordinary member.
    """
    cast = seed_empty(world, token)
    people = {part.key: RELAY + number for number, part in enumerate(PARTS, 1)}
    for part in PARTS:
        number = people[part.key]
        world.society.add(
            Person(number, part.name, username=f"{part.key}_demo", language_code=part.language_code)
        )
    ada = people["ada"]
    careers = world.society.create_group("Careers Forum", ada)
    readers = world.society.create_group("Reading circle", ada, is_forum=True)
    stage = world.society.create_group("Open stage", ada, is_forum=True)
    lounge = world.society.create_group("Gazette lounge", ada)
    for chat in (careers, readers, stage, lounge):
        _fill(chat, cast, people)
    for chat in (careers, readers):
        chat.members[cast.spare] = Membership(cast.spare, Status.ADMINISTRATOR, RELAY_RIGHTS)
    gazette, choir = _publish(world, lounge, cast, people), _sing(world, cast, people)
    _talk(world, careers, people, CAREERS)
    for name, lines in READERS.items():
        _talk(world, readers, people, lines, _open_topic(world, readers, ada, name))
    for chat in (careers, readers):
        _date(chat)
    chats = {
        "careers": careers,
        "readers": readers,
        "stage": stage,
        "gazette": gazette,
        "lounge": lounge,
        "choir": choir,
    }
    return replace(cast, people=people, chats={key: chat.id for key, chat in chats.items()})


def _fill(chat: Chat, cast: Cast, people: Mapping[str, int]) -> None:
    ada = people["ada"]
    members = [
        Membership(cast.bot, Status.ADMINISTRATOR, BOT_RIGHTS),
        Membership(cast.relay, Status.ADMINISTRATOR, RELAY_RIGHTS),
        *(Membership(person) for person in people.values() if person != ada),
    ]
    for membership in members:
        chat.members[membership.person] = membership


def _publish(world: World, lounge: Chat, cast: Cast, people: Mapping[str, int]) -> Chat:
    """Ada's channel: the others read it, and the bot posts in it."""
    channel = world.society.create_channel("Careers Gazette", people["ada"])
    channel.members |= {person: Membership(person) for key, person in people.items() if key != "ada"}
    channel.members[cast.bot] = Membership(cast.bot, Status.ADMINISTRATOR, CHANNEL_RIGHTS)
    world.society.link(channel, lounge)
    return channel


def _sing(world: World, cast: Cast, people: Mapping[str, int]) -> Chat:
    """Ada's basic group; neither the bot nor the relay account may do more in it than anybody."""
    group = world.society.create_group("Thursday choir", people["ada"], is_super=False)
    others = [person for person in (*people.values(), cast.bot, cast.relay) if person != people["ada"]]
    group.members |= {person: Membership(person) for person in others}
    return group


def _open_topic(world: World, chat: Chat, by: int, name: str) -> int:
    payload = {"name": name, "icon_color": TOPIC_COLOR}
    return world.messages.open_thread(chat, by, name, payload).id


def _talk(
    world: World, chat: Chat, people: Mapping[str, int], lines: Lines, thread: int | None = None
) -> None:
    for key, text in lines:
        world.messages.post(chat, people[key], Draft(text, thread=thread))


def _date(chat: Chat) -> None:
    for number, message in enumerate(chat.messages.values()):
        message.date += number * PAUSE - BEGAN
