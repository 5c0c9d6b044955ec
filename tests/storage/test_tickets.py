"""Who took a ticket leaves no trace in the file when the talk is over, nor the order in which they came."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sqlalchemy import create_engine, text

from rooms.ids import PersonId
from rooms.plan import Admission
from rooms.room import RoomState
from rooms.ticket_keys import TicketKey
from storage.database import Database, open_database
from tests.contract.store.talks import new_talk
from tests.fakes.talks import a_plan

HOLDERS = [PersonId(number) for number in (930_000_017, 910_000_023, 990_000_011, 920_000_029)]
PRIVATE = b"the private key of this talk, which signs its tickets"


async def given(database: Database) -> int:
    room = await new_talk(database, replace(a_plan(), admission=Admission.MEMBERS))
    async with database.writing() as records:
        await records.tickets.save_key(TicketKey(room.id, b"the public key", PRIVATE))
    for person in HOLDERS:
        async with database.writing() as records:
            await records.tickets.give(room.id, person)
    async with database.writing() as records:
        await records.rooms.save(replace(room, state=RoomState.ENDED))
    return room.id


def bytes_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.iterdir()))


def traces() -> Sequence[bytes]:
    return [*(person.to_bytes(4, "big") for person in HOLDERS), PRIVATE]


async def test_no_byte_of_the_files_tells_who_took_a_ticket_when_the_talk_is_over(tmp_path: Path) -> None:
    path = tmp_path / "loggione.db"
    async with open_database(path) as database:
        room = await given(database)
        assert all(trace in bytes_of(path) for trace in traces())
        async with database.writing() as records:
            (over,) = await records.tickets.over()
            assert over == room
            await records.tickets.forget(over)
        assert not any(trace in bytes_of(path) for trace in traces())
    assert not any(trace in bytes_of(path) for trace in traces())


async def test_the_order_in_which_people_came_is_not_kept(tmp_path: Path) -> None:
    """A table with row numbers would number them."""
    path = tmp_path / "loggione.db"
    async with open_database(path) as database:
        await given(database)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        found = connection.execute(text("select * from ticket_holders")).all()
        (made,) = connection.execute(
            text("select sql from sqlite_master where name = 'ticket_holders'")
        ).scalars()
    engine.dispose()
    assert [row.person for row in found] == sorted(HOLDERS)
    assert list(found[0]._fields) == ["room", "person"]
    assert "WITHOUT ROWID" in made
