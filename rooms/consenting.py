"""Consenting: people are asked once whether their voice may be kept by itself, and may change their minds."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from rooms.announcing import tell
from rooms.consents import Consent
from rooms.ids import ChatId, PersonId, private_chat
from rooms.jobs import JobKind
from rooms.notices import NoticeKind, notice_of, notice_to
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.room import ON_AIR, Room, RoomState
from rooms.timetable import make_due


class Consenting:
    """What people answered, by group. Who says no is heard in no recording, those of the past included."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def standing(self, chat: ChatId, person: PersonId) -> bool | None:
        """What somebody answered in a group; None when they did not."""
        async with self._store.reading() as records:
            consent = await records.consents.find(chat, person)
        return consent.agrees if consent is not None else None

    async def given(self, person: PersonId) -> Sequence[tuple[Consent, str]]:
        """All that somebody answered, or was asked, with the titles of the groups."""
        async with self._store.reading() as records:
            known = await records.consents.by(person)
            groups = [await records.groups.find(consent.chat) for consent in known]
        return [
            (consent, group.title) for consent, group in zip(known, groups, strict=True) if group is not None
        ]

    async def answer(self, chat: ChatId, person: PersonId, name: str, *, agrees: bool) -> None:
        """Somebody answers for all talks of a group.

        A no reaches back: their track goes, every recording with their voice is made anew without it, and
        clips of those talks are taken down. A yes holds from now on: a voice that is gone does not come back.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            before = await records.consents.find(chat, person)
            await records.consents.save(Consent(chat, person, name, agrees, now))
            if not agrees and (before is None or before.agrees is not False):
                await leave_out(records, chat, person, now)


async def ask(records: Records, room: Room, person: PersonId, name: str, now: datetime) -> None:
    """Somebody may speak in a talk: ask for their voice, once per group, if the talk is being recorded."""
    await ask_all(records, room, {person: name}, now)


async def ask_all(records: Records, room: Room, people: Mapping[PersonId, str], now: datetime) -> None:
    """Ask several people with as few messages as can be.

    In private whom the bot may write to; the others together, by one message in the talk's group.
    """
    if room.state is not RoomState.LIVE or not room.plan.is_recorded:
        return
    chat, asked_in_group = room.plan.chat, False
    for person, name in people.items():
        if await records.consents.find(chat, person) is not None:
            continue
        await records.consents.save(Consent(chat, person, name, None, now))
        if await records.people.find(person) is not None:
            await records.outbox.put(notice_to(private_chat(person), room, NoticeKind.ON_STAGE), now)
        else:
            asked_in_group = True
    if asked_in_group:
        await tell(records, room, NoticeKind.ON_STAGE, now, now.isoformat())


async def leave_out(records: Records, chat: ChatId | None, person: PersonId, now: datetime) -> None:
    """Somebody's voice goes from what was recorded in a group, or in all of them.

    What is being recorded now is brought about by `Arranging`; clips of it go all the same.
    """
    rooms = {room.id for room in await records.rooms.in_states(ON_AIR, chat, 100_000)}
    for room_id in await records.recordings.with_voice(chat, person):
        rooms.add(room_id)
        await records.recordings.remove_track(room_id, person)
        await make_due(records, room_id, JobKind.MASTER, now)
    for room_id in sorted(rooms):
        clips = [post for post in await records.posts.of(room_id) if post.place < 0]
        for post in clips:
            await records.posts.save(replace(post, edition=None))
        if clips:
            room = await records.rooms.get(room_id)
            await records.outbox.put(notice_of(room, NoticeKind.REPLAY), now)
