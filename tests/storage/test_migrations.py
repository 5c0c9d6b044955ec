"""The schema that migrations make is the schema that the code expects, and data of every version is kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from app.clock import SystemClock
from rooms.cards import Card
from rooms.group import Group
from rooms.ids import MessageId, RoomId, ThreadId
from rooms.jobs import JobKind
from rooms.notices import Notice, NoticeKind
from rooms.plan import Plan
from rooms.room import Room, RoomState
from storage.database import open_database
from storage.migrations import NewerSchema, configuration, upgrade
from storage.schema import metadata
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHAT, HOUR, a_plan


@contextmanager
def connected(path: Path) -> Iterator[Connection]:
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection:
        yield connection
        connection.commit()
    engine.dispose()


@contextmanager
def migrated(path: Path) -> Iterator[Connection]:
    with connected(path) as connection:
        upgrade(connection)
        connection.commit()
        yield connection


def shape(connection: Connection) -> list[tuple[str, str]]:
    return [
        tuple(row) for row in connection.execute(text("select name, sql from sqlite_master order by name"))
    ]


def test_migrations_lead_to_the_schema_of_the_code(tmp_path: Path) -> None:
    with migrated(tmp_path / "loggione.db") as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_migrations_lead_to_the_same_tables_as_making_them_at_once(tmp_path: Path) -> None:
    """What the comparison does not look at: cascades, partial indexes, numbers that are never given again."""
    with migrated(tmp_path / "migrated.db") as connection:
        came_to = {name: words(sql) for name, sql in shape(connection) if name != "alembic_version"}
    with connected(tmp_path / "made.db") as connection:
        metadata.create_all(connection)
        made = {name: words(sql) for name, sql in shape(connection)}
    came_to.pop("sqlite_autoindex_alembic_version_1", None)
    assert came_to == made


def words(sql: str | None) -> list[str]:
    """The words of a definition, however it is quoted, in whatever order a table's parts stand."""
    bare = (sql or "").replace('"', "").replace("CREATE TABLE IF NOT EXISTS", "CREATE TABLE")
    return sorted(bare.replace(",", " ").replace("(", " ( ").replace(")", " ) ").split())


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    with migrated(tmp_path / "loggione.db") as connection:
        before = shape(connection)
        upgrade(connection)
        assert shape(connection) == before


def test_data_is_not_migrated_where_foreign_keys_would_delete_it(tmp_path: Path) -> None:
    with connected(tmp_path / "loggione.db") as connection:
        connection.execute(text("pragma foreign_keys=on"))
        with pytest.raises(ValueError, match="foreign keys"):
            upgrade(connection)


async def test_data_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    with migrated(tmp_path / "loggione.db") as connection:
        connection.execute(text("update alembic_version set version_num = '9999'"))
    with pytest.raises(NewerSchema, match="9999"):
        async with open_database(tmp_path / "loggione.db"):
            pass


FIRST_EVENING = """
insert into groups values (-1001000000001, 'Careers Forum', 'Europe/Rome', 'en', 'programme-of-careers');
insert into rooms values
    (1, -1001000000001, 7, 'Careers after 40', 'careers', 42, 'Ada', '2026-11-24 13:00:00.000000', 2700000,
     'scheduled', 'key-1', 5),
    (2, -1001000000001, null, 'Last week', null, 43, 'Bruno', '2026-11-17 13:00:00.000000', 3600000,
     'ended', 'key-2', 4),
    (3, -1001000000001, null, 'Next century', null, 43, 'Bruno', '2126-11-17 13:00:00.000000', 3600000,
     'draft', 'key-3', null),
    (9, -1001000000001, null, 'Discarded', null, 43, 'Bruno', '2026-11-17 13:00:00.000000', 3600000,
     'draft', 'key-9', null);
delete from rooms where id = 9;
insert into jobs values
    (1, 1, 'open', '2026-11-24 12:59:00.000000', '2026-11-24 13:01:00.000000', 2),
    (2, 1, 'start', '2026-11-24 13:00:00.000000', null, 0);
insert into outbox values
    (1, -1001000000001, 7, 1, 'card', '', '2026-11-24 12:00:00.000000', null, 1),
    (2, -1001000000001, null, 2, 'started', 'late', '2026-11-24 12:00:00.000000', null, 0),
    (5, -1001000000001, null, 2, 'replay', '', '2026-11-24 12:00:00.000000', null, 0);
delete from outbox where id = 5;
insert into recordings values (2, 'var/recordings/2/talk.ogg', 3600000, '[[3000, 1500]]');
"""
"""What the first version wrote."""


