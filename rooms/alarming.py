"""Alarming: the operator hears at once, and in private, of what only they can mend."""

import asyncio
from datetime import datetime, timedelta

from rooms.ids import PersonId, private_chat
from rooms.notices import Notice, NoticeKind
from rooms.ports import Clock
from rooms.records import Store

AGAIN = timedelta(hours=1)
"""After so long the same sentence is told again."""


class Alarming:
    """Writes to the operator, if there is one to be written to; nothing twice within an hour."""

    def __init__(self, store: Store, clock: Clock, operator: PersonId | None) -> None:
        self._store = store
        self._clock = clock
        self._operator = operator
        self._sentences: asyncio.Queue[str] = asyncio.Queue()
        self._told: dict[str, datetime] = {}

    def tell(self, sentence: str) -> None:
        """Have a sentence told, unless it was a while ago; never blocks."""
        now = self._clock.now()
        self._told = {said: at for said, at in self._told.items() if now - at < AGAIN}
        if sentence not in self._told:
            self._told[sentence] = now
            self._sentences.put_nowait(sentence)

    async def run(self) -> None:
        """Put into the outbox what is to be told, for ever; what waits there already is not put again.

        What cannot be put there, as on a disk that is full, is told the next time that this runs.
        """
        while True:
            sentence = await self._sentences.get()
            try:
                await self._put(sentence)
            except Exception:
                self._sentences.put_nowait(sentence)
                raise

    async def _put(self, sentence: str) -> None:
        if self._operator is not None:
            notice = Notice(private_chat(self._operator), None, None, NoticeKind.ALARM, sentence)
            async with self._store.writing() as records:
                await records.outbox.put(notice, self._clock.now())
