"""Streams of calls that are too large, as a genuine client fetches them."""

import time
from io import BytesIO
from typing import Any

import av
import numpy as np
import pytest
from pyrogram import raw
from pyrogram.errors import RPCError

from sandbox.mtproto.streams import HERTZ, LATE
from tests.sandbox.account import ADA, FUNCTIONS, RELAY, Account, Scene, one
from tests.sandbox.sounds import strength


async def large(scene: Scene, account: Account) -> Any:
    """A call that is streamed; gives its handle."""
    handle = await account.create()
    assert scene.chat.call is not None
    scene.chat.call.is_streamed = True
    return handle


def part(handle: Any, at: int) -> Any:
    location = raw.types.InputGroupCallStream(call=handle, time_ms=at, scale=0)
    return raw.functions.upload.GetFile(location=location, offset=0, limit=1 << 17)


def sound(content: bytes) -> tuple[dict[str, str], "np.typing.NDArray[np.int16]"]:
    """A part's labels, and what is heard."""
    with av.open(BytesIO(content), "r") as container:
        labels = dict(container.streams.audio[0].metadata)
        resampler = av.AudioResampler("s16", "mono", 48_000)
        frames = [block for frame in container.decode(audio=0) for block in resampler.resample(frame)]
        return labels, np.concatenate([block.to_ndarray()[0] for block in frames])


async def test_who_joins_is_told_to_fetch_and_is_counted_in(scene: Scene, account: Account) -> None:
    handle = await large(scene, account)
    told = await account.join(handle)
    assert one(told, raw.types.UpdateGroupCallConnection).params.data == '{"stream":true}'
    assert scene.chat.call is not None
    source = scene.chat.call.participants[RELAY].source
    check = FUNCTIONS.CheckGroupCall(call=handle, sources=[source - (1 << 32)])
    assert list(await account.ask(check)) == [source - (1 << 32)]
    call = (await account.ask(FUNCTIONS.GetGroupCall(call=handle, limit=1))).call
    assert call.stream_dc_id is not None


async def test_parts_are_of_one_second_some_seconds_late(scene: Scene, account: Account) -> None:
    handle = await large(scene, account)
    (channel,) = (await account.ask(FUNCTIONS.GetGroupCallStreamChannels(call=handle))).channels
    assert channel.last_timestamp_ms % 1000 == 0
    assert channel.last_timestamp_ms <= time.time() * 1000 - LATE + 1000
    labels, silence = sound((await account.ask(part(handle, channel.last_timestamp_ms))).bytes)
    assert "TG_META" in labels
    assert len(silence) == pytest.approx(48_000, abs=2000)
    assert strength(silence, HERTZ) < 100


async def test_a_tone_stands_for_whoever_speaks(scene: Scene, account: Account) -> None:
    handle = await large(scene, account)
    assert scene.chat.call is not None
    scene.world.calls.join(scene.chat.call, ADA, 1, muted=False)
    (channel,) = (await account.ask(FUNCTIONS.GetGroupCallStreamChannels(call=handle))).channels
    _, heard = sound((await account.ask(part(handle, channel.last_timestamp_ms))).bytes)
    assert strength(heard, HERTZ) > 5000


async def test_what_is_not_there_yet_is_refused(scene: Scene, account: Account) -> None:
    handle = await large(scene, account)
    tomorrow = int(time.time() + 86400) * 1000
    with pytest.raises(RPCError, match="TIME_TOO_BIG"):
        await account.ask(part(handle, tomorrow))


async def test_a_call_that_is_not_streamed_has_no_parts(account: Account) -> None:
    handle = await account.create()
    request = FUNCTIONS.GetGroupCallStreamChannels(call=handle)
    assert await account.refused(request) == "GROUPCALL_INVALID"
    assert await account.refused(part(handle, 0)) == "GROUPCALL_INVALID"


async def test_other_files_are_not_here(account: Account) -> None:
    location = raw.types.InputTakeoutFileLocation()
    request = raw.functions.upload.GetFile(location=location, offset=0, limit=1)
    assert await account.refused(request) == "LOCATION_INVALID"
