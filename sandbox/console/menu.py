"""Menu: which of the bots' commands somebody is offered in a chat."""

import json
from collections.abc import Iterable, Iterator, Mapping

from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.bot_api.query import CommandsKey
from sandbox.console.access import Access
from sandbox.console.fields import asked
from sandbox.world.entities import Chat, ChatKind, Person
from sandbox.world.world import World

Command = dict[str, str]
Commands = Mapping[CommandsKey, list[Command]]


class Menu:
    """The commands that bots told Telegram of, as apps show them when somebody writes a slash."""

    def __init__(self, world: World, access: Access, bot_api: BotApi) -> None:
        self._people = world.society.people
        self._access = access
        self._bot_api = bot_api

    def routes(self) -> Iterable[web.RouteDef]:
        """GET /api/commands."""
        yield web.get("/api/commands", self.commands)

    async def commands(self, request: web.Request) -> web.Response:
        """Those that `as` is offered in `chat`, each with its bot's username."""
        person, chat = self._access.place(asked(request))
        offered = [
            {**command, "bot": bot.username}
            for bot in self._bots(chat)
            for command in menu(self._bot_api.commands_of(bot), chat, person)
        ]
        return web.json_response({"commands": offered})

    def _bots(self, chat: Chat) -> Iterator[Person]:
        for membership in chat.members.values():
            person = self._people.get(membership.person)
            if person is not None and person.is_bot and membership.is_present:
                yield person


def menu(told: Commands, chat: Chat, person: Person) -> list[Command]:
    """The commands of the narrowest scope that has any; in it, those of the person's language first.

    As the Bot API says under "Determining list of commands".
    """
    by_scope = {(_canonical(scope), language): commands for (scope, language), commands in told.items()}
    for scope in _scopes(chat, person):
        for language in (person.language_code[:2], ""):
            if commands := by_scope.get((scope, language)):
                return commands
    return []


def _scopes(chat: Chat, person: Person) -> Iterator[tuple[str, ...]]:
    """From the narrowest to the widest; each by its kind, and whom it is for."""
    number, somebody = str(chat.id), str(person.id)
    if chat.kind is ChatKind.PRIVATE:
        yield from (("chat", number), ("all_private_chats",), ("default",))
        return
    is_admin = chat.members[person.id].is_admin
    names = (number, f"@{chat.username.lower()}") if chat.username else (number,)
    yield from (("chat_member", name, somebody) for name in names)
    if is_admin:
        yield from (("chat_administrators", name) for name in names)
    yield from (("chat", name) for name in names)
    if is_admin:
        yield ("all_chat_administrators",)
    yield from (("all_group_chats",), ("default",))


def _canonical(scope: str) -> tuple[str, ...]:
    values = json.loads(scope)
    whom = [str(values[name]).lower() for name in ("chat_id", "user_id") if name in values]
    return (values["type"], *whom)
