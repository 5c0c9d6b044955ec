"""What every Store must do with the outbox."""

from datetime import timedelta

from rooms.ids import ChatId, PersonId, private_chat
from rooms.notices import Notice, NoticeKind, notice_of, notice_to
from rooms.records import Records, Store
from tests.contract.store.talks import new_room
from tests.fakes.clock import NOON
from tests.fakes.talks import CHAT, HOUR, MINUTE, OTHER_CHAT


async def lease_kind(records: Records, hours: int = 0) -> tuple[int, NoticeKind] | None:
    now = NOON + hours * HOUR
    letter = await records.outbox.lease(now, now + HOUR)
    return None if letter is None else (letter.id, letter.notice.kind)


async def delivered(records: Records, at: timedelta = timedelta(0)) -> list[Notice]:
    """All that can be delivered at an instant, in the order in which it was."""
    notices = []
    while (letter := await records.outbox.lease(NOON + at, NOON + at + HOUR)) is not None:
        notices.append(letter.notice)
        await records.outbox.forget(letter.id)
    return notices


async def test_a_chat_gets_its_notices_in_order(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.outbox.put(notice_of(room, NoticeKind.CARD), NOON)
        await records.outbox.put(notice_of(room, NoticeKind.STARTED, "late"), NOON)
        assert await records.outbox.next_due() == NOON
        letter = await records.outbox.lease(NOON, NOON + HOUR)
        assert letter is not None
        assert (letter.notice, letter.attempts) == (notice_of(room, NoticeKind.CARD), 1)
        assert await lease_kind(records) is None
        assert await records.outbox.next_due() == NOON + HOUR
        await records.outbox.forget(letter.id)
        after = await records.outbox.lease(NOON, NOON + HOUR)
        assert after is not None
        assert after.notice == notice_of(room, NoticeKind.STARTED, "late")


async def test_a_person_gets_theirs_in_order_beside_the_group(store: Store) -> None:
    room = await new_room(store)
    chiara = private_chat(PersonId(44))
    async with store.writing() as records:
        await records.outbox.put(notice_of(room, NoticeKind.REMINDER), NOON)
        await records.outbox.put(notice_to(chiara, room, NoticeKind.SEATED), NOON)
        await records.outbox.put(notice_to(chiara, room, NoticeKind.REMINDER), NOON)
        letters = [await records.outbox.lease(NOON, NOON + HOUR) for _ in range(3)]
    kinds = {(letter.notice.chat, letter.notice.kind) for letter in letters if letter is not None}
    assert kinds == {(CHAT, NoticeKind.REMINDER), (chiara, NoticeKind.SEATED)}


async def test_a_digest_is_about_no_room(store: Store) -> None:
    digest = Notice(CHAT, None, None, NoticeKind.DIGEST)
    async with store.writing() as records:
        await records.outbox.put(digest, NOON)
        await records.outbox.put(digest, NOON)
        assert await delivered(records) == [digest]


async def test_a_chat_that_must_wait_delays_no_other(store: Store) -> None:
    flooded, quiet = await new_room(store), await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        await records.outbox.put(notice_of(flooded, NoticeKind.CARD), NOON)
        await records.outbox.put(notice_of(flooded, NoticeKind.STARTED), NOON)
        letter = await records.outbox.lease(NOON, NOON + HOUR)
        assert letter is not None
        await records.outbox.put_off(letter.id, NOON + 3 * HOUR)
        await records.outbox.put(notice_of(quiet, NoticeKind.REMINDER), NOON)
        assert [await lease_kind(records), await lease_kind(records)][1] is None
        assert await records.outbox.next_due() == NOON + HOUR
        assert await lease_kind(records, hours=3) is not None


async def test_a_notice_for_later_lets_none_of_its_chat_overtake(store: Store) -> None:
    room, other = await new_room(store), await new_room(store, OTHER_CHAT)
    later = [notice_of(room, NoticeKind.CARD), notice_of(room, NoticeKind.REMINDER)]
    async with store.writing() as records:
        await records.outbox.put(later[0], NOON + HOUR)
        await records.outbox.put(later[1], NOON)
        await records.outbox.put(notice_of(other, NoticeKind.CARD), NOON + 2 * MINUTE)
        assert await records.outbox.next_due() == NOON + 2 * MINUTE
        assert await delivered(records, 2 * MINUTE) == [notice_of(other, NoticeKind.CARD)]
        assert await records.outbox.next_due() == NOON + HOUR
        assert await delivered(records, HOUR) == later


async def test_the_next_notice_moves_up_when_the_first_goes_with_its_room(store: Store) -> None:
    first, second = await new_room(store), await new_room(store)
    async with store.writing() as records:
        await records.outbox.put(notice_of(first, NoticeKind.CARD), NOON + 9 * HOUR)
        await records.outbox.put(notice_of(second, NoticeKind.CARD), NOON)
        await records.rooms.remove(first.id)
        assert await records.outbox.next_due() == NOON
        assert await delivered(records) == [notice_of(second, NoticeKind.CARD)]


async def test_an_equal_notice_that_waits_is_not_doubled_but_a_leased_one_is(store: Store) -> None:
    room = await new_room(store)
    refresh = notice_of(room, NoticeKind.REFRESH)
    async with store.writing() as records:
        await records.outbox.put(refresh, NOON)
        await records.outbox.put(refresh, NOON)
        leased = await lease_kind(records)
        assert leased is not None
        await records.outbox.put(refresh, NOON)
        await records.outbox.forget(leased[0])
        second = await lease_kind(records)
        assert second is not None
        await records.outbox.forget(second[0])
        assert await lease_kind(records) is None


async def test_notices_that_differ_in_anything_are_all_sent(store: Store) -> None:
    room, other = await new_room(store), await new_room(store)
    notices = [
        notice_of(room, NoticeKind.REFRESH),
        notice_of(other, NoticeKind.REFRESH),
        notice_of(room, NoticeKind.CHANGED),
        notice_of(room, NoticeKind.CHANGED, "2026-11-24T13:00:00+00:00"),
        notice_to(CHAT, room, NoticeKind.REFRESH),
        notice_to(ChatId(44), room, NoticeKind.REFRESH),
    ]
    async with store.writing() as records:
        for notice in notices:
            await records.outbox.put(notice, NOON)
        sent = await delivered(records)
    assert sorted(map(repr, sent)) == sorted(map(repr, notices))


async def test_letters_of_a_dead_process_are_sent_after_reclaiming_or_expiry(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.outbox.put(notice_of(room, NoticeKind.CARD), NOON)
        assert await lease_kind(records) is not None
        assert await lease_kind(records) is None
        await records.outbox.reclaim()
        assert await records.outbox.next_due() == NOON
        assert await lease_kind(records) is not None
        assert await lease_kind(records, hours=1) is not None


async def test_an_expired_letter_is_sent_before_its_chat_s_later_ones(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.outbox.put(notice_of(room, NoticeKind.CARD), NOON)
        await records.outbox.put(notice_of(room, NoticeKind.STARTED), NOON)
        await lease_kind(records)
        kinds = [notice.kind for notice in await delivered(records, HOUR)]
    assert kinds == [NoticeKind.CARD, NoticeKind.STARTED]
