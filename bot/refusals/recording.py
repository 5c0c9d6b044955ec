"""What to say when there is no recording, or no such piece of one."""

from bot import errors, saying
from bot.refusals.speech import Sentences, Speech, plain
from rooms.errors.recording import ClipBeyondEnd, ClipOutOfRange, NothingOnTape, NotRecorded, TapesBusy


def _out_of_range(refusal: ClipOutOfRange, speech: Speech) -> str:
    shortest, longest = (saying.length(bound, speech.words) for bound in refusal.bounds)
    text = speech.words.gettext("A clip lasts from {shortest} to {longest}.")
    return text.format(shortest=shortest, longest=longest)


def _beyond_end(refusal: ClipBeyondEnd, speech: Speech) -> str:
    text = speech.words.gettext("The recording is over before that: it lasts {length}.")
    return text.format(length=saying.length(refusal.duration, speech.words))


RECORDING: Sentences = {
    NotRecorded: plain(
        lambda words: words.gettext(
            "Nothing is recorded there. While a talk is being recorded, write /clip 30s; afterwards answer "
            "its replay with /clip 12:30-13:10."
        )
    ),
    NothingOnTape: plain(
        lambda words: words.gettext("Nothing is recorded there, or not yet: try again in a few seconds.")
    ),
    TapesBusy: plain(
        lambda words: words.gettext("I am still busy with another recording: try again in a while.")
    ),
    ClipOutOfRange: _out_of_range,
    ClipBeyondEnd: _beyond_end,
    errors.ClipUnclear: plain(
        lambda words: words.gettext(
            "Write how long it is to be, like /clip 30s, and a title if you like. To clip a finished "
            "recording, answer its replay with /clip 12:30-13:10."
        )
    ),
}
"""The sentence of each class of refusal about recordings."""
