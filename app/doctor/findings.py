"""Findings: what an examination says, a line each, and the case that is examined."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from app.doctor.known import KnownGroup
from app.settings import Settings


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found of a subject; without advice all is well. Holds no secret."""

    subject: str
    found: str
    advice: str = ""

    @property
    def is_well(self) -> bool:
        """Whether nothing has to be done."""
        return not self.advice

    @property
    def line(self) -> str:
        """The finding as it is printed, on one line."""
        mark, text = ("ok", self.found) if self.is_well else ("!!", f"{self.found} {self.advice}")
        return " ".join(f"{mark}  {self.subject}: {text}".split("\n"))


@dataclass(frozen=True, slots=True)
class Case:
    """What is examined: the settings, the groups on record, and whether Loggione runs on these data now."""

    settings: Settings = field(repr=False)
    groups: Sequence[KnownGroup]
    is_running: bool


Check = Callable[[Case], Awaitable[Sequence[Finding]]]
"""Examines one thing; never changes anything."""


def printable(text: str) -> str:
    """Words of others, without what would steer the terminal."""
    return "".join(character for character in text if character.isprintable())
