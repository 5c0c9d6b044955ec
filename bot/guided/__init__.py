"""The guided dialogue: a talk is planned step by step in the private chat."""

from bot.guided.guidance import Guidance

__all__ = ["Guidance"]
