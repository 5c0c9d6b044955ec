"""The voice server: real clients meet in it over UDP and hear each other, and strangers do no harm."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import av
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sandbox.sfu import BadOffer, VoiceServer
from sandbox.sfu import peer as greeting
from sandbox.sfu import server as serving
from sandbox.sfu.native import OPUS
from sandbox.sfu.rtp import Rtp
from tests.sandbox.callers import Caller, Voice, calling
from tests.sandbox.nat import Address, translating
from tests.sandbox.sounds import RATE, Sound, likeness, strength, sweep, tone
from tests.sandbox.strangers import HANDSHAKE, OFFER, check, credentials, stranger
from tests.sandbox.waiting import until

CALL, ADA, BRUNO, CHIARA, DANIELE = 5, 1, 2, 3, 4
CLEAR = 2000
"""Amplitude of a tone that is clearly heard; they speak at 8000."""
QUIET = 600
"""Amplitude below which a tone is not there: others that begin or end meanwhile reach that far."""


@asynccontextmanager
async def in_call(
    server: VoiceServer, person: int, sound: Sound | None = None, *, ears: int = 2, via: Address | None = None
) -> AsyncIterator[Caller]:
    """Somebody in the call, who says a sound over and over."""
    voice = None if sound is None else Voice(sound, loops=True)
    async with calling(voice, ears) as caller:
        sdp = server.join_browser(CALL, person, await caller.offer()).sdp
        if via is not None:
            sdp = sdp.replace(f" {server.address[1]} typ", f" {via[1]} typ")
        await caller.accept(sdp)
        await until(lambda: person in server.connected(CALL))
        yield caller


def lately(caller: Caller, hertz: float, ear: int | None = None) -> float:
    """The amplitude of a tone in what came in the last second."""
    return strength(caller.heard(ear)[-RATE:], hertz)


async def until_hears(caller: Caller, hertz: float) -> None:
    await until(lambda: lately(caller, hertz) > CLEAR)


async def until_hears_not(caller: Caller, hertz: float) -> None:
    """Wait until a second has passed without the tone: slots go on with silence, or stop."""
    while True:
        caller.forget()
        await asyncio.sleep(0.5)
        if strength(caller.heard(), hertz) < QUIET:
            return


def packets_of(sound: Sound) -> list[bytes]:
    """The sound as Opus packets of 20 ms."""
    codec = av.CodecContext.create("libopus", "w")
    codec.sample_rate, codec.layout, codec.format = RATE, "mono", "s16"
    frames = [av.AudioFrame.from_ndarray(block[None], "s16", "mono") for block in sound.reshape(-1, 960)]
    for frame in frames:
        frame.sample_rate = RATE
    return [bytes(packet) for frame in frames for packet in codec.encode(frame)]


async def test_what_one_says_another_hears(server: VoiceServer) -> None:
    said = sweep(300, 3000, 2.0)
    async with in_call(server, BRUNO) as listener, calling(Voice(said), ears=0) as speaker:
        await speaker.accept(server.join_browser(CALL, ADA, await speaker.offer()).sdp)
        await until(lambda: len(listener.heard(0)) > 3 * RATE)
    assert likeness(said[RATE // 2 :], listener.heard(0)) > 0.8


async def test_people_who_speak_at_once_are_heard_in_slots_of_their_own(server: VoiceServer) -> None:
    async with (
        in_call(server, CHIARA) as chiara,
        in_call(server, ADA, tone(440, 1)) as ada,
        in_call(server, BRUNO, tone(660, 1)) as bruno,
    ):
        await until(lambda: lately(chiara, 440, 0) > CLEAR and lately(chiara, 660, 1) > CLEAR)
        await until_hears(ada, 660)
        await until_hears(bruno, 440)
        assert server.speaking(CALL) == {ADA, BRUNO}
        assert lately(ada, 440) < QUIET


async def test_what_is_brought_in_is_heard_by_all_in_that_call_alone(server: VoiceServer) -> None:
    async with in_call(server, ADA) as ada, in_call(server, BRUNO) as bruno, calling(ears=1) as elsewhere:
        await elsewhere.accept(server.join_browser(CALL + 1, CHIARA, await elsewhere.offer()).sdp)
        await until(lambda: server.connected(CALL + 1) == {CHIARA})
        for number, packet in enumerate(packets_of(tone(440, 2))):
            server.bring_in(CALL, Rtp(OPUS, False, number, number * 960, 12345, packet))
            await asyncio.sleep(0.02)
        await until_hears(ada, 440)
        await until_hears(bruno, 440)
        assert lately(elsewhere, 440) == 0


async def test_calls_are_apart(server: VoiceServer) -> None:
    async with in_call(server, CHIARA) as here, calling(ears=1) as elsewhere:
        await elsewhere.accept(server.join_browser(CALL + 1, BRUNO, await elsewhere.offer()).sdp)
        await until(lambda: server.connected(CALL + 1) == {BRUNO})
        async with in_call(server, ADA, tone(440, 1)):
            await until_hears(here, 440)
        assert lately(elsewhere, 440) == 0


async def test_one_speaker_too_many_takes_the_slot_of_who_falls_silent(server: VoiceServer) -> None:
    """Two slots, three speakers: the third is heard when a slot is free, and nobody else is disturbed."""
    async with (
        in_call(server, CHIARA, ears=2) as listener,
        in_call(server, ADA, tone(440, 1), ears=0),
        in_call(server, BRUNO, tone(660, 1), ears=0),
        AsyncExitStack() as late,
    ):
        await until(lambda: lately(listener, 440, 0) > CLEAR and lately(listener, 660, 1) > CLEAR)
        await late.enter_async_context(in_call(server, DANIELE, tone(880, 1), ears=0))
        await until(lambda: DANIELE in server.speaking(CALL))
        assert lately(listener, 880) < QUIET
        server.leave(CALL, BRUNO)
        await until(lambda: lately(listener, 880, 1) > CLEAR)
        assert lately(listener, 440, 0) > CLEAR


async def test_who_may_not_speak_is_not_heard(server: VoiceServer) -> None:
    async with in_call(server, BRUNO) as listener, in_call(server, ADA, tone(440, 1)):
        await until_hears(listener, 440)
        server.allow(CALL, ADA, may_speak=False)
        await until_hears_not(listener, 440)
        assert server.speaking(CALL) == frozenset()
        server.allow(CALL, ADA, may_speak=True)
        await until_hears(listener, 440)


async def test_who_joins_again_is_there_once(server: VoiceServer) -> None:
    async with in_call(server, BRUNO) as listener, in_call(server, ADA, tone(440, 1)) as first:
        await until_hears(listener, 440)
        async with in_call(server, ADA, tone(660, 1)):
            await until_hears(listener, 660)
            await until_hears_not(listener, 440)
            assert server.connected(CALL) == {ADA, BRUNO}
            await until(lambda: first.connection.connectionState == "closed")


async def test_the_end_of_a_call_is_told_to_everybody(server: VoiceServer) -> None:
    async with in_call(server, ADA) as ada, in_call(server, BRUNO) as bruno:
        server.close_call(CALL)
        await until(lambda: {one.connection.connectionState for one in (ada, bruno)} == {"closed"})
        assert server.connected(CALL) == frozenset()


async def test_who_is_kicked_is_not_told(server: VoiceServer) -> None:
    async with in_call(server, ADA, tone(440, 1)) as ada, in_call(server, BRUNO) as bruno:
        await until_hears(bruno, 440)
        server.kick(CALL, ADA)
        await until_hears_not(bruno, 440)
        assert ada.is_connected


async def test_who_hangs_up_is_gone_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "SWEEP_EVERY", 3600.0)
    gone: list[tuple[int, int]] = []
    async with VoiceServer() as server:
        server.on_gone = lambda call, peer: gone.append((call, peer))
        async with in_call(server, ADA):
            pass
        await until(lambda: gone == [(CALL, ADA)])
        assert server.connected(CALL) == frozenset()


async def test_who_is_silent_for_good_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "GONE_AFTER", 0.2)
    monkeypatch.setattr(serving, "SWEEP_EVERY", 0.1)
    gone: list[tuple[int, int]] = []
    async with VoiceServer() as server:
        server.on_gone = lambda call, peer: gone.append((call, peer))
        server.join_native(CALL, ADA, OFFER)
        await until(lambda: gone == [(CALL, ADA)])


async def test_a_black_hole_heals(server: VoiceServer) -> None:
    async with in_call(server, BRUNO) as listener, in_call(server, ADA, tone(440, 1)):
        await until_hears(listener, 440)
        server.faults.black_hole = True
        await until_hears_not(listener, 440)
        server.faults.black_hole = False
        await until_hears(listener, 440)


async def test_one_person_s_faults_are_theirs_alone(server: VoiceServer) -> None:
    async with (
        in_call(server, ADA, tone(440, 1)),
        in_call(server, BRUNO) as bruno,
        in_call(server, CHIARA) as chiara,
    ):
        await until_hears(bruno, 440)
        await until_hears(chiara, 440)
        faults = server.faults_of(CALL, BRUNO)
        assert faults is not None
        faults.loss = 1.0
        await until_hears_not(bruno, 440)
        assert lately(chiara, 440) > CLEAR


async def test_loss_is_heard_through_and_a_handshake_gets_through(server: VoiceServer) -> None:
    server.faults.loss, server.faults.jitter = 0.1, 0.03
    async with in_call(server, BRUNO) as listener, in_call(server, ADA, tone(440, 1)):
        await until_hears(listener, 440)


async def test_a_browser_with_two_interfaces_hears_and_is_heard(server: VoiceServer) -> None:
    async with translating(server.address) as nat:
        await nat.add_twin()
        async with (
            in_call(server, ADA, tone(440, 1)) as ada,
            in_call(server, BRUNO, tone(660, 1), via=nat.address) as bruno,
        ):
            await until_hears(ada, 660)
            await until_hears(bruno, 440)
            assert all(nat.came[port] for port in nat.ports)


async def test_a_forged_certificate_is_not_let_in(server: VoiceServer) -> None:
    gone: list[tuple[int, int]] = []
    server.on_gone = lambda call, peer: gone.append((call, peer))
    async with calling(ears=1) as forger:
        offer = await forger.offer()
        own = offer[offer.index("a=fingerprint:sha-256 ") + 22 :][:95]
        forged = offer.replace(own, ":".join(["AB"] * 32))
        await forger.accept(server.join_browser(CALL, ADA, forged).sdp)
        await until(lambda: gone == [(CALL, ADA)])
        assert server.connected(CALL) == frozenset()


async def test_nobody_speaks_by_another_s_ssrc(server: VoiceServer) -> None:
    """A packet under an SSRC that its sender did not announce is nobody's."""
    voice = Voice(tone(440, 1), loops=True)
    async with in_call(server, BRUNO) as listener, calling(voice, ears=0) as liar:
        offer = await liar.offer()
        own = offer.partition("a=ssrc:")[2].partition(" ")[0]
        answer = server.join_browser(CALL, ADA, offer.replace(own, "12345"))
        assert answer.source == 12345
        await liar.accept(answer.sdp)
        await until(lambda: ADA in server.connected(CALL))
        said = voice.frames
        await until(lambda: voice.frames > said + 50)
        assert lately(listener, 440) == 0


