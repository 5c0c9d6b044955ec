"""AMF 0: commands there and back, and bytes that are none."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voice.outlets import amf

SCALARS = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=40)
VALUES = st.recursive(
    SCALARS, lambda inner: st.dictionaries(st.text(min_size=1, max_size=9), inner, max_size=3), max_leaves=4
)


@given(st.lists(VALUES, max_size=4))
def test_what_is_written_is_read(values: list[amf.Value]) -> None:
    assert amf.read(amf.write(*values)) == values


@given(st.binary(max_size=80))
def test_no_bytes_do_harm(data: bytes) -> None:
    try:
        amf.read(data)
    except amf.NotAmf:
        return


def test_a_command_is_written_as_the_specification_has_it() -> None:
    assert amf.write("a", 1, None, {"b": True}) == (
        b"\x02\x00\x01a"
        + b"\x00\x3f\xf0\x00\x00\x00\x00\x00\x00"
        + b"\x05"
        + b"\x03\x00\x01b\x01\x01\x00\x00\x09"
    )


def test_what_only_servers_write_is_read() -> None:
    array = b"\x08\x00\x00\x00\x01\x00\x01a\x06\x00\x00\x09"
    strict = b"\x0a\x00\x00\x00\x02\x05\x05"
    date = b"\x0b" + struct.pack(">dh", 5.0, 0)
    long = b"\x0c\x00\x00\x00\x02hi"
    assert amf.read(array + strict + date + long) == [{"a": None}, [None, None], 5.0, "hi"]


@pytest.mark.parametrize(
    "data",
    [
        b"\x02\x00\x09short",
        b"\x00\x00",
        b"\x0d",
        b"\x02\x00\x01\xff",
        b"\x03\x00\x01a\x05",
        b"\x03\x00\x00\x05",
        b"\x0a\xff\xff\xff\xff",
        b"\x03\x00\x01a" * 5000,
    ],
)
def test_what_is_none_is_told(data: bytes) -> None:
    with pytest.raises(amf.NotAmf):
        amf.read(data)


def test_what_cannot_be_written_is_a_bug() -> None:
    with pytest.raises(TypeError):
        amf.write([1.0])
