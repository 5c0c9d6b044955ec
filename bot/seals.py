"""Seals: a button works only in the chat for which the bot made it, and nobody else can make one."""

import hmac
from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.errors import ButtonUnknown

_LENGTH = 8
"""Characters of a seal, 6 bits each: one guess in 2**48 fits."""


class Seal:
    """Seals the data of buttons by a key drawn from the bot's token, so that a restart changes nothing."""

    def __init__(self, token: str) -> None:
        self._key = hmac.digest(token.encode(), b"seals of buttons", sha256)

    def close(self, data: str, chat: int) -> str:
        """The data with its seal before it."""
        return self._seal_of(data, chat) + data

    def open(self, sealed: str | None, chat: int) -> str:
        """The data; raises `ButtonUnknown` when it was not sealed by this bot for this chat."""
        seal, data = (sealed or "")[:_LENGTH], (sealed or "")[_LENGTH:]
        if not hmac.compare_digest(seal.encode(), self._seal_of(data, chat).encode()):
            raise ButtonUnknown
        return data

    def keyboard(self, keyboard: InlineKeyboardMarkup | None, chat: int) -> InlineKeyboardMarkup | None:
        """The same buttons, those that carry data with it sealed."""
        if keyboard is None:
            return None
        return InlineKeyboardMarkup(
            [[self._sealed(button, chat) for button in row] for row in keyboard.inline_keyboard]
        )

    def _sealed(self, button: InlineKeyboardButton, chat: int) -> InlineKeyboardButton:
        if button.callback_data is None:
            return button
        shape: dict[str, Any] = button.to_dict()
        shape["callback_data"] = self.close(str(button.callback_data), chat)
        return InlineKeyboardButton(**shape)

    def _seal_of(self, data: str, chat: int) -> str:
        digest = hmac.digest(self._key, f"{chat}\0{data}".encode(), sha256)
        return urlsafe_b64encode(digest)[:_LENGTH].decode()
