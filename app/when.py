"""`loggione when`: what the bot would take words about time for, so that they can be tried beforehand."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from app import catalogues
from bot import echoes, refusals
from bot.times import Every, Question, When, read_recurrence, read_time, speaks_of_recurrence
from bot.words import Languages
from rooms.errors.refusal import Refusal

UNDERSTOOD, ASKED, REFUSED = 0, 3, 4
"""Exit statuses: a moment, a question that the bot would ask back, a refusal."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where and when the words are said: a group's zone and language ("en" or "it"), an aware instant."""

    zone: ZoneInfo
    language: str
    now: datetime


def parse_now(text: str | None, zone: ZoneInfo) -> datetime:
    """The instant that stands for now: ISO 8601, without an offset in the zone; None is the clock's.

    Raises:
        ValueError: it is no such instant.
    """
    if text is None:
        return datetime.now(UTC)
    instant = datetime.fromisoformat(text)
    return (instant if instant.tzinfo else instant.replace(tzinfo=zone)).astimezone(UTC)


def tell(words: str, scene: Scene) -> tuple[int, str]:
    """The exit status, and the ISO instant in its zone, a question with its options, or why not.

    Of a series, the instant of the first occurrence, a space, and its rule: "… RRULE:FREQ=WEEKLY;BYDAY=TH".
    """
    speech = refusals.Speech(Languages(catalogues.load(catalogues.BOT_TEXTS)).of(scene.language), scene.zone)
    try:
        read = read_recurrence if speaks_of_recurrence(words, scene.language) else read_time
        outcome = read(words, now=scene.now, zone=scene.zone, language=scene.language)
    except Refusal as refusal:
        return REFUSED, refusals.sentence(refusal, speech)
    if isinstance(outcome, When):
        return UNDERSTOOD, _iso(outcome)
    return ASKED, "\n".join([_question(outcome, speech), *map(_iso, outcome.options)])


def _question(question: Question, speech: refusals.Speech) -> str:
    ask = echoes.question if question.options else echoes.how_to_write
    return ask(question.kind, speech.words)


def _iso(when: When) -> str:
    instant = when.instant.astimezone(when.zone).isoformat()
    return f"{instant} RRULE:{when.recurrence.rule}" if isinstance(when, Every) else instant
