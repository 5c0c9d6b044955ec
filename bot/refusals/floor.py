"""What to say when something cannot be done on a talk's stage."""

from bot import errors, saying
from bot.refusals.speech import Sentences, Speech, piece, plain
from rooms.errors.floor import (
    HandDown,
    NoHands,
    NoTalkOn,
    NoTurn,
    SeatsTaken,
    SpeaksAlready,
    SpeaksByPart,
    TurnOutOfRange,
)


def _speaks_already(refusal: SpeaksAlready, speech: Speech) -> str:
    if refusal.name is None:
        return speech.words.gettext("You may speak already: just turn your microphone on.")
    return speech.words.gettext("{name} may speak already.").format(name=piece(refusal.name))


def _speaks_by_part(refusal: SpeaksByPart, speech: Speech) -> str:
    text = speech.words.gettext(
        "{name} minds this talk, and may speak as long as that is so. /mute turns a microphone off."
    )
    return text.format(name=piece(refusal.name))


def _seats_taken(refusal: SeatsTaken, speech: Speech) -> str:
    text = speech.words.ngettext(
        "This talk has {seats} seat, and it is taken: they can listen.",
        "This talk has {seats} seats, and all are taken: they can listen.",
        refusal.seats,
    )
    return text.format(seats=refusal.seats)


def _turn_out_of_range(refusal: TurnOutOfRange, speech: Speech) -> str:
    shortest, longest = refusal.bounds
    text = speech.words.gettext("A turn lasts from {shortest} to {longest}; that would be {length}.")
    return text.format(
        shortest=saying.length(shortest, speech.words),
        longest=saying.length(longest, speech.words),
        length=saying.length(refusal.length, speech.words),
    )


FLOOR: Sentences = {
    NoTalkOn: plain(
        lambda words: words.gettext("No talk is on here at the moment: /rooms shows what comes next.")
    ),
    SpeaksAlready: _speaks_already,
    SpeaksByPart: _speaks_by_part,
    HandDown: plain(lambda words: words.gettext("That hand is down already: somebody was quicker.")),
    NoHands: plain(lambda words: words.gettext("No hand is up.")),
    SeatsTaken: _seats_taken,
    NoTurn: plain(lambda words: words.gettext("Their turn is not timed any more.")),
    TurnOutOfRange: _turn_out_of_range,
    errors.AdminStays: plain(
        lambda words: words.gettext("Admins cannot be removed: /mute turns their microphone off.")
    ),
}
