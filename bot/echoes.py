"""Echoes: what the bot understood of a request, said back before it counts, and what became of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from babel.lists import format_list
from markupsafe import Markup

from bot import saying
from bot.cards import admission, hosted_by, language
from bot.refusals import Speech
from bot.times import Doubt
from bot.words import Words, filled
from rooms.appointments import Invited
from rooms.plan import Admission, Plan
from rooms.recurrence import Recurrence
from rooms.roles import Role
from rooms.room import Room

_FURTHEST = timedelta(days=366 * 9)
"""How far ahead the next dates are looked for: the 29th of February comes back within eight years."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is said back: a plan, how it comes round, and who is asked to take part."""

    plan: Plan
    recurrence: Recurrence | None = None
    people: Sequence[tuple[Role, Invited]] = ()


def echo(draft: Draft, speech: Speech, now: datetime, problem: str = "") -> Markup:
    """The draft with what of the request is not in it, and a question: is it meant so?"""
    asked = Markup("{}").format(speech.words.gettext("Shall I announce it?"))
    problems = [Markup("⚠️ {}").format(problem)] if problem else []
    return Markup("\n").join([*described(draft, speech, now), Markup(""), *problems, asked])


def described(draft: Draft, speech: Speech, now: datetime) -> list[Markup]:
    """All that was understood, a line each; what is as usual goes without saying."""
    plan, words = draft.plan, speech.words
    lines = [Markup("<b>{}</b>").format(plan.title)]
    if plan.call_title != plan.title:
        text = words.gettext("(in the call: “{title}”)")
        lines.append(Markup("<i>{}</i>").format(text.format(title=plan.call_title)))
    if plan.topic:
        lines.append(Markup("#{}").format(plan.topic))
    lines += [Markup("{}").format(line) for line in (*_times(draft, speech, now), *_people(draft, words))]
    lines += [Markup("{}").format(line) for line in _terms(plan, words)]
    if plan.description:
        lines += [Markup(""), Markup("{}").format(plan.description)]
    return lines


def _times(draft: Draft, speech: Speech, now: datetime) -> Iterator[str]:
    plan, words, series = draft.plan, speech.words, draft.recurrence
    if series is not None:
        yield f"🔁 {saying.recurrence(series, words)} {saying.zone_name(plan.starts_at, series.zone)}"
        dates = [saying.label(one, series.zone, series.zone, words) for one in _next_dates(draft)]
        text = words.ngettext("The next date: {dates}", "The next dates: {dates}", len(dates))
        yield text.format(dates="; ".join(dates))
    else:
        yield saying.moment_and_distance(plan.starts_at, speech.zone, words, now)
    yield saying.length(plan.duration, words)


def _next_dates(draft: Draft) -> list[datetime]:
    """The first three of a series, or as many as it has."""
    first = draft.plan.starts_at
    if draft.recurrence is None:
        return [first]
    later = draft.recurrence.occurrences(first, first + _FURTHEST)
    return [first, *islice(later, 2)]


def _people(draft: Draft, words: Words) -> Iterator[str]:
    yield hosted_by(draft.plan, words)
    cohosts = [one.name for role, one in draft.people if role is Role.COHOST]
    if cohosts:
        names = format_list(cohosts, locale=words.locale)
        yield words.gettext("with {names}").format(names=names)
    speakers = [one.name for role, one in draft.people if role is Role.SPEAKER]
    if speakers:
        yield words.gettext("Speaking: {names}").format(names=format_list(speakers, locale=words.locale))


def _terms(plan: Plan, words: Words) -> Iterator[str]:
    if plan.seats is not None:
        seats = words.ngettext("{number} seat in the call", "{number} seats in the call", plan.seats)
        yield seats.format(number=plan.seats)
    if plan.admission is not Admission.OPEN:
        yield admission(plan.admission, words)
    if not plan.is_recorded:
        yield words.gettext("Not recorded")
    if plan.language is not None:
        yield language(plan.language, words)
    if plan.cover is not None:
        yield words.gettext("With a picture of your own")


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
        Doubt.WHICH_RHYTHM: gettext(
            "How often? Write it like “every two weeks on Thursday 18:30” or “every second Thursday of the "
            "month 18:30”."
        ),
        Doubt.SHORT_MONTH: gettext(
            "Not every month, or year, has that day. Write one that all have, like “the last day of every "
            "month 18:30”."
        ),
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
        Doubt.DAY_OR_HOUR: gettext("A day or an hour? What do you mean?"),
        Doubt.PART_OF_DAY: gettext("The hour and the part of the day do not fit. Do you mean this?"),
        Doubt.DOUBLED_HOUR: gettext("The clocks go back that night, and this hour comes twice. Which one?"),
        Doubt.SKIPPED_HOUR: gettext(
            "The clocks go forward that night, and this hour is skipped. Rather one of these?"
        ),
        Doubt.WEEKDAY_MISMATCH: gettext("That date is another day of the week. Which do you mean?"),
        Doubt.TWO_DAYS: gettext("Those are different days. Which one?"),
        Doubt.TWO_TIMES: gettext("Those are different times. Which one?"),
        Doubt.TWO_ZONES: gettext("Those are different time zones. Which one?"),
    }


def _about(text: str, room: Room, speech: Speech) -> Markup:
    when = saying.moment(room.plan.starts_at, speech.zone, speech.words)
    title = Markup("<b>{}</b>").format(room.plan.title)
    return filled(text, title=title, when=when)
