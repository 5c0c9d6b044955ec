"""A restream: one outlet kept supplied with a room's sound, however often its server goes away."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Iterator
from typing import NoReturn

from rooms.outlets import Outlet, OutletState, read_address
from rooms.ports import Packet
from voice.mixing.sound import Block
from voice.mixing.units import SLOT_SECONDS
from voice.outlets.backlog import Backlog, Sound
from voice.outlets.carrier import Carrier, ServerLost, ServerRefused
from voice.outlets.connection import Terms
from voice.outlets.icecast import Icecast
from voice.outlets.rtmp import Rtmp

log = logging.getLogger(__name__)

SOON = (1.0, 30.0)
"""Seconds between two tries to reach a server that is lost: the first pause, and the longest."""

SELDOM = (15.0, 300.0)
"""The same for a server that turns us away. Short at first: it may only believe that we are still there."""

STEADY = 30.0
"""Seconds of sound after which a connection counts as a good one, and the pauses begin anew."""


class Restream:
    """Passes a room's sound on to one outlet while `run` runs; whatever the server does, `feed` never waits.

    `changed` is told how the outlet does, whenever that changes.
    """

    def __init__(
        self,
        carrier: Carrier,
        changed: Callable[[OutletState], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._carrier = carrier
        self._changed = changed
        self._sleep = sleep
        self._backlog = Backlog()
        self._began: int | None = None
        self._state: OutletState | None = None

    def feed(self, packet: Packet, block: Block) -> None:
        """Take a slot of the room's sound, as packet and as samples nobody changes later; never blocks."""
        if self._began is None:
            self._began = packet.at
        self._backlog.put(Sound(packet.at - self._began, packet.opus, block))

    async def run(self) -> NoReturn:
        """Connect, send, and connect again, for ever."""
        self._turn(OutletState.CONNECTING)
        soon, seldom = pauses(*SOON), pauses(*SELDOM)
        while True:
            taken = self._backlog.taken
            try:
                await self._carrier.carry(self._backlog, lambda: self._turn(OutletState.ON_AIR))
            except ServerRefused as refusal:
                self._turn(OutletState.REFUSED, str(refusal))
            except ServerLost as loss:
                self._turn(OutletState.LOST, str(loss))
            if (self._backlog.taken - taken) * SLOT_SECONDS >= STEADY:
                soon, seldom = pauses(*SOON), pauses(*SELDOM)
            await self._sleep(next(seldom if self._state is OutletState.REFUSED else soon))

    def _turn(self, state: OutletState, why: str = "") -> None:
        if state is self._state:
            return
        self._state = state
        if why:
            log.warning("an outlet is %s: %s", state, why)
        else:
            log.info("an outlet is %s", state)
        self._changed(state)


def restream(
    outlet: Outlet, changed: Callable[[OutletState], None], *, title: str, allows_private: bool
) -> Restream:
    """A restream to this outlet.

    Args:
        outlet: one that `rooms.outlets.read_outlet` has read.
        changed: told how the outlet does.
        title: what listeners of an Icecast mount read; that of the talk.
        allows_private: whether the server may be on this machine or in a private network.
    """
    address = read_address(outlet.url)
    terms = Terms(allows_private)
    return Restream(Icecast(address, title, terms) if address.is_icecast else Rtmp(address, terms), changed)


def pauses(first: float, longest: float) -> Iterator[float]:
    """Seconds to wait, each time twice as long, up to the longest; with jitter, so that none come in step."""
    pause = first
    while True:
        yield pause * random.uniform(0.75, 1.25)  # noqa: S311  # jitter is no secret
        pause = min(pause * 2, longest)
