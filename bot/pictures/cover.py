"""The cover of a talk: what it says."""

from dataclasses import dataclass

from bot.pictures.palettes import Palette, palette_for


@dataclass(frozen=True)
class Cover:
    """What a cover says, in the group's language."""

    title: str
    when: str
    """As in "Thursday 26 November 2026, 18:30"."""
    zone: str
    """As in "Europe/Rome"."""
    hosts: str
    """As in "hosted by Ada Rossi"."""
    group: str
    topic: str | None = None
    """Without its #."""
    badge: str | None = None
    """What has become of the talk, as in "Cancelled"; None while it is simply to come."""

    @property
    def palette(self) -> Palette:
        """Its colours."""
        return palette_for(self.title, self.topic)
