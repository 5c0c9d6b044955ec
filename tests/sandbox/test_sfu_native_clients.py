"""The library that the relay account uses really joins, is heard and hears."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sandbox.sfu import VoiceServer
from sandbox.sfu.native import read_offer
from tests.interface import needs_interface
from tests.sandbox.callers import Voice, calling
from tests.sandbox.nat import Address, translating
from tests.sandbox.natives import Native, native
from tests.sandbox.sounds import strength, tone
from tests.sandbox.waiting import until

pytestmark = needs_interface

CALL, ADA, BRUNO = 5, 1, 2
A, E = 440, 660
SOME = 30
"""Packets: two seconds of a native client's sound."""


@asynccontextmanager
async def in_call(
    server: VoiceServer, person: int, hertz: float = 0, via: Address | None = None
) -> AsyncIterator[Native]:
    async with native(hertz) as client:
        answer = json.loads(server.join_native(CALL, person, client.offer))
        if via is not None:
            answer["transport"]["candidates"][0] |= {"ip": via[0], "port": str(via[1])}
        client.accept(json.dumps(answer))
        await until(lambda: person in server.connected(CALL))
        yield client
        assert await client.leave() == 0


def source_of(client: Native) -> int:
    return read_offer(client.offer).source


async def test_two_hear_each_other_by_the_ssrcs_they_announced(server: VoiceServer) -> None:
    async with in_call(server, ADA, A) as ada, in_call(server, BRUNO, E) as bruno:
        async with asyncio.TaskGroup() as both:
            ada_hears = both.create_task(ada.until_hears(E, source_of(bruno)))
            bruno_hears = both.create_task(bruno.until_hears(A, source_of(ada)))
        assert set(ada_hears.result()) == {source_of(bruno)}
        assert set(bruno_hears.result()) == {source_of(ada)}
        assert server.speaking(CALL) == {ADA, BRUNO}


async def test_a_browser_and_a_native_client_hear_each_other(server: VoiceServer) -> None:
    async with in_call(server, ADA, A) as ada, calling(Voice(tone(E, 1.0), loops=True), ears=1) as browser:
        answer = server.join_browser(CALL, BRUNO, await browser.offer())
        await browser.accept(answer.sdp)
        await ada.until_hears(E, answer.source)
        await until(lambda: strength(browser.heard(0)[-48_000:], A) > 2000)


async def test_a_black_hole_heals_as_soon_as_it_ends(server: VoiceServer) -> None:
    async with in_call(server, ADA, A) as ada, in_call(server, BRUNO) as bruno:
        await bruno.until_hears(A, source_of(ada))
        faults = server.faults_of(CALL, BRUNO)
        assert faults is not None
        faults.black_hole = True
        await bruno.until_silent()
        faults.black_hole = False
        await bruno.until_hears(A, source_of(ada))


async def test_loss_and_jitter_are_heard_through(server: VoiceServer) -> None:
    server.faults.loss, server.faults.jitter = 0.1, 0.04
    async with in_call(server, ADA, A) as ada, in_call(server, BRUNO) as bruno:
        await bruno.until_hears(A, source_of(ada))


async def test_a_client_whose_port_changes_is_followed(server: VoiceServer) -> None:
    async with (
        translating(server.address) as nat,
        in_call(server, ADA, A) as ada,
        in_call(server, BRUNO, E, via=nat.address) as bruno,
    ):
        await bruno.until_hears(A, source_of(ada))
        await nat.rebind()
        await until(lambda: nat.came[nat.ports[1]] > SOME)
        await ada.hears(E)
        await bruno.until_hears(A, source_of(ada))
        await ada.until_hears(E, source_of(bruno))


async def test_a_client_that_checks_from_two_interfaces_hears_and_is_heard(server: VoiceServer) -> None:
    async with translating(server.address) as nat, in_call(server, ADA, A) as ada:
        await nat.add_twin()
        async with in_call(server, BRUNO, E, via=nat.address) as bruno:
            await ada.until_hears(E, source_of(bruno))
            await bruno.until_hears(A, source_of(ada))
            assert all(nat.came[port] for port in nat.ports)


async def test_who_is_kicked_hears_and_says_nothing_and_is_not_told(server: VoiceServer) -> None:
    async with in_call(server, ADA, A) as ada, in_call(server, BRUNO, E) as bruno:
        await bruno.until_hears(A, source_of(ada))
        server.kick(CALL, BRUNO)
        await bruno.until_silent()
        await ada.until_silent()
        assert server.connected(CALL) == {ADA}
