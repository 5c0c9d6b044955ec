"""The console: a chat app as a page, and the JSON API behind it, by which tools act as people too."""

from sandbox.console.console import Console

__all__ = ["Console"]
