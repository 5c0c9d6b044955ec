"""The outbox at work: every notice on record is delivered once, in order within each chat."""

import asyncio
import logging
from datetime import timedelta
from typing import Protocol

from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.errors import NotDrawn
from bot.patience import seconds_of
from rooms.cards import Card
from rooms.notices import Letter
from rooms.places import Places
from rooms.ports import Clock
from rooms.records import Store

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=6)
"""A letter is ours for so long: longer than the longest delivery, or it would be delivered twice."""

LONGEST_DELIVERY = 330.0
"""Seconds after which a delivery is given up."""

PATIENCE = timedelta(minutes=1)
"""The longest pause between two tries of a letter."""

TRIES = 5
"""Tries of a letter that fails by a fault of ours, before the chat's next ones get their turn."""

AT_ONCE = 24
"""Letters, each for another chat, that are on their way at the same time: enough that the next ones are
ready when they may be sent, and so few that none waits long for the others."""

GRACE = 0.7
"""Seconds in which letters on their way may still arrive when the bot stops."""


class Delivers(Protocol):
    """Whoever takes letters to their chats."""

    async def deliver(self, letter: Letter) -> Card | None:
        """Send the letter and forget it; gives a card that is to be pinned now.

        Raises:
            TelegramError: it was not sent.
            NotDrawn: its picture could not be drawn, and it was not sent.
        """
        ...

    async def pin(self, card: Card) -> None:
        """Keep the card on top; no error when it cannot be."""
        ...


class Outbox:
    """The loop over waiting letters: a chat that must wait, for whatever reason, delays no other chat."""

    def __init__(self, store: Store, courier: Delivers, clock: Clock) -> None:
        self._store = store
        self._courier = courier
        self._clock = clock
        self._places = Places(AT_ONCE)
        self._on_their_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Deliver letters for ever; when cancelled, let those on their way arrive shortly."""
        async with self._store.writing() as records:
            await records.outbox.reclaim()
        async with asyncio.TaskGroup() as delivering:
            try:
                await self._send_out(delivering)
            finally:
                if self._on_their_way:
                    await asyncio.wait(self._on_their_way, timeout=GRACE)

    async def _send_out(self, delivering: asyncio.TaskGroup) -> None:
        while True:
            ring = self._store.committed.next_ring()
            async with self._store.reading() as records:
                due = await records.outbox.next_due()
            if due is None or due > self._clock.now():
                await self._clock.wait(ring, due)
                continue
            while letters := await self._lease():
                for letter in letters:
                    task = delivering.create_task(self._see_to(letter))
                    self._on_their_way.add(task)
                    task.add_done_callback(self._on_their_way.discard)

    async def _lease(self) -> list[Letter]:
        """As many due letters as there are places for, each with its place; waits until there is one."""
        now = self._clock.now()
        return await self._places.fill(self._store, lambda records: records.outbox.lease(now, now + LEASE))

    async def _see_to(self, letter: Letter) -> None:
        """Deliver the letter in its place; its card is pinned afterwards, when the place is another's."""
        try:
            card = await self._try(letter)
        finally:
            self._places.release()
        if card is not None:
            await self._pin(card)

    async def _pin(self, card: Card) -> None:
        try:
            async with asyncio.timeout(LONGEST_DELIVERY):
                await self._courier.pin(card)
        except Exception:
            log.exception("the card of room %s could not be pinned", card.room)

    async def _try(self, letter: Letter) -> Card | None:
        try:
            async with asyncio.timeout(LONGEST_DELIVERY):
                return await self._courier.deliver(letter)
        except RetryAfter as flood:
            log.info("chat %s is flooded", letter.notice.chat)
            await self._put_off(letter, timedelta(seconds=seconds_of(flood)))
        except (BadRequest, Forbidden) as refusal:
            log.warning("%s for chat %s was refused: %s", letter.notice.kind, letter.notice.chat, refusal)
            await self._forget(letter)
        except (TelegramError, TimeoutError, NotDrawn) as error:
            log.warning("%s for chat %s must wait: %s", letter.notice.kind, letter.notice.chat, error)
            await self._put_off(letter, _pause(letter))
        except Exception:
            log.exception("%s for chat %s failed", letter.notice.kind, letter.notice.chat)
            await (self._put_off(letter, _pause(letter)) if letter.attempts < TRIES else self._forget(letter))
        return None

    async def _put_off(self, letter: Letter, pause: timedelta) -> None:
        async with self._store.writing() as records:
            await records.outbox.put_off(letter.id, self._clock.now() + pause)

    async def _forget(self, letter: Letter) -> None:
        async with self._store.writing() as records:
            await records.outbox.forget(letter.id)


def _pause(letter: Letter) -> timedelta:
    return min(timedelta(seconds=2 ** min(letter.attempts, 10)), PATIENCE)
