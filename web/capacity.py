"""Capacity in the gallery: as many as may listen at once, counted and known to nobody else."""

from collections.abc import Callable


class GalleryFull(Exception):
    """As many listen as may."""


class Place:
    """A place in the gallery: given back when the block ends, unless it was kept for longer."""

    __slots__ = ("_give_back",)

    def __init__(self, give_back: Callable[[], None]) -> None:
        self._give_back: Callable[[], None] | None = give_back

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_: object) -> None:
        if self._give_back is not None:
            self._give_back()

    def keep(self) -> Callable[[], None]:
        """Keep it beyond the block; gives what gives it back, to be called once."""
        if self._give_back is None:
            raise RuntimeError("the place is kept already")
        give_back, self._give_back = self._give_back, None
        return give_back


class Capacity:
    """So many places, which are taken and given back."""

    def __init__(self, count: int) -> None:
        self._free = count

    def take(self) -> Place:
        """Take one; raises `GalleryFull`."""
        if not self._free:
            raise GalleryFull
        self._free -= 1
        return Place(self._give_back)

    def _give_back(self) -> None:
        self._free += 1
