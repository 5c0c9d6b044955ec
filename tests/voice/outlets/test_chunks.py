"""Chunks: messages there and back, and wires that carry nonsense."""

import asyncio
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.outlets.carrier import ServerLost
from voice.outlets.chunks import CHUNK_SIZE, LONGEST_MESSAGE, ChunkReader, Kind, Message, cut

OURS = cut(Message(Kind.SET_CHUNK_SIZE, struct.pack(">I", CHUNK_SIZE)), 2)


def read(data: bytes) -> list[Message]:
    """The messages on a wire, up to where it ends within one."""

    async def reading() -> list[Message]:
        wire = asyncio.StreamReader()
        wire.feed_data(data)
        wire.feed_eof()
        reader, messages = ChunkReader(wire.readexactly), []
        try:
            while True:
                messages.append(await reader.message())
        except asyncio.IncompleteReadError:
            return messages

    return asyncio.run(reading())


@pytest.mark.parametrize("timestamp", [0, 0xFFFFFE, 0xFFFFFF, 0xFFFFFFFF, 5 << 32])
@pytest.mark.parametrize("length", [0, 1, CHUNK_SIZE, CHUNK_SIZE + 1, 3 * CHUNK_SIZE])
def test_what_is_cut_is_put_together_again(length: int, timestamp: int) -> None:
    message = Message(Kind.COMMAND, bytes(range(256)) * 100, 7)
    message = Message(message.kind, message.payload[:length], 7)
    assert read(OURS + cut(message, 3, timestamp) * 2)[1:] == [message, message]


def test_chunks_of_several_streams_may_be_mixed() -> None:
    one, two = (cut(Message(kind, bytes([kind]) * 200), kind) for kind in (Kind.AUDIO, Kind.DATA))
    first = 12 + 128
    rests = [bytes([0xC0 | Kind.AUDIO]) + one[first:], bytes([0xC0 | Kind.DATA]) + two[first:]]
    assert read(one[:first] + two[:first] + rests[1] + rests[0]) == [
        Message(Kind.DATA, bytes([Kind.DATA]) * 200),
        Message(Kind.AUDIO, bytes([Kind.AUDIO]) * 200),
    ]


def test_short_headers_take_over_what_came_before() -> None:
    full = cut(Message(Kind.DATA, b"one", 1), 5)
    without_stream = b"\x45" + b"\0\0\0" + b"\0\0\x03" + bytes([Kind.AUDIO]) + b"two"
    only_time = b"\x85" + b"\0\0\x01" + b"six"
    bare = b"\xc5" + b"ten"
    assert read(full + without_stream + only_time + bare) == [
        Message(Kind.DATA, b"one", 1),
        Message(Kind.AUDIO, b"two", 1),
        Message(Kind.AUDIO, b"six", 1),
        Message(Kind.AUDIO, b"ten", 1),
    ]


def test_messages_are_cut_by_the_server_at_128_bytes_until_it_says_otherwise() -> None:
    payload = bytes(300)
    header = b"\x03" + b"\0\0\0" + (300).to_bytes(3, "big") + bytes([Kind.COMMAND]) + b"\0\0\0\0"
    wire = header + payload[:128] + b"\xc3" + payload[128:256] + b"\xc3" + payload[256:]
    assert read(wire) == [Message(Kind.COMMAND, payload)]


@pytest.mark.parametrize("number", [b"\x00\x05", b"\x01\x05\x01"])
def test_chunk_streams_have_numbers_of_one_to_three_bytes(number: bytes) -> None:
    assert read(number + cut(Message(Kind.DATA, b"x"), 3)[1:]) == [Message(Kind.DATA, b"x")]


def test_what_came_is_counted() -> None:
    async def counting() -> int:
        wire = asyncio.StreamReader()
        wire.feed_data(OURS)
        reader = ChunkReader(wire.readexactly)
        await reader.message()
        return reader.received

    assert asyncio.run(counting()) == len(OURS)


@pytest.mark.parametrize(
    "wire",
    [
        b"\x03\0\0\0" + (LONGEST_MESSAGE + 1).to_bytes(3, "big") + b"\x14\0\0\0\0",
        cut(Message(Kind.SET_CHUNK_SIZE, bytes(4)), 2),
        cut(Message(Kind.SET_CHUNK_SIZE, b"\xff\xff\xff\xff"), 2),
        b"\x03\0\0\0\0\1\0\x14\0\0\0\0" + bytes(128) + b"\x43\0\0\0\0\0\1\x14",
        b"".join(bytes([0, number, *bytes(6), 20, *bytes(4)]) for number in range(100)),
    ],
)
def test_nonsense_ends_the_connection(wire: bytes) -> None:
    with pytest.raises(ServerLost):
        read(wire)


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(data: bytes) -> None:
    try:
        read(data)
    except ServerLost:
        return
