"""The repair of stream mode: a genuine client and call library, and data centres that are pretended."""

from typing import Any

import pytest
from pyrogram import Client, raw
from pyrogram.errors import FileMigrate, FloodWait, RPCError
from pytgcalls import PyTgCalls

from tests.app.sessions import a_session
from voice.call.broadcast import bridge_of, repair

CHAT, HOME, ELSEWHERE = -1001, 2, 4
PART = b"a second of sound"
CALL = raw.types.InputGroupCall(id=1, access_hash=1)


class Centre:
    """A data centre: has the parts, or says which other one does."""

    def __init__(self, number: int, *refusals: Exception) -> None:
        self.number = number
        self.refusals = list(refusals)
        self.asked: list[Any] = []

    async def invoke(self, query: Any, **_: Any) -> Any:
        self.asked.append(query)
        if self.refusals:
            raise self.refusals.pop(0)
        if isinstance(query, raw.functions.phone.GetGroupCallStreamChannels):
            channel = raw.types.GroupCallStreamChannel(channel=1, scale=0, last_timestamp_ms=7000)
            return raw.types.phone.GroupCallStreamChannels(channels=[channel])
        return raw.types.upload.File(type=raw.types.storage.FileUnknown(), mtime=0, bytes=PART)


class Telegram:
    """A client whose home is one data centre; sessions with others are made as kurigram makes them."""

    def __init__(self, home: Centre, elsewhere: Centre) -> None:
        self.home = home
        self.elsewhere = elsewhere
        self.client = Client("relay", api_id=1, api_hash="0" * 32, session_string=a_session(), in_memory=True)
        self.client.invoke = home.invoke
        self.client.get_session = self._get_session
        self.calls = PyTgCalls(self.client)
        self.made: list[int] = []
        bridge_of(self.calls)._cache.set_cache(CHAT, CALL)

    async def _get_session(self, dc_id: int | None = None, is_media: bool = False) -> Centre:
        assert is_media
        self.made.append(dc_id or HOME)
        return self.elsewhere

    async def part(self) -> bytes | None:
        """What the library gets when it fetches a part."""
        fetched: bytes | None = await self.calls._app.download_stream(CHAT, 7000, 1 << 17, None, 0)
        return fetched


def moved() -> RPCError:
    """What kurigram raises when the file is elsewhere."""
    return FileMigrate(ELSEWHERE)


def telegram(*refusals: Exception) -> Telegram:
    return Telegram(Centre(HOME, *refusals), Centre(ELSEWHERE))


def unknown(name: str) -> RPCError:
    """An error that kurigram does not know by name."""
    told = raw.types.RpcError(error_code=400, error_message=name)
    with pytest.raises(RPCError) as raised:
        RPCError.raise_it(told, raw.functions.upload.GetFile)
    return raised.value


async def test_without_the_repair_a_part_from_elsewhere_is_never_got() -> None:
    """When this fails, the libraries agree again and voice/call/broadcast.py can go."""
    scene = telegram(moved())
    with pytest.raises(Exception):  # noqa: B017, PT011  whatever they stumble over
        await scene.part()


@pytest.mark.parametrize("refusal", [moved(), unknown(f"CALL_MIGRATE_{ELSEWHERE}")])
async def test_parts_are_fetched_where_they_are(refusal: RPCError) -> None:
    scene = telegram(refusal)
    repair(scene.calls, scene.client)
    assert await scene.part() == PART
    assert await scene.part() == PART
    assert len(scene.home.asked) == 1, "the second part is asked for in the right place at once"
    assert scene.made == [ELSEWHERE, ELSEWHERE]


async def test_parts_at_home_need_no_other_session() -> None:
    scene = telegram()
    repair(scene.calls, scene.client)
    assert await scene.part() == PART
    assert await scene.calls._app.get_stream_timestamp(CHAT) == 7000
    assert scene.made == []


@pytest.mark.parametrize("refusal", [FloodWait(3), unknown("TIME_TOO_BIG")])
async def test_a_part_that_is_not_there_yet_is_asked_for_later_without_starting_over(
    refusal: RPCError,
) -> None:
    scene = telegram(refusal)
    repair(scene.calls, scene.client)
    assert await scene.part() is None
    assert await scene.part() == PART


async def test_two_places_that_send_each_other_are_left_after_one_round() -> None:
    scene = telegram(moved())
    scene.elsewhere.refusals = [FileMigrate(HOME)]
    repair(scene.calls, scene.client)
    with pytest.raises(FileMigrate):
        await scene.part()


async def test_other_refusals_are_passed_on() -> None:
    scene = telegram(unknown("GROUPCALL_JOIN_MISSING"))
    repair(scene.calls, scene.client)
    with pytest.raises(RPCError, match="GROUPCALL_JOIN_MISSING"):
        await scene.part()
