"""Features: each says by itself which commands, buttons, links and private words it answers to."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from bot.visits import Tap, Visit
from rooms.dialogues import Dialogue

Command = Callable[[Visit], Awaitable[None]]
"""Answers "/command", in a group or in private."""

TapHandler = Callable[[Tap, Any], Awaitable[None]]
"""Answers a pressed button: the tap, and the button that `unpack` gave."""

Link = Callable[[Visit, str], Awaitable[None]]
"""Answers a deep link, "/start name-rest", in private: the visit, and the rest."""

Reply = Callable[[Visit, Dialogue], Awaitable[None]]
"""Answers whatever somebody sends in private while a dialogue of this kind is open, "/cancel" included."""

Taker = Callable[[Visit], Awaitable[bool]]
"""Takes what somebody sent in private without being asked, such as a file; gives whether it was for it."""

_NONE: Mapping[Any, Any] = MappingProxyType({})


class Feature:
    """One thing that people can do with the bot; what it does not answer to, it leaves as it is here."""

    @property
    def commands(self) -> Mapping[str, Command]:
        """By command, in small letters, without the slash."""
        return _NONE

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """By the kind of button."""
        return _NONE

    @property
    def links(self) -> Mapping[str, Link]:
        """By the first word of the link's payload."""
        return _NONE

    @property
    def replies(self) -> Mapping[str, Reply]:
        """By the kind of dialogue."""
        return _NONE

    @property
    def takers(self) -> Sequence[Taker]:
        """Whoever may take what somebody sends in private while no dialogue is open."""
        return ()
