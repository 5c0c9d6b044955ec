"""Commands that people are offered, by scope and language."""

from typing import Any

import pytest

from sandbox.world.entities import ChatKind, Membership, Status
from tests.sandbox.bot_house import ADA, BOT, House

ROOMS = {"command": "rooms", "description": "What is on"}


async def test_commands_are_kept_for_each_scope_and_language(house: House) -> None:
    group = {"type": "chat", "chat_id": house.group.id}
    await house.call("setMyCommands", commands=[ROOMS])
    await house.call("setMyCommands", commands=[ROOMS, ROOMS | {"command": "/help"}], scope=group)
    assert await house.call("getMyCommands") == [ROOMS]
    assert await house.call("getMyCommands", scope={"type": "default"}) == [ROOMS]
    assert [one["command"] for one in await house.call("getMyCommands", scope=group)] == ["rooms", "help"]
    assert await house.call("getMyCommands", language_code="it") == []
    assert await house.call("deleteMyCommands", scope=group) is True
    assert await house.call("getMyCommands", scope=group) == []
    await house.call("setMyCommands", commands=[])
    assert await house.call("getMyCommands") == []


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({}, "expected an Array of BotCommand"),
        ({"commands": "{"}, "can't parse commands JSON object"),
        ({"commands": ["rooms"]}, "can't parse BotCommand: expected an Object"),
        ({"commands": [{"command": "rooms"}]}, "can't parse BotCommand: Can't find field \"description\""),
        ({"commands": [ROOMS | {"command": "Rooms"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [ROOMS | {"command": "r" * 33}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [ROOMS | {"description": " "}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [ROOMS | {"description": "x" * 257}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ({"commands": [ROOMS] * 101}, "BOT_COMMANDS_TOO_MUCH"),
        ({"commands": [ROOMS], "language_code": "Italian"}, "invalid language code specified"),
        ({"commands": [ROOMS], "scope": "{"}, "can't parse BotCommandScope JSON object"),
        ({"commands": [ROOMS], "scope": "[]"}, "object expected as bot command scope"),
        (
            {"commands": [ROOMS], "scope": {"type": "moon"}},
            "can't parse BotCommandScope: Unsupported type specified",
        ),
        (
            {"commands": [ROOMS], "scope": {"type": "chat"}},
            "can't parse BotCommandScope: Can't find field \"chat_id\"",
        ),
    ],
)
async def test_wrong_commands_are_refused(house: House, parameters: dict[str, Any], expected: str) -> None:
    assert await house.refusal("setMyCommands", **parameters) == (400, f"Bad Request: {expected}")


async def test_a_chat_is_the_same_by_number_text_and_name(house: House) -> None:
    house.group.username = "careers"
    await house.call("setMyCommands", commands=[ROOMS], scope={"type": "chat", "chat_id": "@Careers"})
    for chat in (house.group.id, str(house.group.id), "@careers"):
        assert await house.call("getMyCommands", scope={"type": "chat", "chat_id": chat}) == [ROOMS]


async def test_one_person_in_a_chat_may_have_their_own(house: House) -> None:
    whom = {"type": "chat_member", "chat_id": house.group.id, "user_id": ADA.id}
    await house.call("setMyCommands", commands=[ROOMS], scope=whom)
    assert await house.call("getMyCommands", scope=whom | {"user_id": str(ADA.id)}) == [ROOMS]
    assert await house.call("getMyCommands", scope=whom | {"user_id": 99}) == []


async def test_a_scope_must_be_where_the_bot_is(house: House) -> None:
    house.private()
    channel = house.world.society.create_channel("News", ADA.id)
    assert channel.kind is ChatKind.CHANNEL
    channel.members[BOT.id] = Membership(BOT.id, Status.ADMINISTRATOR)
    cases = [
        ({"type": "chat", "chat_id": -100999}, "chat not found"),
        ({"type": "chat", "chat_id": channel.id}, "can't change commands in channel chats"),
        ({"type": "chat_administrators", "chat_id": ADA.id}, "can't use specified scope in private chats"),
        (
            {"type": "chat_member", "chat_id": house.group.id, "user_id": 0},
            "can't parse BotCommandScope: Invalid user_id specified",
        ),
    ]
    for scope, expected in cases:
        assert await house.refusal("setMyCommands", commands=[ROOMS], scope=scope) == (
            400,
            f"Bad Request: {expected}",
        )
    assert await house.call("setMyCommands", commands=[ROOMS], scope={"type": "chat", "chat_id": ADA.id})
