"""The voice server: one UDP port, calls behind it, and everybody's packets passed on to everybody else."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import AsyncExitStack
from typing import Any, cast

from sandbox.sfu import browser, native
from sandbox.sfu.certificate import make_context
from sandbox.sfu.ears import BrowserEars, NativeEars
from sandbox.sfu.faults import Faults
from sandbox.sfu.ice import answer, binding_request, is_nomination
from sandbox.sfu.paths import Address
from sandbox.sfu.peer import Peer, Wanted
from sandbox.sfu.rtp import Rtp

log = logging.getLogger(__name__)

GONE_AFTER = 20.0
"""Seconds without a connectivity check after which a peer counts as gone; clients check every 2.5 s."""

SWEEP_EVERY = 2.0


class VoiceServer:
    """Serves native clients and browsers alike, as long as it is entered as a context.

    `on_gone(call, peer)` is told of peers that hung up, were not let in, or fell silent for good.
    `faults` spoil everybody's packets, `faults_of` somebody's.
    """

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        self.address: Address = (host, port)
        self.faults = Faults()
        self.on_gone: Callable[[int, int], None] | None = None
        self._context, self._fingerprint = make_context()
        self._calls: dict[int, dict[int, Peer]] = defaultdict(dict)
        self._by_ufrag: dict[str, Peer] = {}
        self._by_address: dict[Address, Peer] = {}
        self._transport: asyncio.DatagramTransport | None = None
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> "VoiceServer":
        loop = asyncio.get_running_loop()
        transport, _ = await loop.create_datagram_endpoint(lambda: _Port(self._received), self.address)
        self._transport = transport
        self._stack.callback(transport.close)
        self.address = transport.get_extra_info("sockname")[:2]
        sweeping = (await self._stack.enter_async_context(asyncio.TaskGroup())).create_task(self._sweep())
        self._stack.callback(sweeping.cancel)
        return self

    async def __aexit__(self, *_: object) -> None:
        for call in list(self._calls):
            self.close_call(call)
        await self._stack.aclose()

    def join_native(self, call: int, peer: int, offer: str) -> str:
        """Let a native client in.

        Args:
            call: the call's id.
            peer: whose client it is; an earlier one of theirs in this call is dropped.
            offer: `params` of phone.JoinGroupCall.

        Returns:
            The JSON of UpdateGroupCallConnection.

        Raises:
            BadOffer: the parameters are none.
        """
        wanted = native.read_offer(offer)
        joined = self._add(Peer(call, peer, Wanted(wanted.fingerprint, wanted.source, NativeEars())))
        return native.write_answer(self.address, joined.ufrag, joined.pwd, self._fingerprint)

    def join_browser(self, call: int, peer: int, offer: str) -> browser.BrowserAnswer:
        """Let a browser in by its SDP offer; raises `BadOffer`."""
        wanted = browser.read_offer(offer)
        ears = BrowserEars(wanted.slot_sources, wanted.opus)
        announced = Wanted(wanted.fingerprint, wanted.source, ears, wanted.level)
        joined = self._add(Peer(call, peer, announced))
        sdp = browser.write_answer(wanted, self.address, (joined.ufrag, joined.pwd), self._fingerprint)
        return browser.BrowserAnswer(sdp, wanted.source)

    def leave(self, call: int, peer: int) -> None:
        """Somebody leaves a call, if they are in it."""
        gone = self._calls.get(call, {}).pop(peer, None)
        if gone is not None:
            gone.close()
            self._by_ufrag.pop(gone.ufrag, None)
            self._forget(gone, gone.paths.all())

    def kick(self, call: int, peer: int) -> None:
        """Drop somebody without a word: their packets lead nowhere from now on."""
        found = self._find(call, peer)
        if found is not None:
            found.faults.black_hole = True
            self.leave(call, peer)

    def close_call(self, call: int) -> None:
        """Everybody leaves."""
        for peer in list(self._calls.get(call, ())):
            self.leave(call, peer)
        self._calls.pop(call, None)

    def allow(self, call: int, peer: int, may_speak: bool) -> None:
        """Whether others hear somebody; whoever joins is heard."""
        if found := self._find(call, peer):
            found.may_speak = may_speak

    def bring_in(self, call: int, packet: Rtp) -> None:
        """Let everybody in a call hear a packet of Opus that came by none of their connections."""
        self._spread(call, packet, None)

    def connected(self, call: int) -> frozenset[int]:
        """Those whose media is up."""
        return frozenset(id_ for id_, peer in self._in(call).items() if peer.is_connected)

    def speaking(self, call: int) -> frozenset[int]:
        """Those who are audible now."""
        now = asyncio.get_running_loop().time()
        return frozenset(id_ for id_, peer in self._in(call).items() if peer.is_speaking(now))

    def levels(self, call: int) -> Mapping[int, float]:
        """How loud those are who are audible now: from 0 to 1."""
        now = asyncio.get_running_loop().time()
        return {id_: peer.level(now) for id_, peer in self._in(call).items() if peer.is_speaking(now)}

    def spoke_at(self, call: int, peer: int) -> float | None:
        """When somebody last began to speak, in seconds since 1970; None: not since they came."""
        found = self._find(call, peer)
        return None if found is None else found.spoke_at

    def faults_of(self, call: int, peer: int) -> Faults | None:
        """The knobs of one peer's connection, if it is there."""
        found = self._find(call, peer)
        return None if found is None else found.faults

    def _in(self, call: int) -> Mapping[int, Peer]:
        return self._calls.get(call, {})

    def _find(self, call: int, peer: int) -> Peer | None:
        return self._in(call).get(peer)

    def _add(self, peer: Peer) -> Peer:
        self.leave(peer.call, peer.id)
        self._calls[peer.call][peer.id] = peer
        self._by_ufrag[peer.ufrag] = peer
        return peer

    def _received(self, datagram: bytes, address: Address) -> None:
        if not datagram or self.faults.swallow():
            return
        first = datagram[0]
        if first < 4:
            self._checked(datagram, address)
            return
        peer = self._by_address.get(address)
        if peer is None or peer.faults.swallow():
            return
        if 20 <= first < 64:
            peer.handshake(datagram)
            if peer.is_over:
                self._drop(peer)
        elif 128 <= first < 192:
            self._pass_on(peer, datagram, address)

    def _checked(self, datagram: bytes, address: Address) -> None:
        request = binding_request(datagram)
        peer = self._by_ufrag.get(request[1]) if request else None
        if request is None or peer is None or peer.faults.swallow():
            return
        response = answer(request[0], peer.pwd, address)
        if response is None:
            return
        self._by_address[address] = peer
        now = asyncio.get_running_loop().time()
        peer.paths.checked(address, now, is_nominated=is_nomination(request[0]))
        self._send(peer, response, address)
        peer.greet_soon(self._context, lambda data: self._send(peer, data, peer.paths.address))

    def _pass_on(self, speaker: Peer, datagram: bytes, address: Address) -> None:
        packet = speaker.media(datagram, address)
        if packet is not None:
            self._spread(speaker.call, packet, speaker)

    def _spread(self, call: int, packet: Rtp, speaker: Peer | None) -> None:
        now = asyncio.get_running_loop().time()
        for peer in self._in(call).values():
            if peer is not speaker:
                protected = peer.protected(packet, now)
                if protected is not None:
                    self._send(peer, protected, peer.paths.address)

    def _send(self, peer: Peer, datagram: bytes, address: Address | None) -> None:
        if address is None or self.faults.swallow() or peer.faults.swallow():
            return
        delay = self.faults.delay() + peer.faults.delay()
        if delay:
            asyncio.get_running_loop().call_later(delay, self._deliver, datagram, address)
        else:
            self._deliver(datagram, address)

    def _deliver(self, datagram: bytes, address: Address) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.sendto(datagram, address)

    def _forget(self, peer: Peer, addresses: Iterable[Address]) -> None:
        for address in addresses:
            if self._by_address.get(address) is peer:
                del self._by_address[address]

    def _drop(self, peer: Peer) -> None:
        self.leave(peer.call, peer.id)
        if self.on_gone is not None:
            self.on_gone(peer.call, peer.id)

    async def _sweep(self) -> None:
        while True:
            await asyncio.sleep(SWEEP_EVERY)
            silent_since = asyncio.get_running_loop().time() - GONE_AFTER
            for peer in list(self._by_ufrag.values()):
                if peer.is_over or peer.paths.seen_at < silent_since:
                    self._drop(peer)
                else:
                    self._forget(peer, peer.paths.forget(silent_since))


class _Port(asyncio.DatagramProtocol):
    def __init__(self, received: Callable[[bytes, Address], None]) -> None:
        self._received = received

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        self._received(data, cast(Address, addr[:2]))
