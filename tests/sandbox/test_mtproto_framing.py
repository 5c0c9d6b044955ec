"""Frames on the door's socket."""

import pytest

from sandbox.mtproto.framing import LONGEST, BadFrame, Unframer, frame


def test_frames_are_found_however_the_stream_is_cut() -> None:
    bodies = [b"", b"one", bytes(1000)]
    stream = b"".join(frame(body) for body in bodies)
    for size in (1, 3, 7, len(stream)):
        unframer = Unframer()
        pieces = [stream[at : at + size] for at in range(0, len(stream), size)]
        assert [body for piece in pieces for body in unframer.feed(piece)] == bodies


def test_a_length_that_cannot_be_meant_is_refused() -> None:
    with pytest.raises(BadFrame):
        list(Unframer().feed((LONGEST + 1).to_bytes(4, "little")))
