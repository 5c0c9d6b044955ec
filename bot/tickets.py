"""Tickets: who may listen to a talk that is not open is led to the page on which they take one."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.attending import room_of_link
from bot.errors import NotSecure
from bot.features import Feature, Link, TapHandler
from bot.keyboards import rows
from bot.ticket_keys import TakeTicket, ticket_page_key
from bot.visits import Tap, Visit, about
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.records import Store
from rooms.room import Room
from rooms.ticketing import demand_place, demand_ticketed, taker

_OURSELVES = ("127.0.0.1", "::1")


class Tickets(Feature):
    """The button at a card, and the link by which it leads into the private chat.

    Only there does Telegram let a page know who opens it.
    """

    def __init__(self, planning: Planning, store: Store, clock: Clock, public_url: str) -> None:
        self._planning = planning
        self._store = store
        self._clock = clock
        self._public_url = public_url

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under a card."""
        return {TakeTicket: self.lead}

    @property
    def links(self) -> Mapping[str, Link]:
        """From there into the private chat."""
        return {"ticket": self.offer}

    async def lead(self, tap: Tap, pressed: TakeTicket) -> None:
        """Into the private chat, if there is a ticket for this person."""
        room = await self._planning.look_up(pressed.room)
        await self._demand(room, tap)
        await tap.lead(f"ticket-{room.id}")

    async def offer(self, visit: Visit, rest: str) -> None:
        """The button that opens the desk."""
        room = await room_of_link(self._planning, rest)
        await self._demand(room, visit)
        words = visit.speech.words
        text = words.gettext(
            "🎟 With a ticket you listen to {title} unseen, on any device. It is signed blindly: that you "
            "took one is known until the talk is over; which one it is, nobody can tell, not even who "
            "signed it.\n\n"
            "Take it well ahead of the talk, if you can: then the time tells nothing either."
        )
        await visit.reply(about(text, room), rows([ticket_page_key(room, self._public_url, words)]))

    async def _demand(self, room: Room, who: Visit | Tap) -> None:
        demand_ticketed(room)
        asker = await taker(self._store, room, who.asker_in)
        async with self._store.reading() as records:
            await demand_place(records, room, asker, self._clock.now())
        _demand_secure(self._public_url)


def _demand_secure(public_url: str) -> None:
    """Telegram opens pages by https alone; in its test environment, on this machine, by http too."""
    parts = urlsplit(public_url)
    if parts.scheme != "https" and parts.hostname not in _OURSELVES:
        raise NotSecure
