"""Dialogues: where somebody stands in a guided conversation with the bot, whatever restarts meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from rooms.ids import ChatId, MessageId, PersonId

LIFE = timedelta(days=1)
"""A dialogue in which nothing was said for so long is forgotten."""


@dataclass(frozen=True, slots=True)
class Dialogue:
    """One conversation a person at a time.

    `group` is what it is about, `kind` which feature holds it, `state` that feature's own words (JSON);
    `message` is the bot's message that shows it.
    """

    person: PersonId
    group: ChatId
    kind: str
    state: str
    message: MessageId | None
    changed_at: datetime