@pytest.fixture
def first_evening(tmp_path: Path) -> Path:
    path = tmp_path / "loggione.db"
    with connected(path) as connection:
        config = configuration()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        for statement in FIRST_EVENING.split(";"):
            connection.execute(text(statement))
    return path


async def test_talks_of_the_first_version_are_all_there(first_evening: Path) -> None:
    async with open_database(first_evening) as store, store.reading() as records:
        ahead, ended, draft = [await records.rooms.get(RoomId(number)) for number in (1, 2, 3)]
    assert ahead == Room(RoomId(1), a_plan(), RoomState.SCHEDULED, "key-1", ahead.changed_at)
    assert (ended.state, ended.plan.title, ended.plan.thread) == (RoomState.ENDED, "Last week", None)
    assert (draft.plan.host_name, draft.revision, draft.occurrence) == ("Bruno", 0, None)
    assert ended.plan == Plan(
        CHAT, None, "Last week", None, ended.plan.host, "Bruno", NOON + HOUR - timedelta(days=7), HOUR
    )
    assert ahead.plan.thread == ThreadId(7)
    assert ahead.plan.host == ADA.person


async def test_a_talk_was_changed_neither_after_its_start_nor_in_the_future(first_evening: Path) -> None:
    async with open_database(first_evening) as store, store.reading() as records:
        ended, draft = await records.rooms.get(RoomId(2)), await records.rooms.get(RoomId(3))
    assert ended.changed_at == datetime(2026, 11, 17, 13, tzinfo=UTC)
    assert datetime(2026, 1, 1, tzinfo=UTC) < draft.changed_at <= SystemClock().now()


async def test_the_group_has_the_customs_of_one_that_chose_nothing(first_evening: Path) -> None:
    async with open_database(first_evening) as store, store.reading() as records:
        assert await records.groups.find(CHAT) == CAREERS
        assert await records.groups.by_programme_key("programme-of-careers") == CAREERS
    assert Group(CAREERS.chat, CAREERS.title, CAREERS.zone, "en", "programme-of-careers") == CAREERS


async def test_cards_stand_where_they_stood(first_evening: Path) -> None:
    async with open_database(first_evening) as store, store.reading() as records:
        assert await records.cards.of(RoomId(1)) == [Card(RoomId(1), CHAT, MessageId(5), is_on_top=True)]
        assert await records.cards.of(RoomId(2)) == [Card(RoomId(2), CHAT, MessageId(4), is_on_top=True)]
        assert await records.cards.of(RoomId(3)) == []


async def test_jobs_letters_and_recordings_go_on(first_evening: Path) -> None:
    async with open_database(first_evening) as store, store.writing() as records:
        assert await records.jobs.next_due() == NOON + HOUR + timedelta(minutes=1)
        await records.jobs.reclaim()
        job = await records.jobs.lease(NOON + HOUR, NOON + 2 * HOUR)
        assert job is not None
        assert (job.id, job.room, job.kind, job.attempts) == (1, 1, JobKind.OPEN, 3)
        letter = await records.outbox.lease(NOON, NOON + HOUR)
        assert letter is not None
        assert letter.notice == Notice(CHAT, ThreadId(7), RoomId(1), NoticeKind.CARD)
        assert letter.attempts == 2
        recording = await records.recordings.find(RoomId(2))
        assert recording is not None
        assert (recording.duration, len(recording.gaps)) == (HOUR, 1)


async def test_numbers_that_were_given_before_are_not_given_again(first_evening: Path) -> None:
    async with open_database(first_evening) as store, store.writing() as records:
        room = await records.rooms.add(a_plan(), "key-new", NOON)
        await records.outbox.put(Notice(CHAT, None, room.id, NoticeKind.CARD), NOON - HOUR)
    assert room.id == 10
    with connected(first_evening) as connection:
        assert connection.scalar(text("select max(id) from outbox")) == 6


async def test_everything_still_goes_with_its_room(first_evening: Path) -> None:
    async with open_database(first_evening) as store, store.writing() as records:
        await records.rooms.remove(RoomId(1))
        await records.rooms.remove(RoomId(2))
        assert await records.traces.of_group(CHAT) == [("groups", 1), ("rooms", 1)]
    with connected(first_evening) as connection:
        assert connection.execute(text("pragma foreign_key_check")).all() == []
