"""Channels: begun and ended with what is on air, the same for all, and for one as for many."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import aiohttp
import pytest

from rooms.ids import PersonId
from rooms.listening import View
from rooms.plan import Admission
from rooms.ports import Packet
from rooms.room import RoomState
from rooms.stage import OnStage, Stage
from tests.sandbox.waiting import until
from tests.web.house import KEY, Ear, House, an_ear, open_house, opus, settled
from tests.web.wires import a_wire
from web import air
from web.capacity import GalleryFull
from web.channels import EVENTS, Channels
from web.copyist.copyist import Copyist
from web.fanout import Listener
from web.ticker import instant

KINDS = ("ogg", "webm")
MADE_OF_OPUS = ("ogg", "webm", "live")


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        yield house


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:
        yield session


@asynccontextmanager
async def several(session: aiohttp.ClientSession, url: str, count: int) -> AsyncIterator[list[Ear]]:
    answers = [await session.get(url) for _ in range(count)]
    await settled()
    yield [Ear(answer) for answer in answers]
    for answer in answers:
        answer.close()


@pytest.mark.parametrize("kind", KINDS)
async def test_many_listeners_get_identical_bytes_made_once(
    house: House, session: aiohttp.ClientSession, kind: str
) -> None:
    async with several(session, f"{house.page}/stream.{kind}", 20) as ears:
        await house.airwaves.heard()
        assert house.airwaves.listening == 1
        await house.play(opus(440, 1))
        await house.become(RoomState.ENDED)
        streams = {await ear.listen_to_the_end() for ear in ears}
    assert len(streams) == 1
    assert len(streams.pop()) > 3000


@pytest.mark.parametrize("kind", KINDS)
async def test_a_room_s_end_ends_the_stream_cleanly(
    house: House, session: aiohttp.ClientSession, kind: str
) -> None:
    async with an_ear(session, f"{house.page}/stream.{kind}") as ear:
        await house.play(opus(440, 0.3))
        await house.become(RoomState.CLOSING)
        await house.play(opus(440, 0.3))
        await house.become(RoomState.ENDED)
        assert await ear.listen_to_the_end()


async def what_a_host_hears(kind: str, *, others: bool) -> list[bytes]:
    """All that reaches a host who comes, goes and comes back, with somebody else there or not."""
    random.seed(kind)
    async with open_house() as house, aiohttp.ClientSession() as session, AsyncExitStack() as gallery:
        url = f"{house.page}/stream.{kind}"
        await house.become(RoomState.LIVE)
        await house.airwaves.heard()
        await house.play(opus(440, 0.25))
        if others:
            await gallery.enter_async_context(an_ear(session, url))
        heard = []
        for seconds in (0.63, 0.37):
            await house.play(opus(440, seconds))
            async with an_ear(session, url) as ear:
                await house.play(opus(440, seconds))
                heard.append((await ear.listen(2000))[:2000])
        await house.play(opus(440, 0.5))
        async with an_ear(session, url) as ear:
            await house.become(RoomState.ENDED)
            return [*heard, await ear.listen_to_the_end()]


@pytest.mark.parametrize("kind", MADE_OF_OPUS)
async def test_a_host_who_listens_hears_the_same_bytes_as_with_others_there(
    kind: str,
) -> None:
    assert await what_a_host_hears(kind, others=False) == await what_a_host_hears(kind, others=True)


async def test_mp3_is_made_before_anybody_asks_for_it() -> None:
    async with open_house(has_copies=True) as house:
        await house.become(RoomState.LIVE)
        await house.airwaves.heard(len(("opus", "mp3", "aac")))


async def test_a_page_that_comes_right_after_a_change_is_told_the_same_with_others_there_or_not(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with an_ear(session, f"{house.page}/events") as other:
        await other.listen(50)
        for name in ("Bruno", "Carla"):
            house.stages.set(house.room.id, Stage((OnStage(PersonId(1), name),)))
            await settled()
        async with an_ear(session, f"{house.page}/events") as ear:
            told = (await ear.listen(50)).decode()
            await house.become(RoomState.ENDED)
            later = (await ear.listen_to_the_end()).decode().removeprefix(told)
    assert "Carla" in told
    assert '"live"' not in later


async def test_all_are_told_at_the_same_instants_whenever_they_came() -> None:
    await instant(1.0)
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(instant(1.0))
        await asyncio.sleep(0.2)
        second = tasks.create_task(instant(1.0))
        await first
        await settled()
        assert second.done()


async def test_sound_goes_on_when_the_last_one_has_left(house: House, session: aiohttp.ClientSession) -> None:
    for _ in range(2):
        async with an_ear(session, f"{house.page}/stream.ogg"):
            await house.airwaves.heard()
        await settled()
        assert house.airwaves.listening == 1
    await house.become(RoomState.ENDED)
    await house.airwaves.unheard()


async def test_events_end_with_the_last_page(house: House, session: aiohttp.ClientSession) -> None:
    before = len(asyncio.all_tasks())
    async with an_ear(session, f"{house.page}/events") as ear:
        await ear.listen(50)
        assert len(asyncio.all_tasks()) > before
    await until(lambda: len(asyncio.all_tasks()) == before)


async def test_those_without_a_ticket_hear_nothing_more_once_the_talk_is_for_members(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with an_ear(session, f"{house.page}/stream.ogg") as ear:
        await house.play(opus(440, 0.3))
        await house.change(admission=Admission.MEMBERS)
        assert await ear.listen_to_the_end()
    await settled()
    assert house.airwaves.listening == 1


async def test_a_silent_relay_costs_nobody_the_connection(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with an_ear(session, f"{house.page}/stream.webm") as ear:
        await house.airwaves.heard()
        await house.play(opus(440, 0.2))
        before = len(await ear.listen(1000))
        house.at += 480_000
        await house.play(opus(440, 0.2))
        await ear.listen(before + 400)


async def test_events_tell_the_present_and_every_change(house: House, session: aiohttp.ClientSession) -> None:
    async with an_ear(session, f"{house.page}/events") as ear:
        await ear.listen(50)
        house.stages.set(house.room.id, Stage((OnStage(PersonId(1), "Bruno"),)))
        await settled()
        await house.become(RoomState.ENDED)
        told = (await ear.listen_to_the_end()).decode()
    assert told.index('"live"') < told.index('"ended"')
    assert told.count("event: room") <= 3


async def test_a_revoked_link_ends_its_streams(house: House, session: aiohttp.ClientSession) -> None:
    async with an_ear(session, f"{house.page}/stream.ogg") as ear, an_ear(session, f"{house.page}/events"):
        await house.airwaves.heard()
        await house.revoke()
        with pytest.raises(aiohttp.ClientPayloadError):
            await ear.listen_to_the_end()


async def test_a_broken_packet_breaks_one_channel_and_is_told_without_its_room(
    house: House, session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        an_ear(session, f"{house.page}/stream.ogg") as ogg,
        an_ear(session, f"{house.page}/events") as events,
    ):
        await house.airwaves.heard()
        house.airwaves.publish(house.room.id, Packet(0, bytes(70_000), 0))
        for _ in range(4):
            house.airwaves.publish(house.room.id, Packet(house.at, b"", 0))
            house.at += 960
        with pytest.raises(aiohttp.ClientPayloadError):
            await ogg.listen_to_the_end()
        await house.play(opus(440, 0.5))
        async with an_ear(session, f"{house.page}/stream.ogg") as again:
            assert len(await again.listen(600)) >= 600  # it went on, before anybody asked
        await house.become(RoomState.ENDED)
        assert b'"ended"' in await events.listen_to_the_end()
    assert "a channel broke" in caplog.text
    assert KEY not in caplog.text


async def test_where_the_sound_cannot_be_had_it_is_tried_again_and_nobody_is_sent_away(
    session: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(air, "PAUSE", 0.01)
    failures = [RuntimeError(KEY), RuntimeError(KEY)]

    def sound(*arguments: Any, **more: Any) -> Any:
        if failures:
            raise failures.pop()
        return had(*arguments, **more)

    async with open_house() as house:
        had = house.gallery.sound
        monkeypatch.setattr(house.gallery, "sound", sound)
        await house.become(RoomState.LIVE)
        async with an_ear(session, f"{house.page}/stream.ogg") as ear:
            await house.airwaves.heard()
            await house.play(opus(440, 0.5))
            assert len(await ear.listen(600)) >= 600
    assert caplog.text.count("there is no sound: ") == 2
    assert KEY not in caplog.text


async def test_places_are_given_up_to_the_limit_and_given_back(house: House) -> None:
    channels = Channels(house.gallery, 1, Copyist())
    with channels.take_place("ogg"), channels.take_place("events"):
        for kind in ("ogg", "webm", "events"):
            with pytest.raises(GalleryFull):
                channels.take_place(kind)
    with channels.take_place("webm"):
        pass


async def test_a_place_may_be_kept_and_is_given_back_then(house: House) -> None:
    channels = Channels(house.gallery, 1, Copyist())
    with channels.take_place("ogg") as place:
        give_back = place.keep()
    with pytest.raises(GalleryFull):
        channels.take_place("webm")
    give_back()
    with channels.take_place("webm"):
        pass


async def test_channels_that_are_closed_keep_nobody_waiting(house: House) -> None:
    view = await house.gallery.view(KEY)
    async with a_wire() as wire:
        listener = Listener(wire.line, is_framed=True)
        await Channels(house.gallery, 1, Copyist()).listen(view, "ogg", lambda _now: listener)
        assert listener.is_gone


async def test_who_does_not_arrive_leaves_nothing_behind(house: House) -> None:
    async with a_wire() as wire:
        view = await house.gallery.view(KEY)
        channels = Channels(house.gallery, 1, Copyist(), kept=())

        def arrive(_now: View) -> Listener:
            raise ConnectionResetError

        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(channels.run())
            await settled()
            before = len(asyncio.all_tasks())
            with pytest.raises(ConnectionResetError):
                await channels.listen(view, EVENTS, arrive)
            await settled()
            assert len(asyncio.all_tasks()) == before
            listener = Listener(wire.line, is_framed=True)
            await channels.listen(view, EVENTS, lambda _now: listener)
            assert len(asyncio.all_tasks()) > before
            assert not listener.is_gone
            running.cancel()


async def test_a_radio_gets_mp3_that_begins_with_the_title_and_goes_on_with_the_room(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with several(session, f"{house.page}/stream.mp3", 2) as ears:
        await house.airwaves.heard(len(("opus", "mp3")))
        await house.play(opus(440, 3))
        streams = [await ear.listen(20_000) for ear in ears]
        assert ears[0].answer.content_type == "audio/mpeg"
        await house.become(RoomState.ENDED)
        streams = [await ear.listen_to_the_end() for ear in ears]
    assert streams[0] == streams[1]
    assert streams[0].startswith(b"ID3")
    frames = streams[0][streams[0].index(b"\xff\xfb") :]
    assert len(frames) % 192 == 0
    assert {frames[at : at + 2] for at in range(0, len(frames), 192)} == {b"\xff\xfb"}
