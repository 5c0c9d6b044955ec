"""A process that stops calls while they are being connected; it ends by itself, if the library lets it."""

import asyncio
import sys
from contextlib import suppress

from ntgcalls import AudioDescription, MediaDescription, MediaSource, StreamMode

from sandbox.sfu.server import VoiceServer
from voice.call.binding import Binding
from voice.mixing.units import RATE

CALLS = 60
"""So many that without care the library aborts this process nearly always, by the tenth mostly."""

LONGEST = 0.004
"""Seconds within which a call is connected."""

PACES = 20
"""Different moments at which it is stopped."""


async def _hurry(binding: Binding, server: VoiceServer, chat: int) -> None:
    microphone = AudioDescription(MediaSource.EXTERNAL, RATE, 1, "", keep_open=False)
    offer = await binding.create_call(chat)
    await binding.set_stream_sources(chat, StreamMode.CAPTURE, MediaDescription(microphone, None, None, None))
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST * (chat % PACES) / PACES):
            await binding.connect(chat, server.join_native(1, chat, offer), False)
    await binding.stop(chat)


async def _main() -> None:
    binding = Binding()
    async with VoiceServer() as server:
        for chat in range(1, CALLS + 1):
            await _hurry(binding, server, chat)
    if await binding.calls():
        sys.exit("calls were left behind")


if __name__ == "__main__":
    asyncio.run(_main())
