"""RTMP: the room's sound as AAC, to an application and key, at YouTube, Telegram, nginx, and others."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, NamedTuple

from containers.ogg import VENDOR
from rooms.outlets import Address
from voice.mixing.units import RATE
from voice.outlets import amf
from voice.outlets.aac import BIT_RATE, AacEncoder
from voice.outlets.backlog import Backlog
from voice.outlets.carrier import ServerLost, ServerRefused
from voice.outlets.connection import Terms, connected, until_one_fails
from voice.outlets.rtmp_session import RtmpSession

_AAC: Final = 10
"""The SoundFormat of FLV; the `audiocodecid` of its metadata is the same."""

_CONFIG, _FRAME = b"\xaf\x00", b"\xaf\x01"
"""What stands before AAC in FLV's audio tags (Adobe's Flash Video File Format 10.1, section E.4.2.1); what it
says of rate and channels is always the same and not to be believed."""

TOGETHER = 4
"""Frames (85 ms) that are sent at once, to spare everybody small packets."""

_CONNECT, _RELEASE, _ANNOUNCE, _CREATE, _PUBLISH = 1, 2, 3, 4, 5
"""Numbers of commands."""


class Rtmp:
    """A publisher (Adobe's RTMP specification 1.0, section 7.2); within TLS where the address says rtmps.

    Sound alone, without a picture beside it. Telegram and some others take live streams by rtmps only.
    Timestamps go on from one connection to the next. Many servers hang up where they mean "wrong key", some
    of them (nginx) just after they have said yes: that counts as a refusal.
    """

    def __init__(self, address: Address, terms: Terms) -> None:
        self._address = address
        self._terms = terms

    async def carry(self, backlog: Backlog, on_air: Callable[[], None]) -> None:
        """See `Carrier.carry`."""
        async with connected(self._address, self._terms) as connection:
            session = RtmpSession(connection)
            async with asyncio.timeout(self._terms.answering):
                await session.begin()
                with _hanging_up_is_a_no(lambda: True):
                    stream = await self._publish(session)
            backlog.clear()
            await self._stay(session, stream, backlog, on_air)

    async def _publish(self, session: RtmpSession) -> int:
        """Come to be the one who publishes under the key; the number of the message stream for it."""
        place = _place(self._address)
        await session.command("connect", _CONNECT, _introduction(place))
        await _result(session, _CONNECT)
        await session.command("releaseStream", _RELEASE, None, place.key)
        await session.command("FCPublish", _ANNOUNCE, None, place.key)
        await session.command("createStream", _CREATE, None)
        stream = await _result(session, _CREATE)
        if not isinstance(stream, float) or not 0 < stream < 1 << 32:
            raise ServerRefused("it gives no stream")
        await session.command("publish", _PUBLISH, None, place.key, "live", stream=int(stream))
        await _start(session)
        return int(stream)

    async def _stay(
        self, session: RtmpSession, stream: int, backlog: Backlog, on_air: Callable[[], None]
    ) -> None:
        """Send sound, and say that we are on air once the server has had time to think better of it."""
        is_proved = False

        async def prove() -> None:
            nonlocal is_proved
            await asyncio.sleep(self._terms.proving)
            is_proved = True
            on_air()

        with _hanging_up_is_a_no(lambda: not is_proved):
            await until_one_fails(_send(session, stream, backlog), _hear(session), prove())


@contextmanager
def _hanging_up_is_a_no(applies: Callable[[], bool]) -> Iterator[None]:
    """Take the end of the connection for a refusal, if that applies then."""
    try:
        yield
    except (EOFError, ConnectionError) as error:
        if applies():
            raise ServerRefused("it hangs up on the key") from error
        raise


class _Place(NamedTuple):
    """Where to publish: all before the last slash is the application, the rest is the key, with its query."""

    url: str
    application: str
    key: str


def _place(address: Address) -> _Place:
    path, mark, query = address.path.partition("?")
    application, _, key = path.strip("/").rpartition("/")
    application = application.strip("/")
    return _Place(f"{address.scheme}://{address.authority}/{application}", application, f"{key}{mark}{query}")


def _introduction(place: _Place) -> dict[str, amf.Value]:
    return {
        "app": place.application,
        "type": "nonprivate",
        "flashVer": f"FMLE/3.0 (compatible; {VENDOR})",
        "tcUrl": place.url,
    }


async def _result(session: RtmpSession, number: int) -> amf.Value:
    """The last thing in the answer to a command."""
    async for name, numbered, *rest in session.commands():
        if name == "_error" and numbered == number:
            raise ServerRefused("it answers with an error")
        if name == "_result" and numbered == number:
            return rest[-1] if rest else None
    raise ServerLost("it says no more")


async def _start(session: RtmpSession) -> None:
    """Wait until we are the publisher."""
    async for name, _, *rest in session.commands():
        code, level = _status(name, rest)
        if code == "NetStream.Publish.Start":
            return
        if level == "error" or name == "close":
            raise ServerRefused("it does not let us publish")


async def _hear(session: RtmpSession) -> None:
    """Listen for the end."""
    async for name, _, *rest in session.commands():
        code, level = _status(name, rest)
        if level == "error" or name == "close" or code == "NetStream.Unpublish.Success":
            raise ServerLost("it ends the stream")


def _status(name: amf.Value, rest: list[amf.Value]) -> tuple[amf.Value, amf.Value]:
    """The code and the level of an `onStatus` (section 7.2.2)."""
    facts = rest[-1] if name == "onStatus" and rest else None
    return (facts.get("code"), facts.get("level")) if isinstance(facts, Mapping) else (None, None)


async def _send(session: RtmpSession, stream: int, backlog: Backlog) -> None:
    encoder = AacEncoder()
    await session.describe(stream, _facts())
    tags: list[tuple[int, bytes]] = []
    while True:
        sound = await backlog.take()
        if not encoder.has_begun:
            tags.append((_milliseconds(sound.at), _CONFIG + encoder.config))
        tags += [(_milliseconds(at), _FRAME + frame) for at, frame in encoder.encode(sound)]
        if len(tags) >= TOGETHER:
            await session.sound(stream, *tags)
            tags.clear()


def _milliseconds(samples: int) -> int:
    return samples * 1000 // RATE


def _facts() -> dict[str, amf.Value]:
    return {
        "audiocodecid": _AAC,
        "audiodatarate": BIT_RATE / 1000,
        "audiosamplerate": RATE,
        "audiosamplesize": 16,
        "audiochannels": 1,
        "stereo": False,
        "encoder": VENDOR,
    }
