"""What a refusal says to a person: a sentence for each class, plain text that fits an alert."""

from bot.refusals.calls import CALLS
from bot.refusals.elsewhere import ELSEWHERE
from bot.refusals.floor import FLOOR
from bot.refusals.gallery import GALLERY
from bot.refusals.groups import GROUPS
from bot.refusals.people import PEOPLE
from bot.refusals.recording import RECORDING
from bot.refusals.rights import RIGHTS
from bot.refusals.series import SERIES
from bot.refusals.sounds import SOUNDS
from bot.refusals.speech import Sentences, Speech
from bot.refusals.talks import TALKS
from bot.refusals.tickets import TICKETS
from bot.refusals.times import TIMES
from bot.refusals.wishes import WISHES
from rooms.errors.refusal import Refusal

__all__ = ["SENTENCES", "Speech", "sentence"]

SENTENCES: Sentences = {
    **RIGHTS,
    **TALKS,
    **SERIES,
    **TIMES,
    **PEOPLE,
    **GROUPS,
    **FLOOR,
    **CALLS,
    **SOUNDS,
    **ELSEWHERE,
    **RECORDING,
    **WISHES,
    **TICKETS,
    **GALLERY,
}
"""The sentence of each class of refusal."""


def sentence(refusal: Refusal, speech: Speech) -> str:
    """What to tell the person; a class without a sentence of its own speaks by its nearest ancestor."""
    for kind in type(refusal).__mro__:
        if kind in SENTENCES:
            return SENTENCES[kind](refusal, speech)
    raise refusal
