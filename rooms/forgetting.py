"""Forgetting: people and groups see what is on record about them, and have it erased."""

from collections.abc import Sequence
from pathlib import Path

from rooms import announcing, seating
from rooms.authority import require_in_group
from rooms.consenting import leave_out
from rooms.errors.groups import TalkOnAir
from rooms.ids import ChatId, PersonId, RoomId
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.repeating import forget_draft
from rooms.repositories.traces import Trace
from rooms.roles import Action, Asker
from rooms.room import ON_AIR, Room, RoomState


class Forgetting:
    """Nothing stays of a person, and nothing of a group, once that was asked for."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def about_person(self, person: PersonId) -> Sequence[Trace]:
        """Everything on record that names somebody; to be shown to nobody else."""
        async with self._store.reading() as records:
            return await records.traces.of_person(person)

    async def recordings_with(self, person: PersonId) -> Sequence[Path]:
        """The files of all recordings in which somebody is or may be heard, who is about to be forgotten."""
        async with self._store.reading() as records:
            found = [
                await records.recordings.find(room)
                for room in await records.recordings.with_voice(None, person)
            ]
        return [recording.path for recording in found if recording is not None]

    async def erase_person(self, person: PersonId) -> None:
        """Forget somebody, who asks for it themselves. Their voice goes from every recording.

        Talks that they host go on with `NOBODY` as their host and no name, for the group's admins to mind or
        to hand over; what they only drafted goes. Seats that become free go to who waits; cards that may name
        them are edited.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            for draft in await _drafts(records, person):
                await forget_draft(records, draft)
            touched = await _touched(records, person)
            lists = [await seating.seating(records, room) for room in touched]
            await leave_out(records, None, person, now)
            await records.traces.erase_person(person)
            for room, before in zip(touched, lists, strict=True):
                if not room.is_over:
                    after = await seating.seating(records, room)
                    await seating.tell_seated(records, room, before, after, now)
                await announcing.refresh(records, room, now)

    async def about_group(self, chat: ChatId, asker: Asker) -> Sequence[tuple[str, int]]:
        """How many rows each table holds about a group, without those that could tell that anybody listens.

        Raises:
            NotAllowed, Banned, NotAMember.
        """
        async with self._store.reading() as records:
            await require_in_group(records, Action.SET_UP, chat, asker, self._clock.now())
            hidden = {holding.table for holding in records.traces.holdings() if holding.hides_few}
            return [
                (table, rows) for table, rows in await records.traces.of_group(chat) if table not in hidden
            ]

    async def recordings_of(self, chat: ChatId, asker: Asker) -> Sequence[Path]:
        """The files of a group's recordings, for who is about to erase it.

        Raises:
            NotAllowed, Banned, NotAMember.
        """
        async with self._store.reading() as records:
            await require_in_group(records, Action.SET_UP, chat, asker, self._clock.now())
            return await _recorded(records, chat)

    async def erase_group(self, chat: ChatId, asker: Asker) -> Sequence[Path]:
        """Forget a group with all its talks.

        Returns:
            The files of its recordings, which are no longer on record: the caller deletes them.

        Raises:
            NotAllowed, Banned, NotAMember.
            TalkOnAir: a call must be closed while it is still known.
        """
        async with self._store.writing() as records:
            await require_in_group(records, Action.SET_UP, chat, asker, self._clock.now())
            on_air = await records.rooms.in_states(ON_AIR, chat)
            if on_air:
                raise TalkOnAir(on_air[0].plan.title)
            paths = await _recorded(records, chat)
            await records.groups.remove(chat)
        return paths


async def _touched(records: Records, person: PersonId) -> Sequence[Room]:
    """The announced talks in which somebody has a part; of those that are over, where a card names them."""
    rooms: dict[RoomId, Room] = {}
    for trace in await records.traces.of_person(person):
        room = await _traced(records, trace)
        if room is None or room.state is RoomState.DRAFT:
            continue
        if not room.is_over or trace.where in ("rooms", "appointments"):
            rooms[room.id] = room
    return list(rooms.values())


async def _drafts(records: Records, person: PersonId) -> Sequence[Room]:
    """What somebody began to plan and nobody has confirmed."""
    traces = [trace for trace in await records.traces.of_person(person) if trace.where == "rooms"]
    rooms = [await _traced(records, trace) for trace in traces]
    return [room for room in rooms if room is not None and room.state is RoomState.DRAFT]


async def _traced(records: Records, trace: Trace) -> Room | None:
    """The talk that a trace is about."""
    number = dict(trace.what).get("id" if trace.where == "rooms" else "room")
    return await records.rooms.find(RoomId(int(number))) if number else None


async def _recorded(records: Records, chat: ChatId) -> Sequence[Path]:
    return [recording.path for recording in await records.recordings.of(chat)]
