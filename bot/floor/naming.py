"""/speaker, /listener and /mute: somebody who is named, mentioned or answered speaks, listens, is silent."""

from collections.abc import Mapping

from bot.errors import NobodyNamed
from bot.features import Command, Feature
from bot.floor.minding import listens, muted
from bot.persons import meant_by, mentions_in, numbered
from bot.times.zones import plain
from bot.visits import Visit
from rooms.appointments import Invited
from rooms.ids import PersonId
from rooms.records import Store
from rooms.room import Room
from rooms.speaking import Speaking
from rooms.stage import OnStage

_ALL = frozenset({"all", "everybody", "everyone", "tutti", "tutte"})


class Naming(Feature):
    """What is said about one person on the stage of the talk that is on, or about all of them."""

    def __init__(self, speaking: Speaking, store: Store) -> None:
        self._speaking = speaking
        self._store = store

    @property
    def commands(self) -> Mapping[str, Command]:
        """For who minds the talk."""
        return {"speaker": self.speaker, "listener": self.listener, "mute": self.mute}

    async def speaker(self, visit: Visit) -> None:
        """Let somebody speak."""
        room = await self._on_here(visit)
        whom = await self._meant(visit, room)
        await self._speaking.promote(room.id, await visit.asker(), whom)
        await visit.reply(visit.speech.words.gettext("🎙 {name} may speak now.").format(name=whom.name))

    async def listener(self, visit: Visit) -> None:
        """Let somebody speak no more."""
        room = await self._on_here(visit)
        whom = await self._meant(visit, room)
        await self._speaking.demote(room.id, await visit.asker(), _number(whom), whom.name)
        await visit.reply(listens(whom.name, visit.speech.words))

    async def mute(self, visit: Visit) -> None:
        """Turn somebody's microphone off, or everybody's."""
        room = await self._on_here(visit)
        if plain(visit.argument).strip() in _ALL:
            await self._speaking.silence(room.id, await visit.asker())
            await visit.reply(visit.speech.words.gettext("🔇 All microphones are off."))
            return
        whom = await self._meant(visit, room)
        await self._speaking.silence(room.id, await visit.asker(), _number(whom))
        await visit.reply(muted(whom.name, visit.speech.words))

    async def _on_here(self, visit: Visit) -> Room:
        """The talk that is on here, or carried here, if the asker minds it or some of it."""
        room = await self._speaking.on_in(visit.in_group().chat)
        await self._speaking.admit(room.id, await visit.asker())
        return room

    async def _meant(self, visit: Visit, room: Room) -> Invited:
        """Who is meant, with their number: mentioned, named as they are called in the call, or answered.

        A mention comes first: anybody can call themselves what they like.

        Raises:
            NobodyNamed, PersonUnknown.
        """
        mentioned = mentions_in(visit.message, visit.argument).people
        called = [] if mentioned else self._called(visit.argument, room)
        if len(called) == 1:
            return Invited(called[0].name, called[0].person)
        meant = mentioned or meant_by(visit.message, visit.argument).people
        if not meant:
            raise NobodyNamed
        person, name = await numbered(self._store, meant[0])
        return Invited(name, person, meant[0].username)

    def _called(self, name: str, room: Room) -> list[OnStage]:
        people = self._speaking.stages.of(room.id).people
        return [one for one in people if plain(one.name).strip() == plain(name).strip()]


def _number(whom: Invited) -> PersonId:
    if whom.person is None:
        raise NobodyNamed
    return whom.person
