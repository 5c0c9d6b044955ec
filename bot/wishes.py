"""Wishes: what somebody asks for with /schedule, and how it is read from one line."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.aspects import Aspect, Change, read_aspect
from bot.aspects.labels import labelled
from bot.aspects.settings import read_setting
from bot.aspects.texts import plain_line, plain_lines
from bot.aspects.times import Scene, read_length, read_when, reads
from bot.errors import FieldNotUnderstood, SaidTwice, WishIncomplete
from bot.persons import Mentions
from bot.times import Every, Question, When
from rooms.appointments import Invited
from rooms.group import Group
from rooms.ids import PersonId, ThreadId
from rooms.plan import Admission, Plan
from rooms.recurrence import Recurrence
from rooms.roles import Asker, Role
from rooms.topics import split_topic

USUAL = timedelta(hours=1)
"""How long a talk lasts when nobody says it."""

FEWEST_WORDS = 4
"""Words of a description that nothing introduces; fewer are a field that could not be read."""

Naming = Callable[[str], Mentions]
"""Finds the people whom a field mentions."""

_BAR = re.compile(r"\s*[|\uff5c]\s*")
_COHOST = re.compile(
    r"(?:together )?with|co-?hosts?|hosted with|con|insieme (?:a|con)|co-?condu\w+|conduc\w+ con",
    re.IGNORECASE,
)
_SPEAKER = re.compile(
    r"speakers?|speaking|by|guests?|relator[ei]|relatric[ei]|parla(?:no)?|ospit[ei]|interv\w+", re.IGNORECASE
)
_BETWEEN = re.compile(r"(?:and|e|ed|,|;|:|&|\s)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks for; the time may be missing, or still a question.

    Where admission and recording are None, the customs of the group decide.
    """

    title: str = ""
    topic: str | None = None
    when: When | Question | None = None
    duration: timedelta = USUAL
    description: str = ""
    people: tuple[tuple[Role, Invited], ...] = ()
    admission: Admission | None = None
    seats: int | None = None
    is_recorded: bool | None = None
    language: str | None = None
    cover: str | None = None

    @property
    def recurrence(self) -> Recurrence | None:
        """How it comes round; None for a single talk."""
        return self.when.recurrence if isinstance(self.when, Every) else None

    def plan(self, place: "Place", starts_at: datetime) -> Plan:
        """The plan of the wish at an instant."""
        customs = place.group
        return Plan(
            customs.chat, place.thread, self.title, self.topic, place.host, place.host_name, starts_at,
            self.duration,
            self.description,
            self.admission if self.admission is not None else customs.admission,
            self.seats,
            self.is_recorded if self.is_recorded is not None else customs.records_talks,
            self.language,
            self.cover,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where a talk is to be held, and who is to mind it."""

    group: Group
    thread: ThreadId | None
    host: PersonId
    host_name: str
    host_username: str | None = None

    def is_host(self, one: Invited) -> bool:
        """Whether somebody is who is to mind it."""
        host = Asker(self.host, self.host_name, is_admin=False, username=self.host_username)
        return one.is_me(host)


def nobody(field: str) -> Mentions:
    """Names nobody, where there is no message that could mention people."""
    return Mentions((), field)


def read_wish(text: str, scene: Scene, naming: Naming = nobody) -> Wish:
    """Read "Careers after 40 #careers | tomorrow 18:30 | 45m | @bruno | 20 seats | in Italian".

    The title is first; the other fields may stand in any order. What is nothing else, and has some words to
    it, is the description.

    Raises:
        WishIncomplete, FieldNotUnderstood, SaidTwice, TopicMalformed, and what `bot.times` refuses.
    """
    fields = fields_of(text)
    if len(fields) < 2 or not all(fields[1:]):
        raise WishIncomplete
    title, topic = split_topic(plain_line(fields[0]))
    wish = replace(Wish(title, topic), **read_fields(fields[1:], scene, naming))
    if wish.when is None:
        raise WishIncomplete
    return wish


def fields_of(text: str) -> list[str]:
    """The fields between bars; empty ones at the end are left out."""
    fields = _BAR.split(text.strip())
    while fields and not fields[-1]:
        fields.pop()
    return fields


def read_fields(fields: Sequence[str], scene: Scene, naming: Naming, *, is_change: bool = False) -> Change:
    """What the fields say, each of another aspect; in a change there need be no time.

    Raises:
        FieldNotUnderstood, SaidTwice, and what the reading of an aspect refuses.
    """
    said: dict[Aspect, tuple[str, Change]] = {}
    unread: list[str] = []
    for field in fields:
        found = _plainly(field, scene, naming)
        if found is None:
            unread.append(field)
        else:
            _say(said, found[0], field, found[1])
    unread = _read_times(unread, said, scene)
    if unread and Aspect.WHEN not in said and not is_change:
        read_when(plain_line(min(unread, key=len)), scene)  # refuses it in its own words
    for field in unread:
        if len(field.split()) < FEWEST_WORDS:
            raise FieldNotUnderstood(field)
        _say(said, Aspect.DESCRIPTION, field, {"description": plain_lines(field)})
    return {name: value for _field, change in said.values() for name, value in change.items()}


def _say(said: dict[Aspect, tuple[str, Change]], aspect: Aspect, field: str, change: Change) -> None:
    """Keep what a field says; people may be named in several."""
    before = said.get(aspect)
    if before is not None and aspect is not Aspect.PEOPLE:
        raise SaidTwice(before[0], field)
    if before is not None:
        change = {"people": (*before[1]["people"], *change["people"])}
    said[aspect] = field, change


def _plainly(field: str, scene: Scene, naming: Naming) -> tuple[Aspect, Change] | None:
    """What a field says by itself: it is introduced by a word, or it can be nothing else."""
    introduced = labelled(field)
    if introduced is not None and introduced[0] is not Aspect.PEOPLE:
        aspect, rest = introduced
        return aspect, read_aspect(aspect, rest, scene)
    people = _people(introduced[1] if introduced else field, naming)
    if people is not None:
        return Aspect.PEOPLE, {"people": people}
    return read_setting(field)


def _people(field: str, naming: Naming) -> tuple[tuple[Role, Invited], ...] | None:
    """Those named in a field that holds nothing but names, and whether they speak or mind the talk too."""
    mentions = naming(field)
    if not mentions.people:
        return None
    is_cohost = _COHOST.search(mentions.rest) is not None
    rest = _SPEAKER.sub(" ", _COHOST.sub(" ", mentions.rest))
    if _BETWEEN.fullmatch(rest) is None:
        return None
    role = Role.COHOST if is_cohost else Role.SPEAKER
    return tuple((role, one) for one in mentions.people)


def _read_times(fields: list[str], said: dict[Aspect, tuple[str, Change]], scene: Scene) -> list[str]:
    """Read the time and the length; returns the fields that are neither.

    "1:30" may be both: it is the time unless another field is, and then the length.
    """
    readable = {field: _kinds(plain_line(field), scene) for field in fields}
    either = [field for field in fields if readable[field] == {Aspect.WHEN, Aspect.LENGTH}]
    for field in fields:
        if len(readable[field]) == 1:
            _say_time(said, next(iter(readable[field])), field, scene)
    for field in either:
        aspect = Aspect.LENGTH if Aspect.WHEN in said else Aspect.WHEN
        _say_time(said, aspect, field, scene)
    return [field for field in fields if not readable[field]]


def _kinds(words: str, scene: Scene) -> set[Aspect]:
    kinds = {Aspect.WHEN} if reads(read_when, words, scene) else set()
    return kinds | ({Aspect.LENGTH} if reads(read_length, words, scene) else set())


def _say_time(said: dict[Aspect, tuple[str, Change]], aspect: Aspect, field: str, scene: Scene) -> None:
    _say(said, aspect, field, read_aspect(aspect, field, scene))
