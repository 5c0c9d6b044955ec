"""A room in pieces over HTTP: the same for all, for whoever may hear it, and gone when it must be."""

import asyncio
import io
import logging
from collections.abc import AsyncIterator

import aiohttp
import av
import m3u8
import numpy as np
import pytest

from containers.opus import PACKET
from rooms.ids import RoomId
from rooms.plan import Admission
from rooms.ports import Packet
from rooms.room import RoomState
from rooms.shutting import Shutting
from tests.deadline import DEADLINE
from tests.fakes.talks import ADA
from tests.voice.sounds import strength
from tests.web.counter import Visitor, members_only
from tests.web.house import House, an_ear, open_house, opus
from tests.web.reels.rules import seen
from web import air
from web.copyist.copyist import Copyist, Take
from web.copyist.messages import Codec
from web.headers import ALWAYS
from web.reels.reels import LINGER, NothingHeard, Reels

ALL = len(("opus", "mp3", "aac"))
"""So many listen to the air for a room."""


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house(has_copies=True) as house:
        await house.become(RoomState.LIVE)
        await house.airwaves.heard(ALL)
        yield house


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


class Fetcher:
    """A player that fetches pieces."""

    def __init__(self, session: aiohttp.ClientSession, address: str) -> None:
        self.session = session
        self.address = address
        self.shown: list[bytes] = []

    async def status(self, address: str = "sound.m3u8") -> int:
        async with self.session.get(self.url(address)) as answer:
            return answer.status

    async def playlist(self) -> m3u8.M3U8:
        content = await self.content("sound.m3u8")
        if [content] != self.shown[-1:]:
            self.shown.append(content)
        return m3u8.loads(content.decode())

    async def content(self, address: str) -> bytes:
        async with self.session.get(self.url(address)) as answer:
            assert answer.status == 200, await answer.text()
            return await answer.read()

    async def sees(self, pieces: int) -> m3u8.M3U8:
        """Wait until there are so many pieces."""
        async with asyncio.timeout(DEADLINE):
            while len((playlist := await self.playlist()).segments) < pieces:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return playlist

    async def ends(self) -> m3u8.M3U8:
        async with asyncio.timeout(DEADLINE):
            while not (playlist := await self.playlist()).is_endlist:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        return playlist

    async def comes_to(self, status: int, address: str = "sound.m3u8") -> None:
        """Wait until the address is answered so."""
        async with asyncio.timeout(DEADLINE):
            while await self.status(address) != status:  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    async def sound(self) -> bytes:
        """All that is to be heard now, as one file."""
        playlist = await self.playlist()
        pieces = [await self.content(segment.uri) for segment in playlist.segments]
        return await self.content(playlist.segments[0].init_section.uri) + b"".join(pieces)

    def url(self, address: str) -> str:
        page, _, _ = self.address.partition("/l/")
        return page + address if address.startswith("/") else f"{self.address}/{address}"


@pytest.fixture
def fetcher(house: House, session: aiohttp.ClientSession) -> Fetcher:
    return Fetcher(session, house.page)


async def test_what_is_fetched_is_what_is_said(house: House, fetcher: Fetcher) -> None:
    await house.play(opus(440, 7))
    await fetcher.sees(3)
    with av.open(io.BytesIO(await fetcher.sound()), "r", format="mp4") as container:
        sound = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    assert len(sound) >= 6 * 48_000
    assert strength((sound[9600:-9600] * 32767).astype(np.int16), 440) == pytest.approx(8000, rel=0.05)


async def test_every_answer_is_the_same_for_all_and_says_how_long_it_may_be_kept(
    house: House, session: aiohttp.ClientSession, fetcher: Fetcher
) -> None:
    await house.play(opus(440, 5))
    piece = (await fetcher.sees(2)).segments[0]
    kept = {
        "stream.m3u8": "public, max-age=1",
        "sound.m3u8": "public, max-age=1",
        piece.init_section.uri: "public, max-age=30, immutable",
        piece.uri: "public, max-age=30, immutable",
    }
    for address, how_long in kept.items():
        answers = set()
        for agent in ("one", "another"):
            async with session.get(fetcher.url(address), headers={"User-Agent": agent}) as answer:
                assert answer.status == 200
                assert {**answer.headers, "Cache-Control": "no-store"}.items() >= ALWAYS.items()
                assert answer.headers["Cache-Control"] == how_long
                assert not {"Set-Cookie", "ETag", "Last-Modified", "Vary"} & answer.headers.keys()
                answers.add((answer.headers["Content-Type"], await answer.read()))
        assert len(answers) == 1


