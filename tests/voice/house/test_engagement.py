"""The engagement: what the relay does for a room, and what it reports, while it is in its call."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from containers.ogg import read_packets
from rooms.errors.calls import CallUnreachable
from rooms.errors.sounds import SoundRefused
from rooms.outlets import Outlet, OutletState
from rooms.playing import Cue
from rooms.ports import Links
from tests.sandbox.waiting import until
from tests.voice.engaged import CHAT, EAST, ROOM, Scene
from tests.voice.exchange import ADA, BEN, discarded
from voice.call.returning import Ending
from voice.house.telling import PAUSE
from voice.messages.reports import Ended, Ousted, OutletMoved, Regained, Sound, StageMoved, Torn, Turned
from voice.mixing.units import SLOT
from voice.recording.recorder import segments


@pytest.fixture
def scene(tmp_path: Path, disk: Executor) -> Scene:
    return Scene(tmp_path, disk)


@asynccontextmanager
async def radio() -> AsyncIterator[tuple[Outlet, list[bytes]]]:
    """An Icecast that takes everything, and what it was asked for."""
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readline())
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await reader.read()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield Outlet("radio", f"icecast://source:hackme@127.0.0.1:{port}/talk.ogg"), asked


async def test_its_sound_is_reported_slot_by_slot(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: len(scene.sounds) >= 10)
    times = [packet.at for packet in scene.sounds]
    assert times == list(range(times[0], times[-1] + 1, SLOT))
    assert all(report.room == ROOM for report in scene.told if isinstance(report, Sound))


async def test_its_own_sound_is_sent_into_the_call(scene: Scene) -> None:
    scene.engagement.studio.wait_for_start()
    async with scene.running():
        await until(lambda: len(scene.board.sent) >= 10)


async def test_the_stage_is_reported_as_it_is_found(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: scene.stages)
    assert scene.stages == [("Ada",)]


async def test_who_comes_and_who_speaks_is_reported(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: scene.stages == [("Ada",)])
        scene.enter(BEN, muted=True)
        await until(lambda: scene.stages[-1] == ("Ada", "Ben"))
        scene.speak(ADA, 440, 0.5)
        await until(lambda: scene.stages[-1] == ("ADA", "Ben"))
        await until(lambda: scene.stages[-1] == ("Ada", "Ben"))


async def test_an_equal_stage_is_not_repeated(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: scene.stages == [("Ada",)])
        for _ in range(3):
            scene.engagement.home.presence.moved()
            await until(lambda: not scene.engagement._stage._was_stirred.is_set())
        scene.enter(BEN)
        await until(lambda: len(scene.stages) == 2)
    assert scene.stages == [("Ada",), ("Ada", "Ben")]


async def test_many_changes_at_once_become_few_reports_and_the_last_is_told(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: scene.stages == [("Ada",)])
        for number in range(200):
            scene.enter(BEN, left=number % 2 == 1)
            await asyncio.sleep(0)
        scene.enter(BEN)
        await until(lambda: scene.stages[-1] == ("Ada", "Ben"))
    times = [at for at, report in scene.reports if isinstance(report, StageMoved)]
    pauses = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert min(pauses) > PAUSE * 0.95


async def test_when_others_end_the_call_the_recording_stops_and_this_is_reported_last(scene: Scene) -> None:
    scene.engagement.studio.begin(with_jingle=False)
    async with scene.running() as run:
        await until(lambda: len(scene.sounds) >= 5)
        scene.lists.forget(CHAT)
        scene.hear(discarded(1))
        await run
    assert scene.told[-1] == Ended(ROOM)
    assert sum(isinstance(report, Ended) for report in scene.told) == 1
    assert CHAT not in scene.board.ears
    scene.settle()
    (segment,) = segments(scene.folder)
    assert list(read_packets(segment)) == [packet.opus for packet in scene.sounds]


async def test_who_is_thrown_out_says_that_the_call_goes_on(scene: Scene) -> None:
    async with scene.running() as run:
        await until(lambda: scene.sounds)
        scene.engagement.home.presence.ending = Ending.SHUT_OUT
        await run
    assert scene.told[-1] == Ousted(ROOM)


async def test_a_room_that_we_close_ourselves_is_not_reported_as_ended(scene: Scene) -> None:
    async with scene.running() as run:
        await until(lambda: scene.sounds)
        run.cancel()
        await asyncio.wait([run])
    assert not any(isinstance(report, Ended | Ousted) for report in scene.told)


async def test_to_be_lost_and_back_is_told_with_the_time_in_between(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: scene.sounds)
        home = scene.engagement.home
        home.presence.lost()
        lost = home.is_lost
        home.presence.back(12.5)
        assert (lost, home.is_lost) == (True, False)
    assert Regained(ROOM, timedelta(seconds=12.5)) in scene.told


async def test_what_plays_is_reported_when_it_changes(scene: Scene, tmp_path: Path) -> None:
    async with scene.running():
        scene.engagement.player.set_volume(50)
        await until(lambda: any(isinstance(told, Turned) for told in scene.told))
        await until(lambda: scene.sounds)
        with pytest.raises(SoundRefused):
            await scene.engagement.player.add(Cue("Nothing", tmp_path / "nothing.ogg"))
    turned = [told.playback.volume for told in scene.told if isinstance(told, Turned)]
    assert turned == [50]


async def test_a_sound_that_is_played_goes_on_air_and_into_the_call(scene: Scene) -> None:
    jingle = Path("voice/sounds/jingle.ogg")
    async with scene.running():
        await until(lambda: scene.sounds)
        await scene.engagement.player.add(Cue("Fanfare", jingle))
        await until(lambda: any(isinstance(told, Turned) and told.playback.now for told in scene.told))
        await until(lambda: scene.board.sent)


async def test_outlets_are_supplied_as_long_as_they_are_wanted(scene: Scene) -> None:
    async with radio() as (outlet, asked), scene.running():
        scene.rearrange(outlets=(outlet,))
        await until(lambda: OutletMoved(ROOM, "radio", OutletState.ON_AIR) in scene.told)
        scene.rearrange(outlets=(outlet,))
        scene.rearrange(outlets=())
        await until(lambda: not scene.engagement.studio.outlets)
        scene.rearrange(outlets=(outlet,))
        await until(lambda: len(asked) == 2)
    assert asked == [b"PUT /talk.ogg HTTP/1.1\r\n"] * 2
    assert not scene.engagement.studio.outlets


async def test_a_recording_can_be_called_off_and_taken_up_again(scene: Scene) -> None:
    scene.engagement.studio.begin(with_jingle=False)
    async with scene.running():
        await until(lambda: len(scene.sounds) >= 5)
        scene.rearrange(is_recorded=False)
        kept = len(scene.sounds)
        await until(lambda: len(scene.sounds) >= kept + 5)
        scene.rearrange(is_recorded=True)
        again = len(scene.sounds)
        await until(lambda: len(scene.sounds) >= again + 5)
    scene.engagement.studio.finish()
    scene.settle()
    before, after = segments(scene.folder)
    heard = [packet.opus for packet in scene.sounds]
    assert list(read_packets(before)) == heard[:kept]
    assert list(read_packets(after)) == heard[again:]


async def test_a_disk_that_takes_nothing_is_reported_once_and_the_sound_goes_on(scene: Scene) -> None:
    scene.folder.touch()  # where the folder of the recording is to be
    scene.engagement.studio.wait_for_start()  # with music
    scene.engagement.studio.begin(with_jingle=False)
    async with scene.running():
        await until(lambda: Torn(ROOM) in scene.told)
        heard = len(scene.sounds)
        await until(lambda: len(scene.sounds) >= heard + 60)
        assert scene.told.count(Torn(ROOM)) == 1
        scene.settle()
        scene.folder.unlink()
        again = len(scene.sounds)
        await until(lambda: len(scene.sounds) >= again + 60)
    scene.engagement.studio.finish()
    scene.settle()
    assert scene.told.count(Torn(ROOM)) == 1
    (segment,) = segments(scene.folder)
    kept = list(read_packets(segment))
    assert [packet.opus for packet in scene.sounds[-len(kept) :]] == kept
    assert len(kept) >= 35


async def test_somebody_is_muted_wherever_they_are(scene: Scene) -> None:
    async with scene.running():
        await scene.engagement.silence(ADA)
        assert scene.lists.edits[0] == (ADA, {"muted": True})
        scene.lists.edits.clear()
        scene.enter(BEN)
        await scene.engagement.silence(None)
        assert {person for person, change in scene.lists.edits if change == {"muted": True}} >= {BEN}
        await scene.engagement.silence(scene.engagement._equipment.own_id)


async def test_a_hand_is_lowered(scene: Scene) -> None:
    async with scene.running():
        scene.enter(BEN, muted=True, raise_hand_rating=5)
        await until(lambda: [one.hand for one in scene.people] == [None, 5])
        await scene.engagement.lower_hand(BEN)
    assert scene.lists.edits == [(BEN, {"raise_hand": False})]


async def test_what_telegram_refuses_is_told(scene: Scene) -> None:
    async with scene.running():
        scene.lists.refusals = [CallUnreachable(CHAT, "FLOOD_WAIT_3")]
        with pytest.raises(CallUnreachable, match="FLOOD_WAIT_3"):
            await scene.engagement.silence(ADA)


async def test_links_are_those_into_the_room_s_own_call(scene: Scene) -> None:
    async with scene.running():
        scene.rearrange(bridges=frozenset({EAST}))
        await until(lambda: EAST in scene.board.ears)
        assert await scene.engagement.links() == Links("speak-1", "listen-1")
