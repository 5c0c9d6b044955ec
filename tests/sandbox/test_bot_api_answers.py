"""Answers without words: to a pressed button, and with a reaction."""

from typing import Any

import pytest

from sandbox.world.changes import ButtonAnswered, Change
from tests.sandbox.bot_house import ADA, BOT, House


def press(house: House) -> str:
    message = house.say(BOT, "x", keyboard=[[{"text": "Go", "callback_data": "go"}]])
    return house.world.messages.press(message, ADA.id, "go")


@pytest.mark.parametrize(
    ("parameters", "answer"),
    [
        ({}, ("", False, "")),
        ({"text": "Noted"}, ("Noted", False, "")),
        ({"text": "x" * 200, "show_alert": True}, ("x" * 200, True, "")),
        ({"url": "t.me/loggia_bot?start=x"}, ("", False, "http://t.me/loggia_bot?start=x")),
    ],
)
async def test_a_press_is_answered(
    house: House, parameters: dict[str, Any], answer: tuple[str, bool, str]
) -> None:
    query = press(house)
    told: list[Change] = []
    house.world.society.watch(told.append)
    assert await house.call("answerCallbackQuery", callback_query_id=query, **parameters) is True
    assert told == [ButtonAnswered(query, ADA.id, *answer)]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"text": "x" * 201}, "MESSAGE_TOO_LONG"),
        ({"url": "localhost"}, "URL_INVALID"),
        ({"url": "https://example.org/listen"}, "URL_INVALID"),
        ({"url": "https://t.me/rival_bot?start=x"}, "URL_INVALID"),
        ({"url": "https://t.me/loggia_bot"}, "URL_INVALID"),
    ],
)
async def test_a_wrong_answer_leaves_the_press_waiting(
    house: House, parameters: dict[str, Any], expected: str
) -> None:
    query = press(house)
    assert await house.refusal("answerCallbackQuery", callback_query_id=query, **parameters) == (
        400,
        f"Bad Request: {expected}",
    )
    await house.call("answerCallbackQuery", callback_query_id=query)


@pytest.mark.parametrize("query", [None, "12345", "x"])
async def test_a_press_that_nobody_made_is_too_old(house: House, query: Any) -> None:
    assert await house.refusal("answerCallbackQuery", callback_query_id=query) == (
        400,
        "Bad Request: query is too old and response timeout expired or query ID is invalid",
    )


@pytest.mark.parametrize(("emoji", "kept"), [("🔥", "🔥"), ("❤️", "❤"), ("🤷‍♂", "🤷‍♂")])
async def test_a_reaction_is_set_and_taken_back(house: House, emoji: str, kept: str) -> None:
    message = house.say(ADA, "x")
    one = {"chat_id": house.group.id, "message_id": message.id}
    reaction = [{"type": "emoji", "emoji": emoji}]
    assert await house.call("setMessageReaction", **one, reaction=reaction) is True
    assert message.reactions[BOT.id] == [{"type": "emoji", "emoji": kept}]
    assert await house.call("setMessageReaction", **one) is True
    assert message.reactions[BOT.id] == []


@pytest.mark.parametrize(
    ("reaction", "expected"),
    [
        ("{", "can't parse reaction types JSON object"),
        ({"type": "emoji"}, "expected an Array of ReactionType"),
        (["🔥"], "can't parse ReactionType: expected an Object"),
        ([{"emoji": "🔥"}], "can't parse ReactionType: Can't find field \"type\""),
        ([{"type": "paid"}], "can't parse ReactionType: invalid reaction type specified"),
        ([{"type": "emoji", "emoji": "🥸"}], "REACTION_INVALID"),
        ([{"type": "custom_emoji", "custom_emoji_id": "1"}], "REACTION_INVALID"),
        ([{"type": "emoji", "emoji": "🔥"}] * 2, "REACTIONS_TOO_MANY"),
    ],
)
async def test_a_wrong_reaction_is_refused(house: House, reaction: Any, expected: str) -> None:
    message = house.say(ADA, "x")
    one = {"chat_id": house.group.id, "message_id": message.id}
    assert await house.refusal("setMessageReaction", **one, reaction=reaction) == (
        400,
        f"Bad Request: {expected}",
    )


async def test_there_must_be_a_message_to_react_to(house: House) -> None:
    assert await house.refusal("setMessageReaction", chat_id=house.group.id, message_id=9) == (
        400,
        "Bad Request: message to react not found",
    )
