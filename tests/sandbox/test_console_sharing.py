"""People and chats that somebody chooses for a bot, by its keyboard."""

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.counter import Counter, counter

KEYBOARD = {
    "keyboard": [
        [
            {"text": "Speakers", "request_users": {"request_id": 7, "max_quantity": 2}},
            {"text": "Channel", "request_chat": {"request_id": 8, "chat_is_channel": True}},
        ]
    ]
}


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_the_bot_learns_whom_somebody_chose(desk: Counter) -> None:
    place = await asked(desk)
    bruno, chiara = desk.party.person("bruno"), desk.party.person("chiara")
    await desk.post("/api/shared", **place, request_id=7, people=[bruno, chiara])
    update = (await desk.bot_asks_telegram("getUpdates"))[-1]
    shared = update["message"]["users_shared"]
    assert shared["request_id"] == 7
    assert [user["user_id"] for user in shared["users"]] == [bruno, chiara]


async def test_the_bot_learns_which_chat_somebody_chose(desk: Counter) -> None:
    place, gazette = await asked(desk), desk.party.cast.chats["gazette"]
    await desk.post("/api/shared", **place, request_id=8, shared=gazette)
    update = (await desk.bot_asks_telegram("getUpdates"))[-1]
    assert update["message"]["chat_shared"] == {"request_id": 8, "chat_id": gazette}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"request_id": 9, "people": [10002]}, 409),
        ({"request_id": 7, "people": []}, 400),
        ({"request_id": 7, "people": [10002, 10002]}, 400),
        ({"request_id": 7, "people": [10002, 10003, 10004]}, 400),
        ({"request_id": 7, "people": [5]}, 404),
        ({"request_id": 7, "people": "Bruno"}, 400),
        ({"request_id": 7, "people": [None]}, 400),
        ({"request_id": 8, "shared": 5}, 403),
        ({"request_id": 8}, 400),
        ({"people": [10002]}, 400),
    ],
)
async def test_only_what_was_asked_for_is_shared(
    desk: Counter, fields: dict[str, object], status: int
) -> None:
    assert (await desk.refused("/api/shared", **await asked(desk), **fields))[0] == status


async def test_a_message_without_such_a_keyboard_asks_for_nothing(desk: Counter) -> None:
    place = await asked(desk)
    sent = await desk.bot_asks_telegram("sendMessage", chat_id=place["chat"], text="Hello")
    fields = {**place, "message": sent["message_id"]}
    assert (await desk.refused("/api/shared", **fields, request_id=7, people=[10002]))[0] == 409


async def asked(desk: Counter) -> dict[str, object]:
    """The bot has asked Ada in private; gives where."""
    ada = desk.party.person("ada")
    await desk.post("/api/start", as_=ada)
    sent = await desk.bot_asks_telegram("sendMessage", chat_id=ada, text="Who?", reply_markup=KEYBOARD)
    return {"as_": ada, "chat": ada, "message": sent["message_id"]}
