"""What to say about settings that a group cannot have."""

from bot import errors
from bot.refusals.speech import Sentences, Speech, piece, plain
from rooms.errors.groups import (
    CopiesItself,
    LanguageUnknown,
    NoSuchGroup,
    QuietHoursEmpty,
    ReminderUnknown,
    TalkOnAir,
    TooManyCopies,
    WeekdayUnknown,
    ZoneUnknown,
)


def _zone_unknown(refusal: ZoneUnknown, speech: Speech) -> str:
    text = speech.words.gettext("I know no time zone “{zone}”. Write it like Europe/Rome.")
    return text.format(zone=piece(refusal.zone))


def _too_many_copies(refusal: TooManyCopies, speech: Speech) -> str:
    text = speech.words.gettext("Talks can be announced in {limit} other chats at most.")
    return text.format(limit=refusal.limit)


def _talk_on_air(refusal: TalkOnAir, speech: Speech) -> str:
    text = speech.words.gettext("“{title}” is on: end it with /close first.")
    return text.format(title=piece(refusal.title))


def _setting_unknown(refusal: errors.SettingUnknown, speech: Speech) -> str:
    text = speech.words.gettext("There is no setting “{name}”. There are: {known}.")
    return text.format(name=piece(refusal.name), known=", ".join(refusal.known))


def _setting_not_understood(refusal: errors.SettingNotUnderstood, speech: Speech) -> str:
    gettext = speech.words.gettext
    if not refusal.example:
        text = gettext("“{text}” does not fit there: choose by the buttons of /settings {name}.")
    else:
        text = gettext("“{text}” does not fit there. Write, for example: /settings {name} {example}.")
    return text.format(text=piece(refusal.text), name=refusal.name, example=refusal.example)


def _chat_unusable(refusal: errors.ChatUnusable, speech: Speech) -> str:
    text = speech.words.gettext(
        "I cannot announce talks in {chat}: you and I must both be admins there, and I may post messages."
    )
    return text.format(chat=piece(refusal.chat))


GROUPS: Sentences = {
    NoSuchGroup: plain(
        lambda words: words.gettext("I know nothing of this group any more. Send the command again.")
    ),
    ZoneUnknown: _zone_unknown,
    LanguageUnknown: plain(lambda words: words.gettext("I speak English and Italian only.")),
    ReminderUnknown: plain(
        lambda words: words.gettext("I remind a day, an hour and ten minutes before, and at the start.")
    ),
    WeekdayUnknown: plain(lambda words: words.gettext("A week has no such day.")),
    QuietHoursEmpty: plain(
        lambda words: words.gettext("Quiet hours must end at another time than they begin.")
    ),
    TooManyCopies: _too_many_copies,
    CopiesItself: plain(
        lambda words: words.gettext("Talks are announced in this group anyway: name another chat.")
    ),
    TalkOnAir: _talk_on_air,
    errors.SettingUnknown: _setting_unknown,
    errors.SettingNotUnderstood: _setting_not_understood,
    errors.NoThreadHere: plain(lambda words: words.gettext("Write that in the forum topic that is meant.")),
    errors.ChatUnusable: _chat_unusable,
}
