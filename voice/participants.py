"""The participants of a call: a list of our own, kept in step by Telegram's versions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from rooms.ids import PersonId
from rooms.stage import OnStage, Stage

GAP_PATIENCE = 1.0
"""Seconds to wait for a version that is missing before the list must be fetched anew."""

NAMELESS = "…"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the call. `source` is the unsigned SSRC of their microphone."""

    person: PersonId
    source: int
    joined_at: datetime
    is_muted: bool
    has_hand_up: bool
    is_self: bool
    has_left: bool
    is_versioned: bool
    """Whether the update counts in the list's version; the others apply at once."""


def read_participant(raw: Any, own_id: PersonId) -> Participant:
    """Our view of a `groupCallParticipant` (TL); `own_id` is the relay account's."""
    person = person_of(raw.peer)
    return Participant(
        person=person,
        source=raw.source & 0xFFFFFFFF,
        joined_at=datetime.fromtimestamp(raw.date, UTC),
        is_muted=bool(raw.muted),
        has_hand_up=raw.raise_hand_rating is not None,
        is_self=bool(raw.is_self) or person == own_id,
        has_left=bool(raw.left),
        is_versioned=bool(raw.versioned or raw.left or raw.just_joined),
    )


def person_of(peer: Any) -> PersonId:
    """The person, or the chat somebody speaks as, numbered as the Bot API does; `peer` is a TL `Peer`."""
    if hasattr(peer, "user_id"):
        return PersonId(peer.user_id)
    if hasattr(peer, "channel_id"):
        return PersonId(-1_000_000_000_000 - peer.channel_id)
    return PersonId(-peer.chat_id)


def read_names(users: Iterable[Any], chats: Iterable[Any]) -> dict[PersonId, str]:
    """What the people and chats of an answer (TL `User`, `Chat`) are called."""
    names = {}
    for user in users:
        parts = (getattr(user, "first_name", None), getattr(user, "last_name", None))
        if name := " ".join(part for part in parts if part):
            names[PersonId(user.id)] = name
    for chat in chats:
        if title := getattr(chat, "title", None):
            names[PersonId(-1_000_000_000_000 - chat.id)] = title
            names[PersonId(-chat.id)] = title
    return names


class Participants:
    """The list at one version; knows when it is out of step and must be fetched anew.

    An update of the next version applies; an old one is left out; one from further ahead waits a second for
    those between (core.telegram.org/api/group-calls).
    """

    def __init__(self) -> None:
        self._version = 0
        self._people: dict[PersonId, Participant] = {}
        self._names: dict[PersonId, str] = {}
        self._ahead: dict[int, tuple[Participant, ...]] = {}
        self._gap_since: float | None = None

    @property
    def own_source(self) -> int | None:
        """The relay's own SSRC as Telegram knows it; None when it is not in the call."""
        return next((person.source for person in self._people.values() if person.is_self), None)

    @property
    def has_unmuted(self) -> bool:
        """Whether anybody but the relay could be heard."""
        return any(not person.is_muted and not person.is_self for person in self._people.values())

    def name(self, names: Mapping[PersonId, str]) -> None:
        """Learn what people are called."""
        self._names.update(names)

    def replace(self, people: Iterable[Participant], version: int) -> None:
        """The whole list, fetched anew; who has no name even now stays nameless until one is learnt."""
        self._people = {person.person: person for person in people if not person.has_left}
        for person in self._people:
            self._names.setdefault(person, NAMELESS)
        self._version = version
        self._gap_since = None
        self._catch_up()

    def update(self, people: Iterable[Participant], version: int, now: float) -> None:
        """Apply an update of this version, or keep it until it is its turn; `now` in seconds."""
        versioned = []
        for person in people:
            if person.is_versioned:
                versioned.append(person)
            elif person.person in self._people:
                self._apply(person)
        if versioned and version > self._version:
            self._ahead[version] = tuple(versioned)
            self._catch_up()
            if self._ahead and self._gap_since is None:
                self._gap_since = now

    def is_out_of_step(self, now: float) -> bool:
        """Whether a missing version did not come in time, or somebody's name is unknown."""
        has_waited = self._gap_since is not None and now - self._gap_since >= GAP_PATIENCE
        return has_waited or any(person not in self._names for person in self._people)

    def stage(self, speaking: Collection[int]) -> Stage:
        """Everybody but the relay, in the order in which they joined; `speaking` are sources."""
        others = [person for person in self._people.values() if not person.is_self]
        others.sort(key=lambda person: (person.joined_at, person.person))
        return Stage(tuple(self._on_stage(person, person.source in speaking) for person in others))

    def _on_stage(self, person: Participant, is_speaking: bool) -> OnStage:
        name = self._names.get(person.person, NAMELESS)
        return OnStage(person.person, name, person.is_muted, is_speaking, person.has_hand_up)

    def _catch_up(self) -> None:
        for version in [version for version in self._ahead if version <= self._version]:
            del self._ahead[version]
        while (people := self._ahead.pop(self._version + 1, None)) is not None:
            self._version += 1
            for person in people:
                self._apply(person)
        if not self._ahead:
            self._gap_since = None

    def _apply(self, person: Participant) -> None:
        if not person.has_left:
            known = self._people.get(person.person)
            joined_at = known.joined_at if known else person.joined_at
            self._people[person.person] = replace(person, joined_at=joined_at)
        elif (known := self._people.get(person.person)) and known.source == person.source:
            del self._people[person.person]
