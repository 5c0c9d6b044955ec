"""Reads what comes round, and when first: "every Thursday 18:30", "ogni due settimane il martedì alle 20"."""

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.times.answers import Every, Question, TimeNotUnderstood
from bot.times.grammar import phrases
from bot.times.lexemes import Kind
from bot.times.parts import Phrase, Rhythm
from bot.times.patterns import pattern, written
from bot.times.reading import settled
from bot.times.repetitions import HABITS
from bot.times.resolving import Scene
from bot.times.tokens import LONGEST_PHRASE, lexemes
from bot.times.unfolding import unfold
from bot.times.vocabulary import vocabulary
from bot.times.zones import plain
from rooms.errors.series import RecurrenceMalformed
from rooms.rule_reading import OTHER_LINE, Flaw, read_rule_text

_SIGNS = frozenset({Kind.EVERY, Kind.OTHER, Kind.WEEKDAYS, Kind.WEEK_PART, Kind.RHYTHM, Kind.PARTS})
_HABITS = {language: pattern(text) for language, text in HABITS.items()}
_MORE = r"[+-]?\d* (?:MO|TU|WE|TH|FR|SA|SU) \b | [+-]?\d+ (?![\w:.])"
_PART = rf"[A-Z]+ \s*=\s* [^\s;=,]* (?: \s*,\s* (?:{_MORE}) )*"
_RULE = re.compile(
    rf"(?: RRULE \s* : \s* )? (?P<rule> {_PART} (?: \s*;\s* {_PART} )* ;? )",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""A rule of RFC 5545 among other words."""
_ASIDE = " ,;."


def speaks_of_recurrence(words: str, language: str) -> bool:
    """Whether the words, as those of `language` ("en" or "it"), are about a series rather than one talk."""
    if _has_rule(words):
        return True
    known = vocabulary(language, of_series=True)
    try:
        found = lexemes(words, known)
    except TimeNotUnderstood:  # as what it will be refused
        each = (known.lexeme([word]) for word in re.findall("[a-z]+", plain(words[:LONGEST_PHRASE])))
        found = [one[0] for one in each if one is not None]
    return any(one.kind in _SIGNS for one in found) or bool(_HABITS[language].search(written(found)))


def read_recurrence(words: str, *, now: datetime, zone: ZoneInfo, language: str) -> Every | Question:
    """The series that `words` name in `language` ("en" or "it"), said at `now` (aware UTC) in `zone`.

    Its first occurrence lies after `now`, and is the next that fits unless the words say when it begins. A
    rule of RFC 5545 may stand among them. The options of a Question are each an Every.

    Raises TimeNotUnderstood, TimeImpossible, TimeInPast, or RecurrenceMalformed.
    """
    if not speaks_of_recurrence(words, language):
        raise TimeNotUnderstood(words)
    scene = Scene(words, now, zone, now.astimezone(zone).date(), language)
    return settled(_readings(words, language), scene, unfold)


def _has_rule(words: str) -> bool:
    return "RRULE" in words.upper() or re.search(r"\bFREQ\s*=", words, re.IGNORECASE) is not None


def _readings(words: str, language: str) -> list[Phrase]:
    """The readings of the words; a rule among them is taken out and put first."""
    if not _has_rule(words):
        return phrases(words, language, of_series=True)
    if OTHER_LINE.search(words.upper()):
        raise RecurrenceMalformed(words, Flaw.OTHER_LINES)
    found = _RULE.search(words)
    if found is None:
        raise RecurrenceMalformed(words, Flaw.UNREADABLE)
    rhythm = _rhythm(found["rule"])
    rest = f"{words[: found.start()]} {words[found.end() :]}".strip(_ASIDE)
    readings = phrases(rest, language, of_series=True) if rest else [Phrase(())]
    return [replace(phrase, parts=(rhythm, *phrase.parts)) for phrase in readings]


def _rhythm(text: str) -> Rhythm:
    rule = read_rule_text(text)
    parts = str(rule).split(";")
    by = ";".join(part for part in parts if not part.startswith(("FREQ=", "INTERVAL=")))
    return Rhythm(rule.frequency, rule.interval, by, is_rule=True)
