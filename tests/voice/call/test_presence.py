"""The presence: in the call, whatever befalls it, until it is over."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest
from pyrogram import raw

from rooms.errors.calls import CallClosed, CallUnreachable, RelayElsewhere, RelayLacksRights
from rooms.ids import ChatId, PersonId
from rooms.ports import Links
from tests.deadline import DEADLINE
from tests.sandbox.waiting import until
from tests.voice.exchange import ADA, BEN, RELAY, Board, Lists, discarded, in_call, news, source_of
from voice.call.presence import Presence
from voice.call.returning import GIVEN_UP, MOST_REFUSALS, OTHER_PLACE_PAUSES, Ending, Returning
from voice.call.watchdog import ASK_EVERY, ATTEND_EVERY, HUSH, Watchdog
from voice.mixing.units import FRAME

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
        self.told: list[str] = []
        self.presence.lost = lambda: self.told.append("lost")
        self.presence.back = lambda _: self.told.append("back")
        self.presence.enlarged = lambda: self.told.append("enlarged")

    def _count(self) -> None:
        self.stages += 1

    @property
    def names(self) -> list[str]:
        return [person.name for person in self.presence.stage(()).people]

    def has_refusals(self, count: int) -> bool:
        return len(self.lists.refusals) <= count

    def was_asked(self, times: int) -> bool:
        return self.lists.asked >= times

    def hears(self, person: PersonId) -> bool:
        """A frame of somebody comes; always true."""
        self.board.ears[CHAT](source_of(person), bytes(960))
        return True

    def hear(self, update: object) -> None:
        self.presence.hear(update, {}, {})

    def remove_relay(self) -> None:
        """Somebody removes us from the call, and Telegram says so."""
        self.lists.counted_in.discard(CHAT)
        self.lists.version += 1
        self.hear(news(CALL, self.lists.version, in_call(RELAY, left=True)))

    def join_elsewhere(self) -> None:
        """The account joins from another device, by which the library's call is over."""
        self.board.ears.clear()
        self.lists.relay_source = 4_000_000_000 + len(self.board.joined)
        self.lists.counted_in.add(CHAT)

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


async def test_news_of_which_nothing_was_heard_are_found_out(scene: Scene) -> None:
    scene.lists.people = [in_call(ADA, muted=True)]
    async with scene.watched():
        scene.lists.people.append(in_call(BEN, muted=True))
        scene.lists.version = 3
        scene.presence._watchdog = Watchdog(time.monotonic() - ATTEND_EVERY)
        await until(lambda: scene.names == ["Ada", "Ben"])


async def test_telegram_is_asked_though_it_told_nothing(scene: Scene) -> None:
    async with scene.watched():
        scene.presence._watchdog = Watchdog(time.monotonic() - ASK_EVERY)
        scene.lists.counted_in.discard(CHAT)
        await until(lambda: len(scene.board.joined) == 2)


def a_hushed_one() -> Watchdog:
    """A watchdog that has heard nothing for long, though somebody was unmuted."""
    began = time.monotonic() - HUSH
    watchdog = Watchdog(began)
    watchdog.is_hushed(None, True, began)
    return watchdog


async def test_a_call_that_went_dead_while_somebody_could_be_heard_is_joined_again(scene: Scene) -> None:
    async with scene.watched():
        scene.presence._watchdog = a_hushed_one()
        await until(lambda: len(scene.board.joined) == 2)


async def test_a_call_that_is_heard_again_after_joining_again_was_lost(scene: Scene) -> None:
    async with scene.watched():
        scene.presence._watchdog = a_hushed_one()
        await until(lambda: len(scene.board.joined) == 2)
        await until(lambda: scene.hears(ADA) and scene.told)
        await until(lambda: "back" in scene.told)
    assert scene.told == ["lost", "back"]


async def test_a_microphone_that_is_on_and_sends_nothing_is_no_loss_of_ours(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "voice.call.presence")
    monkeypatch.setattr("voice.call.presence.HEARD_AGAIN", 0.0)
    async with scene.watched():
        scene.presence._watchdog = a_hushed_one()
        await until(lambda: "is quiet" in caplog.text)
        assert len(scene.board.joined) == 2
    assert scene.told == []


async def test_a_silent_call_that_cannot_be_joined_again_at_once_was_lost(scene: Scene) -> None:
    async with scene.watched():
        scene.board.refusals = [CallUnreachable(CHAT, "TimeoutError")]
        scene.presence._watchdog = a_hushed_one()
        await until(lambda: "back" in scene.told)
    assert scene.told == ["lost", "back"]


async def test_a_call_is_let_be_when_all_have_muted_themselves(scene: Scene) -> None:
    """Even if the news of it was missed: the participants are fetched before."""
    async with scene.watched():
        scene.lists.people = [in_call(ADA, muted=True)]
        scene.presence._watchdog = a_hushed_one()
        await until(lambda: not scene.presence._roster.participants.has_unmuted)
        await until(lambda: not scene.presence._entering.locked())
        assert scene.board.joined == [CHAT]


