"""The Bot API over HTTP, as an unmodified bot library meets it."""

from sandbox.bot_api.server import BotApi

__all__ = ["BotApi"]
