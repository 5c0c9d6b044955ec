"""The house: rooms opened, started and closed, also those that an earlier process left."""

import asyncio
import time
import weakref
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest

from containers.ogg import read_packets
from rooms.errors.calls import CallUnreachable, RelayDiskRefused, RelayElsewhere, RelayLacksRights
from rooms.ids import ChatId, RoomId
from rooms.ports import Opening
from tests.sandbox.waiting import until
from tests.voice.exchange import ADA, BEN, RELAY, Board, Lists, discarded, in_call, news
from tests.voice.sounds import tone
from voice.call.returning import Ending, Returning
from voice.house.equipment import Equipment
from voice.house.house import House
from voice.house.notes import NOTE
from voice.messages.commands import Open
from voice.messages.reports import Ended, Ousted, Report, Sound, StageMoved
from voice.recording.recorder import segments
from voice.recording.spliced import Splice
from voice.sources.sounds import Sounds

ROOM, CHAT, CALL = RoomId(7), ChatId(-1001), 1
OTHER_ROOM, OTHER_CHAT = RoomId(8), ChatId(-1002)
NOT_NEEDED = cast(Any, None)


def house_on(disk: Executor, recordings: Path, tasks: asyncio.TaskGroup) -> House:
    """A house that has a disk and nothing else."""
    equipment = Equipment(recordings, disk, NOT_NEEDED, NOT_NEEDED, NOT_NEEDED, NOT_NEEDED)
    return House(equipment, NOT_NEEDED, tasks)


class Scene:
    """Telegram, a folder of recordings, and houses that come and go."""

    def __init__(self, recordings: Path, disk: Executor) -> None:
        self.lists = Lists()
        self.board = Board(self.lists)
        self.recordings = recordings
        self.reports: list[Report] = []
        sounds = Sounds(tone(300, 1), tone(900, 0.2))
        self._equipment = Equipment(recordings, disk, sounds, RELAY, self.lists, self.board)

    @asynccontextmanager
    async def house(self) -> AsyncIterator[House]:
        """A house as a relay process has it; in the end the process dies, and Telegram loses its line."""
        async with asyncio.TaskGroup() as company:

            async def live() -> None:
                async with asyncio.TaskGroup() as tasks:
                    houses.set_result(House(self._equipment, self.reports.append, tasks))
                    await asyncio.Event().wait()

            houses: asyncio.Future[House] = asyncio.get_running_loop().create_future()
            life = company.create_task(live())
            house = await houses
            yield house
            life.cancel()
        house.stop()
        self.board.ears.clear()

    @property
    def note(self) -> Path:
        return self.recordings / str(ROOM) / NOTE

    def sounds(self, room: RoomId = ROOM) -> list[bytes]:
        return [told.opus for told in self.reports if isinstance(told, Sound) and told.room == room]

    async def hear_more(self, slots: int = 5) -> None:
        """Wait until the room has sounded for a while longer."""
        enough = len(self.sounds()) + slots
        await until(lambda: len(self.sounds()) >= enough)


@pytest.fixture
def scene(tmp_path: Path, disk: Executor) -> Scene:
    return Scene(tmp_path, disk)


def order(
    room: RoomId = ROOM, chat: ChatId = CHAT, *, is_live: bool = False, is_recorded: bool = True
) -> Open:
    return Open(1, Opening(room, chat, "Talk", is_live, is_recorded), time.monotonic())


def packets(recording: Splice | None) -> list[bytes]:
    assert recording is not None
    return list(read_packets(recording.path))


async def test_an_open_room_sounds_and_plays_the_hold_music(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order())
        await scene.hear_more()
        await until(lambda: scene.board.sent)
    assert scene.board.joined == [CHAT]


async def test_what_a_closed_room_used_is_let_go_at_once(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order())
        await scene.hear_more()
        studio = weakref.ref(house.engagement(ROOM).studio)
        await house.close(ROOM)
        assert studio() is None


