"""Admins choose a group's customs; nonsense is refused, and what follows for its talks is done."""

import struct
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest

from rooms.configuring import COPIES, Configuring
from rooms.digests import next_digest
from rooms.errors.groups import (
    CopiesItself,
    LanguageUnknown,
    NoSuchGroup,
    QuietHoursEmpty,
    ReminderUnknown,
    TooManyCopies,
    WeekdayUnknown,
    ZoneUnknown,
)
from rooms.errors.refusal import Refusal
from rooms.errors.rights import NotAllowed
from rooms.errors.talks import TooManyTopics
from rooms.group import REMINDERS, Group, Schedulers
from rooms.ids import ChatId
from rooms.jobs import JobKind
from rooms.moderation import DeedKind
from rooms.notices import NoticeKind
from rooms.plan import Admission
from rooms.quiet import QuietHours
from rooms.room import Room, RoomState
from rooms.timetable import set_reminders
from rooms.topics import MOST, TopicPolicy
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.hall import DARIO, Hall

REFRESHED = (NoticeKind.REFRESH, "")
TOMORROW = a_plan(starts_at=NOON + 26 * HOUR)
KATHMANDU = ZoneInfo("Asia/Kathmandu")
UTC_FILE = b"TZif" + bytes(16) + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + bytes(6) + b"UTC\0"
"""A zone as a file holds it (RFC 8536), which does not say what it is called."""


def to(**customs: object) -> Callable[[Group], Group]:
    return lambda group: replace(group, **customs)  # type: ignore[arg-type]


@pytest.fixture
async def hall() -> Hall:
    hall = Hall()
    await hall.know()
    return hall


@pytest.fixture
def configuring(hall: Hall) -> Configuring:
    return Configuring(hall.store, hall.clock)


async def with_reminders(hall: Hall, room: Room) -> Room:
    async with hall.store.writing() as records:
        await set_reminders(records, room, CAREERS, hall.clock.now())
        await records.jobs.add(room.id, JobKind.START, room.plan.starts_at)
    return room


def due(hall: Hall, room: Room, kind: JobKind = JobKind.REMIND) -> list[timedelta]:
    """How long before the talk its jobs of a kind are due."""
    rows = [row for row in hall.store.records.jobs.rows if row.what == (room.id, kind)]
    return [room.plan.starts_at - row.due_at for row in rows]


def on_record(hall: Hall) -> Group:
    return hall.store.records.groups.rows[CHAT]


@pytest.mark.parametrize(
    "customs",
    [
        {"zone": KATHMANDU},
        {"language": "it"},
        {"schedulers": Schedulers.MEMBERS},
        {"admission": Admission.INVITED, "records_talks": False},
        {"makes_threads": True},
        {"copies": (OTHER_CHAT,)},
        {"topics": TopicPolicy(("careers",), is_closed=True)},
        {"quiet": QuietHours(time(22), time(8))},
        {"reminders": ()},
    ],
    ids=lambda customs: "+".join(customs),
)
async def test_what_an_admin_chooses_is_kept_and_logged(
    hall: Hall, configuring: Configuring, customs: dict[str, object]
) -> None:
    changed = await configuring.change(CHAT, ADA, to(**customs))
    assert changed == on_record(hall) == replace(CAREERS, **customs)  # type: ignore[arg-type]
    (deed,) = hall.log()
    assert (deed.kind, deed.chat, deed.actor) == (DeedKind.SET_UP, CHAT, ADA.person)
    assert set(deed.detail.split(", ")) == set(customs)


async def test_nothing_chosen_is_nothing_done(hall: Hall, configuring: Configuring) -> None:
    assert await configuring.change(CHAT, ADA, lambda group: group) == CAREERS
    assert hall.log() == []


async def test_only_admins_choose(hall: Hall, configuring: Configuring) -> None:
    for asker in (CHIARA, DARIO):
        with pytest.raises(NotAllowed):
            await configuring.change(CHAT, asker, to(language="it"))
        with pytest.raises(NotAllowed):
            await configuring.revoke(CHAT, asker)
    assert on_record(hall) == CAREERS


async def test_of_an_unknown_group_nothing_can_be_chosen(configuring: Configuring) -> None:
    with pytest.raises(NoSuchGroup):
        await configuring.change(OTHER_CHAT, ADA, to(language="it"))
    with pytest.raises(NoSuchGroup):
        await configuring.revoke(OTHER_CHAT, ADA)


