"""What every Store must do with groups."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from rooms.before import Before
from rooms.cards import Card
from rooms.dialogues import Dialogue
from rooms.group import Group, Schedulers
from rooms.guests import Guest
from rooms.ids import ChatId, MessageId, PersonId, ThreadId
from rooms.jobs import JobKind
from rooms.moderation import Ban, Deed, DeedKind
from rooms.notices import Notice, NoticeKind, notice_of, notice_to
from rooms.plan import Admission
from rooms.quiet import QuietHours
from rooms.records import Records, Store
from rooms.room import Room, RoomState
from rooms.series import Series
from rooms.topics import TopicPolicy
from rooms.zones import zone_of
from tests.contract.store.talks import new_room
from tests.contract.store.test_series import THURSDAYS
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import CHAT, HOUR, OTHER_CHAT, a_plan

NEW = ChatId(-1001000000009)
CHIARA = PersonId(44)

SET_UP = Group(
    CHAT,
    "Carriere & mestieri",
    ZoneInfo("Australia/Lord_Howe"),
    "it",
    "programme",
    TopicPolicy(("esami", "lezioni"), is_closed=True, threads={"esami": ThreadId(7)}),
    reminders=(timedelta(hours=1), timedelta(0)),
    quiet=QuietHours(time(22, 30), time(8)),
    digest=0,
    digest_at=datetime(2026, 11, 30, 9, tzinfo=UTC),
    schedulers=Schedulers.MEMBERS,
    admission=Admission.MEMBERS,
    records_talks=False,
    makes_threads=True,
    copies=(OTHER_CHAT, ChatId(-1001000000003)),
    is_present=False,
)
"""A group that chose everything otherwise."""


async def test_a_group_is_found_by_chat_and_by_programme_key(store: Store) -> None:
    async with store.writing() as records:
        await records.groups.save(replace(CAREERS, title="Old name", programme_key="old"))
        await records.groups.save(CAREERS)
    async with store.reading() as records:
        assert await records.groups.find(CHAT) == CAREERS
        assert await records.groups.by_programme_key(CAREERS.programme_key) == CAREERS
        assert await records.groups.find(OTHER_CHAT) is None
        assert await records.groups.by_programme_key("old") is None


async def test_all_customs_of_a_group_read_back_the_same(store: Store) -> None:
    async with store.writing() as records:
        await records.groups.save(SET_UP)
        assert await records.groups.find(CHAT) == SET_UP
        silent = replace(SET_UP, reminders=(), quiet=None, digest=None, digest_at=None, copies=())
        await records.groups.save(silent)
        assert await records.groups.find(CHAT) == silent


async def test_a_group_may_live_at_a_fixed_distance_from_greenwich(store: Store) -> None:
    group = replace(CAREERS, zone=zone_of("Etc/UTC+05:45"))
    async with store.writing() as records:
        await records.groups.save(group)
        assert await records.groups.find(CHAT) == group


async def test_the_next_digest_is_that_of_the_group_which_is_due_first(store: Store) -> None:
    later = replace(SET_UP, chat=OTHER_CHAT, programme_key="other", digest_at=NOON + 999 * HOUR)
    async with store.writing() as records:
        assert await records.groups.next_digest() is None
        await records.groups.save(replace(CAREERS, chat=NEW))
        assert await records.groups.next_digest() is None
        await records.groups.save(later)
        await records.groups.save(SET_UP)
        assert await records.groups.next_digest() == SET_UP
        await records.groups.save(replace(SET_UP, digest_at=None))
        assert await records.groups.next_digest() == later


async def settle_in(records: Records, chat: ChatId, room: Room) -> Series:
    """Put something on record in every place that knows of a chat."""
    await records.groups.save(replace(SET_UP, chat=chat, programme_key=f"of {chat}", copies=()))
    await records.rooms.keep_before(Before(room.id, room.plan, RoomState.SCHEDULED, NOON))
    await records.jobs.add(room.id, JobKind.OPEN, NOON)
    await records.outbox.put(notice_of(room, NoticeKind.REFRESH), NOON)
    await records.outbox.put(Notice(chat, None, None, NoticeKind.DIGEST), NOON)
    await records.outbox.put(notice_to(ChatId(CHIARA), room, NoticeKind.REMINDER), NOON)
    await records.cards.save(Card(room.id, chat, MessageId(5)))
    await records.guests.save(Guest(room.id, CHIARA, NOON))
    await records.bans.save(Ban(chat, CHIARA, "Chiara", "shouting", None))
    await records.log.add(Deed(chat, NOON, DeedKind.OPENED, PersonId(42), "Ada", "Careers"))
    await records.dialogues.save(Dialogue(PersonId(chat), chat, "schedule", "{}", None, NOON))
    return await records.series.add(a_plan(chat=chat), THURSDAYS)


async def test_everything_but_cards_follows_a_group_that_becomes_a_supergroup(store: Store) -> None:
    room, elsewhere = await new_room(store), await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        series = await settle_in(records, CHAT, room)
        await settle_in(records, OTHER_CHAT, elsewhere)
        await records.groups.renumber(CHAT, NEW)
        moved = replace(room, plan=replace(room.plan, chat=NEW))
        assert await records.rooms.get(room.id) == moved
        assert await records.rooms.get(elsewhere.id) == elsewhere
        assert await records.rooms.before(room.id) == Before(room.id, moved.plan, RoomState.SCHEDULED, NOON)
        assert await records.series.going_on(NEW) == [replace(series, plan=replace(series.plan, chat=NEW))]
        assert await records.groups.find(CHAT) is None
        assert await records.groups.find(NEW) == replace(
            SET_UP, chat=NEW, programme_key=f"of {CHAT}", copies=()
        )
        assert await records.bans.find(NEW, CHIARA, NOON) == Ban(NEW, CHIARA, "Chiara", "shouting", None)
        assert [deed.chat for deed in await records.log.of(NEW)] == [NEW]
        assert await records.dialogues.find(PersonId(CHAT)) == Dialogue(
            PersonId(CHAT), NEW, "schedule", "{}", None, NOON
        )
        assert await records.cards.of(room.id) == []
        assert len(await records.cards.of(elsewhere.id)) == 1
        assert await records.traces.of_group(CHAT) == []
        letter = await records.outbox.lease(NOON, NOON + HOUR)
        assert letter is not None
        assert letter.notice == notice_of(moved, NoticeKind.REFRESH)


async def test_a_supergroup_that_was_met_before_the_news_of_it_keeps_the_customs(store: Store) -> None:
    async with store.writing() as records:
        await records.groups.save(SET_UP)
        await records.bans.save(Ban(CHAT, CHIARA, "Chiara", "shouting", None))
        await records.groups.save(replace(CAREERS, chat=NEW))
        await records.bans.save(Ban(NEW, CHIARA, "Chiara", "", NOON))
        for _ in range(2):
            await records.groups.renumber(CHAT, NEW)
            assert await records.groups.find(NEW) == replace(SET_UP, chat=NEW)
            assert [ban.reason for ban in await records.bans.of(NEW, NOON)] == ["shouting"]


async def test_groups_are_found_by_their_exact_title(store: Store) -> None:
    async with store.writing() as records:
        await records.groups.save(CAREERS)
        await records.groups.save(replace(CAREERS, chat=NEW, programme_key="other"))
        await records.groups.save(
            replace(CAREERS, chat=OTHER_CHAT, programme_key="third", title="careers forum")
        )
        assert [group.chat for group in await records.groups.titled(CAREERS.title)] == sorted([CHAT, NEW])
        assert await records.groups.titled("") == []


async def test_copies_follow_a_chat_and_are_not_doubled(store: Store) -> None:
    async with store.writing() as records:
        await records.groups.save(replace(SET_UP, copies=(OTHER_CHAT, CAREERS.chat, NEW)))
        await records.groups.renumber(OTHER_CHAT, NEW)
        group = await records.groups.find(CHAT)
        assert group is not None
        assert group.copies == (NEW, CHAT)


async def test_a_removed_group_leaves_nothing_and_others_are_as_they_were(store: Store) -> None:
    room, elsewhere = await new_room(store), await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        other = await settle_in(records, OTHER_CHAT, elsewhere)
        before = await records.traces.of_group(OTHER_CHAT)
        await settle_in(records, CHAT, room)
        await records.cards.save(Card(elsewhere.id, CHAT, MessageId(6)))
        copied = replace(SET_UP, chat=NEW, programme_key="new", copies=(CHAT, OTHER_CHAT))
        await records.groups.save(copied)
        await records.groups.remove(CHAT)
        await records.groups.remove(CHAT)
        assert await records.traces.of_group(CHAT) == []
        assert await records.groups.find(CHAT) is None
        assert await records.groups.find(NEW) == replace(copied, copies=(OTHER_CHAT,))
        assert await records.rooms.find(room.id) is None
        assert await records.series.going_on() == [other]
        assert await records.traces.of_group(OTHER_CHAT) == before
        assert [card.chat for card in await records.cards.of(elsewhere.id)] == [OTHER_CHAT]


async def test_what_is_kept_about_a_group_is_counted_table_by_table(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await settle_in(records, CHAT, room)
        counts = dict(await records.traces.of_group(CHAT))
        assert await records.traces.of_group(OTHER_CHAT) == []
    assert counts == {
        "groups": 1,
        "series": 1,
        "rooms": 1,
        "befores": 1,
        "jobs": 1,
        "outbox": 3,
        "cards": 1,
        "guests": 1,
        "bans": 1,
        "log": 1,
        "dialogues": 1,
    }
