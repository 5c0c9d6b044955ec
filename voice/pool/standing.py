"""How a relay account stands: whether it can hold calls, and if not, why and for how long."""

from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """What a relay account does at the moment."""

    STARTING = "starting"
    """No process of it takes commands, or not yet again."""
    UP = "up"
    RESTING = "resting"
    """Telegram asks it to be quiet; calls that it holds go on."""
    REFUSED = "refused"
    """Telegram does not let it in any more, and it is not tried again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The condition of an account; `reason` is Telegram's for a refusal, `seconds` how long it is to rest."""

    condition: Condition
    reason: str = ""
    seconds: float = 0.0
