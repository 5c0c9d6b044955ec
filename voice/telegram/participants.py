"""The participants of a call: a list of our own, kept in step by Telegram's versions."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pyrogram import raw

from rooms.ids import PersonId
from rooms.stage import OnStage, Stage

GAP_PATIENCE = 1.0
"""Seconds to wait for a version that is missing before the list must be fetched anew."""

MOST_KEPT = 256
"""Updates that are kept until it is their turn, and of those that had it, should a list be older."""

MOST_STRANGERS = 1000
"""People who are remembered though they are not in the call."""

NAMELESS = "…"

FIRST_CHANNEL = -1_000_000_000_000
"""The Bot API numbers a channel or supergroup by this minus its number in TL."""


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody in the call. `source` is their microphone's unsigned SSRC, `hand` a raised hand's rating."""

    person: PersonId
    source: int
    joined_at: datetime
    is_muted: bool
    may_speak: bool
    hand: int | None
    is_self: bool
    has_left: bool
    is_versioned: bool
    """Whether the update counts in the list's version; the others apply at once."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a participant is called, and the TL `InputPeer` by which they can be meant; None: not told yet."""

    name: str
    peer: Any = None


def read_participant(told: Any, own_id: PersonId) -> Participant:
    """Our view of a `groupCallParticipant` (TL); `own_id` is the relay account's."""
    person = person_of(told.peer)
    return Participant(
        person=person,
        source=told.source & 0xFFFFFFFF,
        joined_at=datetime.fromtimestamp(told.date, UTC),
        is_muted=bool(told.muted),
        may_speak=bool(told.can_self_unmute) or not told.muted,
        hand=told.raise_hand_rating,
        is_self=bool(told.is_self) or person == own_id,
        has_left=bool(told.left),
        is_versioned=bool(told.versioned or told.left or told.just_joined),
    )


def person_of(peer: Any) -> PersonId:
    """The person, or the chat somebody speaks as, numbered as the Bot API does; `peer` is a TL `Peer`."""
    if hasattr(peer, "user_id"):
        return PersonId(peer.user_id)
    if hasattr(peer, "channel_id"):
        return PersonId(FIRST_CHANNEL - peer.channel_id)
    return PersonId(-peer.chat_id)


def read_known(users: Iterable[Any], chats: Iterable[Any]) -> dict[PersonId, Known]:
    """The people and chats of an answer (TL `User`, `Chat`); a `min` one has no access hash that works."""
    known = {}
    for user in users:
        parts = (getattr(user, "first_name", None), getattr(user, "last_name", None))
        if name := " ".join(part for part in parts if part):
            known[PersonId(user.id)] = Known(name, _peer(raw.types.InputPeerUser, user_id=user.id, of=user))
    for chat in chats:
        if title := getattr(chat, "title", None):
            channel = _peer(raw.types.InputPeerChannel, channel_id=chat.id, of=chat)
            known[PersonId(FIRST_CHANNEL - chat.id)] = Known(title, channel)
            known[PersonId(-chat.id)] = Known(title, raw.types.InputPeerChat(chat_id=chat.id))
    return known


def _peer(kind: Any, of: Any, **number: int) -> Any:
    access_hash = getattr(of, "access_hash", None)
    if access_hash is None or getattr(of, "min", None):
        return None
    return kind(**number, access_hash=access_hash)


