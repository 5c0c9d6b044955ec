"""Whatever process dies in mid-talk, the talk goes on, and what was recorded is kept with its gaps."""

import signal

import pytest

from tests.e2e.evening.analysis import RATE, Sound, decode, find
from tests.e2e.evening.crowd import Json
from tests.e2e.evening.ears import Heard, listen_again, listening
from tests.e2e.theatre import Theatre, until

LIKE = 0.6
"""The correlation with its source of an utterance that came through, on a machine with much else to do."""


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


async def test_a_dead_relay_comes_back_while_listeners_stay(theatre: Theatre) -> None:
    link = await theatre.hold("Relay")
    async with listening(theatre.session, f"{link}/stream.ogg") as heard:
        before, before_at = await say(theatre, "bruno", 0)
        await theatre.replace_relay(signal.SIGABRT)
        await until_audible(heard)
        after, after_at = await say(theatre, "chiara", 0)
    stream = listen_again(heard, "ogg").sound
    assert min(find(before, stream).likeness, find(after, stream).likeness) > LIKE
    assert_apart(before, after, decode(await theatre.replay()), after_at - before_at)


async def test_a_killed_program_takes_the_talk_up_again(theatre: Theatre) -> None:
    link = await theatre.hold("Program")
    before, before_at = await say(theatre, "bruno", 0)
    await theatre.end(signal.SIGKILL)
    await theatre.start()
    async with listening(theatre.session, f"{link}/stream.ogg") as heard:
        await until_audible(heard)
        after, after_at = await say(theatre, "bruno", 1)
    assert find(after, listen_again(heard, "ogg").sound).likeness > LIKE
    assert_apart(before, after, decode(await theatre.replay()), after_at - before_at)
    chat = await theatre.crowd.chat(theatre.person("ada"), theatre.group)
    pins = [one for one in chat["messages"] if (one["service"] or {}).get("kind") == "pinned_message"]
    assert len(pins) == 1, "the announcement went out once"
    assert sum("is on" in one["text"] for one in chat["messages"]) == 1


async def test_a_program_told_to_stop_in_mid_talk_leaves_the_call_first(theatre: Theatre) -> None:
    link = await theatre.hold("Exit")
    async with listening(theatre.session, f"{link}/stream.ogg") as heard:
        await until_audible(heard)
        assert await theatre.end(signal.SIGTERM) == 0
    await theatre.until_out_of_call("relay")


def assert_apart(first: Sound, second: Sound, recording: Sound, seconds: float) -> None:
    """The recording holds both utterances, as far apart as they were said."""
    one, other = find(first, recording), find(second, recording)
    assert min(one.likeness, other.likeness) > LIKE
    assert (other.at - one.at) / RATE == pytest.approx(seconds, abs=0.5)
