"""The usher: speakers may speak as soon as they are in the call, and whenever they come again."""

import asyncio
import logging
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress

from rooms.errors.calls import CallRefused
from rooms.ids import ChatId, PersonId
from rooms.stage import OnStage
from voice.studio.leg import Leg
from voice.telegram.floods import flood_wait
from voice.telegram.floor import NotInCall

log = logging.getLogger(__name__)

GLANCE = 0.2
"""Seconds between two looks at who came, at least."""

RETRY = 5.0
"""Seconds until somebody is let speak whom Telegram refused before, unless it asks for more."""

_Visit = tuple[ChatId, PersonId, int | None]
"""Somebody in a call from their coming to their going, by their source."""


class Usher:
    """Lets the `speakers` speak in every leg, once for each time that they come.

    Whoever is made a listener in Telegram's own app is one from then on: nobody quarrels with admins.
    """

    def __init__(self, legs: Callable[[], Iterable[Leg]]) -> None:
        self._legs = legs
        self._speakers: set[PersonId] = set()
        self._able: set[_Visit] = set()
        self._quiet_until = 0.0
        self._was_stirred = asyncio.Event()

    def expect(self, speakers: Collection[PersonId]) -> None:
        """These are the speakers from now on; whoever of them is in the call and may not speak is let."""
        self._speakers = set(speakers)
        self._able.clear()
        self.stir()

    def stir(self) -> None:
        """Somebody may have come."""
        self._was_stirred.set()

    async def let_speak(self, person: PersonId, may_speak: bool) -> None:
        """Make somebody a speaker or a listener, now and whenever they come; raises `CallRefused`."""
        if may_speak:
            self._speakers.add(person)
        else:
            self._speakers.discard(person)
        for leg in self._legs():
            with suppress(NotInCall):
                await leg.presence.floor.let_speak(person, may_speak)

    async def run(self) -> None:
        """Look after who comes, for ever."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(RETRY):
                    await self._was_stirred.wait()
            self._was_stirred.clear()
            for leg in list(self._legs()):
                await self._look_after(leg)
            await asyncio.sleep(max(GLANCE, self._quiet_until - time.monotonic()))

    async def _look_after(self, leg: Leg) -> None:
        visits = {
            (leg.chat, one.person, leg.presence.source_of(one.person)): one
            for one in leg.people(is_bridged=False)
            if one.person in self._speakers
        }
        able = {visit for visit, one in visits.items() if one.may_speak}
        demoted = self._able & visits.keys() - able
        self._speakers -= {person for _, person, _ in demoted}
        self._able = {visit for visit in self._able if visit[0] != leg.chat} | able
        for visit in visits.keys() - able - demoted:
            await self._let_speak(leg, visits[visit])

    async def _let_speak(self, leg: Leg, person: OnStage) -> None:
        try:
            await leg.presence.floor.let_speak(person.person, may_speak=True)
        except NotInCall:
            pass  # gone again
        except CallRefused as refusal:
            log.warning("a speaker in chat %s may not speak yet: %s", leg.chat, refusal.reason)
            self._quiet_until = time.monotonic() + max(RETRY, flood_wait(refusal.reason))
            self.stir()
