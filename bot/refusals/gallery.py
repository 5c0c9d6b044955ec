"""What to say when something cannot be done with a gallery, or with what it asks."""

from bot.refusals.speech import Sentences, Speech, plain
from rooms.errors.gallery import (
    GalleryClosed,
    GalleryStays,
    NoCover,
    NoQuestionsNow,
    QuestionGone,
    QuestionUnreadable,
    TooManyWait,
)


def _stays(refusal: GalleryStays, speech: Speech) -> str:
    gettext = speech.words.gettext
    return gettext("The gallery is open.") if refusal.is_open else gettext("The gallery is closed already.")


def _too_many_wait(refusal: TooManyWait, speech: Speech) -> str:
    text = speech.words.gettext("{limit} questions wait to be read already.")
    return text.format(limit=refusal.limit)


GALLERY: Sentences = {
    GalleryClosed: plain(
        lambda words: words.gettext("The gallery of this talk is closed, and its link is dead.")
    ),
    GalleryStays: _stays,
    NoCover: plain(lambda words: words.gettext("The picture of this talk cannot be drawn at the moment.")),
    QuestionGone: plain(lambda words: words.gettext("That is done with already: somebody was quicker.")),
    QuestionUnreadable: plain(
        lambda words: words.gettext("There are signs in the question that cannot be shown.")
    ),
    NoQuestionsNow: plain(
        lambda words: words.gettext("The gallery of this talk can ask nothing at the moment.")
    ),
    TooManyWait: _too_many_wait,
}
