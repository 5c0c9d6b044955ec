"""The outbox: order, patience, and that nothing is lost or sent twice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from telegram.error import BadRequest, Conflict, Forbidden, NetworkError, RetryAfter, TimedOut

from bot.errors import NotDrawn
from bot.outbox import AT_ONCE, LEASE, PATIENCE, TRIES, Outbox
from rooms.cards import Card
from rooms.ids import ChatId, MessageId, RoomId
from rooms.notices import Letter, Notice, NoticeKind
from tests.fakes.clock import FakeClock, settle
from tests.fakes.store import MemoryStore

HERE, THERE = ChatId(-1), ChatId(-2)


class Courier:
    """Delivers and forgets, unless something lies in its way."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store
        self.delivered: list[tuple[ChatId, NoticeKind]] = []
        self.tries = 0
        self.obstacles: dict[ChatId, list[Exception]] = {}
        self.gate = asyncio.Event()
        self.gate.set()
        self.pinned: list[ChatId] = []
        self.pins = asyncio.Event()
        self.pins.set()

    async def deliver(self, letter: Letter) -> Card | None:
        self.tries += 1
        obstacles = self.obstacles.get(letter.notice.chat)
        if obstacles:
            raise obstacles.pop(0)
        await self.gate.wait()
        self.delivered.append((letter.notice.chat, letter.notice.kind))
        async with self.store.writing() as records:
            await records.outbox.forget(letter.id)
        chat = letter.notice.chat
        return Card(RoomId(1), chat, MessageId(7)) if letter.notice.kind is NoticeKind.CARD else None

    async def pin(self, card: Card) -> None:
        if card.chat in self.obstacles:
            raise KeyError("a bug")
        await self.pins.wait()
        self.pinned.append(card.chat)


class Post:
    """An outbox at work on fakes."""

    def __init__(self) -> None:
        self.store = MemoryStore()
        self.clock = FakeClock()
        self.courier = Courier(self.store)

    async def put(self, chat: ChatId, *kinds: NoticeKind) -> None:
        async with self.store.writing() as records:
            for kind in kinds:
                await records.outbox.put(Notice(chat, None, RoomId(1), kind), self.clock.now())
        await settle()

    @property
    def waiting(self) -> int:
        return len(self.store.records.outbox.rows)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as group:
            task = group.create_task(Outbox(self.store, self.courier, self.clock).run())
            await settle()
            yield
            task.cancel()


@pytest.fixture
async def post() -> Post:
    return Post()


async def test_letters_go_out_in_order_and_are_forgotten(post: Post) -> None:
    await post.put(HERE, NoticeKind.CARD, NoticeKind.REMINDER)
    async with post.at_work():
        await post.put(HERE, NoticeKind.STARTED)
    assert [kind for _, kind in post.courier.delivered] == ["card", "reminder", "started"]
    assert post.waiting == 0


async def test_a_flooded_chat_waits_as_long_as_asked_and_no_other_does(post: Post) -> None:
    post.courier.obstacles[HERE] = [RetryAfter(30)]
    async with post.at_work():
        await post.put(HERE, NoticeKind.CARD, NoticeKind.REMINDER)
        await post.put(THERE, NoticeKind.CARD)
        assert post.courier.delivered == [(THERE, NoticeKind.CARD)]
        await post.clock.advance(timedelta(seconds=29))
        assert len(post.courier.delivered) == 1
        await post.clock.advance(timedelta(seconds=1))
        assert post.courier.delivered[1:] == [(HERE, NoticeKind.CARD), (HERE, NoticeKind.REMINDER)]


@pytest.mark.parametrize(
    "error", [NetworkError("Bad Gateway"), TimedOut(), Conflict("two"), TimeoutError(), NotDrawn()]
)
async def test_an_outage_is_waited_out_with_growing_pauses(post: Post, error: Exception) -> None:
    post.courier.obstacles[HERE] = [error, error]
    async with post.at_work():
        await post.put(HERE, NoticeKind.CARD)
        assert post.courier.tries == 1
        await post.clock.advance(timedelta(seconds=2))
        assert post.courier.tries == 2
        await post.clock.advance(timedelta(seconds=3))
        assert post.courier.tries == 2
        await post.clock.advance(timedelta(seconds=1))
        assert post.courier.delivered == [(HERE, NoticeKind.CARD)]


