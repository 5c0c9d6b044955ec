"""Refused about a talk's gallery, and about what it asks."""

from rooms.errors.refusal import Refusal
from rooms.errors.talks import NoSuchRoom


class GalleryClosed(NoSuchRoom):
    """The link led into a gallery that was closed: it is dead, and stays so."""


class NoCover(Refusal):
    """The talk's cover cannot be drawn at the moment."""


class GalleryStays(Refusal):
    """The gallery is closed already, or open already."""

    def __init__(self, is_open: bool) -> None:
        super().__init__(f"it is {'open' if is_open else 'closed'} already")
        self.is_open = is_open


class QuestionUnreadable(Refusal):
    """There are signs in the question that cannot be shown."""


class QuestionGone(Refusal):
    """A question is there no more, or somebody dealt with it already."""


class NoQuestionsNow(Refusal):
    """The gallery can ask nothing in this room: it is over, or has nobody who would read it."""


class TooManyWait(Refusal):
    """So many questions wait to be read that no more are taken."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} wait")
        self.limit = limit
