"""An account's standing: whether Telegram still lets it in, and what it is impatient about."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sandbox.world.errors import CallError

ENDS: Mapping[str, int] = {
    "AUTH_KEY_DUPLICATED": 406,
    "AUTH_KEY_UNREGISTERED": 401,
    "SESSION_REVOKED": 401,
    "USER_DEACTIVATED_BAN": 401,
}
"""How a session may end: what every request meets from then on, with its code."""


@dataclass(slots=True)
class Standing:
    """How an account is treated, until somebody changes it.

    `floods` are seconds to wait by the beginning of a function's name, for example `{"phone.": 30}`, or
    `{"": 720}` for all that it may ask; `end` is one of `ENDS`, or empty.
    """

    account: int
    floods: dict[str, int] = field(default_factory=dict)
    end: str = ""

    def check(self, function: str) -> None:
        """Raise the `CallError` that a request for a function meets, if it does."""
        if self.end:
            raise CallError(ENDS[self.end], self.end)
        for beginning, seconds in self.floods.items():
            if function.startswith(beginning):
                raise CallError(420, f"FLOOD_WAIT_{seconds}")