async def test_the_fall_and_the_return_are_told_once_each(scene: Scene) -> None:
    async with scene.watched():
        scene.board.refusals = [CallUnreachable(CHAT, "TimeoutError")]
        scene.board.ears.clear()
        await until(lambda: "back" in scene.told)
    assert scene.told == ["lost", "back"]


async def test_a_call_that_was_closed_is_not_told_as_lost(scene: Scene) -> None:
    async with scene.watched() as watching:
        scene.hear(discarded(CALL))
        await watching
    assert scene.told == []
    assert scene.presence.ending is Ending.CLOSED


async def test_the_account_that_joins_elsewhere_is_followed_a_few_times_and_then_let_be(scene: Scene) -> None:
    async with scene.watched() as watching:
        for _ in OTHER_PLACE_PAUSES:
            scene.presence._returning.displaced(time.monotonic())
        scene.join_elsewhere()
        await watching
    assert scene.presence.ending is Ending.DISPLACED
    assert scene.board.joined == [CHAT]
    assert scene.told == ["lost"]


async def test_the_account_that_joined_elsewhere_once_comes_back(scene: Scene) -> None:
    async with scene.watched():
        scene.join_elsewhere()
        await until(lambda: "back" in scene.told)
        assert scene.board.joined == [CHAT, CHAT]


async def test_who_gave_way_comes_back_later_once_the_place_is_free(scene: Scene) -> None:
    async with scene.watched() as watching:
        for _ in OTHER_PLACE_PAUSES:
            scene.presence._returning.displaced(time.monotonic())
        scene.join_elsewhere()
        await watching
    asked = scene.lists.asked
    with pytest.raises(RelayElsewhere):
        await scene.presence.join("Talk")
    assert scene.lists.asked == asked, "too soon even to ask"
    scene.presence._returning = _Late()
    with pytest.raises(RelayElsewhere):
        await scene.presence.join("Talk")
    assert scene.board.joined == [CHAT]
    scene.lists.counted_in.discard(CHAT)
    await scene.presence.join("Talk")
    assert scene.board.joined == [CHAT, CHAT]


async def test_another_place_is_noticed_though_the_library_missed_it(scene: Scene) -> None:
    async with scene.watched():
        scene.lists.relay_source = 4_000_000_000
        elsewhere = in_call(RELAY, just_joined=True, source=4_000_000_000 - (1 << 32))
        scene.hear(news(CALL, 2, elsewhere))
        scene.presence._watchdog = Watchdog(time.monotonic() - ASK_EVERY)
        await until(lambda: len(scene.board.joined) == 2)


async def test_who_is_shut_out_gives_up(scene: Scene) -> None:
    async with scene.watched() as watching:
        scene.presence._returning = _Patience(MOST_REFUSALS - 1)
        scene.board.refusals = [CallUnreachable(CHAT, "GROUPCALL_FORBIDDEN")]
        scene.board.ears.clear()
        await watching
    assert scene.presence.ending is Ending.SHUT_OUT
    assert scene.told == ["lost"]


class _Late(Returning):
    """Has given way for long enough to ask whether the other place is free."""

    def is_left_to_other(self, now: float) -> bool:  # noqa: ARG002
        return True


class _Patience(Returning):
    """Has been refused so often already."""

    def __init__(self, refusals: int) -> None:
        super().__init__()
        self._before = refusals

    def began(self) -> None:
        self._refusals = self._before


async def test_after_it_gave_up_it_can_be_asked_to_join_again(scene: Scene) -> None:
    await scene.presence.join("Talk")
    scene.presence.ending = Ending.DISPLACED
    await scene.presence.join("Talk")
    assert not scene.presence.ending
    assert scene.board.joined == [CHAT, CHAT]


@pytest.mark.parametrize("reason", ["No active group call", "GROUPCALL_FORBIDDEN"])
async def test_a_call_that_is_closed_while_it_is_joined_is_named_and_then_another_one_is_made(
    scene: Scene, reason: str
) -> None:
    scene.board.refusals = [CallUnreachable(CHAT, reason)]
    scene.board.refused = lambda: scene.lists.forget(CHAT)
    with pytest.raises(CallClosed, match=reason):
        await scene.presence.join("Talk")
    await scene.presence.join("Talk")
    assert scene.presence.call is not None
    assert scene.presence.call.id == CALL + 1


async def test_a_call_of_which_it_is_unknown_whether_it_was_closed_is_not_said_to_be(scene: Scene) -> None:
    scene.board.refusals = [CallUnreachable(CHAT, "No active group call")]
    scene.board.refused = lambda: scene.lists.refusals.append(
        CallUnreachable(CHAT, "Telegram did not answer")
    )
    with pytest.raises(CallUnreachable, match="No active group call"):
        await scene.presence.join("Talk")


@pytest.mark.parametrize("ending", sorted(GIVEN_UP))
async def test_a_call_that_is_closed_after_it_was_given_up_is_named_too(scene: Scene, ending: Ending) -> None:
    await scene.presence.join("Talk")
    scene.presence.ending = ending
    scene.lists.forget(CHAT)
    scene.hear(discarded(CALL))
    with pytest.raises(CallClosed):
        await scene.presence.join("Talk")
    assert scene.lists.created == 1
    await scene.presence.join("Talk")
    assert scene.lists.created == 2


