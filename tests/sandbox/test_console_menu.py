"""The commands that somebody is offered: the narrowest scope and their language win."""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace

import pytest

from sandbox.console.menu import menu
from sandbox.world.entities import Chat, ChatKind, Membership, Person, Status
from tests.sandbox.counter import Counter, counter

ADA, BRUNO = Person(1, "Ada"), Person(2, "Bruno", language_code="it")
GROUP = Chat(
    -1001,
    ChatKind.SUPERGROUP,
    username="Careers",
    members={1: Membership(1, Status.CREATOR), 2: Membership(2)},
)
PRIVATE = Chat(1, ChatKind.PRIVATE, members={1: Membership(1)})

WIDEST_FIRST: tuple[Mapping[str, object], ...] = (
    {"type": "default"},
    {"type": "all_group_chats"},
    {"type": "all_chat_administrators"},
    {"type": "chat", "chat_id": "-1001"},
    {"type": "chat_administrators", "chat_id": "-1001"},
    {"type": "chat_member", "chat_id": "-1001", "user_id": "1"},
)


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


def told(*scopes: Mapping[str, object], language: str = "") -> dict[tuple[str, str], list[dict[str, str]]]:
    return {(json.dumps(dict(scope)), language): [one(str(scope["type"]))] for scope in scopes}


def one(command: str) -> dict[str, str]:
    return {"command": command, "description": "It"}


@pytest.mark.parametrize("number", range(1, 1 + len(WIDEST_FIRST)))
def test_the_narrowest_scope_wins(number: int) -> None:
    scopes = WIDEST_FIRST[:number]
    assert menu(told(*scopes), GROUP, ADA) == [one(str(scopes[-1]["type"]))]


def test_a_member_is_offered_nothing_of_admins_or_of_others() -> None:
    assert menu(told(*WIDEST_FIRST), GROUP, BRUNO) == [one("chat")]
    assert menu(told(*WIDEST_FIRST[:3]), GROUP, BRUNO) == [one("all_group_chats")]


def test_in_private_those_for_private_chats_are_offered() -> None:
    known = told(*WIDEST_FIRST[:3], {"type": "all_private_chats"})
    assert menu(known, PRIVATE, ADA) == [one("all_private_chats")]
    assert menu(known | told({"type": "chat", "chat_id": 1}), PRIVATE, ADA) == [one("chat")]
    assert menu(told(*WIDEST_FIRST[1:]), PRIVATE, ADA) == []


def test_ones_language_wins_within_a_scope_and_not_over_a_narrower_one() -> None:
    wide = {('{"type": "default"}', "it"): [one("stanze")], ('{"type": "default"}', ""): [one("rooms")]}
    assert menu(wide, GROUP, BRUNO) == [one("stanze")]
    assert menu(wide, GROUP, ADA) == [one("rooms")]
    assert menu(wide, GROUP, replace(BRUNO, language_code="it-CH")) == [one("stanze")]
    assert menu(wide | told({"type": "all_group_chats"}), GROUP, BRUNO) == [one("all_group_chats")]


def test_a_chat_may_be_meant_by_its_username() -> None:
    assert menu(told({"type": "chat", "chat_id": "@careers"}), GROUP, BRUNO) == [one("chat")]


async def test_what_the_bot_told_is_offered_with_its_name(desk: Counter) -> None:
    commands = [{"command": "rooms", "description": "The talks"}]
    await desk.bot_asks_telegram("setMyCommands", commands=commands)
    offered = await desk.get("/api/commands", as_=desk.party.person("chiara"), chat=desk.party.chat.id)
    assert offered == {"commands": [{**commands[0], "bot": "loggione_bot"}]}


async def test_a_bot_that_is_gone_offers_nothing(desk: Counter) -> None:
    await desk.bot_asks_telegram("setMyCommands", commands=[{"command": "rooms", "description": "The talks"}])
    bot = desk.party.cast.bot
    desk.party.chat.members[bot] = Membership(bot, Status.LEFT)
    place = {"as_": desk.party.person("chiara"), "chat": desk.party.chat.id}
    assert await desk.get("/api/commands", **place) == {"commands": []}
    status, _ = await desk.not_shown("/api/commands", as_=desk.party.person("chiara"), chat=5)
    assert status == 403
