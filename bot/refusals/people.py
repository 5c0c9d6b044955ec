"""What to say about people who cannot be asked, invited or written to."""

from bot import errors, saying
from bot.refusals.speech import Sentences, Speech, piece, plain
from rooms import errors as rooms_errors


def _question_too_long(refusal: rooms_errors.QuestionTooLong, speech: Speech) -> str:
    text = speech.words.gettext("That is {length} characters long; a question has {limit} at most.")
    return text.format(length=refusal.length, limit=refusal.limit)


def _reason_too_long(refusal: rooms_errors.ReasonTooLong, speech: Speech) -> str:
    text = speech.words.gettext("That is {length} characters long; a reason has {limit} at most.")
    return text.format(length=refusal.length, limit=refusal.limit)


def _too_many_questions(refusal: rooms_errors.TooManyQuestions, speech: Speech) -> str:
    text = speech.words.gettext("You have asked {limit} questions already: the next one from {hour}, please.")
    hour = saying.hour(refusal.again_at, speech.zone, speech.words)
    return text.format(limit=refusal.limit, hour=hour)


def _too_many_appointments(refusal: rooms_errors.TooManyAppointments, speech: Speech) -> str:
    text = speech.words.gettext("{limit} people can be invited to a talk, and so many were.")
    return text.format(limit=refusal.limit)


def _already_appointed(refusal: rooms_errors.AlreadyAppointed, speech: Speech) -> str:
    text = speech.words.gettext("{name} was asked already, or has that part in the talk.")
    return text.format(name=piece(refusal.name))


def _unknown(refusal: rooms_errors.PersonUnknown, speech: Speech) -> str:
    text = speech.words.gettext(
        "Telegram does not tell me who {name} is: answer a message of theirs, or have them write to me once."
    )
    return text.format(name=piece(refusal.name))


PEOPLE: Sentences = {
    rooms_errors.Unreachable: plain(
        lambda words: words.gettext("Open our private chat first: press Start there, and try again.")
    ),
    rooms_errors.HostUnreachable: plain(
        lambda words: words.gettext("The host cannot be asked in private: ask in the group, please.")
    ),
    rooms_errors.QuestionMissing: plain(
        lambda words: words.gettext("Write your question as a text message, please.")
    ),
    rooms_errors.QuestionTooLong: _question_too_long,
    rooms_errors.TooManyQuestions: _too_many_questions,
    rooms_errors.ReasonTooLong: _reason_too_long,
    rooms_errors.TooManyAppointments: _too_many_appointments,
    rooms_errors.AlreadyAppointed: _already_appointed,
    rooms_errors.NoInvitationNeeded: plain(
        lambda words: words.gettext("Nobody need be invited to listen to this talk.")
    ),
    rooms_errors.NotInvited: plain(
        lambda words: words.gettext("This invitation is not for you, or it was withdrawn.")
    ),
    rooms_errors.PersonUnknown: _unknown,
    errors.WordsMissing: plain(lambda words: words.gettext("Write it as a text message, please.")),
    errors.NobodyNamed: plain(
        lambda words: words.gettext(
            "Whom do you mean? Write @name after the command, or answer a message of theirs."
        )
    ),
}
