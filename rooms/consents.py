"""Consents: who lets their voice be kept on a track of its own in a group's recordings, and who does not."""

from dataclasses import dataclass
from datetime import datetime

from rooms.ids import ChatId, PersonId


@dataclass(frozen=True, slots=True)
class Consent:
    """What somebody answered once for all talks of a group, until they think better of it.

    Who `agrees` gets a track of their own; whose answer is no is in no recording. Who has not answered is in
    the common sound alone, of which the notice in the chat speaks; None: they were asked, at that instant.
    """

    chat: ChatId
    person: PersonId
    name: str
    agrees: bool | None
    at: datetime
