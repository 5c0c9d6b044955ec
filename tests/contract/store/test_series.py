"""What every Store must do with series."""

from dataclasses import replace
from datetime import datetime

from rooms.ids import SeriesId
from rooms.records import Store
from rooms.recurrence import Recurrence
from rooms.room import Occurrence
from rooms.series import Series
from tests.contract.store.talks import FULL_PLAN, new_room
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import CHAT, OTHER_CHAT, a_plan

THURSDAYS = Recurrence("FREQ=WEEKLY;BYDAY=TH", datetime(2026, 11, 26, 18, 30), CAREERS.zone)  # noqa: DTZ001
TUESDAYS = Recurrence("FREQ=WEEKLY;BYDAY=TU;COUNT=5", datetime(2026, 12, 1, 21), CAREERS.zone)  # noqa: DTZ001


async def test_a_series_reads_back_the_same(store: Store) -> None:
    async with store.writing() as records:
        series = await records.series.add(FULL_PLAN, THURSDAYS)
    assert series == Series(series.id, FULL_PLAN, THURSDAYS)
    async with store.reading() as records:
        assert await records.series.find(series.id) == series
        assert await records.series.find(SeriesId(99)) is None


async def test_a_saved_series_replaces_the_old_one(store: Store) -> None:
    async with store.writing() as records:
        series = await records.series.add(FULL_PLAN, THURSDAYS)
        changed = replace(series, plan=a_plan(), recurrence=TUESDAYS, is_over=True)
        await records.series.save(changed)
        assert await records.series.find(series.id) == changed


async def test_the_series_that_go_on_come_in_the_order_in_which_they_were_made(store: Store) -> None:
    async with store.writing() as records:
        first = await records.series.add(a_plan(), THURSDAYS)
        over = await records.series.add(a_plan(), THURSDAYS)
        elsewhere = await records.series.add(a_plan(chat=OTHER_CHAT), TUESDAYS)
        last = await records.series.add(a_plan(), TUESDAYS)
        await records.series.save(replace(over, is_over=True))
        assert await records.series.going_on(CHAT) == [first, last]
        assert await records.series.going_on() == [first, elsewhere, last]


async def test_occurrences_of_a_forgotten_series_stay_as_talks_of_their_own(store: Store) -> None:
    async with store.writing() as records:
        series = await records.series.add(a_plan(), THURSDAYS)
    room = await new_room(store, occurrence=Occurrence(series.id, NOON))
    async with store.writing() as records:
        await records.series.remove(series.id)
        await records.series.remove(series.id)
        assert await records.series.find(series.id) is None
        assert await records.rooms.get(room.id) == replace(room, occurrence=None)
        assert (await records.series.add(a_plan(), THURSDAYS)).id > series.id
