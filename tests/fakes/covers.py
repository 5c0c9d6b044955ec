"""Covers without a painter: one colour each, and the size that the true ones have."""

from io import BytesIO

from PIL import Image

from rooms.group import Group
from rooms.room import Room


class FakeCovers:
    """Fulfils the `Covers` port."""

    async def cover(self, room: Room, group: Group | None) -> bytes:  # noqa: ARG002  # of the interface
        return _painted(room, (1280, 720))

    async def square(self, room: Room, group: Group | None) -> bytes:  # noqa: ARG002  # of the interface
        return _painted(room, (1400, 1400))


def _painted(room: Room, size: tuple[int, int]) -> bytes:
    jpeg = BytesIO()
    Image.new("RGB", size, (int(room.id) % 256, 28, 48)).save(jpeg, "JPEG")
    return jpeg.getvalue()
