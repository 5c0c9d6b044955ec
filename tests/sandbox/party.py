"""A party: the demo's world with a voice chat that is on, its crowd, and callers beside it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import av
import numpy as np

from sandbox.exchange import Exchange
from sandbox.people.cast import Cast
from sandbox.people.crowd import Crowd
from sandbox.people.microphone import SLOT
from sandbox.people.repertoire import Utterance
from sandbox.seed import seed_demo
from sandbox.sfu import VoiceServer
from sandbox.world.entities import Chat, GroupCall
from sandbox.world.world import World
from tests.sandbox.callers import Caller, calling
from tests.sandbox.sounds import RATE, Sound, likeness
from tests.sandbox.waiting import until

TOKEN = "700000001:party"
EARS = 3

SENTENCE = 2.0
"""Seconds of a line that are said: enough to know it again, and no longer."""


@dataclass
class Party:
    """The demo's people; the careers group may have a voice chat."""

    world: World
    voice: VoiceServer
    exchange: Exchange
    crowd: Crowd
    cast: Cast

    @property
    def chat(self) -> Chat:
        return self.world.society.chats[self.cast.chats["careers"]]

    @property
    def call(self) -> GroupCall:
        assert self.chat.call is not None
        return self.chat.call

    def person(self, key: str) -> int:
        return self.cast.people[key]

    def line(self, utterance: str) -> Utterance:
        return self.crowd.repertoire[utterance]

    def start_call(self) -> None:
        self.world.calls.create(self.chat, self.person("ada"))

    async def say(self, utterance: str) -> float:
        """Whoever's line it is says the beginning of it in the call."""
        line = self.line(utterance)
        packets = line.packets()[: round(SENTENCE / SLOT)]
        return await self.crowd.speak(self.call, self.person(line.person), packets)

    def sentence(self, utterance: str) -> Sound:
        """What `say` makes heard."""
        return decode(self.line(utterance))[: round(SENTENCE * RATE)]

    async def say_a_word(self, key: str) -> float:
        """Somebody says as much as 200 ms hold."""
        return await self.crowd.speak(self.call, self.person(key), self.line(f"{key}-1").packets()[:10])

    def is_connected(self, key: str) -> bool:
        return self.person(key) in self.voice.connected(self.call.id)

    @asynccontextmanager
    async def listening(self, key: str) -> AsyncIterator[Caller]:
        """Somebody in the call with a browser and no microphone."""
        async with calling(ears=EARS) as caller:
            offer = await caller.offer()
            await caller.accept(self.exchange.join_browser(self.call, self.person(key), offer, muted=True))
            await until(lambda: self.is_connected(key))
            yield caller


@asynccontextmanager
async def party() -> AsyncIterator[Party]:
    world = World()
    cast = seed_demo(world, TOKEN)
    async with VoiceServer() as voice:
        exchange = Exchange(world, voice)
        async with Crowd(world, exchange, voice, cast) as crowd:
            yield Party(world, voice, exchange, crowd, cast)


async def hears(caller: Caller, line: Sound) -> None:
    """Wait until the line was heard, whole and clear, by one of the caller's ears."""

    def has_heard(ear: int) -> bool:
        sound = caller.heard(ear)
        return len(sound) > len(line) + 0.4 * RATE and likeness(line, sound) > 0.9

    # Seldom: comparing takes long, and what is still to be heard waits meanwhile.
    await until(lambda: any(has_heard(ear) for ear in range(EARS)), every=0.25)


def decode(utterance: Utterance) -> Sound:
    """What a player plays of it."""
    with av.open(str(utterance.path)) as container:
        resampler = av.AudioResampler(format="s16", layout="mono", rate=RATE)
        blocks = [
            block.to_ndarray()[0]
            for frame in (*container.decode(audio=0), None)
            for block in resampler.resample(frame)
        ]
    return np.concatenate(blocks)


def decibels(sound: Sound) -> float:
    """The level in dB of full scale."""
    return float(10 * np.log10(np.mean((sound / 32768) ** 2) + 1e-12))
