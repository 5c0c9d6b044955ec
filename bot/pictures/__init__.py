"""The pictures that the bot sends: the cover of a talk, and a group's statistics."""

from bot.pictures.cover import Cover
from bot.pictures.painting import draw_cover, dress_cover
from bot.pictures.statistics import Labels, Statistics, TalkCount, draw_statistics

__all__ = ["Cover", "Labels", "Statistics", "TalkCount", "draw_cover", "draw_statistics", "dress_cover"]