async def test_an_offer_that_is_none_changes_nothing(server: VoiceServer) -> None:
    async with in_call(server, ADA):
        with pytest.raises(BadOffer):
            server.join_browser(CALL, ADA, "v=0")
        with pytest.raises(BadOffer):
            server.join_native(CALL, ADA, "{}")
        assert server.connected(CALL) == {ADA}


async def test_a_check_for_nobody_is_not_answered(server: VoiceServer) -> None:
    ufrag, pwd = credentials(server.join_native(CALL, ADA, OFFER))
    async with stranger(server.address) as client:
        client.send(check("nobody", pwd))
        client.send(check(ufrag, "a guess"))
        honest = check(ufrag, pwd)
        client.send(honest)
        answer = await client.answer()
        assert answer.transaction_id == honest[8:20]
        assert answer.attributes["XOR-MAPPED-ADDRESS"] == ("127.0.0.1", client.port)


async def test_strangers_are_not_spoken_to(server: VoiceServer) -> None:
    """Without a valid check first, handshakes and media lead nowhere."""
    ufrag, pwd = credentials(server.join_native(CALL, ADA, OFFER))
    async with stranger(server.address) as client:
        client.send(bytes([HANDSHAKE]) + bytes(60))
        client.send(b"\x80\x6f" + bytes(60))
        client.send(check(ufrag, pwd))
        assert (await client.next())[0] < 4
        assert (await client.hello())[0] == HANDSHAKE


