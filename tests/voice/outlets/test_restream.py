"""A restream: how often it tries, what it tells, and that it never holds up who feeds it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from itertools import chain, repeat

import pytest

from rooms.outlets import OutletState, read_outlet
from rooms.ports import Packet
from tests.fakes.leaping import leaping
from tests.voice.outlets.little import Watch, broadcasting, little_server
from voice.mixing.sound import SILENCE
from voice.mixing.units import SLOT, SLOT_SECONDS
from voice.outlets.backlog import LONGEST, Backlog
from voice.outlets.carrier import ServerLost, ServerRefused
from voice.outlets.restream import SELDOM, SOON, STEADY, Restream, pauses, restream

CONNECTING, ON_AIR, REFUSED, LOST = (
    OutletState.CONNECTING,
    OutletState.ON_AIR,
    OutletState.REFUSED,
    OutletState.LOST,
)

Fate = Callable[[Backlog, Callable[[], None]], Awaitable[None]]


class FakeCarrier:
    """Meets its fates one after the other."""

    def __init__(self, fates: Iterable[Fate]) -> None:
        self.tries = 0
        self._fates = iter(fates)

    async def carry(self, backlog: Backlog, on_air: Callable[[], None]) -> None:
        self.tries += 1
        await next(self._fates)(backlog, on_air)


async def refused(_backlog: Backlog, _on_air: Callable[[], None]) -> None:
    raise ServerRefused("hackme is wrong")


async def unreachable(_backlog: Backlog, _on_air: Callable[[], None]) -> None:
    raise ServerLost("nobody there")


async def on_air_for_ever(_backlog: Backlog, on_air: Callable[[], None]) -> None:
    on_air()
    await asyncio.Event().wait()


def on_air_for(seconds: float) -> Fate:
    async def carry(backlog: Backlog, on_air: Callable[[], None]) -> None:
        on_air()
        for _ in range(round(seconds / SLOT_SECONDS)):
            await backlog.take()
        raise ServerLost("gone")

    return carry


async def run_for(seconds: float, restream: Restream) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(seconds):
            await restream.run()


def tries_in(seconds: float, *fates: Fate) -> int:
    """How often the last of these fates is met in that time, after the others."""
    carrier = FakeCarrier(chain(fates, repeat(fates[-1])))
    leaping(run_for(seconds, Restream(carrier, lambda _: None)))
    return carrier.tries - len(fates) + 1


def test_a_wrong_password_is_not_tried_over_and_over() -> None:
    assert 2 <= tries_in(60, refused) <= 4
    assert 13 <= tries_in(3600, refused) <= 20


def test_a_server_that_is_away_is_looked_for_soon_and_for_ever() -> None:
    assert 5 <= tries_in(30, unreachable) <= 7
    assert 100 <= tries_in(3600, unreachable) <= 160


def test_a_server_that_lets_in_and_drops_at_once_is_not_hammered() -> None:
    assert tries_in(3600, on_air_for(0)) <= 160


def test_each_change_is_told_once() -> None:
    watch: list[OutletState] = []
    fates = [unreachable, unreachable, on_air_for(0), unreachable, refused, refused, on_air_for_ever]
    leaping(run_for(600, Restream(FakeCarrier(fates), watch.append)))
    assert watch == [CONNECTING, LOST, ON_AIR, LOST, REFUSED, ON_AIR]


def test_after_a_good_connection_the_server_is_looked_for_at_once_again() -> None:
    naps: list[float] = []

    async def story() -> None:
        async def nap(seconds: float) -> None:
            naps.append(seconds)
            await asyncio.sleep(seconds)

        fates = [*[unreachable] * 9, on_air_for(STEADY), *[unreachable] * 2, on_air_for_ever]
        stream = Restream(FakeCarrier(fates), lambda _: None, nap)
        async with asyncio.TaskGroup() as group:
            running = group.create_task(stream.run())
            for slot in range(round(300 / SLOT_SECONDS)):
                stream.feed(Packet(slot * SLOT, b"", 127), SILENCE)
                await asyncio.sleep(SLOT_SECONDS)
            running.cancel()

    leaping(story())
    assert naps[8] > SOON[1] / 2
    assert all(nap <= 2 * 2**number for number, nap in enumerate(naps[9:]))


def test_pauses_grow_to_the_longest_and_differ() -> None:
    some = [pause for pause, _ in zip(pauses(*SELDOM), range(50), strict=False)]
    assert all(SELDOM[0] * 0.75 <= pause <= SELDOM[1] * 1.25 for pause in some)
    assert some[0] < SELDOM[0] * 1.25 < some[1] * 2
    assert min(some[10:]) >= SELDOM[1] * 0.75
    assert len(set(some)) == 50


async def test_feeding_never_waits_and_never_piles_up() -> None:
    heard: list[int] = []

    async def hear(backlog: Backlog, _on_air: Callable[[], None]) -> None:
        while True:
            heard.append((await backlog.take()).at)

    stream = Restream(FakeCarrier([hear]), lambda _: None)
    for slot in range(10_000):
        stream.feed(Packet(slot * SLOT, b"", 127), SILENCE)
    await run_for(0.05, stream)
    most = round(LONGEST / SLOT_SECONDS)
    assert heard == [slot * SLOT for slot in range(10_000 - most, 10_000)]


async def test_time_counts_from_the_first_packet() -> None:
    heard: list[int] = []

    async def hear(backlog: Backlog, _on_air: Callable[[], None]) -> None:
        while True:
            heard.append((await backlog.take()).at)

    stream = Restream(FakeCarrier([hear]), lambda _: None)
    for slot in (5000, 5001, 5009):
        stream.feed(Packet(slot * SLOT, b"", 127), SILENCE)
    await run_for(0.05, stream)
    assert heard == [0, SLOT, 9 * SLOT]


async def test_private_servers_are_refused_unless_allowed() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        await reader.read()

    async with little_server(serve) as port:
        outlet = read_outlet(f"icecast://source:hackme@127.0.0.1:{port}/talk.ogg")
        for allows_private, outcome in ((False, REFUSED), (True, ON_AIR)):
            watch = Watch()
            async with broadcasting(restream(outlet, watch, title="", allows_private=allows_private)):
                await watch.until(CONNECTING, outcome)


async def test_nothing_secret_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "voice")
    watch = Watch()
    outlet = read_outlet("rtmp://127.0.0.1:1/hackme/hackme")
    async with broadcasting(restream(outlet, watch, title="hackme", allows_private=True)):
        await watch.until(CONNECTING, LOST)
    assert "an outlet is lost" in caplog.text
    assert "hackme" not in caplog.text
    assert "127.0.0.1" not in caplog.text
