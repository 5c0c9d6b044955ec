"""Recording, as people see it: that it goes on, whose voice is kept, clips, and what is kept of it."""

from bot.recording.clips import Clips
from bot.recording.consent import Consent
from bot.recording.shelf import Shelf

__all__ = ["Clips", "Consent", "Shelf"]
