"""Streams: how those who only listen hear a call that is too large for packets, in parts of one second."""

import base64
import struct
from functools import cache
from io import BytesIO
from typing import Any

import av
import numpy as np
from pyrogram import raw

from sandbox.mtproto.references import References
from sandbox.world.entities import GroupCall
from sandbox.world.errors import CallError
from sandbox.world.world import World

PART = 1000
"""Milliseconds in a part."""

LATE = 2000
"""Milliseconds after which a part exists."""

RATE = 48_000
SLOT = 960
HERTZ, LOUDNESS = 440.0, 8000.0
"""The tone that stands for the mix while somebody's microphone is on."""

JOINED = '{"stream":true}'
"""The parameters of `updateGroupCallConnection` for who is to fetch parts."""


class Streams:
    """phone.getGroupCallStreamChannels and upload.getFile of calls that are streamed."""

    def __init__(self, world: World, references: References) -> None:
        self._world = world
        self._references = references

    def channels(self, request: Any) -> Any:
        """phone.getGroupCallStreamChannels: one, and how far it is."""
        self._streamed(request.call)
        channel = raw.types.GroupCallStreamChannel(channel=1, scale=0, last_timestamp_ms=self._newest())
        return raw.types.phone.GroupCallStreamChannels(channels=[channel])

    def part(self, request: Any) -> Any:
        """upload.getFile of an `inputGroupCallStream`: Ogg Opus, with the sources in it (TG_META)."""
        if not isinstance(request.location, raw.types.InputGroupCallStream):
            raise CallError(400, "LOCATION_INVALID")
        call = self._streamed(request.location.call)
        if request.location.time_ms > self._newest():
            raise CallError(400, "TIME_TOO_BIG")
        is_spoken = any(not one.muted for one in call.participants.values())
        content = tone() if is_spoken else silence()
        return raw.types.upload.File(
            type=raw.types.storage.FileUnknown(), mtime=request.location.time_ms // 1000, bytes=content
        )

    def _streamed(self, reference: Any) -> GroupCall:
        call = self._references.call(reference)
        if not call.is_streamed:
            raise CallError(400, "GROUPCALL_INVALID")
        return call

    def _newest(self) -> int:
        now = int(self._world.society.now().timestamp() * 1000)
        return (now - LATE) // PART * PART


@cache
def tone() -> bytes:
    """A part in which somebody speaks."""
    times = np.arange(RATE * PART // 1000) / RATE
    return _part((LOUDNESS * np.sin(2 * np.pi * HERTZ * times)).astype(np.int16))


@cache
def silence() -> bytes:
    """A part in which nobody does."""
    return _part(np.zeros(RATE * PART // 1000, np.int16))


def _part(sound: "np.typing.NDArray[np.int16]") -> bytes:
    content = BytesIO()
    with av.open(content, "w", format="ogg") as container:
        stream = container.add_stream("libopus", rate=RATE)
        stream.layout = "mono"
        stream.metadata["TG_META"] = base64.b64encode(struct.pack("<iiiiI", 1, 1, 0, 0, 1)).decode()
        for at in range(0, len(sound), SLOT):
            frame = av.AudioFrame.from_ndarray(sound[None, at : at + SLOT], "s16", "mono")
            frame.sample_rate, frame.pts = RATE, at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return content.getvalue()
