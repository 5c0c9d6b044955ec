"""A seat: one scripted person's connection to a call, made as a browser would make it."""

import asyncio
from collections.abc import Callable

from aiortc import (
    MediaStreamTrack,
    RTCBundlePolicy,
    RTCConfiguration,
    RTCPeerConnection,
    RTCSessionDescription,
)
from aiortc.mediastreams import MediaStreamError

from sandbox.people.microphone import Microphone

PATIENCE = 10.0
"""Seconds in which media must be up."""

LOCAL = RTCConfiguration(iceServers=[], bundlePolicy=RTCBundlePolicy.MAX_BUNDLE)
"""Without a STUN server: everything here stays on this machine."""


class NotConnected(Exception):
    """Media did not come up: no interface besides loopback is up on this machine, or the line is cut."""


class Seat:
    """Somebody's place in a call, from the offer to the goodbye; `run` is its life."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.microphone = Microphone()
        self._patience = patience
        self._connected = asyncio.Event()
        self._left = asyncio.Event()

    async def run(
        self, join: Callable[[str], str], ready: Callable[[], None], hearing: asyncio.TaskGroup
    ) -> None:
        """Connect and stay until `leave` is called or the line is lost.

        Args:
            join: takes an SDP offer, gives the answer; what it raises is raised here.
            ready: called when media is up.
            hearing: whose tasks take what is heard, so that it does not pile up.

        Raises:
            NotConnected: media did not come up in time.
        """
        connection = RTCPeerConnection(LOCAL)
        ears: list[asyncio.Task[None]] = []
        connection.on("track", lambda track: ears.append(hearing.create_task(_hear(track))))
        connection.on("connectionstatechange", lambda: self._follow(connection.connectionState))
        try:
            await self._connect(connection, join)
            ready()
            await self._left.wait()
        finally:
            self.microphone.stop()
            await connection.close()
            # A track that never came up does not end by itself.
            for ear in ears:
                ear.cancel()

    def leave(self) -> None:
        """Go; no error when gone already."""
        self._connected.set()
        self._left.set()

    async def _connect(self, connection: RTCPeerConnection, join: Callable[[str], str]) -> None:
        connection.addTransceiver(self.microphone, direction="sendonly")
        connection.addTransceiver("audio", direction="recvonly")
        await connection.setLocalDescription(await connection.createOffer())
        offer = connection.localDescription.sdp
        if "a=candidate:" not in offer:
            raise NotConnected
        answer = join(offer)
        try:
            async with asyncio.timeout(self._patience):
                await connection.setRemoteDescription(RTCSessionDescription(answer, "answer"))
                await self._connected.wait()
        except TimeoutError as error:
            raise NotConnected from error

    def _follow(self, state: str) -> None:
        if state == "connected":
            self._connected.set()
        elif state in ("failed", "closed"):
            self.leave()


async def _hear(track: MediaStreamTrack) -> None:
    try:
        while True:
            await track.recv()
    except MediaStreamError:
        return
