"""The bulletin: in order, to everybody, and never too much."""

from rooms.ids import ChatId, PersonId, RoomId
from rooms.outlets import OutletState
from rooms.playing import Playback
from rooms.ports import (
    BridgeChanged,
    CallEnded,
    OutletChanged,
    PlaybackChanged,
    RecordingTorn,
    RelayRestarted,
    StageChanged,
)
from rooms.stage import OnStage, Stage
from voice.pool.bulletin import Bulletin

ONE, OTHER = RoomId(1), RoomId(2)


def stage(room: RoomId, number: int) -> StageChanged:
    return StageChanged(room, Stage((OnStage(PersonId(number), "Ada"),)))


async def test_every_follower_gets_every_event_in_order() -> None:
    bulletin = Bulletin()
    async with bulletin.follow() as first, bulletin.follow() as second:
        bulletin.post(stage(ONE, 1))
        bulletin.post(CallEnded(ONE))
        for follower in (first, second):
            assert [await anext(follower), await anext(follower)] == [stage(ONE, 1), CallEnded(ONE)]


async def test_outdated_stages_make_room_for_new_ones() -> None:
    bulletin = Bulletin()
    async with bulletin.follow() as follower:
        for number in range(1000):
            bulletin.post(stage(ONE, number))
            bulletin.post(stage(OTHER, number))
        bulletin.post(RelayRestarted())
        events = [await anext(follower) for _ in range(3)]
    assert events == [stage(ONE, 999), stage(OTHER, 999), RelayRestarted()]


async def test_so_do_other_states_but_each_for_itself() -> None:
    bulletin = Bulletin()
    async with bulletin.follow() as follower:
        for volume in range(100):
            bulletin.post(PlaybackChanged(ONE, Playback(volume=volume)))
            for name in ("radio", "tube"):
                bulletin.post(OutletChanged(ONE, name, OutletState.LOST))
                bulletin.post(OutletChanged(ONE, name, OutletState.ON_AIR))
        bulletin.post(CallEnded(ONE))
        bulletin.post(CallEnded(ONE))
        events = [await anext(follower) for _ in range(5)]
    assert events == [
        PlaybackChanged(ONE, Playback(volume=99)),
        OutletChanged(ONE, "radio", OutletState.ON_AIR),
        OutletChanged(ONE, "tube", OutletState.ON_AIR),
        CallEnded(ONE),
        CallEnded(ONE),
    ]


async def test_a_bridge_that_comes_and_goes_and_a_disk_that_refuses_for_hours_wait_once() -> None:
    bulletin = Bulletin()
    east, west = ChatId(-1002), ChatId(-1003)
    async with bulletin.follow() as follower:
        for _ in range(100):
            bulletin.post(RecordingTorn(ONE))
            for chat in (east, west):
                bulletin.post(BridgeChanged(ONE, chat, "CallUnreachable"))
        bulletin.post(BridgeChanged(ONE, west))
        events = [await anext(follower) for _ in range(3)]
    assert events == [
        RecordingTorn(ONE),
        BridgeChanged(ONE, east, "CallUnreachable"),
        BridgeChanged(ONE, west),
    ]


async def test_what_happened_before_is_not_told() -> None:
    bulletin = Bulletin()
    bulletin.post(CallEnded(ONE))
    async with bulletin.follow() as follower:
        bulletin.post(RelayRestarted())
        assert await anext(follower) == RelayRestarted()
