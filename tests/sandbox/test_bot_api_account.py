"""The bot's account: its menu button, and how it hears of the world."""

from typing import Any

import pytest

from sandbox.world.entities import Person
from tests.sandbox.bot_house import ADA, House

APP = {"type": "web_app", "text": "Rooms", "web_app": {"url": "https://example.org/app"}}


async def test_the_menu_button_is_set_for_all_or_for_one(house: House) -> None:
    house.private()
    assert await house.call("getChatMenuButton") == {"type": "commands"}
    assert await house.call("setChatMenuButton", menu_button=APP) is True
    assert await house.call("getChatMenuButton", chat_id=ADA.id) == APP
    await house.call("setChatMenuButton", chat_id=ADA.id, menu_button={"type": "commands"})
    assert await house.call("getChatMenuButton", chat_id=ADA.id) == {"type": "commands"}
    await house.call("setChatMenuButton", chat_id=ADA.id)
    assert await house.call("getChatMenuButton", chat_id=ADA.id) == APP
    await house.call("setChatMenuButton", menu_button={"type": "default"})
    assert await house.call("getChatMenuButton") == {"type": "commands"}


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("{", "can't parse menu button JSON object"),
        ([], "can't parse MenuButton: expected an Object"),
        ({}, "can't parse MenuButton: Can't find field \"type\""),
        ({"type": "moon"}, "can't parse MenuButton: Unsupported type specified"),
        ({"type": "web_app"}, "can't parse MenuButton: Can't find field \"text\""),
        (
            APP | {"web_app": {"url": "http://example.org/"}},
            "menu button Web App URL 'http://example.org/' is invalid: Only HTTPS links are allowed",
        ),
    ],
)
async def test_not_everything_is_a_menu_button(house: House, button: Any, expected: str) -> None:
    assert await house.refusal("setChatMenuButton", menu_button=button) == (400, f"Bad Request: {expected}")


async def test_groups_have_no_menu_button(house: House) -> None:
    assert await house.refusal("getChatMenuButton", chat_id=house.group.id) == (
        400,
        "Bad Request: chat not found",
    )


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
