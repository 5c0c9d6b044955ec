"""Whatever process dies in mid-talk, the talk goes on, and what was recorded is kept with its gaps."""

import asyncio
import signal

import pytest

from tests.e2e.evening.analysis import RATE, Sound, decode, find
from tests.e2e.evening.crowd import Json, links
from tests.e2e.evening.ears import Heard, listen_again, listening
from tests.e2e.theatre import Theatre, until

LIKE = 0.8
"""The correlation with its source of an utterance that came through."""


JINGLE = 4.0
"""Seconds until the jingle is over."""

SOME = 2000
"""Bytes of a stream that are more than its head."""


async def until_audible(heard: Heard) -> None:
    """Wait until sound flows, from now on."""
    had = len(heard.content)

    async def flows() -> bool:
        return len(heard.content) > had + SOME

    await until(flows)


async def say(theatre: Theatre, name: str, number: int) -> tuple[Sound, float]:
    """Somebody speaks; gives what was said and when, in seconds of the wall clock."""
    voices = await theatre.crowd.voices()
    line: Json = [one for one in voices if one["person"] == theatre.person(name)][number]
    said = await theatre.crowd.say(theatre.person(name), theatre.group, line["utterance"])
    return decode(await theatre.crowd.fetch(line["url"])), said["began"]


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGABRT])
async def test_a_dead_relay_comes_back_and_listeners_stay(theatre: Theatre, blow: signal.Signals) -> None:
    card = await theatre.announce("Relay", "in 10 seconds")
    await theatre.until_said("is on")
    async with listening(theatre.session, f"{links(card)[0]}/stream.ogg") as heard:
        await asyncio.sleep(JINGLE)
        before, before_at = await say(theatre, "bruno", 0)
        theatre.kill_relay(blow)
        await until_audible(heard)
        after, after_at = await say(theatre, "chiara", 0)
    stream = listen_again(heard, "ogg").sound
    assert find(before, stream).likeness > LIKE
    assert find(after, stream).likeness > LIKE
    recording = decode(await theatre.replay())
    first, second = find(before, recording), find(after, recording)
    assert min(first.likeness, second.likeness) > LIKE
    assert (second.at - first.at) / RATE == pytest.approx(after_at - before_at, abs=0.5)


async def test_a_killed_program_takes_the_talk_up_again(theatre: Theatre) -> None:
    card = await theatre.announce("Program", "in 10 seconds")
    await theatre.until_said("is on")
    await asyncio.sleep(JINGLE)
    before, before_at = await say(theatre, "bruno", 0)
    await theatre.end(signal.SIGKILL)
    await theatre.start()
    async with listening(theatre.session, f"{links(card)[0]}/stream.ogg") as heard:
        await until_audible(heard)
        after, after_at = await say(theatre, "bruno", 1)
    assert find(after, listen_again(heard, "ogg").sound).likeness > LIKE
    recording = decode(await theatre.replay())
    first, second = find(before, recording), find(after, recording)
    assert min(first.likeness, second.likeness) > LIKE
    assert (second.at - first.at) / RATE == pytest.approx(after_at - before_at, abs=0.5)
    chat = await theatre.crowd.chat(theatre.person("ada"), theatre.group)
    pins = [one for one in chat["messages"] if (one["service"] or {}).get("kind") == "pinned_message"]
    assert len(pins) == 1, "the announcement went out once"
    assert sum("is on" in one["text"] for one in chat["messages"]) == 1


async def test_the_program_ends_cleanly_in_mid_talk(theatre: Theatre) -> None:
    card = await theatre.announce("Exit", "in 10 seconds")
    await theatre.until_said("is on")
    async with listening(theatre.session, f"{links(card)[0]}/stream.ogg") as heard:
        await say(theatre, "bruno", 0)
        assert await theatre.end(signal.SIGTERM) == 0
    assert heard.content
    await theatre.until_out_of_call("relay")
