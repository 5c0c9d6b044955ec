"""Changing: a talk, or all that follow it, is planned anew or cancelled; for a minute it can be undone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rooms.announcing import refresh
from rooms.authority import require
from rooms.errors.talks import NoSuchRoom, TakenBack, WrongState
from rooms.following import Edit, continued, edited, following
from rooms.holding import held_back, hold, is_told, let_stand, take_back
from rooms.ids import RoomId
from rooms.jobs import JobKind
from rooms.moderation import Deed, DeedKind, deed_of
from rooms.ports import Clock
from rooms.preparing import make_way
from rooms.programme import in_its_place, refuse_clash
from rooms.records import Records, Store
from rooms.roles import Action, Asker
from rooms.room import AHEAD, Room, RoomState
from rooms.series import Series
from rooms.timetable import Timing, set_jobs

_REMEMBERED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish: the talk that was named as it is now, and how it stands with the rest.

    `is_changed` is whether it, its series or one that follows is not what it was, `is_told` whether people
    hear of that, `is_held` whether it stands only in a minute, so that it can be undone until then, `joins`
    whether that undoes earlier changes too.
    """

    room: Room
    is_changed: bool
    is_told: bool
    is_held: bool
    joins: bool = False


class Changing:
    """Every change is one transaction with its jobs; cards show it at once, people hear of it in a minute."""

    def __init__(self, store: Store, clock: Clock, timing: Timing) -> None:
        self._store = store
        self._clock = clock
        self._timing = timing
        self._put_back = _PutBack()

    async def change(self, room_id: RoomId, asker: Asker, edit: Edit) -> Outcome:
        """Give a talk another plan; an occurrence of a series stays one, and the others stay as they are.

        `edit` cannot give it to another chat or host. In a minute the group and those whom it concerns are
        told, unless it is undone or only the card shows it (a description, a language, a cover).

        Raises:
            NoSuchRoom, WrongState, NotAllowed, Banned, NotAMember, TopicNotAllowed, Clash, and what
            `Plan.check` raises.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _find(records, Action.CHANGE, room_id, asker, now)
            return await self._change(records, room, asker, edit, now)

    async def change_following(self, room_id: RoomId, asker: Asker, edit: Edit) -> Outcome:
        """Give an occurrence and all that follow it another plan, and the series from there on.

        The hour of the occurrence, if it is another one, becomes the series' hour, and its day moves along;
        occurrences that were moved alone fall in line again. One that was cancelled stays so. A talk that
        belongs to no series is changed alone.

        Raises:
            RecurrenceFixed: the series' days cannot be moved as this one is.
            Clash: of this one, or of one that follows. And what `change` raises.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _find(records, Action.CHANGE, room_id, asker, now)
            series = await _series_of(records, room)
            if series is None or room.state not in AHEAD:
                return await self._change(records, room, asker, edit, now)
            were = await _following(records, room, now)
            new, rooms = await continued(records, series, were, edit, now)
            if (new, rooms) == (series, were):
                return await _unchanged(records, room)
            await records.series.save(new)
            await self._save_all(records, [one for one in rooms if one not in were], now)
            # the one that was named is kept even if only the others change: it is by it that all is undone
            changed = [one for one in were if one == room or one not in rooms]
            joins = await hold(records, changed, now, self._timing, series)
            await records.log.add(_changed(room, rooms[0], asker, now))
            are_told = any(is_told(was.plan, one.plan) for was, one in zip(were, rooms, strict=True))
            return await _done(records, rooms[0], is_told=are_told, joins=joins)

    async def cancel(self, room_id: RoomId, asker: Asker) -> Outcome:
        """Take a talk off the programme; in a minute those whom it concerns are told, unless it is undone.

        Raises:
            NotAllowed, Banned, NotAMember, WrongState.
            NoSuchRoom: also of a draft, of which the group knows nothing.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _find(records, Action.CANCEL, room_id, asker, now)
            if room.state is RoomState.CANCELLED:
                return await _unchanged(records, room)
            cancelled = room.cancelled(now)
            await self._save_all(records, [cancelled], now)
            joins = await hold(records, [room], now, self._timing)
            await records.log.add(deed_of(cancelled, DeedKind.CANCELLED, asker, now))
            return await _done(records, cancelled, is_told=True, joins=joins)

    async def cancel_following(self, room_id: RoomId, asker: Asker) -> Outcome:
        """End a series: this occurrence does not take place, nor does any that would follow.

        Raises:
            What `cancel` raises.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _find(records, Action.CANCEL, room_id, asker, now)
            if room.state not in AHEAD | {RoomState.CANCELLED}:
                raise WrongState(room.state, f"become {RoomState.CANCELLED}")
            were = [one for one in await _following(records, room, now) if one.state in AHEAD]
            series = await _end_series(records, room)
            if series is None and not were:
                return await _unchanged(records, room)
            await self._save_all(records, [one.cancelled(now) for one in were], now)
            held = were if room in were else [room, *were]
            joins = await hold(records, held, now, self._timing, series)
            await records.log.add(deed_of(room, DeedKind.CANCELLED, asker, now))
            room = await records.rooms.get(room_id)
            return await _done(records, room, is_told=bool(were), joins=joins)

    async def undo(self, room_id: RoomId, asker: Asker, revision: int | None = None) -> Room:
        """Take back what was changed or cancelled within the last minute: plan, state, jobs and cards.

        Nobody is told. Several changes within a minute of one another are taken back together: people have
        heard of none of them. So are those of a talk and all that followed it, whichever of them is named,
        and their series is what it was. Where a talk is opened, or was to begin, within the minute, people
        were told at once and nothing can be taken back; nor can it once the call is being opened.

        `revision` is the talk's after the change that is meant, to tell it from one made since.

        Raises:
            NoSuchRoom, NotAllowed, Banned, NotAMember, NothingToUndo, TakenBack.
            Clash: another talk has the hour by now; nothing is restored.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await records.rooms.get(room_id)
            is_cancelled = room.state is RoomState.CANCELLED
            await require(records, Action.CANCEL if is_cancelled else Action.CHANGE, room, asker, now)
            if self._put_back.has(room_id, revision):
                raise TakenBack
            restored = await take_back(records, room, await held_back(records, room, now), now)
            await _require_to_revive(records, restored, asker, now)
            await self._save_all(records, restored, now)
            await records.log.add(deed_of(room, DeedKind.RESTORED, asker, now))
        self._put_back.note(restored, now)
        return next(one for one in restored if one.id == room_id)

    async def _change(self, records: Records, room: Room, asker: Asker, edit: Edit, now: datetime) -> Outcome:
        plan = edited(room.plan, edit)
        if room.state not in AHEAD:
            raise WrongState(room.state, "be changed")
        if plan == room.plan:
            return await _unchanged(records, room)
        changed = room.replanned(await in_its_place(records, plan, now, room), now)
        await self._save_all(records, [changed], now)
        joins = await hold(records, [room], now, self._timing)
        await records.log.add(_changed(room, changed, asker, now))
        return await _done(records, changed, is_told=is_told(room.plan, changed.plan), joins=joins)

    async def _save_all(self, records: Records, rooms: Sequence[Room], now: datetime) -> None:
        """Put talks on record together, each with its hour free, or raise `Clash`."""
        for room in rooms:
            await records.rooms.save(room)
        for room in rooms:
            if room.state in AHEAD:
                await refuse_clash(records, room.plan, but=room.id)
            await self._on_programme(records, room, now)

    async def _on_programme(self, records: Records, room: Room, now: datetime) -> None:
        """Give the talk the jobs and the cards of what it is now."""
        if room.state in AHEAD:
            group = await records.groups.find(room.plan.chat)
            await set_jobs(records, room, group, now, self._timing)
        elif room.state is RoomState.CANCELLED:
            await records.jobs.drop(room.id, frozenset(JobKind) - {JobKind.TELL})
            await make_way(records, room, now)
        await refresh(records, room, now)


class _PutBack:
    """Which talks were put back lately; in memory only: a restart leaves earlier changes merely too old."""

    def __init__(self) -> None:
        self._rooms: dict[RoomId, Room] = {}

    def note(self, restored: Sequence[Room], now: datetime) -> None:
        """These were put back now; what was long ago is forgotten."""
        recent = {key: room for key, room in self._rooms.items() if now - room.changed_at < _REMEMBERED}
        self._rooms = recent | {room.id: room for room in restored}

    def has(self, room_id: RoomId, revision: int | None) -> bool:
        """Whether what gave the talk this revision was taken back."""
        restored = self._rooms.get(room_id)
        return restored is not None and revision is not None and revision < restored.revision


async def _find(records: Records, action: Action, room_id: RoomId, asker: Asker, now: datetime) -> Room:
    """The talk, which the asker may change; what was to be told of it by now was told."""
    room = await records.rooms.get(room_id)
    if room.state is RoomState.DRAFT:
        raise NoSuchRoom
    await require(records, action, room, asker, now)
    await let_stand(records, room, now)
    return room


async def _done(records: Records, room: Room, *, is_told: bool, joins: bool) -> Outcome:
    is_held = await records.rooms.before(room.id) is not None
    return Outcome(room, is_changed=True, is_told=is_told, is_held=is_held, joins=joins)


async def _unchanged(records: Records, room: Room) -> Outcome:
    """Nothing was to be done, but what was done before may be held back still."""
    is_held = await records.rooms.before(room.id) is not None
    return Outcome(room, is_changed=False, is_told=False, is_held=is_held)


async def _require_to_revive(records: Records, restored: Sequence[Room], asker: Asker, now: datetime) -> None:
    """Whoever takes a cancellation back must be one who may cancel, whichever of the talks they name."""
    for one in restored:
        present = await records.rooms.get(one.id)
        if present.state is RoomState.CANCELLED and one.state in AHEAD:
            await require(records, Action.CANCEL, present, asker, now)


async def _following(records: Records, room: Room, now: datetime) -> list[Room]:
    rooms = await following(records, room)
    for one in rooms:
        await let_stand(records, one, now)
    return rooms


async def _series_of(records: Records, room: Room) -> Series | None:
    return await records.series.find(room.occurrence.series) if room.occurrence is not None else None


async def _end_series(records: Records, room: Room) -> Series | None:
    """Let a series end before an occurrence; returns the series as it was."""
    series = await _series_of(records, room)
    if series is not None and room.occurrence is not None:
        ended = series.recurrence.until(room.occurrence.at)
        await records.series.save(replace(series, recurrence=ended, is_over=True))
    return series


def _changed(before: Room, after: Room, asker: Asker, now: datetime) -> Deed:
    was_at = before.plan.starts_at
    detail = was_at.isoformat() if was_at != after.plan.starts_at else ""
    return deed_of(after, DeedKind.CHANGED, asker, now, detail)
