"""The bulletin: in order, to everybody, and never too much."""

from rooms.ids import PersonId, RoomId
from rooms.ports import CallEnded, RelayRestarted, StageChanged
from rooms.stage import OnStage, Stage
from voice.bulletin import Bulletin

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


async def test_what_happened_before_is_not_told() -> None:
    bulletin = Bulletin()
    bulletin.post(CallEnded(ONE))
    async with bulletin.follow() as follower:
        bulletin.post(RelayRestarted())
        assert await anext(follower) == RelayRestarted()
