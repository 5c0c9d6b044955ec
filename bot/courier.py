"""The courier: sends what a letter says of the room as it now is, and notes that it was sent."""

import logging
from contextlib import suppress
from dataclasses import replace

from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError
from telegram.ext import ExtBot

from bot import patience
from bot.acquaintances import Acquaintances
from bot.cards import card
from bot.letters import Opened, Opener
from bot.notices import notice_text
from bot.posting import ANSWERING, edit, post, post_replay
from rooms.ids import ChatId, MessageId
from rooms.notices import Letter, NoticeKind
from rooms.ports import Clock, Store

log = logging.getLogger(__name__)

_WITH_A_WAY_IN = {NoticeKind.REMINDER, NoticeKind.STARTED}


class Courier:
    """Delivers letters; lets Telegram's errors through, for the outbox to deal with."""

    def __init__(
        self, bot: ExtBot[bool], opener: Opener, acquaintances: Acquaintances, store: Store, clock: Clock
    ) -> None:
        self._bot = bot
        self._opener = opener
        self._acquaintances = acquaintances
        self._store = store
        self._clock = clock
        self._sent: dict[int, MessageId | None] = {}
        """Letters that were sent and could not be noted yet, with the id of a card."""

    async def deliver(self, letter: Letter) -> None:
        """Send the letter, unless events have overtaken it, and forget it.

        Raises:
            TelegramError: it was not sent.
        """
        if letter.id not in self._sent:
            opened = await self._opener.open(letter)
            if opened is not None:
                try:
                    self._sent[letter.id] = await self._send(opened)
                except ChatMigrated as moved:
                    await self._acquaintances.follow(opened.chat, ChatId(moved.new_chat_id))
                    await self.deliver(letter)
                    return
        message = self._sent.get(letter.id)
        await self._note(letter, message)
        self._sent.pop(letter.id, None)
        if message is not None:
            await self._pin(letter, message)

    async def _send(self, opened: Opened) -> MessageId | None:
        """Send it; gives the message's id if it is a card."""
        match opened.notice.kind:
            case NoticeKind.CARD:
                return await self._announce(opened)
            case NoticeKind.REFRESH:
                await self._refresh(opened)
            case NoticeKind.REPLAY:
                await post_replay(self._bot, opened)
            case kind:
                text = notice_text(opened.notice, opened.room, opened.speech, self._clock.now())
                if text is not None:
                    await post(self._bot, opened, text, opened.way_in if kind in _WITH_A_WAY_IN else None)
        return None

    async def _announce(self, opened: Opened) -> MessageId | None:
        """Send the card, once; a talk that is over before it could be announced needs none."""
        if opened.room.card is not None or opened.room.is_over:
            return None
        return await post(self._bot, opened, card(opened.room, opened.speech), opened.way_in)

    async def _refresh(self, opened: Opened) -> None:
        """Edit the card, and take it from the top once the talk is over."""
        message = opened.room.card
        if message is None:
            return
        await edit(self._bot, opened, message, card(opened.room, opened.speech))
        if opened.room.is_over:
            with suppress(BadRequest, Forbidden):
                await self._bot.unpin_chat_message(
                    opened.chat, message, read_timeout=ANSWERING, rate_limit_args=patience.AT_ONCE
                )

    async def _note(self, letter: Letter, message: MessageId | None) -> None:
        async with self._store.writing() as records:
            room = await records.rooms.find(letter.notice.room)
            if room is not None and message is not None:
                await records.rooms.save(replace(room, card=message))
            await records.outbox.forget(letter.id)

    async def _pin(self, letter: Letter, message: MessageId) -> None:
        """Keep the card on top, where the bot may; the announcement stands without it."""
        async with self._store.reading() as records:
            room = await records.rooms.find(letter.notice.room)
        if room is None:
            return
        try:
            await self._bot.pin_chat_message(room.plan.chat, message, disable_notification=True)
        except TelegramError as error:
            log.info("the card of room %s could not be pinned: %s", room.id, error.message)
