"""Voices: who speaks now, without the flicker of every breath."""

from datetime import datetime, timedelta

from rooms.ids import PersonId
from rooms.stage import Stage

HELD = timedelta(seconds=6)
"""Who fell silent counts as speaking for so much longer: people breathe, and think."""


class Voices:
    """Remembers of one talk when each voice was heard last, and the names of all that were."""

    def __init__(self) -> None:
        self.names: dict[PersonId, str] = {}
        self._heard: dict[PersonId, datetime] = {}

    def see(self, stage: Stage, now: datetime) -> None:
        """The stage is like this now; of who left it nothing is held."""
        here = {one.person for one in stage.people}
        self._heard = {person: at for person, at in self._heard.items() if person in here}
        for one in stage.speaking:
            self._heard[one.person] = now
            self.names[one.person] = one.name

    def speaks(self, person: PersonId, now: datetime) -> bool:
        """Whether somebody speaks, or did a moment ago."""
        heard_at = self._heard.get(person)
        return heard_at is not None and now - heard_at < HELD

    def next_change(self, now: datetime) -> datetime | None:
        """When the first of those who are held falls silent, if nobody is heard any more."""
        return min((at + HELD for at in self._heard.values() if at + HELD > now), default=None)
