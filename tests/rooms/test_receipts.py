"""The receipt: everything with its true number, but for what would tell whether anybody listens."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from rooms.guests import Guest
from rooms.ids import PersonId
from rooms.receipts import Entry, Receipts
from tests.fakes.store import MemoryStore
from tests.fakes.talks import ADA
from tests.rooms.hall import Hall

QUARTER = timedelta(minutes=15)


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def receipts(hall: Hall) -> Receipts:
    return Receipts(hall.store, hall.clock, draw=lambda _below: 0)


def rows_of(entries: Sequence[Entry], table: str) -> int | None:
    (rows,) = [entry.rows for entry in entries if entry.holding.table == table]
    return rows


async def give_tickets(hall: Hall, number: int) -> None:
    room = await hall.talk()
    async with hall.store.writing() as records:
        for person in range(number):
            await records.tickets.give(room.id, PersonId(person + 1))


async def test_every_table_is_on_it_with_its_rows_at_this_moment(hall: Hall, receipts: Receipts) -> None:
    assert rows_of(await receipts.now(), "guests") == 0
    room = await hall.talk()
    async with hall.store.writing() as records:
        await records.guests.save(Guest(room.id, ADA.person, hall.clock.now(), wants_reminder=True))
    entries = await receipts.now()
    assert (rows_of(entries, "rooms"), rows_of(entries, "guests"), rows_of(entries, "bans")) == (1, 1, 0)
    assert [entry.holding for entry in entries] == list(hall.store.records.traces.holdings())


@pytest.mark.parametrize("number", [1, 10])
async def test_a_few_who_took_tickets_look_like_none(hall: Hall, receipts: Receipts, number: int) -> None:
    await hall.talk()
    before = rows_of(await receipts.now(), "ticket_holders")
    await give_tickets(hall, number)
    await hall.clock.advance(QUARTER)
    assert before is rows_of(await receipts.now(), "ticket_holders") is None


async def test_many_are_told_as_more_than_a_step(hall: Hall, receipts: Receipts) -> None:
    await give_tickets(hall, 15)
    assert rows_of(await receipts.now(), "ticket_holders") == 10


async def test_a_step_is_told_late_by_a_distance_that_nobody_knows(hall: Hall) -> None:
    receipts = Receipts(hall.store, hall.clock, draw=lambda below: below - 1)
    await give_tickets(hall, 14)
    assert rows_of(await receipts.now(), "ticket_holders") is None
    await give_tickets(hall, 1)
    await hall.clock.advance(QUARTER)
    assert rows_of(await receipts.now(), "ticket_holders") == 10


async def test_what_tells_of_listeners_changes_at_the_quarters_only(hall: Hall, receipts: Receipts) -> None:
    """Who watches the page while somebody takes a ticket learns nothing."""
    await hall.clock.advance(timedelta(minutes=7))
    assert rows_of(await receipts.now(), "ticket_holders") is None
    await give_tickets(hall, 30)
    assert rows_of(await receipts.now(), "rooms") == 1
    assert rows_of(await receipts.now(), "ticket_holders") is None
    await hall.clock.advance(timedelta(minutes=8))
    assert rows_of(await receipts.now(), "ticket_holders") == 20


async def test_a_thousand_who_ask_cost_one_look(hall: Hall, receipts: Receipts) -> None:
    first = await receipts.now()
    hall.store.records = None  # type: ignore[assignment]  # another look would fail
    assert await receipts.now() is first


def test_whatever_a_gallery_can_move_hides_few() -> None:
    hidden = {one.table for one in MemoryStore().records.traces.holdings() if one.hides_few}
    assert hidden == {"ticket_keys", "ticket_holders", "questions"}
