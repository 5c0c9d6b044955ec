"""People whom the bot may write to: those who opened its private chat."""

from dataclasses import dataclass

from rooms.ids import PersonId


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who started the bot; `language` is "en" or "it", `username` in small letters without @."""

    id: PersonId
    name: str
    username: str | None
    language: str
