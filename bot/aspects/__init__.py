"""Aspects: what can be said of a talk, one by one: its title, its time, who may listen, and so on."""

from bot.aspects.aspect import Aspect, Change, name_of
from bot.aspects.reading import read_aspect

__all__ = ["Aspect", "Change", "name_of", "read_aspect"]