async def test_what_is_shown_is_the_same_whether_anybody_fetched_before_or_not(
    house: House, session: aiohttp.ClientSession
) -> None:
    """Who comes second must not see that there was a first one."""
    other = await house.plan("another-another-anoth", RoomState.LIVE)
    await house.airwaves.heard(2 * ALL)
    fetched, alone = (
        Fetcher(session, f"{house.url}/l/{key}") for key in (house.room.listen_key, other.listen_key)
    )
    await fetched_and_heard(house, other.id, 0, 4)
    await fetched.sees(1)
    await fetched_and_heard(house, other.id, 4, 5)
    playlists = [str((await one.sees(4)).dumps()) for one in (fetched, alone)]
    hidden = [
        text.replace(house.server._reels.of(room).name, "x").replace(room.listen_key, "y")  # type: ignore[union-attr]
        for text, room in zip(playlists, (house.room, other), strict=True)
    ]
    assert hidden[0] == hidden[1]


async def fetched_and_heard(house: House, other: RoomId, begins: int, seconds: int) -> None:
    """The same sound in both rooms."""
    for number, packet in enumerate(opus(440, seconds), begins * 50):
        for room in (house.room.id, other):
            house.airwaves.publish(room, Packet(number * PACKET, packet, 30))
        await asyncio.sleep(0)


async def test_who_comes_before_the_first_piece_waits_for_it(house: House, fetcher: Fetcher) -> None:
    async with asyncio.TaskGroup() as tasks:
        first = tasks.create_task(fetcher.playlist())
        await asyncio.sleep(0.01)
        assert not first.done()
        await house.play(opus(440, 2.2))
    assert len(first.result().segments) == 1


async def test_a_silent_room_is_told_as_such() -> None:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        reels = Reels(house.gallery, Copyist(), house.clock, patience=0.05)
        view = await house.gallery.view(house.room.listen_key)
        with pytest.raises(NothingHeard):
            await reels.playlist(view)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(reels.run())
            await house.airwaves.heard(len(("opus", "aac")))
            with pytest.raises(NothingHeard):
                await reels.playlist(view)
            running.cancel()


async def test_before_the_talk_and_long_after_it_streams_say_the_same(
    house: House, session: aiohttp.ClientSession
) -> None:
    for state in (RoomState.SCHEDULED, RoomState.CANCELLED, RoomState.ENDED):
        room = await house.plan(f"a-{state}-room", state)
        told = set()
        for address in ("stream.ogg", "stream.mp3", "stream.m3u8", "sound.m3u8"):
            async with session.get(f"{house.url}/l/{room.listen_key}/{address}") as answer:
                told.add((answer.status, await answer.text(), answer.headers["Cache-Control"]))
        ((status, _, kept),) = told
        assert (status, kept) == (503 if state is RoomState.SCHEDULED else 410, "no-store")


async def test_the_end_is_told_for_a_while_and_then_it_is_over(house: House, fetcher: Fetcher) -> None:
    await house.play(opus(440, 5))
    await fetcher.sees(2)
    await house.become(RoomState.ENDED)
    last = await fetcher.ends()
    seen(fetcher.shown)
    assert [await fetcher.status(piece.uri) for piece in last.segments] == [200] * len(last.segments)
    await house.clock.advance(LINGER)
    await fetcher.comes_to(410)
    assert await fetcher.status("stream.m3u8") == 410
    assert {await fetcher.status(piece.uri) for piece in last.segments} == {404}


async def test_a_closed_gallery_is_closed_at_once_for_pieces_too(house: House, fetcher: Fetcher) -> None:
    await house.play(opus(440, 5))
    known = await fetcher.sees(2)
    await Shutting(house.store, house.clock).close(house.room.id, ADA)
    for address in ("stream.m3u8", "sound.m3u8", known.segments[0].init_section.uri, known.segments[0].uri):
        assert await fetcher.status(address) == 410
    await house.airwaves.unheard()


async def test_a_forgotten_room_leaves_nothing(house: House, fetcher: Fetcher) -> None:
    await house.play(opus(440, 3))
    known = await fetcher.sees(1)
    await house.revoke()
    await house.airwaves.unheard()
    for address in ("stream.m3u8", "sound.m3u8", known.segments[0].uri):
        assert await fetcher.status(address) == 404
    assert house.server._reels._reels == {}


