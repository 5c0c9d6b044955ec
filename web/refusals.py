"""What a refusal is answered with: a status and a sentence that is the same for all."""

from rooms.errors.gallery import (
    GalleryClosed,
    NoCover,
    NoQuestionsNow,
    QuestionGone,
    QuestionUnreadable,
    TooManyWait,
)
from rooms.errors.people import QuestionMissing, QuestionTooLong
from rooms.errors.recording import NotRecorded
from rooms.errors.rights import Banned, InvitedOnly, NotAdmitted, NotAMember
from rooms.errors.talks import NoSuchRoom, WrongState
from rooms.errors.tickets import (
    NotATicket,
    NotBlinded,
    NoTicketNeeded,
    NotVouchedFor,
    ProofTooOld,
    SeatLost,
    SeatUnknown,
    TelegramSilent,
    TicketTaken,
)
from web.embedding import FrameUnreadable, NotOurs
from web.limits import TooOften
from web.origins import ForeignOrigin
from web.reels.reels import NothingHeard
from web.talkback import NotUnderstood

ANSWERS: dict[type[Exception], tuple[int, str]] = {
    NoSuchRoom: (404, "unknown"),
    NoCover: (404, "unknown"),
    NotRecorded: (404, "unknown"),
    GalleryClosed: (410, "closed"),
    WrongState: (410, "over"),
    NoTicketNeeded: (409, "free"),
    NotAMember: (403, "stranger"),
    Banned: (403, "banned"),
    InvitedOnly: (403, "uninvited"),
    NotVouchedFor: (403, "unvouched"),
    ProofTooOld: (403, "stale"),
    TelegramSilent: (503, "silent"),
    NotBlinded: (400, "unblinded"),
    TicketTaken: (409, "taken"),
    NotATicket: (403, "forged"),
    QuestionMissing: (400, "wordless"),
    QuestionTooLong: (400, "wordy"),
    QuestionUnreadable: (400, "illegible"),
    QuestionGone: (409, "settled"),
    NoQuestionsNow: (409, "unasked"),
    TooManyWait: (429, "unread"),
    ForeignOrigin: (403, "foreign"),
    NotOurs: (404, "unknown"),
    FrameUnreadable: (400, "unreadable"),
    NotUnderstood: (400, "unreadable"),
    TooOften: (429, "often"),
    NothingHeard: (503, "unheard"),
    SeatUnknown: (401, "seatless"),
    SeatLost: (409, "elsewhere"),
}
"""The status, and the name of the sentence in sentences.html."""


def answer_to(error: Exception) -> tuple[int, str] | None:
    """The status and the sentence's name; None for what is no refusal of this place's."""
    if isinstance(error, NotAdmitted):
        return 403, error.admission
    return ANSWERS.get(type(error))
