"""Echoes: what the bot understood of a request, said back before it counts, and what became of it."""

from datetime import datetime

from markupsafe import Markup

from bot import saying
from bot.cards import hosted_by
from bot.refusals import Speech
from bot.times import Doubt
from bot.words import Words, filled
from rooms.room import Room


def echo(room: Room, speech: Speech, now: datetime) -> Markup:
    """The draft with a question: is it meant so?"""
    words = speech.words
    lines = [Markup("<b>{}</b>").format(room.plan.title)]
    if room.plan.topic:
        lines.append(Markup("#{}").format(room.plan.topic))
    lines += [
        Markup("{}").format(saying.moment_and_distance(room.plan.starts_at, speech.zone, words, now)),
        Markup("{}").format(saying.length(room.plan.duration, words)),
        Markup("{}").format(hosted_by(room, words)),
        Markup(""),
        Markup("{}").format(words.gettext("Shall I announce it?")),
    ]
    return Markup("\n").join(lines)


def confirmed(room: Room, speech: Speech) -> Markup:
    """In the echo's place once it was confirmed."""
    text = speech.words.gettext("✅ On the programme: {title}, {when}.")
    return _about(text, room, speech)


def discarded(room: Room, speech: Speech) -> Markup:
    """In the echo's place once it was discarded."""
    text = speech.words.gettext("Discarded: {title}, {when}. Nothing was announced.")
    return _about(text, room, speech)


def question(doubt: Doubt, words: Words) -> str:
    """What to ask about a time; with options they follow as buttons, without it says how to write it."""
    return _questions(words).get(doubt) or words.gettext("Which of these do you mean?")


def how_to_write(doubt: Doubt, words: Words) -> str:
    """What to tell when nothing can be offered to choose from."""
    gettext = words.gettext
    sentences = {
        Doubt.MISSING_TIME: gettext("At what time? Write the hour too, like “tomorrow 18:30”."),
        Doubt.MISSING_DAY: gettext(
            "On which day? Write it too, like “Thursday 18:30” or “3 December 18:30”."
        ),
        Doubt.TWO_DAYS: gettext("Those are two different days. Write one, like “Thursday 18:30”."),
        Doubt.TWO_TIMES: gettext("Those are two different times. Write one, like “tomorrow 18:30”."),
        Doubt.TWO_ZONES: gettext(
            "Those are two different time zones. Write one, like “tomorrow 18:30 London”."
        ),
        Doubt.WEEKDAY_MISMATCH: gettext("That date is another day of the week. Write only one of the two."),
    }
    return sentences.get(doubt) or gettext(
        "I am not sure when. Write the date and the hour, like “3 December 18:30”."
    )


def _questions(words: Words) -> dict[Doubt, str]:
    gettext = words.gettext
    return {
        Doubt.AM_OR_PM: gettext("In the morning or in the evening?"),
        Doubt.WHICH_WEEK: gettext("In which week?"),
        Doubt.WHICH_ORDER: gettext("Which is the day, and which the month?"),
        Doubt.WHICH_DAY: gettext("On which day?"),
        Doubt.WHICH_NIGHT: gettext("On which night?"),
        Doubt.DAY_OR_HOUR: gettext("A day or an hour? Do you mean this?"),
        Doubt.PART_OF_DAY: gettext("The hour and the part of the day do not fit. Do you mean this?"),
        Doubt.DOUBLED_HOUR: gettext("The clocks go back that night, and this hour comes twice. Which one?"),
        Doubt.SKIPPED_HOUR: gettext(
            "The clocks go forward that night, and this hour is skipped. Rather one of these?"
        ),
        Doubt.WEEKDAY_MISMATCH: gettext("That date is another day of the week. Which do you mean?"),
        Doubt.TWO_DAYS: gettext("Those are two different days. Which one?"),
        Doubt.TWO_TIMES: gettext("Those are two different times. Which one?"),
        Doubt.TWO_ZONES: gettext("Those are two different time zones. Which one?"),
    }


def _about(text: str, room: Room, speech: Speech) -> Markup:
    when = saying.moment(room.plan.starts_at, speech.zone, speech.words)
    title = Markup("<b>{}</b>").format(room.plan.title)
    return filled(text, title=title, when=when)
