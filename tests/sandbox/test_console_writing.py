"""What people write, press and react to by the console."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.console.access import Access
from sandbox.console.guard import guarded
from sandbox.console.writing import Writing
from sandbox.world.changes import ButtonPressed, Change
from sandbox.world.entities import Membership, Status
from tests.sandbox.counter import Counter, Json, counter, no
from tests.sandbox.waiting import until


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_a_message_is_there_for_everybody(desk: Counter) -> None:
    sent = await desk.post("/api/messages", **at(desk, "bruno"), text="  Hello, #careers!  ")
    message = (await desk.chat("ada"))["messages"][-1]
    assert message["id"] == sent["message"]
    assert (message["sender_name"], message["text"]) == ("Bruno", "Hello, #careers!")
    assert message["entities"] == [{"type": "hashtag", "offset": 7, "length": 8}]


async def test_an_answer_names_what_it_answers(desk: Counter) -> None:
    question = desk.says("ada", "Who comes?")
    await desk.post("/api/messages", **at(desk, "bruno"), text="I do", reply_to=question.id)
    assert (await desk.chat("ada"))["messages"][-1]["reply_to"] == question.id


async def test_who_has_no_username_is_mentioned_by_name(desk: Counter) -> None:
    chiara = desk.party.person("chiara")
    mentions = [{"offset": 3, "length": 6, "person": chiara}]
    await desk.post("/api/messages", **at(desk, "bruno"), text="🎙 Chiara, /rooms", mentions=mentions)
    entities = (await desk.chat("ada"))["messages"][-1]["entities"]
    assert entities[0] == {"type": "text_mention", "offset": 3, "length": 6, "user": {"id": chiara}}
    assert entities[1]["type"] == "bot_command"
    (update,) = [one for one in await desk.bot_asks_telegram("getUpdates") if "message" in one][-1:]
    assert update["message"]["entities"][0]["user"]["first_name"] == "Chiara"


@pytest.mark.parametrize(
    "mention",
    [
        {"offset": -1, "length": 2, "person": 10001},
        {"offset": 0, "length": 0, "person": 10001},
        {"offset": 0, "length": 9, "person": 10001},
        {"offset": 0, "length": 2, "person": 5},
        {"offset": 0, "length": 2},
        "Chiara",
    ],
)
async def test_a_mention_is_of_somebody_and_within_the_text(desk: Counter, mention: object) -> None:
    fields = {"text": "Chiara!", "mentions": [mention]}
    status, _ = await desk.refused("/api/messages", **at(desk, "bruno"), **fields)
    assert status in (400, 404)


async def test_a_forums_topic_is_kept_in_answers(desk: Counter) -> None:
    readers = desk.party.world.society.chats[desk.party.cast.chats["readers"]]
    first = next(message for message in readers.messages.values() if message.text)
    place = {"as_": desk.party.person("bruno"), "chat": readers.id}
    await desk.post("/api/messages", **place, text="So do I", reply_to=first.id)
    await desk.post("/api/messages", **place, text="Elsewhere")
    kept, general = (await desk.chat("ada", "readers"))["messages"][-2:]
    assert kept["thread"] == first.thread
    assert general["thread"] is None


async def test_a_closed_topic_takes_no_more(desk: Counter) -> None:
    readers = desk.party.world.society.chats[desk.party.cast.chats["readers"]]
    thread = next(iter(readers.threads.values()))
    thread.is_closed = True
    fields = {"chat": readers.id, "text": "Late", "thread": thread.id}
    assert await desk.refused("/api/messages", as_=desk.party.person("bruno"), **fields) == (
        403,
        "This topic is closed.",
    )
    await desk.post("/api/messages", as_=desk.party.person("ada"), **fields)


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"text": ""}, 400),
        ({"text": 5}, 400),
        ({"text": "x" * 4097}, 400),
        ({"text": "𝄞" * 2049}, 400),
        ({"text": "x", "reply_to": 9999}, 404),
        ({"text": "x", "reply_to": "first"}, 400),
        ({"text": "x", "thread": 9999}, 404),
        ({"text": "x", "reply_to": 9999, "thread": 1}, 404),
    ],
)
async def test_what_cannot_be_sent_is_refused(desk: Counter, fields: dict[str, object], status: int) -> None:
    number = len(desk.party.chat.messages)
    refused, _ = await desk.refused("/api/messages", **at(desk, "bruno"), **fields)
    assert refused == status
    assert len(desk.party.chat.messages) == number


async def test_nobody_writes_as_somebody_who_is_not_theirs_to_be(desk: Counter) -> None:
    chat = desk.party.chat.id
    for person, status in ((desk.party.cast.bot, 403), (desk.party.cast.relay, 403), (1, 404), ("me", 400)):
        refused, _ = await desk.refused("/api/messages", as_=person, chat=chat, text="x")
        assert refused == status


async def test_who_left_the_group_neither_writes_nor_sees_it(desk: Counter) -> None:
    bruno, ada = desk.party.person("bruno"), desk.party.person("ada")
    desk.party.world.society.set_member(desk.party.chat, Membership(bruno, Status.KICKED), ada)
    assert await desk.refused("/api/messages", **at(desk, "bruno"), text="x") == (
        403,
        "Bruno is in no such chat.",
    )
    world = await desk.get("/api/world", as_=bruno)
    assert desk.party.chat.id not in [chat["id"] for chat in world["chats"]]


async def test_a_private_chat_is_not_somebody_elses(desk: Counter) -> None:
    await desk.post("/api/start", as_=desk.party.person("ada"))
    fields = {"as_": desk.party.person("bruno"), "chat": desk.party.person("ada"), "text": "x"}
    status, _ = await desk.refused("/api/messages", **fields)
    assert status == 403


async def test_the_bots_chat_is_there_once_it_was_opened(desk: Counter) -> None:
    chiara = desk.party.person("chiara")
    assert not [one for one in await chats(desk, "chiara") if one["kind"] == "private"]
    await desk.post("/api/start", as_=chiara, payload="talk-42_x")
    (private,) = [one for one in await chats(desk, "chiara") if one["kind"] == "private"]
    assert [message["text"] for message in private["messages"]] == ["/start talk-42_x"]
    await desk.post("/api/start", as_=chiara)
    (private,) = [one for one in await chats(desk, "chiara") if one["kind"] == "private"]
    assert [message["text"] for message in private["messages"]] == ["/start talk-42_x", "/start"]


@pytest.mark.parametrize("payload", ["two words", "x" * 65, "ä", "a/b", 5])
async def test_a_payload_that_no_link_could_hold_is_refused(desk: Counter, payload: object) -> None:
    status, _ = await desk.refused("/api/start", as_=desk.party.person("ada"), payload=payload)
    assert status == 400


async def test_a_press_gets_the_bots_answer(desk: Counter) -> None:
    message = desk.asks("Sure?", "yes")
    answer_presses(desk, "Done", url="")
    answer = await desk.post("/api/presses", **at(desk, "ada"), message=message.id, data="yes")
    assert answer == {"text": "Done", "is_alert": True, "url": ""}


async def test_two_presses_get_each_their_own_answer(desk: Counter) -> None:
    message = desk.asks("Who?", "me")
    queries: list[tuple[str, int]] = []
    desk.party.world.society.watch(
        lambda change: (
            queries.append((change.query, change.person)) if isinstance(change, ButtonPressed) else None
        )
    )

    async def press(key: str) -> str:
        answer = await desk.post("/api/presses", **at(desk, key), message=message.id, data="me")
        return str(answer["text"])

    async with asyncio.TaskGroup() as tasks:
        presses = {key: tasks.create_task(press(key)) for key in ("ada", "bruno")}
        await until(lambda: len(queries) == 2)
        for query, person in reversed(queries):
            desk.party.world.messages.answer(query, f"for {person}", is_alert=False, url="")
    assert {key: task.result() for key, task in presses.items()} == {
        key: f"for {desk.party.person(key)}" for key in presses
    }


async def test_a_button_that_is_not_there_cannot_be_pressed(desk: Counter) -> None:
    message, plain = desk.asks("Sure?", "yes"), desk.says("ada", "No button")
    for id_, data, status in (
        (message.id, "no", 409),
        (plain.id, "yes", 409),
        (9999, "yes", 404),
        (message.id, "", 400),
    ):
        refused, _ = await desk.refused("/api/presses", **at(desk, "ada"), message=id_, data=data)
        assert refused == status


async def test_a_bot_that_does_not_answer_is_not_waited_for_for_ever(desk: Counter) -> None:
    world, cast = desk.party.world, desk.party.cast
    hasty = Writing(world, Access(world, cast), cast.bot, patience=0.05)
    application = web.Application()
    application.router.add_post("/api/presses", guarded(hasty.press))
    press = {**at(desk, "ada"), "message": desk.asks("Sure?", "yes").id, "data": "yes"}
    async with TestClient(TestServer(application)) as client:
        answer = await client.post("/api/presses", json={"as": press.pop("as_"), **press})
        assert await no(answer) == (504, "The bot did not answer in time. Is it running?")


async def test_reactions_are_counted_and_taken_back(desk: Counter) -> None:
    message = desk.says("ada", "Good news")
    for key, emoji in (("bruno", "👍"), ("chiara", "👍"), ("daniele", "❤️")):
        await desk.post("/api/reactions", **at(desk, key), message=message.id, emoji=emoji)
    assert (await desk.chat("bruno"))["messages"][-1]["reactions"] == [
        {"emoji": "👍", "count": 2, "mine": True},
        {"emoji": "❤", "count": 1, "mine": False},
    ]
    await desk.post("/api/reactions", **at(desk, "bruno"), message=message.id, emoji=None)
    assert (await desk.chat("bruno"))["messages"][-1]["reactions"][0]["count"] == 1


@pytest.mark.parametrize("emoji", ["x", "👍👍", "🧮", "<b>", 5])
async def test_only_telegrams_reactions_are_taken(desk: Counter, emoji: object) -> None:
    message = desk.says("ada", "News")
    status, _ = await desk.refused("/api/reactions", **at(desk, "bruno"), message=message.id, emoji=emoji)
    assert status == 400


async def test_nobody_reacts_to_a_service_message(desk: Counter) -> None:
    desk.party.start_call()
    message = (await desk.chat("ada"))["messages"][-1]
    assert message["service"] == {"kind": "video_chat_started", "payload": {}}
    status, _ = await desk.refused("/api/reactions", **at(desk, "ada"), message=message["id"], emoji="👍")
    assert status == 409


def at(desk: Counter, key: str) -> dict[str, object]:
    return {"as_": desk.party.person(key), "chat": desk.party.chat.id}


async def chats(desk: Counter, key: str) -> list[Json]:
    listed: list[Json] = (await desk.get("/api/world", as_=desk.party.person(key)))["chats"]
    return listed


def answer_presses(desk: Counter, text: str, url: str) -> None:
    """Answer as a bot would, a moment after each press."""
    loop = asyncio.get_running_loop()

    def answer(change: Change) -> None:
        if isinstance(change, ButtonPressed):
            loop.call_soon(
                lambda: desk.party.world.messages.answer(change.query, text, is_alert=True, url=url)
            )

    desk.party.world.society.watch(answer)
