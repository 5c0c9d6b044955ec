"""The guide: every command, what it does, and who may use it; /help and Telegram's menu are read from it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.words import Words
from rooms.roles import Action, Role, permits


@dataclass(frozen=True, slots=True)
class Entry:
    """A command; `action` is what it takes, None for what everybody may."""

    command: str
    text: str
    action: Action | None = None
    example: str = ""


def in_groups(words: Words) -> list[Entry]:
    """What can be asked for in a group, in the order in which it is explained."""
    gettext = words.gettext
    return [
        Entry("rooms", gettext("What is on, and what comes next; with a topic, only that")),
        Entry("stats", gettext("How the latest talks went"), Action.SEE_STATISTICS),
        Entry(
            "schedule",
            gettext("Plan a talk, step by step or in one line"),
            Action.SCHEDULE,
            gettext("/schedule Careers after 40 #careers | tomorrow 18:30 | 45m"),
        ),
        Entry("open", gettext("Let the next talk begin now"), Action.OPEN),
        Entry("close", gettext("End the talk that is on"), Action.CLOSE),
        Entry(
            "postpone",
            gettext("Move a talk to another time"),
            Action.CHANGE,
            gettext("/postpone Careers | Friday 19:00"),
        ),
        Entry(
            "change",
            gettext("Change a talk: title, description, length, seats, who may listen"),
            Action.CHANGE,
        ),
        Entry("invite", gettext("Ask somebody to speak, or to mind the talk with you"), Action.INVITE),
        Entry("host", gettext("Hand a talk over to somebody"), Action.HAND_OVER),
        Entry("cancel", gettext("Take a talk off the programme"), Action.CANCEL),
        Entry("settings", gettext("Language, time zone, topics, reminders and more"), Action.SET_UP),
        Entry("ban", gettext("Keep somebody out of the talks"), Action.BAN, gettext("/ban @name 7d reason")),
        Entry("pardon", gettext("Let somebody take part again"), Action.BAN),
        Entry("bans", gettext("Who is kept out"), Action.BAN),
        Entry("log", gettext("Who did what"), Action.READ_LOG),
        Entry("privacy", gettext("What is kept about this group"), Action.SET_UP),
        Entry("forget", gettext("Erase everything about this group"), Action.SET_UP),
        Entry("help", gettext("What I can do for you")),
    ]


def in_private(words: Words) -> list[Entry]:
    """What can be asked for in a private chat."""
    gettext = words.gettext
    return [
        Entry("start", gettext("What I am")),
        Entry("language", gettext("In which language I write to you")),
        Entry("privacy", gettext("What is kept about you")),
        Entry("forget", gettext("Erase everything about you")),
        Entry("cancel", gettext("End what we are talking about")),
        Entry("help", gettext("What I can do for you")),
    ]


def permitted(entries: list[Entry], roles: frozenset[Role], *, may_schedule: bool) -> Iterator[Entry]:
    """Those that somebody with these roles may use; where members may schedule, that too."""
    for entry in entries:
        is_opened = entry.action is Action.SCHEDULE and may_schedule and Role.BANNED not in roles
        if entry.action is None or permits(roles, entry.action) or is_opened:
            yield entry
