"""An engagement: what the relay does for one room while it is in its call."""

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from rooms.ids import PersonId, RoomId
from rooms.outlets import Outlet
from rooms.ports import Links, Opening, Packet
from rooms.stage import OnStage, Stage
from voice.call.returning import Ending
from voice.house.bridge import Bridge
from voice.house.equipment import Equipment
from voice.house.telling import Telling
from voice.house.upkeep import Upkeep
from voice.house.usher import Usher
from voice.messages.reports import (
    Ended,
    Enlarged,
    Ousted,
    OutletMoved,
    Regained,
    Report,
    Sound,
    StageMoved,
    Torn,
    Turned,
)
from voice.mixing.units import RATE
from voice.studio.leg import Leg
from voice.studio.studio import Studio
from voice.studio.tape import Tape
from voice.telegram.floor import NotInCall

TORN_AGAIN = 60.0
"""Seconds after which it is reported again that the disk does not take the recording."""


class Engagement:
    """A room's own call, those to which it is bridged, its studio, and who passes it on, side by side.

    When somebody else ends the room's own call, the recording stops, this is reported, and `run` returns.
    """

    def __init__(
        self, room: RoomId, home: Leg, equipment: Equipment, report: Callable[[Report], None]
    ) -> None:
        self.home = home
        self.player = equipment.player()
        self.studio = Studio(self.player)
        self.usher = Usher(self._legs)
        self._room = room
        self._equipment = equipment
        self._report = report
        self._title = ""
        self._torn_at = -TORN_AGAIN
        self._bridge = Bridge(room, equipment, self.studio, report)
        self._outlets = Upkeep(self._pass_on)
        self._stage = Telling(lambda: StageMoved(room, self._all_on_stage()), report)
        self._playback = Telling(lambda: Turned(room, self.player.playback), report)
        self._listen()

    def arrange(self, opening: Opening, began: float) -> None:
        """Let all be as the opening says, but for the room's own call, which was joined before.

        `began` is when the room's clock did, on the monotonic clock.
        """
        self._title = opening.title
        self._load_tape(opening, began)
        self.usher.expect(opening.speakers)
        self._bridge.span(opening.bridges - {self.home.chat}, opening.title, joins_muted=opening.joins_muted)
        self._outlets.want(opening.outlets)

    async def run(self, began: float) -> None:
        """Work until the call has ended; `began` is when the room's clock did, on the monotonic clock."""
        async with asyncio.TaskGroup() as work:
            tasks = [
                work.create_task(self.studio.run(began, self._publish, self._stage.stir)),
                work.create_task(self.player.run()),
                work.create_task(self.usher.run()),
                work.create_task(self._bridge.run()),
                work.create_task(self._outlets.run()),
                work.create_task(self._stage.run()),
                work.create_task(self._playback.run()),
            ]
            await self.home.run(self._equipment.switchboard)
            for task in tasks:
                task.cancel()
        self.studio.finish()
        await self.home.presence.leave()
        is_over = self.home.presence.ending is Ending.CLOSED
        self._report(Ended(self._room) if is_over else Ousted(self._room))

    def hear(self, update: Any, users: dict[int, Any], chats: dict[int, Any]) -> None:
        """Pass a raw update on to all legs; each knows whether it is meant."""
        for leg in self._legs():
            leg.presence.hear(update, users, chats)

    async def silence(self, person: PersonId | None) -> None:
        """Mute somebody, or with None everybody; raises `CallRefused`."""
        for leg in self._legs():
            with suppress(NotInCall):
                if person is None:
                    await leg.presence.floor.silence_all()
                else:
                    await leg.presence.floor.silence(person)

    async def lower_hand(self, person: PersonId) -> None:
        """Lower somebody's hand; raises `CallRefused`."""
        for leg in self._legs():
            with suppress(NotInCall):
                await leg.presence.floor.lower_hand(person)

    async def links(self) -> Links | None:
        """The links into the room's own call, if it has any; raises `CallRefused`."""
        return await self.home.presence.links()

    def _load_tape(self, opening: Opening, began: float) -> None:
        tape = self.studio.tape
        if opening.is_recorded:
            tape = self.studio.tape = tape or self._blank_tape(began)
            tape.unrecorded = opening.unrecorded
        elif tape is not None:
            tape.stop()
            self.studio.tape = None

    def _blank_tape(self, began: float) -> Tape:
        loop = asyncio.get_running_loop()
        tape = self._equipment.tape(self._room, began, lambda: loop.call_soon_threadsafe(self._tell_torn))
        tape.stood = lambda: (max(leg.presence.stood_at for leg in self._legs()) - began) * RATE
        return tape

    def _lose(self) -> None:
        """The relay fell out of a call; when it was the last, the gap begins where a line last stood."""
        if self.studio.tape is not None and all(leg.is_lost for leg in self.studio.legs.values()):
            self.studio.tape.lose()

    def _mark_cut(self) -> None:
        """The only line was dead for some seconds, and stands again before it counted as lost."""
        if self.studio.tape is not None and len(self.studio.legs) == 1:
            self.studio.tape.lose()

    def _tell_torn(self) -> None:
        now = time.monotonic()
        if now - self._torn_at >= TORN_AGAIN:
            self._torn_at = now
            self._report(Torn(self._room))

    def _listen(self) -> None:
        self.studio.legs[self.home.chat] = self.home
        self.home.lost = self._lose
        self.home.cut_off = self._mark_cut
        self.home.regained = self._tell_return
        self.home.enlarged = lambda: self._report(Enlarged(self._room))
        self.home.follow(self._move)
        self._bridge.moved = self._move
        self._bridge.lost = self._lose
        self.player.changed = self._playback.stir

    def _legs(self) -> Iterable[Leg]:
        return (self.home, *self._bridge.legs.values())

    def _move(self) -> None:
        self._stage.stir()
        self.usher.stir()

    def _publish(self, packet: Packet) -> None:
        self._report(Sound(self._room, packet.at, packet.opus, packet.level))

    def _tell_return(self, seconds: float) -> None:
        self._report(Regained(self._room, timedelta(seconds=seconds)))

    def _all_on_stage(self) -> Stage:
        """Everybody in any leg, in the order in which they joined."""
        people: list[OnStage] = []
        for leg in self._legs():
            people += leg.people(is_bridged=leg is not self.home)
        if self._bridge.legs:
            people.sort(key=lambda one: (one.joined_at is None, one.joined_at or 0, one.person))
        return Stage(tuple(people))

    async def _pass_on(self, outlet: Outlet) -> None:
        """Supply an outlet, for ever."""
        restream = self._equipment.restream(
            outlet, lambda state: self._report(OutletMoved(self._room, outlet.name, state)), self._title
        )
        self.studio.outlets.add(restream)
        try:
            await restream.run()
        finally:
            self.studio.outlets.discard(restream)
