"""Hands: who asks to speak in a talk, in the call or in the chat, in the order of asking."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from rooms.ids import PersonId


@dataclass(frozen=True, slots=True)
class Hand:
    """A raised hand; `is_in_call` is whether it was raised in Telegram's call, and can be lowered there."""

    person: PersonId
    name: str
    raised_at: datetime
    is_in_call: bool = False


def queue(hands: Iterable[Hand], spoke_before: Collection[PersonId] = ()) -> tuple[Hand, ...]:
    """The hands in the order in which they were raised; those of `spoke_before` after all the others."""
    return tuple(sorted(hands, key=lambda hand: (hand.person in spoke_before, hand.raised_at, hand.person)))
