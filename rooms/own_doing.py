"""Own doing: what we ordered in calls ourselves, so that its echo is not taken for what people did there."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from rooms.ids import PersonId, RoomId
from rooms.stage import OnStage

PATIENCE = timedelta(seconds=10)
"""So long after Telegram took an order it may take until the stage shows it."""

_Whom = tuple[RoomId, PersonId]


@dataclass(frozen=True, slots=True)
class Order:
    """Somebody is to be a speaker in the call, or a listener, from now on.

    `until` is when that should be seen on the stage; None while the order is on its way to Telegram.
    `is_repeated` is whether it was given again, because an older one got through after it.
    """

    may_speak: bool
    until: datetime | None = None
    is_repeated: bool = False


class OwnDoing:
    """Orders of which nothing was seen yet, and hands that were answered and may still be seen up.

    It is kept in memory alone: after a restart what the stage shows is what people want.
    """

    def __init__(self) -> None:
        self._orders: dict[_Whom, Order] = {}
        self._answered: dict[_Whom, int] = {}

    def order(self, room: RoomId, person: PersonId, may_speak: bool, *, is_repeated: bool = False) -> None:
        """Somebody is being let speak, or made a listener."""
        self._orders[room, person] = Order(may_speak, is_repeated=is_repeated)

    def taken(self, room: RoomId, person: PersonId, now: datetime) -> None:
        """Telegram took the order."""
        if (order := self._orders.get((room, person))) is not None:
            self._orders[room, person] = replace(order, until=now + PATIENCE)

    def drop(self, room: RoomId, person: PersonId) -> None:
        """The order shows on the stage, or nothing will come of it."""
        self._orders.pop((room, person), None)

    def ordered(self, room: RoomId, person: PersonId) -> Order | None:
        """The order of which nothing was seen yet."""
        return self._orders.get((room, person))

    def overdue(self, now: datetime) -> list[_Whom]:
        """Of whom the stages should have shown by now what was ordered; those orders are forgotten."""
        late = [
            whom for whom, order in self._orders.items() if order.until is not None and order.until <= now
        ]
        for whom in late:
            del self._orders[whom]
        return late

    def next_overdue(self) -> datetime | None:
        """When the first order should have been seen."""
        return min((order.until for order in self._orders.values() if order.until is not None), default=None)

    def answer(self, room: RoomId, seen: OnStage) -> None:
        """Their hand, if it is up in the call, has its answer."""
        if seen.hand is not None:
            self._answered[room, seen.person] = seen.hand

    def is_answered(self, room: RoomId, seen: OnStage) -> bool:
        """Whether the hand that is seen up has its answer; one that is raised anew has another rating."""
        return seen.hand is not None and self._answered.get((room, seen.person)) == seen.hand

    def forget(self, room: RoomId) -> None:
        """The call is gone."""
        self._orders = {whom: order for whom, order in self._orders.items() if whom[0] != room}
        self._answered = {whom: hand for whom, hand in self._answered.items() if whom[0] != room}
