"""/settings: a group's customs, each shown, chosen by buttons, or written after the command."""

from bot.customs.settings import Customs, titles

__all__ = ["Customs", "titles"]
