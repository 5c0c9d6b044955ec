"""HLS: whole playlists and live ones, in all kinds of segments."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from rooms.errors.sounds import AddressForbidden, SoundUnreachable
from rooms.playing import Cue
from tests.deadline import DEADLINE
from tests.sandbox.waiting import until
from tests.voice.sources.audience import QUICK, hear, hear_all, make_player, pitch, working
from tests.voice.sources.files import make, make_hls
from tests.voice.sources.station import Station
from voice.mixing.units import RATE
from voice.sources.fetching import open_fetcher
from voice.sources.hls import MISSES, Following
from voice.sources.player import Player
from voice.sources.playlists import read_media


def serve(station: Station, folder: Path) -> str:
    """A folder with a playlist in it; the playlist's address."""
    for file in folder.iterdir():
        station.serve(f"/hls/{file.name}", file.read_bytes())
    return station.serve(
        "/hls/sound.m3u8", (folder / "sound.m3u8").read_bytes(), "application/vnd.apple.mpegurl"
    )


def segments(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in sorted(folder.glob("*.ts"))]


@pytest.mark.parametrize("kind", ["mpegts", "fmp4"])
async def test_a_whole_playlist_is_heard_from_beginning_to_end(
    station: Station, player: Player, tmp_path: Path, kind: str
) -> None:
    url = serve(station, make_hls(tmp_path / "hls", 5, kind=kind).parent)
    await player.add(Cue("A talk", url=url))
    await hear(player, 0.1)
    assert player.playback.length is not None
    assert player.playback.length / timedelta(seconds=1) == pytest.approx(5, abs=0.2)
    sound = await hear_all(player)
    assert len(sound) / RATE == pytest.approx(4.9, abs=0.2)
    assert pitch(sound) == pytest.approx(440, abs=3)
    assert player.playback.error is None


