"""What to say about times and lengths of time that cannot be read, or cannot be."""

from bot import saying, times
from bot.refusals.speech import Sentences, Speech, piece
from rooms.errors.times import DurationOutOfRange, StartsInPast, StartsTooFarAhead


def _starts_in_past(refusal: StartsInPast, speech: Speech) -> str:
    text = speech.words.gettext("{when} has gone by. When else?")
    return text.format(when=saying.moment(refusal.starts_at, speech.zone, speech.words))


def _too_far_ahead(refusal: StartsTooFarAhead, speech: Speech) -> str:
    text = speech.words.gettext("{when} is too far ahead: the programme reaches a year from now.")
    return text.format(when=saying.moment(refusal.starts_at, speech.zone, speech.words))


def _duration(refusal: DurationOutOfRange, speech: Speech) -> str:
    shortest, longest = refusal.bounds
    text = speech.words.gettext("A talk lasts from {shortest} to {longest}; that would be {length}.")
    return text.format(
        shortest=saying.length(shortest, speech.words),
        longest=saying.length(longest, speech.words),
        length=saying.length(refusal.duration, speech.words),
    )


def _time_not_understood(refusal: times.TimeNotUnderstood, speech: Speech) -> str:
    text = speech.words.gettext(
        "I cannot read “{words}” as a time. Write it like “tomorrow 18:30”, “Friday 18:30” or “in 2 hours”."
    )
    return text.format(words=piece(refusal.part or refusal.words))


def _time_impossible(refusal: times.TimeImpossible, speech: Speech) -> str:
    text = speech.words.gettext("No calendar and no clock shows “{words}”. Please look at it again.")
    return text.format(words=piece(refusal.part))


def _time_in_past(refusal: times.TimeInPast, speech: Speech) -> str:
    if refusal.instant is None:
        return speech.words.gettext("That has gone by. When else?")
    return _starts_in_past(StartsInPast(refusal.instant), speech)


def _duration_not_understood(refusal: times.DurationNotUnderstood, speech: Speech) -> str:
    text = speech.words.gettext(
        "I cannot read “{words}” as a length of time. Write it like “45m”, “1h 30m” or “2 hours”."
    )
    return text.format(words=piece(refusal.words))


TIMES: Sentences = {
    StartsInPast: _starts_in_past,
    StartsTooFarAhead: _too_far_ahead,
    DurationOutOfRange: _duration,
    times.TimeNotUnderstood: _time_not_understood,
    times.TimeImpossible: _time_impossible,
    times.TimeInPast: _time_in_past,
    times.DurationNotUnderstood: _duration_not_understood,
}
