"""Refused by the call: what Telegram does not let the relay account do, or the relay process cannot."""

from rooms.errors.refusal import Refusal
from rooms.ids import ChatId


class CallRefused(Refusal):
    """The chat's call cannot be opened or kept; by itself: Telegram does not let the relay account."""

    def __init__(self, chat: ChatId, reason: str) -> None:
        super().__init__(f"{reason} in {chat}")
        self.chat = chat
        self.reason = reason


class RelayLacksRights(CallRefused):
    """The relay account is no admin with the right to manage video chats there."""


class RelayNotInChat(CallRefused):
    """The relay account is not a member of the chat."""


class RelayElsewhere(CallRefused):
    """The relay account is in the call from another device, or was until just now, again and again."""


class CallClosed(CallRefused):
    """Somebody closed the call while it was being joined, or while no account could be in it."""


class CallUnreachable(CallRefused):
    """The voice server did not answer in time, or the relay process is down; trying again later may help."""


class RelayResting(CallUnreachable):
    """Telegram asks the relay account to be quiet for a while; the reason says how long (FLOOD_WAIT_37)."""


class NoAccount(CallRefused):
    """Telegram refuses every relay account: only the operator can bring another one, or this one back."""


class RelayDiskRefused(CallRefused):
    """The disk of the relay's machine did not do as asked; the reason is the system's."""


class RelayStumbled(CallRefused):
    """A bug in the relay process; its log has the traceback."""


class ScheduleOutOfRange(CallRefused):
    """Telegram schedules calls from ten seconds to eight days ahead; one can still be opened at its time."""


class AdminMaySpeak(CallRefused):
    """Telegram lets every admin of a group speak: nobody can take that from them within a call."""
