"""The stage: who is in a room's call, as the relay account sees it."""

from dataclasses import dataclass
from datetime import datetime

from rooms.ids import ChatId, PersonId


@dataclass(frozen=True, slots=True)
class OnStage:
    """One participant of a call who may speak or asks to.

    `hand` is the rating of a raised hand, of which the highest comes first; None when it is down. `may_speak`
    is whether they can unmute themselves. `chat` is the group through whose call they take part, where a talk
    is carried in several; None: the talk's own.
    """

    person: PersonId
    name: str
    is_muted: bool = True
    is_speaking: bool = False
    hand: int | None = None
    may_speak: bool = False
    joined_at: datetime | None = None
    chat: ChatId | None = None

    @property
    def has_hand_up(self) -> bool:
        """Whether they ask to speak."""
        return self.hand is not None


@dataclass(frozen=True, slots=True)
class Stage:
    """Everybody in the call but the relay itself, in the order in which they joined."""

    people: tuple[OnStage, ...] = ()

    @property
    def speaking(self) -> tuple[OnStage, ...]:
        """Those whose voice is heard now."""
        return tuple(person for person in self.people if person.is_speaking)

    @property
    def hands(self) -> tuple[OnStage, ...]:
        """Those who ask to speak, in Telegram's order: the highest rating first.

        So says TL `groupCallParticipant.raise_hand_rating` ("peers with a higher rating should be showed
        first in the list"), and so TDLib's GroupCallParticipantOrder has it.
        """
        raised = [person for person in self.people if person.hand is not None]
        return tuple(sorted(raised, key=lambda person: (-(person.hand or 0), person.person)))
