"""Scripted people speak by request."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from tests.sandbox.counter import Counter, counter
from tests.sandbox.party import decode, hears
from tests.sandbox.waiting import until


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_every_voice_is_listed_with_a_file_that_plays(desk: Counter) -> None:
    voices = (await desk.get("/api/voices"))["voices"]
    assert {voice["person"] for voice in voices} == set(desk.party.cast.people.values())
    assert set(voices[0]) == {"person", "utterance", "text", "language", "seconds", "url"}
    answer = await desk.client.get(voices[0]["url"])
    assert (answer.status, answer.content_type) == (200, "audio/ogg")
    assert await answer.read() == desk.party.line(voices[0]["utterance"]).path.read_bytes()


async def test_a_line_is_spoken_and_its_beginning_told(desk: Counter) -> None:
    desk.party.start_call()
    line = decode(desk.party.line("chiara-3"))
    async with desk.party.listening("daniele") as daniele:
        before = time.time()
        said = await desk.post("/api/speak", **at(desk, "chiara"), utterance="chiara-3")
        assert before < said.pop("began") < time.time()
        seconds = desk.party.line("chiara-3").seconds
        assert said == {"utterance": "chiara-3", "seconds": seconds, "is_heard": True}
        await hears(daniele, line)


@pytest.mark.parametrize(
    ("utterance", "status"),
    [("bruno-1", 403), ("nobody-1", 404), ("", 400), (None, 400), (5, 400), ("../../seed", 404)],
)
async def test_what_is_not_theirs_to_say_is_refused(desk: Counter, utterance: object, status: int) -> None:
    desk.party.start_call()
    refused, _ = await desk.refused("/api/speak", **at(desk, "chiara"), utterance=utterance)
    assert refused == status


async def test_nobody_speaks_where_there_is_no_voice_chat(desk: Counter) -> None:
    refused = await desk.refused("/api/speak", **at(desk, "chiara"), utterance="chiara-1")
    assert refused == (409, "There is no voice chat in this group now.")


async def test_a_line_that_does_not_come_up_is_told_in_a_sentence(desk: Counter) -> None:
    desk.party.start_call()
    desk.party.crowd.patience = 0.2
    await desk.post("/api/faults", black_hole=True)
    status, sentence = await desk.refused("/api/speak", **at(desk, "chiara"), utterance="chiara-1")
    assert (status, "did not connect" in sentence) == (503, True)


async def test_a_listener_is_not_made_to_speak_to_nobody(desk: Counter) -> None:
    party = desk.party
    party.start_call()
    party.world.calls.let_in_muted(party.call, party.person("ada"), True)
    unheard = (
        403,
        "Chiara is muted by admins and would not be heard: raise Chiara's hand and let Chiara speak.",
    )
    for _ in range(2):
        assert await desk.refused("/api/speak", **at(desk, "chiara"), utterance="chiara-1") == unheard
    chiara = party.person("chiara")
    assert party.is_connected("chiara")
    party.world.calls.raise_hand(party.call, chiara, chiara, True)
    party.world.calls.set_muted(party.call, party.person("ada"), chiara, False)
    assert (await desk.post("/api/speak", **at(desk, "chiara"), utterance="chiara-1"))["is_heard"]


async def test_who_is_muted_in_mid_speech_was_not_heard_to_the_end(desk: Counter) -> None:
    party = desk.party
    party.start_call()
    async with asyncio.TaskGroup() as tasks:
        saying = tasks.create_task(desk.post("/api/speak", **at(desk, "chiara"), utterance="chiara-1"))
        await until(lambda: party.person("chiara") in party.voice.speaking(party.call.id))
        party.world.calls.set_muted(party.call, party.person("ada"), party.person("chiara"), True)
        assert not (await saying)["is_heard"]


async def test_there_are_no_other_files_among_the_voices(desk: Counter) -> None:
    for name in ("index.json", "nobody-1.ogg", "..%2f..%2fseed.ogg"):
        status, _ = await desk.not_shown(f"/api/voices/{name}")
        assert status == 404


def at(desk: Counter, key: str) -> dict[str, object]:
    return {"as_": desk.party.person(key), "chat": desk.party.chat.id}
