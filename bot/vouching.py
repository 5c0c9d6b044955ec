"""Vouching: who opened a Mini App, and what they are to a group, as Telegram says at this moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram import Bot
from telegram.error import TelegramError

from bot.authority import vouched_for
from bot.init_data import read_init_data
from rooms.errors.tickets import TelegramSilent
from rooms.ids import ChatId
from rooms.ports import Clock
from rooms.roles import Asker


class TelegramVouching:
    """Fulfils the `Vouching` port while the bot is connected; nothing is remembered."""

    def __init__(self, token: str, clock: Clock) -> None:
        self._token = token
        self._clock = clock
        self._bot: Bot | None = None

    @contextmanager
    def by(self, bot: Bot) -> Iterator[None]:
        """Ask Telegram by this bot until the block ends."""
        self._bot = bot
        try:
            yield
        finally:
            self._bot = None

    async def vouch(self, proof: str, chat: ChatId) -> Asker:
        """Who showed Mini App data, with their standing in a group by `getChatMember`.

        Raises:
            NotVouchedFor, ProofTooOld: the data is not Telegram's, or not any more.
            TelegramSilent: Telegram cannot be asked at the moment.
        """
        data = read_init_data(proof, self._token, self._clock.now())
        if self._bot is None:
            raise TelegramSilent
        try:
            return await vouched_for(self._bot, chat, data.user)
        except TelegramError as error:
            raise TelegramSilent from error
