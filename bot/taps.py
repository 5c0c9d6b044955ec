"""Taps: each pressed button goes to the one who understands it, and is answered whatever happens."""

from telegram import Update

from bot.callbacks import Cancel, Choose, Confirm, Discard, unpack
from bot.minding import Minding
from bot.scheduling import Scheduling
from bot.visits import Context, Reception


class Taps:
    """The one handler of all buttons."""

    def __init__(self, reception: Reception, scheduling: Scheduling, minding: Minding) -> None:
        self._reception = reception
        self._scheduling = scheduling
        self._minding = minding

    async def tap(self, update: Update, context: Context) -> None:
        """Do what the button says; raises `ButtonUnknown` for what is no button of ours."""
        query = update.callback_query
        if query is None:
            raise TypeError("an update without a query was taken for a tap")
        tap = await self._reception.tap(query, context)
        match unpack(query.data):
            case Confirm() as button:
                await self._scheduling.confirm(tap, button)
            case Discard() as button:
                await self._scheduling.discard(tap, button)
            case Choose() as button:
                await self._scheduling.choose(tap, button)
            case Cancel() as button:
                await self._minding.cancel_chosen(tap, button)
