"""What a refusal says to a person: one table, a sentence for each class, plain text that fits an alert."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from bot import errors, saying, times
from bot.words import Words
from rooms import errors as rooms_errors
from rooms.errors import Refusal
from rooms.roles import Action
from rooms.room import RoomState

PIECE = 40
"""Characters of a person's own words that are quoted back at most."""


@dataclass(frozen=True, slots=True)
class Speech:
    """In which words, and in which zone, a person is spoken to."""

    words: Words
    zone: ZoneInfo


def sentence(refusal: Refusal, speech: Speech) -> str:
    """What to tell the person; a class without a sentence of its own speaks by its nearest ancestor."""
    for kind in type(refusal).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind](refusal, speech)
    raise refusal


def _not_allowed(refusal: rooms_errors.NotAllowed, speech: Speech) -> str:
    gettext = speech.words.gettext
    sentences = {
        Action.SCHEDULE: gettext("Only admins of this group can schedule talks."),
        Action.OPEN: gettext("Only the talk's host and the admins of this group can open it."),
        Action.CLOSE: gettext("Only the talk's host and the admins of this group can close it."),
        Action.CANCEL: gettext("Only the talk's host and the admins of this group can cancel it."),
    }
    return sentences[Action(refusal.action)]


def _wrong_state(refusal: rooms_errors.WrongState, speech: Speech) -> str:
    gettext = speech.words.gettext
    sentences = {
        RoomState.DRAFT: gettext("This talk is not on the programme yet."),
        RoomState.SCHEDULED: gettext("This talk is on the programme already: /cancel takes it off."),
        RoomState.OPENING: gettext("This talk is opening already: /close ends it."),
        RoomState.LIVE: gettext("This talk is on already: /close ends it."),
        RoomState.CLOSING: gettext("This talk is ending."),
        RoomState.CANCELLED: gettext("This talk was cancelled. Plan it again with /schedule."),
    }
    return sentences.get(RoomState(refusal.state), gettext("This talk is over."))


def _title_too_long(refusal: rooms_errors.TitleTooLong, speech: Speech) -> str:
    text = speech.words.gettext(
        "That title has {length} characters, and a voice chat shows {limit}: a shorter one, please."
    )
    return text.format(length=refusal.length, limit=refusal.limit)


def _topic_malformed(refusal: rooms_errors.TopicMalformed, speech: Speech) -> str:
    text = speech.words.gettext(
        "“#{topic}” cannot be a topic: write one tag of up to 32 letters, digits or underscores."
    )
    return text.format(topic=_piece(refusal.topic))


def _starts_in_past(refusal: rooms_errors.StartsInPast, speech: Speech) -> str:
    text = speech.words.gettext("{when} has gone by. When else? Send /schedule again.")
    return text.format(when=saying.moment(refusal.starts_at, speech.zone, speech.words))


def _too_far_ahead(refusal: rooms_errors.StartsTooFarAhead, speech: Speech) -> str:
    text = speech.words.gettext("{when} is too far ahead: the programme reaches a year from now.")
    return text.format(when=saying.moment(refusal.starts_at, speech.zone, speech.words))


def _duration(refusal: rooms_errors.DurationOutOfRange, speech: Speech) -> str:
    shortest, longest = refusal.bounds
    text = speech.words.gettext("A talk lasts from {shortest} to {longest}; that would be {length}.")
    return text.format(
        shortest=saying.length(shortest, speech.words),
        longest=saying.length(longest, speech.words),
        length=saying.length(refusal.duration, speech.words),
    )


def _clash(refusal: rooms_errors.Clash, speech: Speech) -> str:
    text = speech.words.gettext(
        "“{title}” ({when}) has that hour, and the group has one voice chat. Choose another time."
    )
    when = saying.label(refusal.starts_at, speech.zone, speech.zone, speech.words)
    return text.format(title=refusal.title, when=when)


def _which_room(refusal: rooms_errors.WhichRoom, speech: Speech) -> str:
    text = speech.words.gettext("Which one? Several titles have these words in them: {titles}")
    return text.format(titles="; ".join(f"“{title}”" for title in refusal.titles))


def _nothing_called(refusal: errors.NothingCalled, speech: Speech) -> str:
    text = speech.words.gettext("No talk here has “{words}” in its title. /rooms shows those there are.")
    return text.format(words=_piece(refusal.name))


def _time_not_understood(refusal: times.TimeNotUnderstood, speech: Speech) -> str:
    text = speech.words.gettext(
        "I cannot read “{words}” as a time. Write it like “tomorrow 18:30”, “Friday 18:30” or “in 2 hours”."
    )
    return text.format(words=_piece(refusal.part or refusal.words))


def _time_impossible(refusal: times.TimeImpossible, speech: Speech) -> str:
    text = speech.words.gettext("No calendar and no clock shows “{words}”. Please look at it again.")
    return text.format(words=_piece(refusal.part))


