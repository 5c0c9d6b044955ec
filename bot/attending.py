"""What people do at a card: say that they come, ask to be reminded, answer an invitation."""

from collections.abc import Mapping
from typing import Any

from bot.card_keys import AnswerInvitation, Come, RemindMe
from bot.deep_links import room_in
from bot.features import Feature, Link, TapHandler
from bot.visits import Tap, Visit, about
from rooms.appointing import Appointing
from rooms.appointments import Answer
from rooms.attending import Attending, Seat
from rooms.errors.people import Unreachable
from rooms.errors.talks import NoSuchRoom
from rooms.planning import Planning
from rooms.room import Room, RoomState


class Attendance(Feature):
    """The buttons of a card, and the links by which who has never written to the bot comes back to them."""

    def __init__(self, planning: Planning, attending: Attending, appointing: Appointing) -> None:
        self._planning = planning
        self._attending = attending
        self._appointing = appointing

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under a card and under an invitation."""
        return {Come: self.come, RemindMe: self.remind, AnswerInvitation: self.answer}

    @property
    def links(self) -> Mapping[str, Link]:
        """From "Remind me" into the private chat."""
        return {"remind": self.remind_by_link}

    async def come(self, tap: Tap, button: Come) -> None:
        """Somebody comes, or does not come any more."""
        room = tap.of_this_chat(await self._planning.look_up(button.room))
        gettext = tap.speech.words.gettext
        match await self._attending.come(room.id, await tap.asker_in(room.plan.chat)):
            case Seat.SEATED:
                await tap.answer(gettext("You are on the list. See you there!"))
            case Seat.WAITING:
                text = gettext(
                    "All seats are taken: you are on the waiting list, and I tell you if one gets free."
                )
                await tap.answer(text, is_alert=True)
            case Seat.WAITING_UNTOLD:
                text = gettext(
                    "All seats are taken: you are on the waiting list. If you start me in private, I tell "
                    "you when one gets free."
                )
                await tap.answer(text, is_alert=True)
            case Seat.GONE:
                await tap.answer(gettext("You are off the list."))

    async def remind(self, tap: Tap, button: RemindMe) -> None:
        """Somebody wants to be reminded in private, or not any more; the bot may need to be started first."""
        room = tap.of_this_chat(await self._planning.look_up(button.room))
        try:
            is_wanted = await self._attending.remind(room.id, await tap.asker_in(room.plan.chat))
        except Unreachable:
            await tap.lead(f"remind-{room.id}")
            return
        gettext = tap.speech.words.gettext
        await tap.answer(
            gettext("I will remind you in private.") if is_wanted else gettext("No reminder, then.")
        )

    async def remind_by_link(self, visit: Visit, rest: str) -> None:
        """Somebody started the bot in order to be reminded."""
        room = await room_of_link(self._planning, rest)
        await self._attending.remind(room.id, await visit.asker_in(room.plan.chat), wants=True)
        text = visit.speech.words.gettext("🔔 I will remind you of {title}.")
        await visit.reply(about(text, room))

    async def answer(self, tap: Tap, button: AnswerInvitation) -> None:
        """Somebody who was asked accepts or declines."""
        room = tap.of_this_chat(await self._planning.look_up(button.room))
        asker = await tap.asker_in(room.plan.chat)
        given = await self._appointing.answer_in(room.id, asker, accepts=button.accepts)
        gettext = tap.speech.words.gettext
        is_accepted = given.answer is Answer.ACCEPTED
        text = gettext("✅ You are in: {title}.") if is_accepted else gettext("You declined: {title}.")
        if tap.is_private:
            await tap.change(about(text, room))
        await tap.answer(text.format(title=room.plan.title))


async def room_of_link(planning: Planning, rest: str) -> Room:
    """The talk that a deep link names; raises `NoSuchRoom` for one that was never announced."""
    room = await planning.look_up(room_in(rest))
    if room.state is RoomState.DRAFT:
        raise NoSuchRoom
    return room
