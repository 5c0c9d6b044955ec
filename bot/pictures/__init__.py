"""The pictures that the bot sends: what can be drawn; drawing it is for a process of its own."""

from bot.pictures.cover import Cover
from bot.pictures.orders import Draws, Dressed, Order, Squared
from bot.pictures.statistics import Labels, Statistics, TalkCount

__all__ = ["Cover", "Draws", "Dressed", "Labels", "Order", "Squared", "Statistics", "TalkCount"]
