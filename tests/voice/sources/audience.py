"""An audience for a player: lets it work, and listens to what it plays."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import numpy as np

from tests.deadline import DEADLINE
from tests.voice.sounds import tone
from voice.mixing.sound import Block
from voice.sources.patience import Patience
from voice.sources.player import Player
from voice.sources.sounds import Sounds

HOLD, JINGLE = 300, 900
"""Hertz of the house's own sounds."""

QUICK = Patience(opening=15, stalled=15, connecting=5, reading=5, refreshing=0.05, retries=(0.01, 0.02, 0.03))
"""Patience that lets a test fail rather than wait."""


def make_player(patience: Patience = QUICK, *, allows_private: bool = True) -> Player:
    return Player(Sounds(tone(HOLD, 1), tone(JINGLE, 0.25)), patience, allows_private=allows_private)


@asynccontextmanager
async def working(player: Player) -> AsyncIterator[Player]:
    """A player at work, which must be able to end at any moment."""
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(player.run())
        await asyncio.sleep(0)
        try:
            yield player
        finally:
            running.cancel()


async def hear(player: Player, seconds: float, *, over: Callable[[Player], bool] = lambda _: False) -> Block:
    """So much sound, or less when it is over before; moments without any are left out."""
    blocks: list[Block] = []
    async with asyncio.timeout(DEADLINE):
        while len(blocks) < round(seconds * 50) and not over(player):
            block = player.take(is_talked_over=False)
            if block is None:
                await asyncio.sleep(0.001)
            else:
                blocks.append(block)
    return np.concatenate(blocks) if blocks else np.zeros(0, np.int16)


async def hear_all(player: Player) -> Block:
    """What plays until nothing does."""
    return await hear(player, 3600, over=is_silent)


def is_silent(player: Player) -> bool:
    return player.playback.now is None and not player.playback.queue


def pitch(sound: Block) -> float:
    """Hertz of what is strongest in a sound."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound))))
    return float(np.argmax(spectrum) * 48_000 / len(sound))
