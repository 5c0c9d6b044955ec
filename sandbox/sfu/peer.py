"""A peer: somebody's connection to a call, from the first connectivity check to the goodbye."""

import asyncio
import logging
import math
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from OpenSSL import SSL

from sandbox.sfu.dtls import Dtls
from sandbox.sfu.ears import BrowserEars, NativeEars
from sandbox.sfu.faults import Faults
from sandbox.sfu.paths import Address, Paths
from sandbox.sfu.rtp import Rtp, is_rtcp, parse

log = logging.getLogger(__name__)

HELLO_AFTER = 0.25
"""Seconds between the first check and our ClientHello: a native client on loopback that is greeted sooner
may miss that it is connected."""

AUDIBLE_FOR = 0.4
"""Seconds for which a packet with sound in it counts as speaking."""

QUIET = 50
"""Decibels below the loudest possible sound at which a packet is nobody's speech but a room's noise."""

LOUD_PACKET = 160
"""Bytes of an Opus packet of 20 ms that count as loud, if it does not say how loud it is."""

AFRESH_AFTER = 30.0
"""Seconds of silence after which somebody who speaks begins anew; whoever only pauses goes on."""

SILENT_PACKET = 12
"""Bytes up to which an Opus packet holds silence or comfort noise, if it does not say how loud it is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a client announced: its certificate's fingerprint, its microphone's SSRC (0: none), its ears.

    `level` is the header extension that tells how loud a packet is; without one its size must tell.
    """

    fingerprint: str
    source: int
    ears: NativeEars | BrowserEars
    level: int | None = None


class Peer:
    """One peer of one call. Whoever owns the socket hands datagrams in; `send` takes them out.

    `is_over` when it said goodbye or was not let in, for its certificate is not the announced one.
    """

    def __init__(self, call: int, id_: int, wanted: Wanted) -> None:
        loop = asyncio.get_running_loop()
        self.call = call
        self.id = id_
        self.ufrag = secrets.token_hex(4)
        self.pwd = secrets.token_hex(12)
        self.faults = Faults()
        self.may_speak = True
        self.is_over = False
        self.paths = Paths(loop.time())
        self._wanted = wanted
        self.spoke_at: float | None = None
        """When they last began to speak, in seconds since 1970; None: not yet."""
        self._heard_at = -math.inf
        self._loudness = 0.0
        self._dtls: Dtls | None = None
        self._timer: asyncio.TimerHandle | None = None

    @property
    def is_connected(self) -> bool:
        """Whether media can flow."""
        return self._dtls is not None and self._dtls.is_done

    def is_speaking(self, now: float) -> bool:
        """Whether sound came from it just now."""
        return self.may_speak and now - self._heard_at < AUDIBLE_FOR

    def level(self, now: float) -> float:
        """How loud it is just now, from 0, which is silence, to 1."""
        return self._loudness if self.is_speaking(now) else 0.0

    def greet_soon(self, context: SSL.Context, send: Callable[[bytes], None]) -> None:
        """Begin the handshake, if that has not been done."""
        if self._dtls is None and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(HELLO_AFTER, self._greet, context, send)

    def handshake(self, datagram: bytes) -> None:
        """A DTLS datagram came."""
        if self._dtls is not None:
            self._advance(self._dtls, datagram)

    def media(self, datagram: bytes, address: Address) -> Rtp | None:
        """An SRTP datagram came: its packet, if it is one that others may hear."""
        if self._dtls is None or is_rtcp(datagram):
            return None
        plain = self._dtls.unprotect(datagram)
        packet = None if plain is None else parse(plain)
        if packet is None or not self._is_announced(packet):
            return None
        self.paths.used(address)
        if not self.may_speak:
            return None
        loudness = self._loudness_of(packet)
        if loudness is not None:
            self._hear(loudness)
        return packet

    def protected(self, packet: Rtp, now: float) -> bytes | None:
        """Somebody else's packet, ready to be sent to this peer."""
        if self._dtls is None or not self._dtls.is_done:
            return None
        plain = self._wanted.ears.address(packet, now)
        return None if plain is None else self._dtls.protect(plain)

    def close(self) -> None:
        """Say goodbye and let go."""
        if self._timer is not None:
            self._timer.cancel()
        if self._dtls is not None:
            self._dtls.close()
            self._dtls = None

    def _is_announced(self, packet: Rtp) -> bool:
        is_own = self._wanted.source in (0, packet.source)
        return is_own and packet.payload_type == self._wanted.ears.payload_type

    def _hear(self, loudness: float) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._heard_at > AFRESH_AFTER:
            self.spoke_at = time.time()
        self._heard_at, self._loudness = now, loudness

    def _loudness_of(self, packet: Rtp) -> float | None:
        """How loud a packet is, up to 1; None when it holds nobody's speech."""
        level = None if self._wanted.level is None else packet.audio_level(self._wanted.level)
        if level is not None:
            return (QUIET - level) / QUIET if level < QUIET else None
        size = len(packet.payload)
        return min(size / LOUD_PACKET, 1.0) if size > SILENT_PACKET else None

    def _greet(self, context: SSL.Context, send: Callable[[bytes], None]) -> None:
        self._dtls = Dtls(context, self._wanted.fingerprint, send)
        self._advance(self._dtls, None)

    def _advance(self, dtls: Dtls, datagram: bytes | None) -> None:
        try:
            dtls.advance(datagram)
        except PermissionError as error:
            self._refuse(error)
        else:
            self.is_over = dtls.is_over
            self._watch_handshake(dtls)

    def _watch_handshake(self, dtls: Dtls) -> None:
        if self._timer is not None:
            self._timer.cancel()
        timeout = None if dtls.is_done else dtls.timeout()
        if timeout is not None:
            self._timer = asyncio.get_running_loop().call_later(timeout, self._retransmit, dtls)

    def _retransmit(self, dtls: Dtls) -> None:
        try:
            dtls.retransmit()
        except PermissionError as error:
            self._refuse(error)
        else:
            self._watch_handshake(dtls)

    def _refuse(self, error: PermissionError) -> None:
        log.warning("peer %s of call %s is not let in: %s", self.id, self.call, error)
        self.is_over, self._dtls = True, None