@pytest.mark.parametrize("error", [NetworkError("Bad Gateway"), NotDrawn()])
async def test_an_outage_is_waited_out_however_long_it_lasts(
    post: Post, error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    post.courier.obstacles[HERE] = [error] * 2 * TRIES
    async with post.at_work():
        await post.put(HERE, NoticeKind.CARD)
        for _ in range(2 * TRIES):
            await post.clock.advance(PATIENCE)
        assert post.courier.delivered == [(HERE, NoticeKind.CARD)]
    assert "must wait" in caplog.text
    assert f"for chat {HERE} failed" not in caplog.text


@pytest.mark.parametrize("error", [BadRequest("Chat not found"), Forbidden("bot was kicked")])
async def test_what_telegram_refuses_for_good_makes_way_for_the_next(post: Post, error: Exception) -> None:
    post.courier.obstacles[HERE] = [error]
    async with post.at_work():
        await post.put(HERE, NoticeKind.CARD, NoticeKind.REMINDER)
    assert post.courier.delivered == [(HERE, NoticeKind.REMINDER)]
    assert post.waiting == 0


async def test_a_fault_of_ours_is_loud_and_does_not_silence_the_chat_for_ever(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.courier.obstacles[HERE] = [KeyError("a bug")] * TRIES
    async with post.at_work():
        await post.put(HERE, NoticeKind.CARD, NoticeKind.REMINDER)
        for _ in range(TRIES):
            await post.clock.advance(timedelta(minutes=1))
    assert post.courier.delivered == [(HERE, NoticeKind.REMINDER)]
    assert "Traceback" in caplog.text


async def test_a_letter_on_its_way_arrives_when_the_bot_stops(post: Post) -> None:
    post.courier.gate.clear()
    await post.put(HERE, NoticeKind.CARD)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(Outbox(post.store, post.courier, post.clock).run())
        await settle()
        task.cancel()
        await settle()
        post.courier.gate.set()
    assert post.courier.delivered == [(HERE, NoticeKind.CARD)]
    assert post.waiting == 0


async def test_after_a_crash_what_was_leased_goes_out_at_once(post: Post) -> None:
    await post.put(HERE, NoticeKind.CARD)
    async with post.store.writing() as records:
        await records.outbox.lease(post.clock.now(), post.clock.now() + LEASE)
    async with post.at_work():
        assert post.courier.delivered == [(HERE, NoticeKind.CARD)]


async def test_a_card_is_pinned_when_it_was_delivered(post: Post) -> None:
    async with post.at_work():
        await post.put(HERE, NoticeKind.CARD, NoticeKind.REMINDER)
        assert post.courier.pinned == [HERE]


async def test_pins_that_must_wait_delay_no_letter(post: Post) -> None:
    post.courier.pins.clear()
    async with post.at_work():
        for number in range(AT_ONCE + 1):
            await post.put(ChatId(-100 - number), NoticeKind.CARD)
        assert len(post.courier.delivered) == AT_ONCE + 1
        post.courier.pins.set()
        await settle()
        assert len(post.courier.pinned) == AT_ONCE + 1


async def test_a_pin_that_fails_is_loud_and_harms_nothing(
    post: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post.courier.obstacles[HERE] = []
    async with post.at_work():
        await post.put(HERE, NoticeKind.CARD, NoticeKind.REMINDER)
    assert [kind for _, kind in post.courier.delivered] == ["card", "reminder"]
    assert "Traceback" in caplog.text


async def test_no_more_letters_are_on_their_way_than_there_are_places(post: Post) -> None:
    post.courier.gate.clear()
    async with post.at_work():
        for number in range(AT_ONCE + 1):
            await post.put(ChatId(-100 - number), NoticeKind.CARD)
        assert post.courier.tries == AT_ONCE
        post.courier.gate.set()
        await settle()
        assert len(post.courier.delivered) == AT_ONCE + 1


async def test_many_letters_that_waited_for_the_bot_all_go_out(post: Post) -> None:
    for number in range(3 * AT_ONCE):
        await post.put(ChatId(-100 - number), NoticeKind.CARD)
    async with post.at_work():
        await settle()
    assert len({chat for chat, _ in post.courier.delivered}) == 3 * AT_ONCE
