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
        Entry("hand", gettext("Ask to speak in the talk that is on, or not any more"), Action.RAISE_HAND),
        Entry("links", gettext("The links into the voice chat"), Action.RAISE_HAND),
        Entry("stats", gettext("How the latest talks went"), Action.SEE_STATISTICS),
        Entry(
            "schedule",
            gettext("Plan a talk, step by step or in one line"),
            Action.SCHEDULE,
            gettext("/schedule Careers after 40 #careers | tomorrow 18:30 | 45m"),
        ),
        Entry("open", gettext("Let the next talk begin now"), Action.OPEN),
        Entry("close", gettext("End the talk that is on"), Action.CLOSE),
        Entry("stage", gettext("Mind the stage of the talk that is on"), Action.MIND_STAGE),
        Entry("speaker", gettext("Let somebody speak"), Action.MIND_STAGE, gettext("/speaker @name")),
        Entry("listener", gettext("Let somebody listen only"), Action.MIND_STAGE),
        Entry("mute", gettext("Turn off a microphone, or all"), Action.MIND_STAGE, gettext("/mute all")),
        Entry("questions", gettext("Read what the gallery asks"), Action.MIND_STAGE),
        Entry(
            "gallery",
            gettext("Close the gallery, so that nobody listens outside, or open it again"),
            Action.CLOSE_GALLERY,
            gettext("/gallery close"),
        ),
        Entry("turn", gettext("How long a turn to speak lasts"), Action.MIND_STAGE, gettext("/turn 3m")),
        Entry(
            "play",
            gettext("Play a file, a voice message or a radio in the talk"),
            Action.PLAY,
            gettext("/play https://radio.example/live.mp3"),
        ),
        Entry("pause", gettext("Let what plays rest; /resume lets it go on"), Action.PLAY),
        Entry("skip", gettext("Go on with the next sound"), Action.PLAY),
        Entry("stop", gettext("Play nothing any more"), Action.PLAY),
        Entry("volume", gettext("How loud sounds are"), Action.PLAY, gettext("/volume 60")),
        Entry("say", gettext("Have a notice read aloud"), Action.PLAY, gettext("/say We begin in a minute.")),
        Entry(
            "bridge",
            gettext("Have the talk carried in another group too"),
            Action.BRIDGE,
            gettext("/bridge @othergroup"),
        ),
        Entry("unbridge", gettext("Let a talk be carried no more"), Action.UNBRIDGE),
        Entry("outlets", gettext("Servers to which the talks go out"), Action.RESTREAM),
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
        Entry(
            "clip",
            gettext("Post a short piece of the talk, or of its recording"),
            Action.CLIP,
            gettext("/clip 30s A fine answer"),
        ),
        Entry("recordings", gettext("Which recordings are kept, and until when")),
        Entry("consent", gettext("Whether your voice is kept in recordings")),
        Entry("invite", gettext("Ask somebody to speak, or to mind the talk with you"), Action.INVITE),
        Entry("uninvite", gettext("Take an invitation back, or somebody's part in the talk"), Action.INVITE),
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
        Entry("consent", gettext("Whether your voice is kept in recordings")),
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