async def test_to_open_twice_joins_once(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order())
        await house.open(order())
        await scene.hear_more()
        assert len(scene.sounds()) == len({told.at for told in scene.reports if isinstance(told, Sound)})
    assert scene.board.joined == [CHAT]


async def test_a_talk_is_recorded_from_its_beginning_to_its_end(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order())
        await scene.hear_more()
        before = len(scene.sounds())
        await house.go_live(ROOM)
        await scene.hear_more(30)
        recording = await house.close(ROOM)
        assert packets(recording) == scene.sounds()[before:]
    assert scene.lists.ended == [(CHAT, CALL)]
    assert CHAT not in scene.board.ears


async def test_a_talk_that_is_not_to_be_recorded_is_heard_and_leaves_nothing(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order(is_recorded=False))
        await house.go_live(ROOM)
        await scene.hear_more(30)
        assert await house.close(ROOM) is None
    assert scene.lists.ended == [(CHAT, CALL)]


async def test_a_talk_under_way_is_recorded_at_once_and_without_music(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order(is_live=True))
        await scene.hear_more()
        assert packets(await house.close(ROOM)) == scene.sounds()
    assert scene.board.sent == []


async def test_no_talk_begins_in_a_room_that_is_not_open(scene: Scene) -> None:
    async with scene.house() as house:
        with pytest.raises(CallUnreachable, match="room 7 is not open"):
            await house.go_live(ROOM)


async def test_no_talk_begins_in_a_room_that_was_closed(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order())
        await house.close(ROOM)
        with pytest.raises(CallUnreachable, match="room 7 is not open"):
            await house.go_live(ROOM)


async def test_to_close_what_was_never_open_gives_nothing(scene: Scene) -> None:
    async with scene.house() as house:
        assert await house.close(ROOM) is None
    assert scene.lists.ended == []


async def test_to_close_before_the_talk_began_gives_nothing_and_ends_the_call(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order())
        await scene.hear_more()
        assert await house.close(ROOM) is None
    assert scene.lists.ended == [(CHAT, CALL)]
    assert list(scene.recordings.iterdir()) == []


async def test_to_close_twice_gives_the_same_answer(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order(is_live=True))
        await scene.hear_more()
        first = await house.close(ROOM)
        assert first is not None
        assert first.duration > timedelta()
        assert await house.close(ROOM) == first
    assert scene.lists.ended == [(CHAT, CALL)]


async def test_a_closed_room_falls_silent(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order())
        await scene.hear_more()
        await house.close(ROOM)
        heard = len(scene.reports)
        await house.open(order(OTHER_ROOM, OTHER_CHAT))
        await until(lambda: len(scene.sounds(OTHER_ROOM)) >= 5)
        assert scene.sounds() == [told.opus for told in scene.reports[:heard] if isinstance(told, Sound)]
        assert not any(isinstance(told, Ended) for told in scene.reports)


async def test_the_call_is_noted_on_disk_until_it_is_ended(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order(is_live=True))
        assert scene.note.exists()
        await scene.hear_more()
        await house.close(ROOM)
        assert not scene.note.exists()


async def test_a_call_that_cannot_be_ended_now_is_ended_when_asked_again(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order(is_live=True))
        await scene.hear_more()
        scene.lists.refusals = [CallUnreachable(CHAT, "FLOOD_WAIT_3")]
        with pytest.raises(CallUnreachable, match="FLOOD_WAIT_3"):
            await house.close(ROOM)
        assert scene.note.exists()
        assert packets(await house.close(ROOM)) == scene.sounds()
    assert scene.lists.ended == [(CHAT, CALL)]


async def test_a_call_that_we_created_and_could_not_join_is_ended_with_the_room(scene: Scene) -> None:
    async with scene.house() as house:
        scene.board.refusals = [CallUnreachable(CHAT, "TimeoutError")]
        with pytest.raises(CallUnreachable):
            await house.open(order())
        assert await house.close(ROOM) is None
    assert scene.lists.ended == [(CHAT, CALL)]


