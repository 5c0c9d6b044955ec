"""The stage board: one message of a talk that shows what happens on its stage, kept up to date."""

from bot.boards.boards import Boards
from bot.boards.keeper import Means
from bot.boards.scene import Scene, Scenes

__all__ = ["Boards", "Means", "Scene", "Scenes"]