async def test_telegram_out_of_reach_is_no_reason_to_leave(scene: Scene) -> None:
    async with scene.watched():
        scene.lists.refusals = [CallUnreachable(CHAT, "Telegram did not answer in time")] * 4
        for left in (3, 2, 1, 0):
            scene.presence._watchdog = Watchdog(time.monotonic() - ASK_EVERY)
            await until(partial(scene.has_refusals, left))
    assert (scene.board.joined, scene.told) == ([CHAT], [])


async def test_newcomers_are_let_in_as_the_policy_says(scene: Scene) -> None:
    await scene.presence.let_in_muted(True)
    await scene.presence.join("Talk")
    await scene.presence.join("Talk")
    await scene.presence.let_in_muted(True)
    assert scene.lists.settings == [True]
    await scene.presence.let_in_muted(False)
    assert scene.lists.settings == [True, False]


async def test_a_call_whose_settings_others_changed_is_set_right_when_asked(scene: Scene) -> None:
    await scene.presence.let_in_muted(True)
    await scene.presence.join("Talk")
    changed = raw.types.GroupCall(
        id=CALL, access_hash=0, participants_count=1, unmuted_video_limit=1, version=2, join_muted=False
    )
    scene.hear(raw.types.UpdateGroupCall(call=changed))
    await scene.presence.join("Talk")
    assert scene.lists.settings == [True, True]


async def test_without_a_policy_the_settings_stay(scene: Scene) -> None:
    await scene.presence.join("Talk")
    assert scene.lists.settings == []


async def test_a_call_that_grew_too_large_is_told_once(scene: Scene) -> None:
    async with scene.watched():
        scene.board.is_large = True
        for _ in range(2):
            scene.presence._watchdog = Watchdog(time.monotonic() - ASK_EVERY)
            await until(partial(scene.was_asked, scene.lists.asked + 1))
    assert scene.told == ["enlarged"]


async def test_whose_microphone_it_is(scene: Scene) -> None:
    await scene.presence.join("Talk")
    assert scene.presence.person_of(source_of(ADA)) == ADA
    assert scene.presence.person_of(5) is None


async def test_links_lead_into_the_call(scene: Scene) -> None:
    assert await scene.presence.links() is None
    await scene.presence.join("Talk")
    assert await scene.presence.links() == Links("speak-1", "listen-1")


async def test_sound_is_carried_when_it_is_taken_and_counted(scene: Scene) -> None:
    assert not await scene.presence.is_carrying()
    await scene.presence.join("Talk")
    assert await scene.presence.is_carrying()
    scene.lists.counted_in.clear()
    assert not await scene.presence.is_carrying()


async def test_the_line_stands_for_certain_at_each_frame_and_when_we_have_just_joined(scene: Scene) -> None:
    assert scene.presence.stood_at == 0.0
    before = time.monotonic()
    async with scene.watched():
        joined = scene.presence.stood_at
        assert joined >= before
        scene.board.ears[CHAT](source_of(ADA), bytes(960))
        assert scene.presence.stood_at == scene.presence.intake.last_frame_at != joined


async def test_that_telegram_counts_us_in_proves_the_line_only_where_nobody_is_to_be_heard(
    scene: Scene,
) -> None:
    scene.lists.people = [in_call(ADA, muted=True)]
    async with scene.watched():
        joined = scene.presence.stood_at
        scene.presence._watchdog = Watchdog(time.monotonic() - ASK_EVERY)
        await until(lambda: scene.presence.stood_at > joined)
        scene.hear(news(CALL, scene.lists.version + 1, in_call(ADA, muted=False)))
        scene.lists.version += 1
        assert scene.presence.is_unmuted(source_of(ADA))
        stood, asked = scene.presence.stood_at, scene.lists.asked
        scene.presence._watchdog = Watchdog(time.monotonic() - ASK_EVERY)
        await until(lambda: scene.was_asked(asked + 1))
        assert scene.presence.stood_at == stood


async def test_the_time_away_begins_where_the_line_last_stood(scene: Scene) -> None:
    away: list[float] = []
    scene.presence.back = away.append
    async with scene.watched():
        scene.presence._vouched_at -= 7
        scene.board.ears.clear()
        await until(lambda: away)
    assert away[0] > 7


@pytest.mark.parametrize("steps", range(5))
async def test_it_ends_when_it_is_told_to_in_the_moment_in_which_it_is_called(steps: int) -> None:
    scene = Scene()
    await scene.presence.join("Talk")
    async with asyncio.timeout(DEADLINE), asyncio.TaskGroup() as tasks:
        watching = tasks.create_task(scene.presence.run())
        for _ in range(10):
            await asyncio.sleep(0)
        scene.presence._alarm.set()
        for _ in range(steps):
            await asyncio.sleep(0)
        watching.cancel()
    assert watching.cancelled()
