"""The chunked coding, and back."""

import pytest

from web.fanout.framing import framed, unframed


def test_a_chunk_says_its_length_in_hexadecimal() -> None:
    assert framed(b"x" * 20) == b"14\r\n" + b"x" * 20 + b"\r\n"


@pytest.mark.parametrize("content", [b"x", b"\r\n" * 50])
def test_the_coding_can_be_taken_off(content: bytes) -> None:
    assert bytes(unframed(framed(content))) == content
