"""Amending: talks on the programme are changed, moved and taken off, and for a minute that can be undone."""

from bot.amending.menu import Menu
from bot.amending.undoing import Undoing
from bot.amending.written import Written

__all__ = ["Menu", "Undoing", "Written"]
