"""The floor: hands, the stage and turns, as people ask for them in chats and on the board."""

from bot.floor.hands import Hands
from bot.floor.links import CallLinks
from bot.floor.minding import StageMinding
from bot.floor.naming import Naming
from bot.floor.panel import Panel
from bot.floor.turns import TalkTurns

__all__ = ["CallLinks", "Hands", "Naming", "Panel", "StageMinding", "TalkTurns"]
