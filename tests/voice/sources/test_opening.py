"""Opening: files by address, radio stations, and the playlists that lead to them."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web

from rooms.errors.sounds import AddressForbidden, SoundRefused, SoundUnreachable
from rooms.playing import Cue
from tests.sandbox.waiting import until
from tests.voice.sources.audience import QUICK, hear, hear_all, make_player, pitch, working
from tests.voice.sources.files import make
from tests.voice.sources.station import Answer, Station, raw
from voice.mixing.units import RATE
from voice.sources.patience import Patience
from voice.sources.player import Player


def streaming(data: bytes, ends: Callable[[int], bool], headers: dict[str, str]) -> tuple[Answer, list[int]]:
    """A station that plays the data again and again, and breaks off after each time if `ends` says so."""
    visits: list[int] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        visits.append(len(visits) + 1)
        response = web.StreamResponse(headers={"Content-Type": "audio/mpeg", **headers})
        await response.prepare(request)
        while True:
            await response.write(data)
            if ends(visits[-1]):
                break
        if request.transport is not None:
            request.transport.close()
        return response

    return answer, visits


def silent() -> tuple[Answer, asyncio.Event]:
    """A server that begins to answer and says nothing more, and whether it was asked."""
    asked = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.set()
        response = web.StreamResponse()
        await response.prepare(request)
        await asyncio.get_running_loop().create_future()
        return response

    return answer, asked


@pytest.mark.parametrize("name", ["a.mp3", "a.ogg", "a.flac", "a.m4a", "a.wav", "a.mp4"])
async def test_files_by_address_are_heard_whole(
    station: Station, player: Player, tmp_path: Path, name: str
) -> None:
    """Also MP4, whose index comes last."""
    await player.add(Cue("A tone", url=station.serve(f"/{name}", make(tmp_path / name, 440, 3).read_bytes())))
    sound = await hear_all(player)
    assert pitch(sound) == pytest.approx(440, abs=3)
    assert len(sound) / RATE == pytest.approx(3, abs=0.15)
    assert player.playback.error is None


async def test_the_length_of_a_file_by_address_is_known(
    station: Station, player: Player, tmp_path: Path
) -> None:
    await player.add(Cue("It", url=station.serve("/a", make(tmp_path / "a.flac", seconds=3).read_bytes())))
    await hear(player, 0.5)
    assert player.playback.length == timedelta(seconds=3)


async def test_a_page_is_no_sound(station: Station, player: Player) -> None:
    page = b"<html><audio src=a.mp3></audio></html>"
    for kind in ("text/html", "application/octet-stream", "audio/mpeg"):
        with pytest.raises(SoundUnreachable):
            await player.add(Cue("A page", url=station.serve("/", page, kind)))


async def test_without_leave_a_private_address_is_refused(station: Station, tmp_path: Path) -> None:
    url = station.serve("/a.mp3", make(tmp_path / "a.mp3").read_bytes())
    async with working(make_player(allows_private=False)) as player:
        with pytest.raises(AddressForbidden):
            await player.add(Cue("Mine", url=url))
    assert station.asked == []


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/list.m3u", "# a comment\n\n{}\nhttp://other.invalid/\n"),
        ("/list.m3u", "#EXTM3U\r\n#EXTINF:-1,Radio\r\n{}\r\n"),
        ("/list.pls", "[playlist]\nNumberOfEntries=1\nFile1={}\nTitle1=Radio\n"),
        ("/list", "\ufeff[Playlist]\r\nfile1={}\r\n"),
    ],
)
async def test_a_list_leads_to_its_first_address(
    station: Station, player: Player, tmp_path: Path, path: str, text: str
) -> None:
    url = station.serve("/a.mp3", make(tmp_path / "a.mp3").read_bytes())
    await player.add(Cue("Radio", url=station.serve(path, text.format(url).encode(), "audio/x-mpegurl")))
    assert pitch(await hear_all(player)) == pytest.approx(440, abs=3)


@pytest.mark.parametrize("inside", ["file:///etc/passwd", "concat:/etc/passwd", "ftp://127.0.0.1/a"])
async def test_a_list_leads_to_no_other_kind_of_address(
    station: Station, player: Player, inside: str
) -> None:
    with pytest.raises(AddressForbidden):
        await player.add(Cue("Radio", url=station.serve("/a.m3u", f"{inside}\n".encode())))


@pytest.mark.parametrize("text", ["", "#EXTM3U\n", "[playlist]\n", "{}\n"])
async def test_empty_lists_and_circles_are_given_up(station: Station, player: Player, text: str) -> None:
    url = station.serve("/a.m3u", b"")
    station.serve("/a.m3u", text.format(url).encode())
    with pytest.raises(SoundRefused):
        await player.add(Cue("Radio", url=url))


async def test_a_radio_station_plays_on_after_it_broke_off(
    station: Station, player: Player, tmp_path: Path
) -> None:
    data = make(tmp_path / "a.mp3", seconds=2).read_bytes()
    answer, visits = streaming(data, lambda visit: visit < 3, {"icy-name": "Radio"})
    await player.add(Cue("Radio", url=station.let("/live", answer)))
    sound = await hear(player, 8)
    assert len(visits) == 3
    assert pitch(sound) == pytest.approx(440, abs=3)
    assert player.playback.length is None
    assert player.playback.error is None


async def test_a_radio_station_that_is_gone_for_good_is_told(
    station: Station, player: Player, tmp_path: Path
) -> None:
    data = make(tmp_path / "a.mp3", seconds=1).read_bytes()
    answer, visits = streaming(data, lambda _: True, {"icy-name": "Radio"})
    await player.add(Cue("Radio", url=station.let("/live", answer)))
    await player.add(Cue("Next", make(tmp_path / "next.mp3", 880, 1)))
    sound = await hear_all(player)
    assert len(visits) == 1 + len(QUICK.retries)
    assert player.playback.error is None  # of the last one, which went well
    assert pitch(sound[-RATE // 2 :]) == pytest.approx(880, abs=3)


async def test_why_a_sound_ended_is_told(station: Station, player: Player, tmp_path: Path) -> None:
    data = make(tmp_path / "a.mp3", seconds=1).read_bytes()
    answer, _ = streaming(data, lambda _: True, {"icy-name": "Radio"})
    await player.add(Cue("Radio", url=station.let("/live", answer)))
    await hear_all(player)
    assert player.playback.error == "SoundUnreachable"


async def test_a_finite_file_that_comes_in_chunks_is_heard_once(
    station: Station, player: Player, tmp_path: Path
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        response.enable_chunked_encoding()
        await response.prepare(request)
        await response.write(make(tmp_path / "a.mp3", seconds=2).read_bytes())
        return response

    await player.add(Cue("Chunks", url=station.let("/a", answer)))
    assert len(await hear_all(player)) / RATE == pytest.approx(2, abs=0.15)
    assert len(station.asked) == 1


async def test_a_file_that_breaks_off_is_heard_to_there_and_told(
    station: Station, player: Player, tmp_path: Path
) -> None:
    data = make(tmp_path / "a.wav", seconds=8).read_bytes()
    answer, visits = streaming(data[: len(data) // 2], lambda _: True, {"Content-Length": str(len(data))})
    await player.add(Cue("Half", url=station.let("/a", answer)))
    assert 2 < len(await hear_all(player)) / RATE <= 4
    assert player.playback.error == "SoundUnreachable"
    assert len(visits) == 1


@pytest.mark.parametrize("greeting", [b"ICY 200 OK\r\n", b"HTTP/1.0 200 OK\r\n"])
@pytest.mark.parametrize("piece", [1, 7, 100_000])
async def test_song_titles_are_told_and_not_heard(
    player: Player, tmp_path: Path, greeting: bytes, piece: int
) -> None:
    """A SHOUTcast server, byte by byte where it likes that."""
    sound = make(tmp_path / "a.mp3", seconds=5).read_bytes()
    title = "StreamTitle='Ella: Così';StreamUrl='';".encode()
    title = title.ljust(-(-len(title) // 16) * 16, b"\0")
    stream = bytearray()
    for at in range(0, len(sound) // 1000 * 1000, 1000):
        stream += sound[at : at + 1000] + (bytes([len(title) // 16]) + title if at == 5000 else b"\0")

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = greeting + b"icy-metaint:1000\r\nContent-Type: audio/mpeg\r\n\r\n"
        for at in range(0, len(head), piece):
            writer.write(head[at : at + piece])
            await writer.drain()
            await asyncio.sleep(0)
        writer.write(stream)
        await reader.read()

    async with raw(talk) as url:
        await player.add(Cue("Radio", url=url))
        heard = await hear(player, 4)
        assert player.playback.now == "Radio · Ella: Così"
    assert pitch(heard) == pytest.approx(440, abs=3)


async def test_stations_are_asked_for_titles(station: Station, player: Player, tmp_path: Path) -> None:
    await player.add(Cue("Radio", url=station.serve("/a", make(tmp_path / "a.mp3").read_bytes())))
    assert station.headers[0]["Icy-MetaData"] == "1"
    assert station.headers[0]["Accept-Encoding"] == "identity"


async def test_a_server_that_never_begins_is_left() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\n\r\n" + b"\0" * 2000)
        await reader.read()

    async with raw(talk) as url, working(make_player(Patience(opening=0.3))) as player:
        with pytest.raises(SoundUnreachable):
            await player.add(Cue("Mute", url=url))


async def test_a_room_can_close_while_bytes_come_in(station: Station, tmp_path: Path) -> None:
    data = make(tmp_path / "a.mp3", seconds=5).read_bytes()
    answer, visits = streaming(data, lambda _: False, {"icy-name": "Radio"})
    async with working(make_player()) as player:
        await player.add(Cue("Radio", url=station.let("/live", answer)))
        await hear(player, 1)
    assert player.take(is_talked_over=False) is not None  # what was decoded is still there
    assert visits == [1]


async def test_a_room_can_close_while_an_address_is_opened(station: Station) -> None:
    answer, asked = silent()
    url = station.let("/slow", answer)
    async with asyncio.TaskGroup() as tasks:
        async with working(make_player()) as player:
            adding = tasks.create_task(refused(player, Cue("Slow", url=url)))
            await asked.wait()
        await adding


async def refused(player: Player, cue: Cue) -> None:
    with pytest.raises(SoundRefused):
        await player.add(cue)


async def test_whoever_asked_may_lose_patience(station: Station, player: Player) -> None:
    answer, asked = silent()
    async with asyncio.TaskGroup() as tasks:
        adding = tasks.create_task(player.add(Cue("Slow", url=station.let("/slow", answer))))
        await asked.wait()
        adding.cancel()
    await until(lambda: not player._playlist._working)
    assert player.playback.queue == ()


async def test_in_a_pause_a_radio_station_goes_on_unheard(
    station: Station, player: Player, tmp_path: Path
) -> None:
    data = make(tmp_path / "a.mp3", seconds=5).read_bytes()
    answer, _ = streaming(data, lambda _: False, {"icy-name": "Radio"})
    await player.add(Cue("Radio", url=station.let("/live", answer)))
    await hear(player, 0.5)
    player.pause()
    await hear(player, 0.2, over=lambda one: one.take(is_talked_over=False) is None)
    at = player.playback.at
    await until(
        lambda: player.take(is_talked_over=False) is None and player.playback.at > at + timedelta(seconds=1)
    )
    player.resume()
    assert pitch(await hear(player, 1)) == pytest.approx(440, abs=3)


async def test_a_station_is_recognised_by_its_first_moments(station: Station, tmp_path: Path) -> None:
    """Joined in the middle of a song, with no more than two seconds of it at hand."""
    data = make(tmp_path / "a.mp3", seconds=10).read_bytes()
    begun = data[len(data) // 2 :][:32_000]

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "audio/mpeg", "icy-name": "Radio"})
        await response.prepare(request)
        await response.write(begun)
        await asyncio.get_running_loop().create_future()
        return response

    async with working(make_player(Patience(opening=10, reading=60))) as player:
        await player.add(Cue("Radio", url=station.let("/live", answer)))
        assert pitch(await hear(player, 1)) == pytest.approx(440, abs=3)
