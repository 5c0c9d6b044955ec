"""The presence: in the call, whatever befalls it, until it is over."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from rooms.errors import CallUnreachable, RelayLacksRights
from rooms.ids import ChatId
from tests.sandbox.waiting import until
from tests.voice.exchange import ADA, BEN, RELAY, Board, Lists, discarded, in_call, news, source_of
from voice.presence import Presence
from voice.sound import FRAME
from voice.watchdog import ASK_EVERY, HUSH, Watchdog

CHAT = ChatId(-1001)
CALL = 1
"""The number of the first call."""


class Scene:
    """A presence, its call and its line."""

    def __init__(self) -> None:
        self.lists = Lists()
        self.board = Board(self.lists)
        self.presence = Presence(CHAT, RELAY, self.lists, self.board)
        self.stages = 0
        self.presence.moved = self._count

    def _count(self) -> None:
        self.stages += 1

    @property
    def names(self) -> list[str]:
        return [person.name for person in self.presence.stage(()).people]

    def hear(self, update: object) -> None:
        self.presence.hear(update, {}, {})

    def remove_relay(self) -> None:
        """Somebody removes us from the call, and Telegram says so."""
        self.lists.counted_in.discard(CHAT)
        self.lists.version += 1
        self.hear(news(CALL, self.lists.version, in_call(RELAY, left=True)))

    @asynccontextmanager
    async def watched(self) -> AsyncIterator["asyncio.Task[None]"]:
        """While the presence, which has joined, watches over itself."""
        await self.presence.join("Talk")
        async with asyncio.TaskGroup() as tasks:
            watching = tasks.create_task(self.presence.run())
            yield watching
            watching.cancel()


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def test_it_joins_the_call_and_sees_who_is_there(scene: Scene) -> None:
    await scene.presence.join("Talk")
    assert scene.board.joined == [CHAT]
    assert scene.lists.listed[CHAT].title == "Talk"
    assert scene.names == ["Ada"]
    assert scene.stages == 1


async def test_what_the_call_sounds_like_is_taken_in(scene: Scene) -> None:
    await scene.presence.join("Talk")
    for _ in range(4):
        scene.board.ears[CHAT](source_of(ADA), bytes(FRAME * 2))
    assert list(scene.presence.intake.take()) == [source_of(ADA)]


async def test_to_join_again_only_makes_sure(scene: Scene) -> None:
    await scene.presence.join("Talk")
    await scene.presence.join("Talk")
    assert scene.board.joined == [CHAT]


async def test_to_join_again_mends_a_presence_that_telegram_forgot(scene: Scene) -> None:
    await scene.presence.join("Talk")
    scene.lists.counted_in.discard(CHAT)
    await scene.presence.join("Talk")
    assert scene.board.joined == [CHAT, CHAT]


async def test_to_join_again_mends_a_line_that_broke(scene: Scene) -> None:
    await scene.presence.join("Talk")
    scene.board.ears.clear()
    await scene.presence.join("Talk")
    assert scene.board.joined == [CHAT, CHAT]


async def test_two_who_join_at_once_join_once(scene: Scene) -> None:
    scene.lists.is_answering.clear()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(scene.presence.join("Talk"))
        tasks.create_task(scene.presence.join("Talk"))
        await asyncio.sleep(0)
        scene.lists.is_answering.set()
    assert scene.board.joined == [CHAT]


async def test_a_refusal_to_join_is_told_and_joining_later_works(scene: Scene) -> None:
    scene.lists.refusals = [RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED")]
    with pytest.raises(RelayLacksRights):
        await scene.presence.join("Talk")
    scene.board.refusals = [CallUnreachable(CHAT, "TimeoutError")]
    with pytest.raises(CallUnreachable):
        await scene.presence.join("Talk")
    await scene.presence.join("Talk")
    assert scene.board.joined == [CHAT]
    assert scene.names == ["Ada"]


async def test_to_leave_leaves(scene: Scene) -> None:
    await scene.presence.join("Talk")
    await scene.presence.leave()
    assert CHAT not in scene.board.ears


async def test_when_we_are_removed_we_return_without_waiting_for_the_next_question(scene: Scene) -> None:
    async with scene.watched():
        scene.presence._watchdog = Watchdog(time.monotonic() + 3600)
        scene.remove_relay()
        await until(lambda: len(scene.board.joined) == 2)
        await until(lambda: scene.names == ["Ada"])


async def test_when_the_line_breaks_we_return(scene: Scene) -> None:
    async with scene.watched():
        scene.board.ears.clear()
        await until(lambda: len(scene.board.joined) == 2)


async def test_a_return_that_is_refused_is_tried_again(scene: Scene) -> None:
    async with scene.watched():
        scene.board.refusals = [CallUnreachable(CHAT, "TimeoutError")]
        scene.remove_relay()
        await until(lambda: len(scene.board.joined) == 2)


async def test_a_false_alarm_changes_nothing(scene: Scene) -> None:
    async with scene.watched():
        asked = scene.lists.asked
        scene.hear(news(CALL, 0, in_call(RELAY, left=True)))
        await until(lambda: scene.lists.asked > asked)
        await until(lambda: not scene.presence._alarm.is_set())
        assert scene.board.joined == [CHAT]


async def test_a_call_that_others_end_ends_the_watch(scene: Scene) -> None:
    async with scene.watched() as watching:
        scene.lists.forget(CHAT)
        scene.hear(discarded(CALL))
        await watching
    assert scene.board.joined == [CHAT]


async def test_an_end_that_nobody_told_is_noticed_when_we_return(scene: Scene) -> None:
    async with scene.watched() as watching:
        scene.lists.forget(CHAT)
        scene.board.ears.clear()
        await watching
    assert scene.board.joined == [CHAT]


async def test_a_new_call_of_the_chat_is_not_taken_for_ours(scene: Scene) -> None:
    async with scene.watched() as watching:
        scene.lists.create(CHAT, "Another")
        scene.board.ears.clear()
        await watching
    assert scene.board.joined == [CHAT]


async def test_after_an_end_joining_takes_up_the_next_call(scene: Scene) -> None:
    async with scene.watched() as watching:
        scene.lists.forget(CHAT)
        scene.hear(discarded(CALL))
        await watching
    await scene.presence.join("Talk")
    assert scene.presence.call == scene.lists.listed[CHAT]
    assert scene.presence.call.id == CALL + 1
    assert scene.board.joined == [CHAT, CHAT]


async def test_the_end_of_another_call_is_not_ours(scene: Scene) -> None:
    async with scene.watched() as watching:
        scene.hear(discarded(CALL + 1))
        scene.remove_relay()
        await until(lambda: len(scene.board.joined) == 2)
        assert not watching.done()


async def test_a_refusal_while_looking_is_survived(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    async with scene.watched():
        scene.lists.refusals = [CallUnreachable(CHAT, "Telegram did not answer in time")]
        scene.remove_relay()
        await until(lambda: "cannot be looked after" in caplog.text)
        scene.board.ears.clear()
        await until(lambda: len(scene.board.joined) == 2)


async def test_nothing_is_asked_while_telegram_wants_us_to_wait(scene: Scene) -> None:
    async with scene.watched():
        scene.lists.refusals = [CallUnreachable(CHAT, "FLOOD_WAIT_600")]
        scene.remove_relay()
        await until(lambda: not scene.lists.refusals)
        await until(lambda: not scene.presence._alarm.is_set())
        asked = scene.lists.asked
        scene.board.ears.clear()
        scene.remove_relay()
        await until(lambda: not scene.presence._alarm.is_set())
        assert scene.lists.asked == asked
        assert scene.board.joined == [CHAT]


async def test_who_comes_and_goes_is_on_the_stage_at_once(scene: Scene) -> None:
    await scene.presence.join("Talk")
    ben = [in_call(BEN, just_joined=True, muted=True)]
    scene.presence.hear(news(CALL, 2, *ben), {}, {})
    assert scene.names == ["Ada", "Ben"]
    scene.hear(news(CALL, 3, in_call(ADA, left=True)))
    assert scene.names == ["Ben"]
    assert scene.stages == 3


async def test_who_speaks_is_marked(scene: Scene) -> None:
    await scene.presence.join("Talk")
    (ada,) = scene.presence.stage({source_of(ADA)}).people
    assert ada.is_speaking
    (ada,) = scene.presence.stage({source_of(BEN)}).people
    assert not ada.is_speaking


async def test_stale_news_are_ignored(scene: Scene) -> None:
    scene.lists.version = 5
    await scene.presence.join("Talk")
    scene.hear(news(CALL, 5, in_call(ADA, left=True)))
    scene.hear(news(CALL, 4, in_call(BEN)))
    assert scene.names == ["Ada"]


async def test_news_of_another_call_are_ignored(scene: Scene) -> None:
    await scene.presence.join("Talk")
    scene.hear(news(CALL + 1, 2, in_call(BEN)))
    assert scene.names == ["Ada"]
    assert scene.stages == 1


async def test_news_before_joining_are_ignored(scene: Scene) -> None:
    scene.hear(news(CALL, 2, in_call(BEN)))
    scene.hear(discarded(CALL))
    assert scene.names == []


async def test_news_that_got_lost_are_fetched(scene: Scene) -> None:
    async with scene.watched():
        scene.lists.people = [in_call(ADA), in_call(BEN)]
        scene.lists.version = 3
        scene.hear(news(CALL, 3, in_call(ADA, muted=True)))
        assert scene.names == ["Ada"]
        await until(lambda: scene.names == ["Ada", "Ben"])


async def test_telegram_is_asked_though_it_told_nothing(scene: Scene) -> None:
    async with scene.watched():
        scene.presence._watchdog = Watchdog(time.monotonic() - ASK_EVERY)
        scene.lists.counted_in.discard(CHAT)
        await until(lambda: len(scene.board.joined) == 2)


async def test_a_call_that_went_dead_while_somebody_could_be_heard_is_joined_again(scene: Scene) -> None:
    async with scene.watched():
        scene.presence._watchdog = Watchdog(time.monotonic() - HUSH)
        await until(lambda: len(scene.board.joined) == 2)


async def test_a_call_is_let_be_when_all_have_muted_themselves(scene: Scene) -> None:
    """Even if the news of it was missed: the participants are fetched before."""
    async with scene.watched():
        scene.lists.people = [in_call(ADA, muted=True)]
        scene.presence._watchdog = Watchdog(time.monotonic() - HUSH)
        await until(lambda: not scene.presence._participants.has_unmuted)
        await until(lambda: not scene.presence._entering.locked())
        assert scene.board.joined == [CHAT]
