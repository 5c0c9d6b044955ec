"""What to say about wishes whose words cannot be read, and about answers of another kind."""

from bot import errors
from bot.refusals.speech import Sentences, Speech, piece, plain
from bot.words import Words


def _aspect(refusal: errors.AspectNotUnderstood, speech: Speech) -> str:
    text = speech.words.gettext("I cannot read “{words}” here. {example}")
    example = _examples(speech.words).get(refusal.aspect, "")
    return text.format(words=piece(refusal.words), example=example).rstrip()


def _examples(words: Words) -> dict[str, str]:
    gettext = words.gettext
    return {
        "seats": gettext("Write a number, like “20”, or “no limit”."),
        "who": gettext("Write “open”, “members only” or “by invitation”."),
        "rec": gettext("Write “recorded” or “not recorded”."),
        "lang": gettext("Write the name of a language, like “Italian”."),
        "people": gettext("Ask people with /invite @name."),
        "cover": gettext("A picture is sent in private: use the button of /change."),
    }


def _field(refusal: errors.FieldNotUnderstood, speech: Speech) -> str:
    text = speech.words.gettext(
        "What is “{words}”? I read a time, a length, @people, “20 seats”, “members only”… Put “description:” "
        "before a description."
    )
    return text.format(words=piece(refusal.words))


def _twice(refusal: errors.SaidTwice, speech: Speech) -> str:
    text = speech.words.gettext("“{first}” and “{second}” say the same thing twice: write only one of them.")
    return text.format(first=piece(refusal.first), second=piece(refusal.second))


def _not_in_group(refusal: errors.NotInGroup, speech: Speech) -> str:
    text = speech.words.gettext("{name} is not in this group: only a member can mind a talk of it.")
    return text.format(name=piece(refusal.name))


WISHES: Sentences = {
    errors.AspectNotUnderstood: _aspect,
    errors.FieldNotUnderstood: _field,
    errors.SaidTwice: _twice,
    errors.WordsWanted: plain(
        lambda words: words.gettext("I need it in words: please write it, or press a button above.")
    ),
    errors.ChoiceWanted: plain(
        lambda words: words.gettext(
            "Please press one of the two buttons above first, and then write it again."
        )
    ),
    errors.ButtonWanted: plain(
        lambda words: words.gettext(
            "Please press a button above: ✅ announces the talk, and each other one changes something."
        )
    ),
    errors.PictureWanted: plain(
        lambda words: words.gettext("Please send a picture, as a photo, or press a button above.")
    ),
    errors.PeopleWanted: plain(
        lambda words: words.gettext(
            "I see nobody in that. Write @name, or share a contact who uses Telegram, or press a button "
            "above."
        )
    ),
    errors.NotInGroup: _not_in_group,
    errors.RhythmFixed: plain(
        lambda words: words.gettext(
            "A talk is moved to one moment, like “Friday 19:00”. For another rhythm, end the series with "
            "/cancel and plan a new one."
        )
    ),
}
