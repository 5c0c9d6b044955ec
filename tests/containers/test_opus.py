"""The identification header says what RFC 7845, section 5.1, asks for."""

from containers.opus import opus_head


def test_the_head_describes_mono_at_48_khz() -> None:
    assert opus_head(312) == b"OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"
