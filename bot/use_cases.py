"""The use cases that the bot's features speak to, in one hand."""

from dataclasses import dataclass

from rooms.answering import Answering
from rooms.appointing import Appointing
from rooms.attending import Attending
from rooms.bridging import Bridging
from rooms.changing import Changing
from rooms.clipping import Clipping
from rooms.conducting import Conducting
from rooms.configuring import Configuring
from rooms.consenting import Consenting
from rooms.evenings import Evenings
from rooms.forgetting import Forgetting
from rooms.keeping import Keeping
from rooms.moderating import Moderating
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.prolonging import Prolonging
from rooms.receipts import Receipts
from rooms.records import Store
from rooms.restreaming import Restreaming
from rooms.reviewing import Reviewing
from rooms.shutting import Shutting
from rooms.sounding import Sounding
from rooms.speaking import Speaking
from rooms.timetable import Timing
from rooms.watching import Watching


@dataclass(frozen=True, slots=True)
class UseCases:
    """Everything that may happen to talks and groups by somebody's wish."""

    planning: Planning
    changing: Changing
    conducting: Conducting
    watching: Watching
    prolonging: Prolonging
    speaking: Speaking
    sounding: Sounding
    restreaming: Restreaming
    bridging: Bridging
    consenting: Consenting
    clipping: Clipping
    keeping: Keeping
    attending: Attending
    appointing: Appointing
    moderating: Moderating
    configuring: Configuring
    reviewing: Reviewing
    forgetting: Forgetting
    answering: Answering
    shutting: Shutting
    receipts: Receipts


def use_cases(store: Store, clock: Clock, timing: Timing, evenings: Evenings) -> UseCases:
    """All of them over one store."""
    return UseCases(
        Planning(store, clock, timing),
        Changing(store, clock, timing),
        evenings.conducting,
        evenings.watching,
        Prolonging(store, clock, timing),
        evenings.speaking,
        evenings.sounding,
        evenings.restreaming,
        Bridging(store, clock),
        Consenting(store, clock),
        evenings.clipping,
        evenings.keeping,
        Attending(store, clock),
        Appointing(store, clock),
        Moderating(store, clock),
        Configuring(store, clock),
        Reviewing(store, clock),
        Forgetting(store, clock),
        Answering(store, clock),
        Shutting(store, clock),
        Receipts(store, clock),
    )
