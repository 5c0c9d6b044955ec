"""What can go wrong at Telegram's chats only: refusals of the bot itself, and what ends it."""

from rooms.errors import Refusal


class WrongToken(Exception):
    """Telegram knows no bot with this token; only the operator can mend it."""


class Anonymous(Refusal):
    """An admin who hides behind the group: Telegram does not say who it is, nor with what rights."""


class Channel(Refusal):
    """Somebody who speaks as a channel, which proves nothing about who they are here."""


class OnlyInGroups(Refusal):
    """Asked in a private chat, where there is no group whose talk could be meant."""


class NothingCalled(Refusal):
    """A talk was named, and none of those that could be meant has these words in its title."""

    def __init__(self, name: str) -> None:
        super().__init__(f"nothing is called {name!r}")
        self.name = name


class WishIncomplete(Refusal):
    """A talk was asked for without saying what or when."""


class WishGone(Refusal):
    """A button needs the command above it, and that is there no more."""


class ButtonUnknown(Refusal):
    """A button of an older version, of another chat, or of nobody's making."""
