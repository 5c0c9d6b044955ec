"""Replays are sent from wherever a player wants them, to those who may hear, while they exist."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from rooms.jobs import JobKind
from rooms.plan import Admission
from tests.deadline import DEADLINE
from tests.fakes.clock import NOON
from tests.web.house import House, open_house
from tests.web.replays import keep_replay


@pytest_asyncio.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        yield house


@pytest_asyncio.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def address(house: House, edition: int = 1, part: int = 1) -> str:
    return f"{house.page}/replay/{edition}/{part}.ogg"


async def got(
    session: aiohttp.ClientSession, url: str, **headers: str
) -> tuple[int, bytes, Mapping[str, str]]:
    asked = {name.replace("_", "-"): text for name, text in headers.items()}
    async with session.get(url, headers=asked) as answer:
        return answer.status, await answer.read(), answer.headers


async def test_the_whole_is_sent_with_what_players_need(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    recording = await keep_replay(house, tmp_path)
    status, content, headers = await got(session, address(house))
    assert (status, content) == (200, recording.parts[0].path.read_bytes())
    assert headers["Content-Type"] == "audio/ogg"
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Cache-Control"] == "no-store", "nothing of it stays in the browser"


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("bytes=0-99", slice(100)),
        ("bytes=1000-", slice(1000, None)),
        ("bytes=-500", slice(-500, None)),
        ("bytes=5-9999999", slice(5, None)),
    ],
)
async def test_a_range_is_sent_alone(
    house: House, session: aiohttp.ClientSession, tmp_path: Path, asked: str, wanted: slice
) -> None:
    whole = (await keep_replay(house, tmp_path)).parts[0].path.read_bytes()
    status, content, headers = await got(session, address(house), Range=asked)
    assert (status, content) == (206, whole[wanted])
    first, end, _ = wanted.indices(len(whole))
    assert headers["Content-Range"] == f"bytes {first}-{end - 1}/{len(whole)}"


async def test_a_range_beyond_the_end_is_refused_with_the_size(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    size = (await keep_replay(house, tmp_path)).parts[0].path.stat().st_size
    status, _, headers = await got(session, address(house), Range=f"bytes={size}-")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{size}")


@pytest.mark.parametrize("asked", ["bytes=9-1", "bytes=0-1,5-6", "lines=1-2", "bytes=x", "bytes=-"])
async def test_a_range_that_means_nothing_is_the_whole(
    house: House, session: aiohttp.ClientSession, tmp_path: Path, asked: str
) -> None:
    whole = (await keep_replay(house, tmp_path)).parts[0].path.read_bytes()
    status, content, _ = await got(session, address(house), Range=asked)
    assert (status, content) == (200, whole)


async def test_a_range_of_another_edition_is_the_whole(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    await keep_replay(house, tmp_path)
    _, _, headers = await got(session, address(house))
    assert (await got(session, address(house), Range="bytes=0-9", If_Range=headers["ETag"]))[0] == 206
    assert (await got(session, address(house), Range="bytes=0-9", If_Range='"0-1"'))[0] == 200


async def test_there_is_none_before_the_end_of_another_edition_or_of_more_parts(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    assert (await got(session, address(house)))[0] == 404
    await keep_replay(house, tmp_path)
    for url in (address(house, edition=2), address(house, part=2), address(house, part=0)):
        assert (await got(session, url))[0] == 404


async def test_a_recording_that_is_to_be_made_anew_is_not_heard_before(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    """Somebody may have asked to be left out of it."""
    await keep_replay(house, tmp_path)
    async with house.store.writing() as records:
        await records.jobs.add(house.room.id, JobKind.MASTER, NOON)
    assert (await got(session, address(house)))[0] == 404
    status, page, _ = await got(session, house.page)
    assert status == 200
    assert b"being made ready" in page


async def test_a_deleted_recording_is_gone(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    recording = await keep_replay(house, tmp_path)
    recording.parts[0].path.unlink()
    assert (await got(session, address(house)))[0] == 404
    async with house.store.writing() as records:
        await records.recordings.remove(house.room.id)
    assert b"replay" not in (await got(session, house.page))[1].split(b'id="page"')[0]


async def test_whoever_is_listening_when_it_is_deleted_hears_no_more_of_it(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    path = (await keep_replay(house, tmp_path)).parts[0].path
    with path.open("ab") as file:
        file.truncate(64_000_000)  # more than any buffer on the way holds
    async with session.get(address(house)) as answer:
        await answer.content.readexactly(1000)
        path.unlink()
        with pytest.raises(aiohttp.ClientError):
            async with asyncio.timeout(DEADLINE):
                await answer.read()


@pytest.mark.parametrize("admission", [Admission.MEMBERS, Admission.INVITED])
async def test_the_link_alone_does_not_open_what_is_not_for_all(
    house: House, session: aiohttp.ClientSession, tmp_path: Path, admission: Admission
) -> None:
    await keep_replay(house, tmp_path)
    await house.change(admission=admission)
    assert (await got(session, address(house)))[0] == 403
    assert b"/replay/" not in (await got(session, house.page))[1]


async def test_a_replay_takes_a_place_while_it_is_sent(
    session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    async with open_house(limit=1) as house:
        path = (await keep_replay(house, tmp_path)).parts[0].path
        with path.open("ab") as file:
            file.truncate(64_000_000)
        async with session.get(address(house)) as answer:
            await answer.content.readexactly(1000)
            assert (await got(session, address(house)))[0] == 503
        async with asyncio.timeout(DEADLINE):
            while (await got(session, address(house), Range="bytes=0-9"))[0] != 206:
                pass  # the place is given back as soon as the server sees that the other one is gone


async def test_only_its_head_is_sent_to_who_wants_that(
    house: House, session: aiohttp.ClientSession, tmp_path: Path
) -> None:
    size = (await keep_replay(house, tmp_path)).parts[0].path.stat().st_size
    async with session.head(address(house)) as answer:
        assert (answer.status, answer.headers["Content-Length"]) == (200, str(size))
        assert await answer.read() == b""
