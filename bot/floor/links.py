"""/links: the links into the voice chat of the talk that is on, where the group is public."""

from collections.abc import Mapping

from markupsafe import Markup

from bot.deep_links import address, room_in
from bot.features import Command, Feature, Link
from bot.keyboards import link, rows
from bot.visits import Visit, about
from bot.words import filled
from rooms.errors.refusal import Refusal
from rooms.planning import Planning
from rooms.roles import Asker
from rooms.room import Room
from rooms.speaking import Speaking

LINKS = "links"


class CallLinks(Feature):
    """The listeners' link is everybody's; the speakers' one goes to who minds the talk, in private."""

    def __init__(self, planning: Planning, speaking: Speaking) -> None:
        self._planning = planning
        self._speaking = speaking

    @property
    def commands(self) -> Mapping[str, Command]:
        """/links."""
        return {LINKS: self.links_here}

    @property
    def links(self) -> Mapping[str, Link]:
        """From the group into the private chat."""
        return {LINKS: self.links_in_private}

    async def links_here(self, visit: Visit) -> None:
        """The listeners' link, and for who minds the talk the way to the other one."""
        room = await self._speaking.on_in(visit.in_group().chat)
        asker = await visit.asker()
        url = await self._speaking.listeners_link(room.id)
        words = visit.speech.words
        if url is None:
            await visit.reply(_private_group(visit))
            return
        text = filled(words.gettext("🎧 Come and listen: {url}"), url=url)
        way = address(visit.bot.username, f"{LINKS}-{room.id}")
        speakers = [link(words.gettext("🎙 The speakers' link"), way)]
        await visit.reply(text, rows(speakers if await self._minds(room, asker) else []))

    async def links_in_private(self, visit: Visit, rest: str) -> None:
        """Both, for who minds the talk."""
        room = await self._planning.look_up(room_in(rest))
        links = await self._speaking.links(room.id, await visit.asker_in(room.plan.chat))
        words = visit.speech.words
        if links is None:
            await visit.reply(_private_group(visit))
            return
        lines = [
            about(words.gettext("The links into the voice chat of {title}:"), room),
            filled(words.gettext("🎙 Who comes by this one may speak: {url}"), url=links.speakers),
            filled(words.gettext("🎧 Who comes by this one listens: {url}"), url=links.listeners),
        ]
        await visit.reply(Markup("\n\n").join(lines))

    async def _minds(self, room: Room, asker: Asker) -> bool:
        try:
            await self._speaking.minded(room.id, asker)
        except Refusal:
            return False
        return True


def _private_group(visit: Visit) -> str:
    return visit.speech.words.gettext(
        "This group is private: Telegram has links into the voice chat only for groups with a public @name."
    )
