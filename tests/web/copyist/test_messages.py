"""Messages: read again as they were written, wherever the stream is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.copyist.messages import Begin, Codec, End, Frames, Order, OutOfStep, Sound, Unframer, framed

ORDERS: list[Order] = [
    Begin(1, Codec.AAC),
    Begin(2, Codec.MP3),
    Sound(1, [(2**40, b"\xff" * 500), (2**40 + 960, b"1")]),
    End(1),
    Sound(2, []),
]


@given(st.lists(st.integers(1, 40), min_size=1))
def test_orders_come_as_they_were_given_however_the_stream_is_cut(steps: list[int]) -> None:
    stream = b"".join(map(framed, ORDERS))
    unframer: Unframer[Order] = Unframer(Order)
    read: list[Order] = []
    at = n = 0
    while at < len(stream):
        read += unframer.feed(stream[at : at + steps[n % len(steps)]])
        at += steps[n % len(steps)]
        n += 1
    assert read == ORDERS


@pytest.mark.parametrize("spoilt", [b"\xff\xff\xff\xff", b"\0\0\0\1\xc1", framed(End(1))])
def test_what_is_no_message_of_this_direction_is_told(spoilt: bytes) -> None:
    with pytest.raises(OutOfStep):
        list(Unframer[Frames](Frames).feed(framed(Frames(1, [(2, b"3")])) + spoilt))
