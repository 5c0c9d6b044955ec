"""Mishaps: a refusal becomes a sentence, a bug an apology to the person and a traceback in the log."""

import logging
from contextlib import suppress

from telegram import Update
from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter, TelegramError

from bot.refusals import Speech, sentence
from bot.visits import Context, Reception, answer, reply
from rooms.errors.refusal import Refusal

log = logging.getLogger(__name__)


class Mishaps:
    """The outermost boundary of every handler: nobody who asked for something is left without an answer."""

    def __init__(self, reception: Reception) -> None:
        self._reception = reception

    async def handle(self, update: object, context: Context) -> None:
        """Explain what the handler raised."""
        error = context.error
        if not isinstance(update, Update) or error is None:
            log.error("something failed outside of any update", exc_info=error)
        elif isinstance(error, Refusal):
            await self._tell(update, context, sentence(error, await self._reception.speech_for(update)))
        elif _is_told_to_be_silent(error):
            log.warning("no answer in a chat: %s", error)
        else:
            if isinstance(error, NetworkError) and not isinstance(error, BadRequest):
                log.warning("Telegram did not answer: %s", error)
            else:
                log.error("an update could not be handled", exc_info=error)
            with suppress(TelegramError):
                await self._tell(update, context, _apology(await self._reception.speech_for(update)))

    async def _tell(self, update: Update, context: Context, text: str) -> None:
        if update.callback_query is not None:
            await answer(update.callback_query, text, is_alert=True)
        elif update.message is not None:
            await reply(context.bot, update.message, text)


def _is_told_to_be_silent(error: Exception) -> bool:
    """Whether Telegram forbade the very answer."""
    return isinstance(error, Forbidden | RetryAfter)


def _apology(speech: Speech) -> str:
    return speech.words.gettext("Something went wrong on our side. Please try again in a moment.")
