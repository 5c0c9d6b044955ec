"""The use cases that the bot's features speak to, in one hand."""

from dataclasses import dataclass

from rooms.appointing import Appointing
from rooms.attending import Attending
from rooms.changing import Changing
from rooms.conducting import Conducting
from rooms.configuring import Configuring
from rooms.forgetting import Forgetting
from rooms.moderating import Moderating
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.records import Store
from rooms.reviewing import Reviewing
from rooms.timetable import Timing


@dataclass(frozen=True, slots=True)
class UseCases:
    """Everything that may happen to talks and groups by somebody's wish."""

    planning: Planning
    changing: Changing
    conducting: Conducting
    attending: Attending
    appointing: Appointing
    moderating: Moderating
    configuring: Configuring
    reviewing: Reviewing
    forgetting: Forgetting


def use_cases(store: Store, clock: Clock, timing: Timing, conducting: Conducting) -> UseCases:
    """All of them over one store; the conducting is shared with those who watch the calls."""
    return UseCases(
        Planning(store, clock, timing),
        Changing(store, clock, timing),
        conducting,
        Attending(store, clock),
        Appointing(store, clock),
        Moderating(store, clock),
        Configuring(store, clock),
        Reviewing(store, clock),
        Forgetting(store, clock),
    )