async def test_what_is_delayed_beyond_the_server_s_end_is_dropped() -> None:
    async with VoiceServer() as server:
        pass
    for _ in range(3):
        await asyncio.sleep(0)
    server._deliver(b"late", ("127.0.0.1", 9))


DATAGRAMS = st.lists(st.binary(min_size=1, max_size=120), max_size=20)


@given(DATAGRAMS, DATAGRAMS)
@settings(max_examples=20, deadline=None)
def test_no_datagram_is_too_strange(before: list[bytes], after: list[bytes]) -> None:
    """Neither from a stranger nor from somebody whose address was checked."""

    async def scene() -> None:
        failures: list[dict[str, object]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: failures.append(context))
        async with VoiceServer() as server, stranger(server.address) as client:
            ufrag, pwd = credentials(server.join_native(CALL, ADA, OFFER))
            for datagram in before:
                client.send(datagram)
            client.send(check(ufrag, pwd))
            await client.hello()
            for datagram in after:
                client.send(datagram)
                client.send(bytes([HANDSHAKE]) + datagram)
                client.send(b"\x80" + datagram)
            client.send(last := check(ufrag, pwd))
            while (await client.answer()).transaction_id != last[8:20]:
                pass
        assert not failures

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(greeting, "HELLO_AFTER", 0.0)
        asyncio.run(scene())