class Participants:
    """The list at one version; knows when it is out of step and must be fetched anew.

    An update of the next version applies; an old one is left out; one from further ahead waits a second for
    those between (core.telegram.org/api/group-calls).
    """

    def __init__(self) -> None:
        self._version = 0
        self._newest = 0
        self._people: dict[PersonId, Participant] = {}
        self._by_source: dict[int, PersonId] = {}
        self._known: dict[PersonId, Known] = {}
        self._ahead: dict[int, tuple[Participant, ...]] = {}
        self._applied: deque[tuple[int, tuple[Participant, ...]]] = deque(maxlen=MOST_KEPT)
        self._overdue: frozenset[int] = frozenset()
        self._gap_since: float | None = None
        self._expected: dict[PersonId, tuple[bool, bool]] = {}

    @property
    def own_source(self) -> int | None:
        """The relay's own SSRC as Telegram knows it; None when it is not in the call."""
        return next((person.source for person in self._people.values() if person.is_self), None)

    @property
    def has_unmuted(self) -> bool:
        """Whether anybody but the relay could be heard."""
        return any(not person.is_muted and not person.is_self for person in self._people.values())

    @property
    def version(self) -> int:
        """How far the list is."""
        return self._version

    @property
    def is_behind(self) -> bool:
        """Whether a newer version is known to exist than the list's."""
        return self._newest > self._version

    @property
    def others(self) -> tuple[Participant, ...]:
        """Everybody but the relay, in the order in which they joined."""
        others = [person for person in self._people.values() if not person.is_self]
        return tuple(sorted(others, key=lambda person: (person.joined_at, person.person)))

    def get(self, person: PersonId) -> Participant | None:
        """Somebody who is in the call."""
        return self._people.get(person)

    def peer(self, person: PersonId) -> Any:
        """The TL `InputPeer` of somebody; None when Telegram has not told it."""
        known = self._known.get(person)
        return known and known.peer

    def person_of(self, source: int) -> PersonId | None:
        """Whose microphone this unsigned SSRC is, the relay's own included."""
        return self._by_source.get(source)

    def meet(self, known: Mapping[PersonId, Known]) -> None:
        """Learn who people are; what was known of how to mean them stays."""
        for person, told in known.items():
            before = self._known.get(person)
            peer = told.peer or (before and before.peer)
            self._known[person] = Known(told.name, peer)
        if len(self._known) > len(self._people) + MOST_STRANGERS:
            self._known = {person: one for person, one in self._known.items() if person in self._people}

    def await_list(self) -> None:
        """The whole list is being asked for now: whatever came before is in it."""
        self._overdue = frozenset(self._ahead)

    def replace(self, people: Iterable[Participant], version: int, now: float) -> None:
        """The whole list, fetched anew; updates that it does not contain yet are applied to it again.

        Who has no name even now stays nameless until one is learnt. `now` in seconds.
        """
        self._people = {person.person: person for person in people if not person.has_left}
        self._by_source = {person.source: person.person for person in self._people.values()}
        for person in self._people:
            self._known.setdefault(person, Known(NAMELESS))
        newer = {applied: changed for applied, changed in self._applied if applied > version}
        late = {ahead: changed for ahead, changed in self._ahead.items() if ahead not in self._overdue}
        self._ahead = newer | late
        self._applied.clear()
        self._version = version
        self._newest = max((version, *self._ahead))
        self._gap_since = now
        self._catch_up()

    def update(self, people: Iterable[Participant], version: int, now: float) -> None:
        """Apply an update of this version, or keep it until it is its turn; `now` in seconds."""
        versioned = []
        for person in people:
            if person.is_versioned:
                versioned.append(person)
            elif person.person in self._people and version >= self._version:
                self._apply(person)
        self._newest = max(self._newest, version)
        if versioned and version > self._version:
            self._ahead[version] = tuple(versioned)
            if len(self._ahead) > MOST_KEPT:
                del self._ahead[max(self._ahead)]
            self._catch_up()
        if self.is_behind and self._gap_since is None:
            self._gap_since = now

    def is_out_of_step(self, now: float) -> bool:
        """Whether a missing version did not come in time, or somebody's name is unknown."""
        has_waited = self._gap_since is not None and now - self._gap_since >= GAP_PATIENCE
        return has_waited or any(person not in self._known for person in self._people)

    def expect(self, person: PersonId, *, is_muted: bool, may_speak: bool) -> None:
        """We are making somebody so: until settled they stand so on the stage, whatever older news say."""
        self._expected[person] = (is_muted, may_speak)

    def settle(self, person: PersonId) -> None:
        """What we asked for was done, or refused: what Telegram says of somebody counts again."""
        self._expected.pop(person, None)

    def stage(self, speaking: Collection[int]) -> Stage:
        """Everybody but the relay, in the order in which they joined; `speaking` are sources."""
        return Stage(tuple(self._on_stage(person, person.source in speaking) for person in self.others))

    def _on_stage(self, person: Participant, is_speaking: bool) -> OnStage:
        is_muted, may_speak = self._expected.get(person.person, (person.is_muted, person.may_speak))
        known = self._known.get(person.person)
        return OnStage(
            person.person,
            known.name if known else NAMELESS,
            is_muted=is_muted,
            is_speaking=is_speaking,
            hand=person.hand,
            may_speak=may_speak,
            joined_at=person.joined_at,
        )

    def _catch_up(self) -> None:
        for version in [version for version in self._ahead if version <= self._version]:
            del self._ahead[version]
        while (people := self._ahead.pop(self._version + 1, None)) is not None:
            self._version += 1
            self._applied.append((self._version, people))
            for person in people:
                self._apply(person)
        if not self.is_behind:
            self._gap_since = None

    def _apply(self, person: Participant) -> None:
        known = self._people.get(person.person)
        if known is not None and person.has_left and person.is_self and known.source != person.source:
            return  # an earlier presence of ours is gone, not this one
        if known is not None:
            del self._people[person.person]
            if self._by_source.get(known.source) == person.person:
                del self._by_source[known.source]
        if not person.has_left:
            self._people[person.person] = person
            self._by_source[person.source] = person.person
