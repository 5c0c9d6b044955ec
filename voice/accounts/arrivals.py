"""What happens at Telegram's gate: an invitation to scan, a password asked for, a refusal, an arrival."""

from dataclasses import dataclass, field


class GateRefused(Exception):
    """Telegram says no; `name` is its error, such as PHONE_CODE_INVALID, or one of ours.

    UNREACHABLE: it did not answer; SIGN_IN_UNSUPPORTED: it wants what only official apps can do.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class PasswordNeeded(Exception):
    """The account has two-step verification; `hint` is its owner's, maybe empty."""

    def __init__(self, hint: str) -> None:
        super().__init__("a password is needed")
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who has signed in, and the session string that proves it from now on."""

    person: int
    name: str
    is_bot: bool
    session: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Invitation:
    """An address for a QR code, to be scanned by a device of the account within so many seconds."""

    url: str = field(repr=False)
    seconds: float
