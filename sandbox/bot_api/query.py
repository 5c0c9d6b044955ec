"""A query: who asks for what, and everything that answers it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from sandbox.bot_api.files import Files
from sandbox.bot_api.floods import Floods
from sandbox.bot_api.inbox import Inbox
from sandbox.bot_api.parameters import Parameters
from sandbox.bot_api.shapes import Json
from sandbox.world.entities import Person
from sandbox.world.world import World

CommandsKey = tuple[str, str]
"""A scope as JSON with sorted keys, and a language or ""."""


@dataclass(frozen=True, slots=True)
class Account:
    """What the Bot API keeps for one bot."""

    inbox: Inbox = field(default_factory=Inbox)
    commands: dict[CommandsKey, list[Json]] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Query:
    """One request of a bot."""

    bot: Person
    parameters: Parameters
    account: Account
    world: World
    files: Files
    floods: Floods


Method = Callable[[Query], Awaitable[Any]]
"""Answers a query with a JSON value, or raises `ApiError`."""