async def test_packed_audio_is_heard(station: Station, player: Player, tmp_path: Path) -> None:
    """ADTS with an ID3 tag, which has the time, before each segment."""
    tag = b"ID3\x04\0\0\0\0\0\x3fPRIV\0\0\0\x35\0\0com.apple.streaming.transportStreamTimestamp\0" + bytes(8)
    whole = make(tmp_path / "a.aac", seconds=4).read_bytes()
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:2"]
    for number, at in enumerate(range(0, len(whole), len(whole) // 2)):
        station.serve(f"/{number}.aac", tag + whole[at : at + len(whole) // 2])
        lines += ["#EXTINF:2,", f"{number}.aac"]
    text = "\n".join([*lines, "#EXT-X-ENDLIST"])
    await player.add(Cue("Packed", url=station.serve("/a.m3u8", text.encode())))
    sound = await hear_all(player)
    assert len(sound) / RATE == pytest.approx(4, abs=0.2)
    assert pitch(sound) == pytest.approx(440, abs=3)


async def test_a_master_playlist_leads_to_the_sound(station: Station, player: Player, tmp_path: Path) -> None:
    serve(station, make_hls(tmp_path / "hls", 2).parent)
    master = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS="mp4a.40.2"\nhls/sound.m3u8\n'
    await player.add(Cue("Master", url=station.serve("/master.m3u8", master.encode())))
    assert pitch(await hear_all(player)) == pytest.approx(440, abs=3)


async def test_encrypted_segments_are_decrypted(station: Station, player: Player, tmp_path: Path) -> None:
    key = bytes(range(16))
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:1", '#EXT-X-KEY:METHOD=AES-128,URI="key"']
    for number, segment in enumerate(segments(make_hls(tmp_path / "hls", 3).parent)):
        padder = PKCS7(128).padder()
        padded = padder.update(segment) + padder.finalize()
        encryptor = Cipher(algorithms.AES(key), modes.CBC(number.to_bytes(16, "big"))).encryptor()
        station.serve(f"/{number}.ts", encryptor.update(padded) + encryptor.finalize())
        lines += ["#EXTINF:1,", f"{number}.ts"]
    station.serve("/key", key)
    text = "\n".join([*lines, "#EXT-X-ENDLIST"])
    await player.add(Cue("Secret", url=station.serve("/a.m3u8", text.encode())))
    assert pitch(await hear_all(player)) == pytest.approx(440, abs=3)
    assert station.asked.count("/key") == 1


async def test_parts_of_one_file_are_asked_for(station: Station, player: Player, tmp_path: Path) -> None:
    parts = segments(make_hls(tmp_path / "hls", 3).parent)
    whole = b"".join(parts)

    async def answer(request: web.Request) -> web.StreamResponse:
        wanted = request.http_range
        return web.Response(status=206, body=whole[wanted])

    station.let("/all.ts", answer)
    lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:1"]
    for part in parts:
        at = "@0" if part is parts[0] else ""
        lines += [f"#EXT-X-BYTERANGE:{len(part)}{at}", "#EXTINF:1,", "all.ts"]
    text = "\n".join([*lines, "#EXT-X-ENDLIST"])
    await player.add(Cue("Parts", url=station.serve("/a.m3u8", text.encode())))
    assert len(await hear_all(player)) / RATE == pytest.approx(3, abs=0.2)


class Live:
    """A live stream's playlist, which shows a few segments at a time and moves on when it is looked at."""

    def __init__(self, station: Station, parts: list[bytes], window: int = 4) -> None:
        self.looks = 0
        self.is_stuck = False
        self._count = len(parts)
        self._window = window
        for number, part in enumerate(parts):
            station.serve(f"/{number}.ts", part)
        self.url = station.let("/live.m3u8", self.answer)

    async def answer(self, request: web.Request) -> web.StreamResponse:  # noqa: ARG002
        first = min(self.looks, self._count - self._window)
        self.looks += not self.is_stuck
        lines = ["#EXTM3U", "#EXT-X-TARGETDURATION:1", f"#EXT-X-MEDIA-SEQUENCE:{first}"]
        for number in range(first, first + self._window):
            lines += ["#EXTINF:1,", f"{number}.ts"]
        if first == self._count - self._window and not self.is_stuck:
            lines.append("#EXT-X-ENDLIST")
        return web.Response(text="\n".join(lines))


async def test_a_live_stream_is_joined_near_its_end_and_followed(
    station: Station, player: Player, tmp_path: Path
) -> None:
    parts = segments(make_hls(tmp_path / "hls", 7).parent)
    live = Live(station, parts)
    await player.add(Cue("Live", url=live.url))
    sound = await hear_all(player)
    assert pitch(sound) == pytest.approx(440, abs=3)
    assert "/0.ts" not in station.asked  # three target durations from the end of four
    assert [path for path in station.asked if path.endswith(".ts")] == [
        f"/{n}.ts" for n in range(1, len(parts))
    ]
    assert player.playback.error is None


async def test_a_room_closes_in_the_middle_of_a_live_stream(station: Station, tmp_path: Path) -> None:
    live = Live(station, segments(make_hls(tmp_path / "hls", 7).parent))
    live.is_stuck = True
    async with working(make_player()) as player:
        await player.add(Cue("Live", url=live.url))
        await until(lambda: station.asked.count("/live.m3u8") > 2)
        assert player.playback.length is None


async def test_a_missing_segment_is_got_over(station: Station, player: Player, tmp_path: Path) -> None:
    url = serve(station, make_hls(tmp_path / "hls", 5).parent)
    station.let("/hls/sound2.ts", _gone)
    await player.add(Cue("A talk", url=url))
    assert len(await hear_all(player)) / RATE == pytest.approx(4, abs=0.3)
    assert player.playback.error is None


async def _gone(request: web.Request) -> web.StreamResponse:  # noqa: ARG001
    raise web.HTTPGone


async def test_when_too_many_are_missing_the_stream_is_given_up(station: Station) -> None:
    lines = "".join(f"#EXTINF:1,\n{number}.ts\n" for number in range(MISSES + 5))
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n{lines}#EXT-X-ENDLIST\n"
    url = station.serve("/a.m3u8", text.encode())
    async with open_fetcher("It", QUICK, allows_private=True) as fetcher:
        following = Following(fetcher, "It", QUICK)
        with pytest.raises(SoundUnreachable):
            assert [chunk async for chunk in following.chunks(url, read_media(text, url))] == []
    assert len(station.asked) == MISSES + 1


@pytest.mark.parametrize(
    "line",
    ["http://127.0.0.1:1/a.ts", "file:///etc/passwd", '#EXT-X-KEY:METHOD=AES-128,URI="file:///etc/passwd"'],
)
async def test_segments_and_keys_are_judged_like_all_addresses(station: Station, line: str) -> None:
    """A playlist from outside does not lead inside, not even when the playlist itself was allowed."""
    text = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n{line}\n#EXTINF:1,\nhttp://127.0.0.1:1/b.ts\n#EXT-X-ENDLIST\n"
    async with open_fetcher("It", QUICK, allows_private=False) as fetcher:
        following = Following(fetcher, "It", QUICK)
        with pytest.raises(AddressForbidden):
            assert [
                chunk async for chunk in following.chunks("http://a/", read_media(text, "http://a/"))
            ] == []
    assert station.asked == []


async def test_a_segment_of_rubbish_does_not_stop_the_rest(
    station: Station, player: Player, tmp_path: Path
) -> None:
    url = serve(station, make_hls(tmp_path / "hls", 5).parent)
    station.serve("/hls/sound2.ts", b"<html>not here</html>" * 500)
    await player.add(Cue("A talk", url=url))
    sound = await hear_all(player)
    assert len(sound) / RATE == pytest.approx(4, abs=0.5)
    assert pitch(sound[-RATE // 2 :]) == pytest.approx(440, abs=3)


async def test_a_live_playlist_that_stands_still_is_given_up(station: Station) -> None:
    text = "#EXTM3U\n#EXT-X-TARGETDURATION:0.01\n"
    url = station.serve("/a.m3u8", text.encode())
    async with open_fetcher("It", QUICK, allows_private=True) as fetcher:
        following = Following(fetcher, "It", QUICK)
        with pytest.raises(SoundUnreachable):
            async with asyncio.timeout(DEADLINE):
                assert [chunk async for chunk in following.chunks(url, read_media(text, url))] == []
