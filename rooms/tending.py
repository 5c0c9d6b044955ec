"""Tending: series are made ahead, digests go out on their day, and abandoned dialogues are forgotten."""

import logging
from dataclasses import replace
from datetime import datetime, timedelta

from rooms.dialogues import LIFE
from rooms.digests import SPAN, next_digest
from rooms.group import Group
from rooms.notices import Notice, NoticeKind
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.repeating import make_ahead, to_be_made
from rooms.room import AHEAD, ON_AIR
from rooms.series import Series
from rooms.timetable import Timing

log = logging.getLogger(__name__)

ROUND = timedelta(hours=1)
"""How often series and dialogues are looked after."""


class Tending:
    """What must be done for no talk in particular; done again, nothing happens twice."""

    def __init__(self, store: Store, clock: Clock, timing: Timing) -> None:
        self._store = store
        self._clock = clock
        self._timing = timing

    async def run(self) -> None:
        """Tend for ever; digests go out at their instant, all else is looked after once an hour."""
        round_at = self._clock.now()
        while True:
            ring = self._store.committed.next_ring()
            now = self._clock.now()
            if now >= round_at:
                round_at = now + ROUND
                await self._make_ahead(now)
                await self._forget_dialogues(now)
            digest_at = await self._send_digests(now)
            await self._clock.wait(ring, min(round_at, digest_at or round_at))

    async def _make_ahead(self, now: datetime) -> None:
        async with self._store.reading() as records:
            going_on = await records.series.going_on()
        for series in going_on:
            try:
                await self._look_after(series, now)
            except Exception:
                log.exception("series %s cannot be made ahead", series.id)

    async def _look_after(self, series: Series, now: datetime) -> None:
        async with self._store.reading() as records:
            needs_care = await _needs_care(records, series, now)
        if needs_care:
            async with self._store.writing() as records:
                await self._care(records, series, now)

    async def _care(self, records: Records, series: Series, now: datetime) -> None:
        present = await records.series.find(series.id)
        if present is None or present.is_over:
            return
        if present.recurrence.next_after(now) is None:
            await records.series.save(replace(present, is_over=True))
        else:
            await make_ahead(records, present, now, self._timing)

    async def _send_digests(self, now: datetime) -> datetime | None:
        """Put the digests that are due into the outbox; returns when the next one is."""
        while (group := await self._next()) is not None:
            if group.digest_at is None or group.digest_at > now:
                return group.digest_at
            async with self._store.writing() as records:
                await _send_digest(records, group, now)
        return None

    async def _next(self) -> Group | None:
        async with self._store.reading() as records:
            return await records.groups.next_digest()

    async def _forget_dialogues(self, now: datetime) -> None:
        async with self._store.writing() as records:
            await records.dialogues.forget_older(now - LIFE)


async def _needs_care(records: Records, series: Series, now: datetime) -> bool:
    return bool(await to_be_made(records, series, now)) or series.recurrence.next_after(now) is None


async def _send_digest(records: Records, group: Group, now: datetime) -> None:
    """A week in which nothing is on needs no digest; nor does a group that the bot had to leave."""
    group_now = await records.groups.find(group.chat)
    if group_now is None or group_now.digest_at != group.digest_at:
        return
    await records.groups.save(replace(group_now, digest_at=next_digest(group_now, now)))
    if group_now.is_present and await records.rooms.between(group.chat, AHEAD | ON_AIR, now, now + SPAN):
        await records.outbox.put(Notice(group.chat, None, None, NoticeKind.DIGEST), now)