@pytest.mark.parametrize(
    ("customs", "refusal"),
    [
        ({"language": "de"}, LanguageUnknown),
        ({"language": ""}, LanguageUnknown),
        ({"reminders": (timedelta(minutes=7),)}, ReminderUnknown),
        ({"reminders": (-HOUR,)}, ReminderUnknown),
        ({"digest": 7}, WeekdayUnknown),
        ({"digest": -1}, WeekdayUnknown),
        ({"quiet": QuietHours(time(8), time(8))}, QuietHoursEmpty),
        ({"copies": (OTHER_CHAT, CHAT)}, CopiesItself),
        ({"copies": tuple(ChatId(-2000 - number) for number in range(COPIES + 1))}, TooManyCopies),
        ({"topics": TopicPolicy(tuple(f"t{number}" for number in range(MOST + 1)))}, TooManyTopics),
    ],
)
async def test_nonsense_is_refused_and_nothing_kept(
    hall: Hall, configuring: Configuring, customs: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        await configuring.change(CHAT, ADA, to(**customs))
    assert on_record(hall) == CAREERS
    assert hall.log() == []


async def test_a_zone_that_is_no_place_of_the_list_is_refused(hall: Hall, configuring: Configuring) -> None:
    nameless = ZoneInfo.from_file(BytesIO(UTC_FILE))
    with pytest.raises(ZoneUnknown):
        await configuring.change(CHAT, ADA, to(zone=nameless))
    assert on_record(hall) == CAREERS


async def test_reminders_and_copies_are_put_in_order(hall: Hall, configuring: Configuring) -> None:
    disorder = (timedelta(0), timedelta(hours=24), timedelta(0), timedelta(hours=1))
    await configuring.change(CHAT, ADA, to(reminders=disorder, copies=(OTHER_CHAT, OTHER_CHAT)))
    assert on_record(hall).reminders == (timedelta(hours=24), timedelta(hours=1), timedelta(0))
    assert on_record(hall).copies == (OTHER_CHAT,)


async def test_the_same_reminders_in_another_order_are_no_change(
    hall: Hall, configuring: Configuring
) -> None:
    await configuring.change(CHAT, ADA, to(reminders=REMINDERS[::-1]))
    assert hall.log() == []


async def test_what_nobody_chooses_cannot_be_edited(hall: Hall, configuring: Configuring) -> None:
    forged = to(
        chat=OTHER_CHAT, title="x", programme_key="x", digest_at=NOON, is_present=False, makes_threads=True
    )
    changed = await configuring.change(CHAT, ADA, forged)
    assert changed == replace(CAREERS, makes_threads=True)
    assert list(hall.store.records.groups.rows) == [CHAT]


@pytest.mark.parametrize(
    "customs", [{"reminders": (timedelta(hours=1),)}, {"quiet": QuietHours(time(14, 30), time(16))}]
)
async def test_reminders_of_talks_ahead_are_set_anew(
    hall: Hall, configuring: Configuring, customs: dict[str, object]
) -> None:
    room = await with_reminders(hall, await hall.talk(TOMORROW))
    draft = await with_reminders(hall, await hall.talk(TOMORROW, RoomState.DRAFT))
    over = await with_reminders(hall, await hall.talk(TOMORROW, RoomState.CANCELLED))
    usual = due(hall, draft)
    assert usual == [24 * HOUR, HOUR, 10 * MINUTE]
    group = await configuring.change(CHAT, ADA, to(**customs))
    async with hall.store.writing() as records:
        await set_reminders(records, over, group, hall.clock.now())
    assert due(hall, room) == due(hall, over) != usual
    assert due(hall, draft) == usual
    assert due(hall, room, JobKind.START) == [timedelta(0)]


async def test_another_zone_moves_quiet_hours_reminders_and_cards(
    hall: Hall, configuring: Configuring
) -> None:
    await configuring.change(CHAT, ADA, to(quiet=QuietHours(time(15), time(16))))
    room = await with_reminders(hall, await hall.talk(TOMORROW))
    await configuring.change(CHAT, ADA, to(zone=KATHMANDU))
    assert due(hall, room) == [24 * HOUR, HOUR, 10 * MINUTE]
    await configuring.change(CHAT, ADA, to(zone=ZoneInfo("Europe/Rome")))
    assert due(hall, room) == [23 * HOUR, HOUR, 10 * MINUTE]
    assert hall.heard() == [REFRESHED]


@pytest.mark.parametrize(
    ("customs", "heard"),
    [({"zone": KATHMANDU}, [REFRESHED]), ({"language": "it"}, [REFRESHED]), ({"makes_threads": True}, [])],
)
async def test_cards_are_refreshed_when_they_would_say_it_otherwise(
    hall: Hall, configuring: Configuring, customs: dict[str, object], heard: list[object]
) -> None:
    await hall.talk(TOMORROW)
    await hall.talk(a_plan(), RoomState.ENDED)
    await configuring.change(CHAT, ADA, to(**customs))
    assert hall.heard() == heard


async def test_a_digest_is_due_on_the_day_that_was_chosen(configuring: Configuring) -> None:
    changed = await configuring.change(CHAT, ADA, to(digest=3))
    assert changed.digest_at == datetime(2026, 11, 26, 8, tzinfo=UTC)
    changed = await configuring.change(CHAT, ADA, to(zone=KATHMANDU))
    assert changed.digest_at == datetime(2026, 11, 26, 3, 15, tzinfo=UTC)
    changed = await configuring.change(CHAT, ADA, to(quiet=QuietHours(time(22), time(10))))
    assert changed.digest_at == datetime(2026, 11, 26, 4, 15, tzinfo=UTC) == next_digest(changed, NOON)
    changed = await configuring.change(CHAT, ADA, to(digest=None))
    assert changed.digest_at is None


async def test_a_digest_that_is_due_is_not_lost_to_another_change(
    hall: Hall, configuring: Configuring
) -> None:
    due_since = NOON - MINUTE
    await hall.know(replace(CAREERS, digest=1, digest_at=due_since))
    changed = await configuring.change(CHAT, ADA, to(language="it"))
    assert changed.digest_at == due_since


async def test_new_addresses_make_the_old_ones_worthless(hall: Hall, configuring: Configuring) -> None:
    group = await configuring.revoke(CHAT, ADA)
    again = await configuring.revoke(CHAT, ADA)
    assert len({CAREERS.programme_key, group.programme_key, again.programme_key}) == 3
    assert len(again.programme_key) >= 22
    assert on_record(hall) == replace(CAREERS, programme_key=again.programme_key)
    async with hall.store.reading() as records:
        assert await records.groups.by_programme_key(group.programme_key) is None
    assert [deed.kind for deed in hall.log()] == [DeedKind.REVOKED] * 2