def _time_in_past(refusal: times.TimeInPast, speech: Speech) -> str:
    if refusal.instant is None:
        return speech.words.gettext("That day has gone by. When else? Send /schedule again.")
    return _starts_in_past(rooms_errors.StartsInPast(refusal.instant), speech)


def _duration_not_understood(refusal: times.DurationNotUnderstood, speech: Speech) -> str:
    text = speech.words.gettext(
        "I cannot read “{words}” as a length of time. Write it like “45m”, “1h 30m” or “2 hours”."
    )
    return text.format(words=_piece(refusal.words))


def _plain(text: Callable[[Words], str]) -> Callable[[Any, Speech], str]:
    """A sentence that needs nothing of the refusal but its class."""
    return lambda _refusal, speech: text(speech.words)


def _piece(words: str) -> str:
    folded = " ".join(words.split())
    return folded if len(folded) <= PIECE else f"{folded[: PIECE - 1]}…"


SENTENCES: dict[type[Any], Callable[[Any, Speech], str]] = {
    rooms_errors.NotAllowed: _not_allowed,
    rooms_errors.NoSuchRoom: _plain(
        lambda words: words.gettext("This draft is gone. Send /schedule again, please.")
    ),
    rooms_errors.WrongState: _wrong_state,
    rooms_errors.TitleMissing: _plain(
        lambda words: words.gettext("What is the talk called? Write its title first, right after /schedule.")
    ),
    rooms_errors.TitleTooLong: _title_too_long,
    rooms_errors.TopicMalformed: _topic_malformed,
    rooms_errors.StartsInPast: _starts_in_past,
    rooms_errors.StartsTooFarAhead: _too_far_ahead,
    rooms_errors.DurationOutOfRange: _duration,
    rooms_errors.Clash: _clash,
    rooms_errors.NothingToOpen: _plain(
        lambda words: words.gettext("There is no talk to open here. See /rooms, or plan one with /schedule.")
    ),
    rooms_errors.NothingToClose: _plain(lambda words: words.gettext("No talk is on here: nothing to close.")),
    rooms_errors.NothingToCancel: _plain(
        lambda words: words.gettext(
            "There is no talk to cancel here. See /rooms; one that is on ends with /close."
        )
    ),
    rooms_errors.WhichRoom: _which_room,
    rooms_errors.RelayLacksRights: _plain(
        lambda words: words.gettext(
            "The relay account needs to be an admin who may manage video chats: an admin can allow it in the "
            "group's settings. I try again by myself."
        )
    ),
    rooms_errors.RelayNotInChat: _plain(
        lambda words: words.gettext(
            "The relay account is not in this group: add it, and make it an admin who may manage video "
            "chats. I try again by myself."
        )
    ),
    rooms_errors.CallUnreachable: _plain(
        lambda words: words.gettext(
            "Telegram's voice server does not answer at the moment. I keep trying; if it stays so, tell "
            "whoever runs me."
        )
    ),
    rooms_errors.RelayDiskRefused: _plain(
        lambda words: words.gettext(
            "The disk of the machine I run on does not do as I ask: tell whoever runs me to see whether it "
            "is full. I keep trying."
        )
    ),
    rooms_errors.RelayStumbled: _plain(
        lambda words: words.gettext(
            "Something went wrong in my own works: tell whoever runs me to look into my log. I keep trying."
        )
    ),
    rooms_errors.CallRefused: _plain(
        lambda words: words.gettext(
            "Telegram does not let the relay account open the voice chat. I keep trying; an admin can also "
            "start the voice chat by hand."
        )
    ),
    times.TimeNotUnderstood: _time_not_understood,
    times.TimeImpossible: _time_impossible,
    times.TimeInPast: _time_in_past,
    times.DurationNotUnderstood: _duration_not_understood,
    errors.Anonymous: _plain(
        lambda words: words.gettext(
            "As an anonymous admin you could be anyone: please turn off “Remain anonymous” or write from "
            "your own account."
        )
    ),
    errors.Channel: _plain(
        lambda words: words.gettext("A channel cannot prove who it is: please write from your own account.")
    ),
    errors.OnlyInGroups: _plain(
        lambda words: words.gettext("Talks live in groups: send this in the group that the talk is for.")
    ),
    errors.NothingCalled: _nothing_called,
    errors.WishIncomplete: _plain(
        lambda words: words.gettext(
            "Write a title, when it starts and how long it lasts, with bars between:\n"
            "/schedule Careers after 40 #careers | tomorrow 18:30 | 45m\n"
            "Without a length it is one hour."
        )
    ),
    errors.WishGone: _plain(
        lambda words: words.gettext("I cannot see the command for this any more: please send it again.")
    ),
    errors.ButtonUnknown: _plain(
        lambda words: words.gettext("This button does nothing any more. /rooms shows what is on.")
    ),
}
"""The sentence of each class of refusal."""
