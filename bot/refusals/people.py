"""What to say about people who cannot be asked, invited or written to."""

from bot import errors, saying
from bot.refusals.speech import Sentences, Speech, piece, plain
from rooms.errors.people import (
    AlreadyAppointed,
    BotInvited,
    HostInvited,
    HostUnreachable,
    NoInvitationNeeded,
    NotAppointed,
    NotInvited,
    PersonUnknown,
    QuestionMissing,
    QuestionTooLong,
    ReasonTooLong,
    TooManyAppointments,
    TooManyQuestions,
    Unreachable,
)


def _question_too_long(refusal: QuestionTooLong, speech: Speech) -> str:
    text = speech.words.gettext("That is {length} characters long; a question has {limit} at most.")
    return text.format(length=refusal.length, limit=refusal.limit)


def _reason_too_long(refusal: ReasonTooLong, speech: Speech) -> str:
    text = speech.words.gettext("That is {length} characters long; a reason has {limit} at most.")
    return text.format(length=refusal.length, limit=refusal.limit)


def _too_many_questions(refusal: TooManyQuestions, speech: Speech) -> str:
    text = speech.words.gettext("You have asked {limit} questions already: the next one from {hour}, please.")
    hour = saying.hour(refusal.again_at, speech.zone, speech.words)
    return text.format(limit=refusal.limit, hour=hour)


def _too_many_appointments(refusal: TooManyAppointments, speech: Speech) -> str:
    text = speech.words.gettext("{limit} people can be invited to a talk, and so many were.")
    return text.format(limit=refusal.limit)


def _already_appointed(refusal: AlreadyAppointed, speech: Speech) -> str:
    text = speech.words.gettext("{name} was asked already, or has that part in the talk.")
    return text.format(name=piece(refusal.name))


def _host_invited(refusal: HostInvited, speech: Speech) -> str:
    text = speech.words.gettext("{name} hosts this talk, and minds it and speaks in it anyway.")
    return text.format(name=piece(refusal.name))


def _bot_invited(refusal: BotInvited, speech: Speech) -> str:
    text = speech.words.gettext("Bots take no part in talks: I leave out {names}.")
    return text.format(names=piece(refusal.name))


def _not_appointed(refusal: NotAppointed, speech: Speech) -> str:
    text = speech.words.gettext("{name} has no such part in the talk, and was not asked to take it.")
    return text.format(name=piece(refusal.name))


def _unknown(refusal: PersonUnknown, speech: Speech) -> str:
    text = speech.words.gettext(
        "Telegram does not tell me who {name} is: answer a message of theirs, or have them write to me once."
    )
    return text.format(name=piece(refusal.name))


PEOPLE: Sentences = {
    Unreachable: plain(
        lambda words: words.gettext("Open our private chat first: press Start there, and try again.")
    ),
    HostUnreachable: plain(
        lambda words: words.gettext("The host cannot be asked in private: ask in the group, please.")
    ),
    QuestionMissing: plain(lambda words: words.gettext("Write your question as a text message, please.")),
    QuestionTooLong: _question_too_long,
    TooManyQuestions: _too_many_questions,
    ReasonTooLong: _reason_too_long,
    TooManyAppointments: _too_many_appointments,
    AlreadyAppointed: _already_appointed,
    HostInvited: _host_invited,
    BotInvited: _bot_invited,
    NotAppointed: _not_appointed,
    NoInvitationNeeded: plain(lambda words: words.gettext("Nobody need be invited to listen to this talk.")),
    NotInvited: plain(lambda words: words.gettext("This invitation is not for you, or it was withdrawn.")),
    PersonUnknown: _unknown,
    errors.WordsMissing: plain(lambda words: words.gettext("Write it as a text message, please.")),
    errors.NobodyNamed: plain(
        lambda words: words.gettext(
            "Whom do you mean? Write @name after the command, or answer a message of theirs."
        )
    ),
}