async def test_a_room_that_was_refused_may_be_opened_later(scene: Scene) -> None:
    async with scene.house() as house:
        scene.lists.refusals = [RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED")]
        with pytest.raises(RelayLacksRights):
            await house.open(order())
        assert scene.reports == []
        await house.open(order())
        await scene.hear_more()


async def test_a_disk_that_fails_is_named_with_the_system_s_reason(tmp_path: Path, disk: Executor) -> None:
    (tmp_path / "7" / NOTE).mkdir(parents=True)
    async with asyncio.TaskGroup() as tasks:
        with pytest.raises(RelayDiskRefused, match="Is a directory"):
            await house_on(disk, tmp_path, tasks).close(ROOM)


async def test_what_a_process_that_died_left_is_closed_by_the_next(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order(is_live=True))
        await scene.hear_more()
    heard = scene.sounds()
    async with scene.house() as house:
        assert packets(await house.close(ROOM)) == heard
    assert scene.lists.ended == [(CHAT, CALL)]
    assert not scene.note.exists()


async def test_a_talk_goes_on_in_the_next_process_with_the_gap_told(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order(is_live=True))
        await scene.hear_more()
    before = scene.sounds()
    async with scene.house() as house:
        await house.open(order(is_live=True))
        await scene.hear_more()
        recording = await house.close(ROOM)
    heard = packets(recording)
    assert heard[: len(before)] == before
    assert heard[-5:] == scene.sounds()[-5:]
    assert scene.board.joined == [CHAT, CHAT]


async def test_a_process_that_dies_puts_on_disk_what_it_recorded(scene: Scene, disk: Executor) -> None:
    async with scene.house() as house:
        await house.open(order(is_live=True))
        await scene.hear_more()
    disk.submit(lambda: None).result()
    (segment,) = segments(scene.recordings / str(ROOM))
    assert list(read_packets(segment)) == scene.sounds()
    assert scene.lists.ended == []


async def test_news_reach_the_room_whose_call_they_are_about(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order())
        await house.open(order(OTHER_ROOM, OTHER_CHAT))
        house.hear(news(CALL + 1, 2, in_call(BEN)), {}, {})

        def with_ben() -> set[RoomId]:
            told = [report for report in scene.reports if isinstance(report, StageMoved)]
            return {moved.room for moved in told if any(p.person == BEN for p in moved.stage.people)}

        await until(with_ben)
        assert with_ben() == {OTHER_ROOM}


async def test_after_others_ended_the_call_the_recording_is_finished_and_the_room_may_open_again(
    scene: Scene,
) -> None:
    async with scene.house() as house:
        await house.open(order(is_live=True))
        await scene.hear_more()
        scene.lists.forget(CHAT)
        house.hear(discarded(CALL), {}, {})
        await until(lambda: Ended(ROOM) in scene.reports)
        heard = scene.sounds()
        with pytest.raises(CallUnreachable, match="not open"):
            await house.go_live(ROOM)
        assert packets(await house.close(ROOM)) == heard
        await house.open(order())
        await scene.hear_more()


async def test_a_call_that_was_left_to_another_place_is_not_taken_back_at_once(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order(is_live=True))
        await scene.hear_more()
        presence = house.engagement(ROOM).home.presence
        presence._returning.displaced(time.monotonic())
        presence.ending = Ending.DISPLACED
        await until(lambda: Ousted(ROOM) in scene.reports)
        for _ in range(2):
            with pytest.raises(RelayElsewhere):
                await house.open(order(is_live=True))
        assert scene.board.joined == [CHAT]
        presence._returning = Returning()
        await house.open(order(is_live=True))
        assert house.engagement(ROOM).home.presence is presence
        assert scene.board.joined == [CHAT, CHAT]
        await scene.hear_more()


async def test_commands_for_one_room_wait_for_each_other(scene: Scene) -> None:
    done: list[str] = []
    async with scene.house() as house, asyncio.TaskGroup() as tasks:

        async def open_room() -> None:
            await house.open(order())
            done.append("open")

        async def close_room() -> None:
            await house.close(ROOM)
            done.append("close")

        scene.lists.is_answering.clear()
        tasks.create_task(open_room())
        await until(lambda: scene.lists.asked)
        tasks.create_task(close_room())
        await asyncio.sleep(0)
        assert done == []
        scene.lists.is_answering.set()
        await until(lambda: len(done) == 2)
    assert done == ["open", "close"]
    assert scene.lists.ended == [(CHAT, CALL)]


async def test_commands_for_other_rooms_do_not_wait(scene: Scene) -> None:
    async with scene.house() as house, asyncio.TaskGroup() as tasks:
        await house.open(order(OTHER_ROOM, OTHER_CHAT))
        scene.lists.is_answering.clear()
        asked = scene.lists.asked
        opening = tasks.create_task(house.open(order()))
        await until(lambda: scene.lists.asked > asked)
        await house.go_live(OTHER_ROOM)
        assert await house.close(RoomId(9)) is None
        assert not opening.done()
        scene.lists.is_answering.set()


async def test_opened_again_all_is_as_the_opening_says_now(scene: Scene) -> None:
    first = order(is_live=True)
    async with scene.house() as house:
        await house.open(first)
        await until(lambda: any(isinstance(told, StageMoved) for told in scene.reports))
        changed = replace(
            first.opening, joins_muted=True, speakers=frozenset({ADA}), bridges=frozenset({OTHER_CHAT})
        )
        scene.lists.people = [in_call(ADA, muted=True)]
        await house.open(msgspec.structs.replace(first, opening=changed))
        assert scene.lists.settings == [True]
        await until(lambda: OTHER_CHAT in scene.board.ears)
        await until(lambda: (ADA, {"muted": False}) in scene.lists.edits)
        await house.open(first)
        await until(lambda: OTHER_CHAT not in scene.board.ears)


async def test_the_next_process_has_all_of_it_too(scene: Scene) -> None:
    opening = replace(order().opening, joins_muted=True, bridges=frozenset({OTHER_CHAT}), is_live=True)
    for _ in range(2):
        async with scene.house() as house:
            await house.open(Open(1, opening, time.monotonic()))
            await until(lambda: OTHER_CHAT in scene.board.ears)
    assert sorted(scene.board.joined) == sorted([CHAT, OTHER_CHAT] * 2)
    async with scene.house() as house:
        await house.close(ROOM)
    assert scene.lists.ended == [(OTHER_CHAT, 2), (CHAT, CALL)]


async def test_a_group_that_was_given_another_number_is_joined_by_that(scene: Scene) -> None:
    async with scene.house() as house:
        await house.open(order())
        await scene.hear_more()
        await house.open(order(chat=OTHER_CHAT))
        await scene.hear_more()
        assert set(scene.board.ears) == {OTHER_CHAT}


async def test_bridged_calls_that_were_there_before_go_on(scene: Scene) -> None:
    scene.lists.create(OTHER_CHAT, "Theirs")
    scene.lists.listed[OTHER_CHAT] = replace(scene.lists.listed[OTHER_CHAT], is_ours=False)
    opening = replace(order().opening, bridges=frozenset({OTHER_CHAT}))
    async with scene.house() as house:
        await house.open(Open(1, opening, time.monotonic()))
        await until(lambda: OTHER_CHAT in scene.board.ears)
        await house.close(ROOM)
        assert not scene.board.ears
    assert [chat for chat, _ in scene.lists.ended] == [CHAT]


async def test_a_bridged_call_that_is_just_being_joined_ends_with_the_room_too(scene: Scene) -> None:
    opening = replace(order().opening, bridges=frozenset({OTHER_CHAT}))
    async with scene.house() as house:
        await house.open(Open(1, opening, time.monotonic()))
        scene.board.refusals = [CallUnreachable(OTHER_CHAT, "TimeoutError")]
        await until(lambda: not scene.board.refusals)
        await house.close(ROOM)
    assert {chat for chat, _ in scene.lists.ended} == {CHAT, OTHER_CHAT}
