"""What a refusal is answered with: a status and a sentence that is the same for all."""

from rooms import errors
from web.embedding import FrameUnreadable, NotOurs
from web.limits import TooOften
from web.origins import ForeignOrigin
from web.reels.reels import NothingHeard
from web.talkback import NotUnderstood

ANSWERS: dict[type[Exception], tuple[int, str]] = {
    errors.NoSuchRoom: (404, "unknown"),
    errors.NoCover: (404, "unknown"),
    errors.NotRecorded: (404, "unknown"),
    errors.GalleryClosed: (410, "closed"),
    errors.WrongState: (410, "over"),
    errors.NoTicketNeeded: (409, "free"),
    errors.NotAMember: (403, "stranger"),
    errors.Banned: (403, "banned"),
    errors.InvitedOnly: (403, "uninvited"),
    errors.NotVouchedFor: (403, "unvouched"),
    errors.ProofTooOld: (403, "stale"),
    errors.TelegramSilent: (503, "silent"),
    errors.NotBlinded: (400, "unblinded"),
    errors.TicketTaken: (409, "taken"),
    errors.NotATicket: (403, "forged"),
    errors.QuestionMissing: (400, "wordless"),
    errors.QuestionTooLong: (400, "wordy"),
    errors.QuestionUnreadable: (400, "illegible"),
    errors.QuestionGone: (409, "settled"),
    errors.NoQuestionsNow: (409, "unasked"),
    errors.TooManyWait: (429, "unread"),
    ForeignOrigin: (403, "foreign"),
    NotOurs: (404, "unknown"),
    FrameUnreadable: (400, "unreadable"),
    NotUnderstood: (400, "unreadable"),
    TooOften: (429, "often"),
    NothingHeard: (503, "unheard"),
    errors.SeatUnknown: (401, "seatless"),
    errors.SeatLost: (409, "elsewhere"),
}
"""The status, and the name of the sentence in sentences.html."""


def answer_to(error: Exception) -> tuple[int, str] | None:
    """The status and the sentence's name; None for what is no refusal of this place's."""
    if isinstance(error, errors.NotAdmitted):
        return 403, error.admission
    return ANSWERS.get(type(error))
