"""A browser's few slots carry any number of speakers, in turn and with unbroken numbers."""

from itertools import pairwise

from sandbox.sfu.ears import BrowserEars, NativeEars
from sandbox.sfu.rtp import Rtp, parse

SLOTS = tuple(range(100, 108))


def packet(speaker: int, sequence: int = 0, timestamp: int = 0) -> Rtp:
    return Rtp(111, False, sequence, timestamp, speaker, b"opus")


def hear(ears: BrowserEars, said: Rtp, now: float) -> Rtp | None:
    addressed = ears.address(said, now)
    return None if addressed is None else parse(addressed)


def heard(ears: BrowserEars, said: Rtp, now: float) -> Rtp:
    found = hear(ears, said, now)
    assert found is not None
    return found


def test_native_ears_are_given_the_speaker_s_own_numbers() -> None:
    said = packet(7, 65535, 123)
    addressed = NativeEars().address(said, 0.0)
    assert addressed is not None
    assert parse(addressed) == said


def test_a_speaker_keeps_a_slot_and_the_browser_s_payload_type() -> None:
    ears = BrowserEars(SLOTS, 109)
    first, second = heard(ears, packet(1, 7), 10.0), heard(ears, packet(1, 8, 960), 10.02)
    assert (first.payload_type, first.source) == (109, 100)
    assert (second.source, second.sequence - first.sequence, second.timestamp - first.timestamp) == (
        100,
        1,
        960,
    )


def test_a_ninth_speaker_is_heard_once_somebody_is_silent() -> None:
    ears = BrowserEars(SLOTS, 111)
    sources = [heard(ears, packet(speaker), 10.0).source for speaker in range(1, 9)]
    assert sources == list(SLOTS)
    assert hear(ears, packet(9), 10.9) is None
    heard(ears, packet(1, 1), 10.9)
    assert heard(ears, packet(9, 1), 11.1).source == 101


def test_a_slot_s_numbers_go_on_without_a_break_and_its_time_passes_truly() -> None:
    ears = BrowserEars((100,), 111)
    turns = [
        (1, 40000, 5_000_000),
        (1, 40001, 5_000_960),
        (2, 3, 77),
        (2, 4, 1037),
        (3, 65535, 4_294_967_000),
    ]
    instants = [10.0, 10.02, 15.02, 15.04, 17.04]
    packets = [heard(ears, packet(*turn), now) for turn, now in zip(turns, instants, strict=True)]
    assert [later.sequence - earlier.sequence for earlier, later in pairwise(packets)] == [1, 1, 1, 1]
    passed = [(later.timestamp - earlier.timestamp) % 2**32 for earlier, later in pairwise(packets)]
    assert passed == [960, 240_000, 960, 96_000]


def test_a_packet_that_comes_late_does_not_turn_a_slot_back() -> None:
    ears = BrowserEars((100,), 111)
    first = heard(ears, packet(1, 7, 6720), 10.0)
    heard(ears, packet(1, 9, 8640), 10.04)
    late = heard(ears, packet(1, 8, 7680), 10.05)
    next_speaker = heard(ears, packet(2), 12.0)
    assert late.sequence == first.sequence + 1
    assert next_speaker.sequence == first.sequence + 3


def test_numbers_wrap_around() -> None:
    ears = BrowserEars((100,), 111)
    before, after = heard(ears, packet(1, 65535, 2**32 - 960), 1.0), heard(ears, packet(1, 0, 0), 1.02)
    assert (after.sequence - before.sequence) % 2**16 == 1
    assert (after.timestamp - before.timestamp) % 2**32 == 960


def test_a_browser_without_slots_hears_nothing() -> None:
    assert hear(BrowserEars((), 111), packet(1), 0.0) is None
