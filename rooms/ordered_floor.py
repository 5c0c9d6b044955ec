"""The ordered floor: calls follow what was decided, and their stages are read with what was not seen yet."""

from dataclasses import replace

from rooms.errors.calls import CallRefused
from rooms.ids import PersonId, RoomId
from rooms.listening import Stages
from rooms.own_doing import OwnDoing
from rooms.ports import Clock, Floor
from rooms.stage import OnStage, Stage


class OrderedFloor:
    """Lets people speak in calls, and listen; that counts from then on, though it is seen some time later.

    Whatever is ordered raises `CallRefused` when Telegram does not let the relay.
    """

    def __init__(self, floor: Floor, stages: Stages, clock: Clock) -> None:
        self._floor = floor
        self._stages = stages
        self._clock = clock
        self.own_doing = OwnDoing()

    def stage(self, room: RoomId) -> Stage:
        """The stage as it will be once all that was ordered is done."""
        return Stage(tuple(self._as_ordered(room, one) for one in self._stages.of(room).people))

    def seen(self, room: RoomId, person: PersonId) -> OnStage | None:
        """Somebody as they stand on the stage, if they are in the call."""
        return next((one for one in self._stages.of(room).people if one.person == person), None)

    async def let_speak(self, room: RoomId, person: PersonId) -> None:
        """Somebody may speak; a hand that is up in the call has its answer by that."""
        await self._order(room, person, may_speak=True)

    async def let_listen(self, room: RoomId, person: PersonId) -> None:
        """Somebody may not speak any more; a hand that is up in the call has its answer by that."""
        before = self.own_doing.ordered(room, person)
        is_repeated = before is not None and not before.may_speak
        await self._order(room, person, may_speak=False, is_repeated=is_repeated)

    async def lower_hand(self, room: RoomId, person: PersonId) -> None:
        """Lower somebody's hand in the call, if it is up there."""
        if self._answer(room, person):
            await self._floor.lower_hand(room, person)

    async def _order(
        self, room: RoomId, person: PersonId, *, may_speak: bool, is_repeated: bool = False
    ) -> None:
        self._answer(room, person)
        self.own_doing.order(room, person, may_speak, is_repeated=is_repeated)
        try:
            await self._floor.let_speak(room, person, may_speak)
        except CallRefused:
            self.own_doing.drop(room, person)
            raise
        self.own_doing.taken(room, person, self._clock.now())

    def _answer(self, room: RoomId, person: PersonId) -> bool:
        """Whether there is a hand up in the call, which has its answer now."""
        seen = self.seen(room, person)
        if seen is None or not seen.has_hand_up:
            return False
        self.own_doing.answer(room, seen)
        return True

    def _as_ordered(self, room: RoomId, one: OnStage) -> OnStage:
        order = self.own_doing.ordered(room, one.person)
        if order is None or order.may_speak == one.may_speak:
            return one
        return replace(one, may_speak=order.may_speak, is_muted=one.is_muted or not order.may_speak)
