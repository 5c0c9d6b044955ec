"""An easel: draws what the atelier draws, here and now."""

from bot.pictures import Order
from bot.pictures.__main__ import drawn


class Easel:
    """Draws in the test's own process; an order in `refused` raises its error instead."""

    def __init__(self) -> None:
        self.refused: dict[type, Exception] = {}

    async def warm_up(self) -> None:
        """It is."""

    async def draw(self, order: Order) -> bytes:
        if type(order) in self.refused:
            raise self.refused[type(order)]
        return drawn(order)
