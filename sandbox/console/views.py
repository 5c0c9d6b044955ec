"""Views: the world as one person may see it, in the JSON shapes of the console's API."""

from typing import Any

from sandbox.console.callers import Callers
from sandbox.console.history import History
from sandbox.console.letters import letters_for
from sandbox.console.members import RIGHTS
from sandbox.console.places import is_blocked, may_write_in, why_silent
from sandbox.people.cast import Cast
from sandbox.sfu import VoiceServer
from sandbox.world.entities import Chat, Membership, Person, Status, Thread
from sandbox.world.world import World

Json = dict[str, Any]


class Views:
    """Writes down what there is."""

    def __init__(self, world: World, voice: VoiceServer, cast: Cast) -> None:
        self._people = world.society.people
        self._society = world.society
        self._history = History(world)
        self._callers = Callers(world, voice, cast)
        self._voice = voice
        self._cast = cast

    def world(self, person: Person) -> Json:
        """Everything that somebody can see: the chats they are in, and who there is."""
        bot = self._people[self._cast.bot]
        chats = list(self._society.chats_of(person.id))
        return {
            "me": {**_brief(person), "language_code": person.language_code},
            "bot": _brief(bot),
            "people": [
                {**_brief(one), "is_bot": one.is_bot, "role": self._cast.role(one.id)}
                for one in self._people.values()
            ],
            "chats": [self._chat(chat, person) for chat in chats],
        }

    def personas(self) -> list[Json]:
        """Those whom a newcomer may be."""
        parts = ((self._people[person], self._cast.part(person)) for person in self._cast.people.values())
        return [
            {
                **_brief(person),
                "role": part.role,
                "language_code": person.language_code,
                "about": part.about,
            }
            for person, part in parts
            if part is not None
        ]

    def audible(self, person: Person) -> frozenset[tuple[int, int, bool]]:
        """Who is connected in the calls that somebody sees, and whether they speak: call, person, speaks."""
        calls = [chat.call.id for chat in self._society.chats_of(person.id) if chat.call]
        speaking = {call: self._voice.speaking(call) for call in calls}
        return frozenset(
            (call, one, one in speaking[call]) for call in calls for one in self._voice.connected(call)
        )

    def levels(self, person: Person) -> dict[str, dict[str, float]]:
        """How loud, from 0 to 1, those are who speak in the calls that somebody sees; by chat and person."""
        calls = [(chat, chat.call) for chat in self._society.chats_of(person.id) if chat.call]
        heard = {str(chat.id): self._voice.levels(call.id) for chat, call in calls}
        return {
            chat: {str(one): round(level, 2) for one, level in levels.items()}
            for chat, levels in heard.items()
            if levels
        }

    def _chat(self, chat: Chat, person: Person) -> Json:
        mine = chat.members[person.id]
        return {
            "id": chat.id,
            "kind": chat.kind,
            "title": chat.title,
            "username": chat.username,
            "is_forum": chat.is_forum,
            "linked": chat.linked,
            "upgraded_from": self._upgraded_from(chat),
            "general": _thread(chat.general, mine) | {"is_hidden": chat.general.is_hidden},
            "threads": [_thread(thread, mine) for thread in chat.threads.values()],
            "pinned": list(chat.pinned),
            "members": [self._member(one) for one in chat.members.values() if one.is_present],
            "my_status": mine.status,
            "my_rights": _rights(mine) if mine.is_admin else [],
            "is_anonymous": mine.is_anonymous,
            "is_blocked": is_blocked(chat),
            "silence": why_silent(chat, person),
            "letters": letters_for(chat, person),
            "messages": self._history.of(chat, person),
            "call": None if chat.call is None else self._callers.of(chat.call, person),
        }

    def _member(self, membership: Membership) -> Json:
        person = self._people.get(membership.person)
        return {
            "person": membership.person,
            "name": self._name(membership.person),
            "username": person.username if person else "",
            "is_bot": person is not None and person.is_bot,
            "status": membership.status,
            "rights": _rights(membership),
            "is_anonymous": membership.is_anonymous,
            "custom_title": membership.custom_title,
        }

    def _upgraded_from(self, chat: Chat) -> int | None:
        """The basic group that a supergroup was."""
        return next((old for old, new in self._society.upgraded.items() if new == chat.id), None)

    def _name(self, person: int) -> str:
        known = self._people.get(person)
        return known.name if known else "Somebody"


def _brief(person: Person) -> Json:
    return {"id": person.id, "name": person.name, "username": person.username}


def _thread(thread: Thread, mine: Membership) -> Json:
    return {
        "id": thread.id,
        "name": thread.name,
        "is_closed": thread.is_closed,
        "may_write": may_write_in(thread, mine),
    }


def _rights(membership: Membership) -> list[str]:
    """The rights that somebody holds, all of them as a chat's owner; or has left, being restricted."""
    return sorted(RIGHTS if membership.status is Status.CREATOR else membership.rights)
