"""What is on air is followed, whatever happens to a look at it."""

from collections.abc import AsyncIterator

import pytest

from rooms.errors.talks import NoSuchRoom
from rooms.listening import Gallery, View
from rooms.room import RoomState
from tests.web.house import KEY, open_house
from web.air import rooms_on_air, views_of

SECRET = "a-secret-of-the-tests"


class Broken(Gallery):
    """A gallery whose first look fails."""

    looks = 0

    async def views(self, listen_key: str) -> AsyncIterator[View]:
        Broken.looks += 1
        if Broken.looks == 1:
            raise OSError(SECRET)
        async for view in super().views(listen_key):
            yield view

    async def on_air(self) -> AsyncIterator[list[object]]:  # type: ignore[override]
        Broken.looks += 1
        if Broken.looks == 1:
            raise OSError(SECRET)
        async for rooms in super().on_air():
            yield [*rooms]


async def test_when_looking_for_rooms_fails_it_is_looked_again(caplog: pytest.LogCaptureFixture) -> None:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        Broken.looks = 0
        gallery = Broken(house.store, house.airwaves, house.stages)
        async for rooms in rooms_on_air(gallery):
            assert [room.listen_key for room in rooms] == [KEY]
            break
    assert "looking for rooms on air failed: OSError" in caplog.text
    assert SECRET not in caplog.text


async def test_when_looking_at_a_room_fails_it_is_looked_again(caplog: pytest.LogCaptureFixture) -> None:
    async with open_house() as house:
        await house.become(RoomState.ENDED)
        Broken.looks = 0
        seen = views_of(Broken(house.store, house.airwaves, house.stages), KEY)
        assert [view.room.state async for view in seen] == [RoomState.ENDED]
    assert "looking at a room failed: OSError" in caplog.text
    assert SECRET not in caplog.text


async def test_a_room_that_is_not_there_is_none() -> None:
    async with open_house() as house:
        with pytest.raises(NoSuchRoom):
            async for _ in views_of(house.gallery, "nothing"):
                pass
