"""The bot's account: its commands, and how it hears of the world."""

from typing import Any

import pytest

from sandbox.world.entities import Person
from tests.sandbox.bot_house import ADA, House

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


async def test_there_is_no_webhook(house: House) -> None:
    house.say(ADA, "/rooms")
    assert await house.call("getWebhookInfo") == {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 1,
    }
    assert await house.call("deleteWebhook") is True
    assert await house.texts() == ["/rooms"]
    assert await house.call("setWebhook", url="") is True
    assert await house.refusal("setWebhook", url="https://example.org/hook") == (
        400,
        "Bad Request: bad webhook: this sandbox serves getUpdates only",
    )


async def test_deleting_the_webhook_may_drop_what_waits(house: House) -> None:
    house.say(ADA, "/rooms")
    assert await house.call("deleteWebhook", drop_pending_updates=True) is True
    assert await house.updates() == []


async def test_the_kinds_that_are_asked_for_are_remembered(house: House) -> None:
    await house.call("getUpdates", allowed_updates=["callback_query"])
    house.say(ADA, "/rooms")
    assert await house.updates() == []
    assert (await house.call("getWebhookInfo"))["allowed_updates"] == ["callback_query"]
    await house.call("getUpdates", allowed_updates=[])
    house.say(ADA, "/rooms")
    assert await house.texts() == ["/rooms"]


@pytest.mark.parametrize(("limit", "count"), [(0, 1), (1, 1), (2, 2), (100, 3), (5000, 3), ("x", 1)])
async def test_a_limit_is_at_least_one(house: House, limit: Any, count: int) -> None:
    for number in range(3):
        house.say(ADA, f"/n{number}")
    assert len(await house.call("getUpdates", limit=limit)) == count


async def test_every_bot_has_its_own_updates(house: House) -> None:
    house.world.society.add(Person(5, "Rival", username="rival_bot", is_bot=True, token="5:rival"))
    house.join(house.group, house.world.society.people[5])
    house.say(ADA, "/rooms@loggia_bot")
    house.say(ADA, "/rooms@rival_bot")
    rivals = (await house.ask("getUpdates", token="5:rival", json={})).body["result"]
    assert [update["message"]["text"] for update in rivals] == ["/rooms@rival_bot"]
    assert await house.texts() == ["/rooms@loggia_bot"]