async def test_members_fetch_from_their_places_and_others_do_not(
    house: House, session: aiohttp.ClientSession, fetcher: Fetcher
) -> None:
    await members_only(house)
    visitor = Visitor(house, session)
    place = Fetcher(session, await visitor.sit(await visitor.take()))
    await house.play(opus(440, 3))
    async with session.get(f"{place.address}/sound.m3u8") as answer:
        assert (answer.status, answer.headers["Cache-Control"]) == (200, "no-store")
    assert b"seats" not in await place.content("sound.m3u8")
    assert len(await place.sound()) > 10_000
    for address in ("stream.m3u8", "sound.m3u8"):
        assert await fetcher.status(address) == 403
        assert await fetcher.status(f"seats/guessed/{address}") == 401
    for address in ("pieces/guessed/head.mp4", "pieces/guessed/1795521600.m4s"):
        assert await fetcher.status(address) == 404
    await house.become(RoomState.ENDED)
    await place.comes_to(410)
    assert await fetcher.status() in (403, 410)


async def test_a_ticket_shown_elsewhere_ends_the_fetching_here(
    house: House, session: aiohttp.ClientSession
) -> None:
    await members_only(house)
    visitor = Visitor(house, session)
    ticket = await visitor.take()
    place = Fetcher(session, await visitor.sit(ticket))
    await house.play(opus(440, 3))
    await place.sees(1)
    await visitor.sit(ticket)
    assert await place.status() == 409


async def test_a_place_has_one_sound_whether_it_streams_or_is_fetched(
    house: House, session: aiohttp.ClientSession
) -> None:
    await members_only(house)
    visitor = Visitor(house, session)
    place = Fetcher(session, await visitor.sit(await visitor.take()))
    await house.play(opus(440, 3))
    assert await place.status("stream.m3u8") == 200
    await place.sees(1)
    async with an_ear(session, f"{place.address}/stream.ogg") as ear:
        await place.comes_to(409)
        assert await place.status("stream.m3u8") == 200
        with pytest.raises(aiohttp.ClientPayloadError):
            await ear.listen_to_the_end()
    assert await place.status() == 200


async def test_when_a_talk_is_for_others_than_before_its_pieces_have_other_addresses(
    house: House, fetcher: Fetcher
) -> None:
    await house.play(opus(440, 3))
    known = (await fetcher.sees(1)).segments[0].uri
    await house.change(admission=Admission.MEMBERS)
    assert await fetcher.status() == 403
    await fetcher.comes_to(404, known)
    await house.change(admission=Admission.OPEN)
    await house.play(opus(440, 5))
    assert (await fetcher.sees(1)).segments[0].uri.rsplit("/", 1)[0] != known.rsplit("/", 1)[0]


async def test_pieces_that_are_not_there_are_nowhere(house: House, fetcher: Fetcher) -> None:
    await house.play(opus(440, 3))
    known = (await fetcher.sees(1)).segments[0].uri
    folder, _, name = known.rpartition("/")
    later = int(name.removesuffix(".m4s")) + 1
    for address in (f"{folder}/{later}.m4s", f"{folder}/1.m4s", f"{folder}/{'9' * 12}.m4s", f"{folder}/0.m4s",
                    f"{folder}/{'9' * 40}.m4s", f"{folder}/head.m4s", f"{folder}/../head.mp4"):  # fmt: skip
        assert await fetcher.status(address) == 404


class Clumsy(Copyist):
    """Spoils the first copy."""

    copies = 0

    async def copy(self, packets: AsyncIterator[Packet], codec: Codec, take: Take) -> None:
        self.copies += 1
        if self.copies == 1:
            raise RuntimeError(SECRET)
        await super().copy(packets, codec, take)


SECRET = "k3y"


async def test_a_reel_whose_copy_failed_goes_on_before_anybody_asks_and_that_is_told_without_its_room(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(air, "PAUSE", 0.01)
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        copyist = Clumsy()
        reels = Reels(house.gallery, copyist, house.clock)
        view = await house.gallery.view(house.room.listen_key)
        async with asyncio.TaskGroup() as tasks:
            running = tasks.create_task(reels.run())
            async with asyncio.timeout(DEADLINE):
                while copyist.copies < 2:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            await house.airwaves.heard(len(("opus", "aac")))
            await house.play(opus(440, 3))
            assert b".m4s" in await reels.playlist(view)
            running.cancel()
        await copyist.close()
    assert "RuntimeError" in caplog.text
    assert SECRET not in caplog.text


async def test_the_program_writes_nothing_of_those_who_fetch(
    house: House, session: aiohttp.ClientSession, fetcher: Fetcher, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="web")
    await house.play(opus(440, 3))
    await fetcher.sees(1)
    async with an_ear(session, f"{house.page}/stream.mp3") as ear:
        await house.play(opus(440, 1))
        assert len(await ear.listen(2000)) >= 2000
    await house.become(RoomState.ENDED)
    await fetcher.ends()
    assert caplog.text == ""
