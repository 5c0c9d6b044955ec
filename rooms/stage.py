"""The stage: who is in a room's call, as the relay account sees it."""

from dataclasses import dataclass

from rooms.ids import PersonId


@dataclass(frozen=True, slots=True)
class OnStage:
    """One participant of the call who may speak or asks to."""

    person: PersonId
    name: str
    is_muted: bool = True
    is_speaking: bool = False
    has_hand_up: bool = False


@dataclass(frozen=True, slots=True)
class Stage:
    """Everybody in the call but the relay itself, in the order in which they joined."""

    people: tuple[OnStage, ...] = ()

    @property
    def speaking(self) -> tuple[OnStage, ...]:
        """Those whose voice is heard now."""
        return tuple(person for person in self.people if person.is_speaking)
