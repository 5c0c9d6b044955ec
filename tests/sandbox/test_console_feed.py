"""The world as somebody sees it, at once and by server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import StreamReader

from sandbox.world.changes import ButtonPressed, ChatActed
from tests.deadline import DEADLINE
from tests.sandbox.counter import Counter, Json, counter


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_one_sees_oneself_the_bot_and_who_there_is(desk: Counter) -> None:
    world = await desk.get("/api/world", as_=desk.party.person("daniele"))
    me = {
        "id": desk.party.person("daniele"),
        "name": "Daniele",
        "username": "daniele_demo",
        "language_code": "it",
    }
    assert world["me"] == me
    assert world["bot"] == {"id": desk.party.cast.bot, "name": "Loggione", "username": "loggione_bot"}
    roles = {person["name"]: person["role"] for person in world["people"]}
    assert roles["Loggione relay"] == "relay"
    assert [person["is_bot"] for person in world["people"]].count(True) == 1
    assert [chat["title"] for chat in world["chats"]][:2] == ["Careers Forum", "Reading circle"]


async def test_a_newcomer_may_be_four_people(desk: Counter) -> None:
    people = (await desk.get("/api/people"))["people"]
    assert [(one["name"], one["role"], one["language_code"]) for one in people] == [
        ("Ada", "admin", "en"),
        ("Bruno", "speaker", "en"),
        ("Chiara", "member", "en"),
        ("Daniele", "member", "it"),
    ]
    assert all(one["about"] for one in people)


@pytest.mark.parametrize("path", ["/api/world", "/api/events"])
async def test_nobody_sees_with_eyes_that_are_not_theirs(desk: Counter, path: str) -> None:
    for person, status in ((desk.party.cast.bot, 403), (desk.party.cast.relay, 403), (1, 404), ("", 400)):
        refused, _ = await desk.not_shown(path, as_=person)
        assert refused == status


async def test_a_stream_begins_with_the_world_and_goes_on_with_what_changes(desk: Counter) -> None:
    async with events(desk, "ada") as stream:
        name, world = await next_event(stream)
        assert (name, world["me"]["name"]) == ("world", "Ada")
        desk.says("bruno", "Hello")
        name, world = await next_event(stream)
        assert (name, world["chats"][0]["messages"][-1]["text"]) == ("world", "Hello")


async def test_what_happens_at_once_is_one_event(desk: Counter) -> None:
    async with events(desk, "ada") as stream:
        await next_event(stream)
        for number in range(50):
            desk.says("bruno", f"message {number}")
        _, world = await next_event(stream)
        assert world["chats"][0]["messages"][-1]["text"] == "message 49"
        desk.says("bruno", "and then")
        _, world = await next_event(stream)
        assert world["chats"][0]["messages"][-1]["text"] == "and then"


async def test_what_changes_nothing_to_see_is_no_event(desk: Counter) -> None:
    async with events(desk, "ada") as stream:
        await next_event(stream)
        message, bruno = desk.asks("Sure?", "yes"), desk.party.person("bruno")
        await next_event(stream)
        desk.party.world.society.tell(ChatActed(message.chat, bruno, "typing"))
        desk.party.world.society.tell(ButtonPressed("1", message, bruno, "yes"))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await next_event(stream)


async def test_the_bots_answer_comes_to_who_pressed_and_to_nobody_else(desk: Counter) -> None:
    message = desk.asks("Sure?", "yes")
    messages, ada = desk.party.world.messages, desk.party.person("ada")
    async with events(desk, "ada") as hers, events(desk, "bruno") as his:
        await next_event(hers)
        await next_event(his)
        query = messages.press(message, ada, "yes")
        messages.answer(query, "Done", is_alert=True, url="")
        assert await next_event(hers) == (
            "answer",
            {"query": query, "text": "Done", "is_alert": True, "url": ""},
        )
        desk.says("ada", "It worked")
        name, _ = await next_event(his)
        assert name == "world"


async def test_who_begins_to_speak_is_seen_without_any_change_in_the_world(desk: Counter) -> None:
    desk.party.start_call()
    bruno = desk.party.person("bruno")
    async with asyncio.TaskGroup() as tasks, events(desk, "ada") as stream:
        speaking = tasks.create_task(desk.party.say("bruno-2"))
        async with asyncio.timeout(DEADLINE):
            while not is_speaking(await next_world(stream), bruno):
                pass
            await speaking
            while is_speaking(await next_world(stream), bruno):
                pass


async def test_while_somebody_speaks_it_is_told_how_loud(desk: Counter) -> None:
    party = desk.party
    party.start_call()
    async with asyncio.TaskGroup() as tasks, events(desk, "ada") as stream:
        speaking = tasks.create_task(party.say("bruno-2"))
        async with asyncio.timeout(DEADLINE):
            while (event := await next_event(stream))[0] != "levels":
                pass
        await speaking
    ((chat, levels),) = event[1].items()
    assert (chat, list(levels)) == (str(party.chat.id), [str(party.person("bruno"))])
    assert 0 < levels[str(party.person("bruno"))] <= 1


async def test_a_stream_that_nobody_reads_is_let_go(desk: Counter) -> None:
    society = desk.party.world.society
    watchers = len(society._watchers)
    async with events(desk, "ada") as stream:
        await next_event(stream)
        assert len(society._watchers) == watchers + 1
    async with asyncio.timeout(DEADLINE):
        while len(society._watchers) > watchers:
            desk.says("bruno", "Still there?")
            await asyncio.sleep(0.05)


async def test_media_keyboards_and_pins_are_shown(desk: Counter) -> None:
    message = desk.asks("Listen", "now")
    desk.party.world.messages.pin(desk.party.chat, message, desk.party.cast.bot)
    chat = await desk.chat("bruno")
    shown = next(one for one in chat["messages"] if one["id"] == message.id)
    assert chat["pinned"] == [message.id]
    assert shown["keyboard"] == [[{"text": "Press me", "callback_data": "now"}]]
    assert (shown["is_bot"], shown["media"], shown["edited"]) == (True, None, False)


async def test_a_long_history_is_cut_to_its_newest_part(desk: Counter) -> None:
    for number in range(400):
        desk.says("bruno", f"message {number}")
    texts = [message["text"] for message in (await desk.chat("ada"))["messages"]]
    assert (len(texts), texts[-1]) == (300, "message 399")


@asynccontextmanager
async def events(desk: Counter, key: str) -> AsyncIterator[StreamReader]:
    async with desk.client.get("/api/events", params={"as": str(desk.party.person(key))}) as answer:
        assert answer.content_type == "text/event-stream"
        yield answer.content


async def next_event(stream: StreamReader) -> tuple[str, Json]:
    async with asyncio.timeout(DEADLINE):
        name = (await stream.readline()).decode().strip().removeprefix("event: ")
        data = (await stream.readuntil(b"\n")).decode().removeprefix("data: ")
        assert await stream.readline() == b"\n"
    return name, json.loads(data)


async def next_world(stream: StreamReader) -> Json:
    while True:
        name, content = await next_event(stream)
        if name == "world":
            return content


def is_speaking(world: Json, person: int) -> bool:
    participants = world["chats"][0]["call"]["participants"]
    return any(one["person"] == person and one["is_speaking"] for one in participants)
