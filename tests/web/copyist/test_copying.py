"""Copying: the same sound at the same time, silence for short gaps, a leap over long ones."""

from collections.abc import Sequence

import numpy as np
import pytest

from containers.opus import PACKET, RATE
from tests.voice.sounds import rms, strength
from tests.web.copyist.hearing import heard
from tests.web.house import opus
from web.copyist.copying import Copying
from web.copyist.messages import Codec

CODECS = list(Codec)
LENGTHS = {Codec.AAC: 1024, Codec.MP3: 1152}


def copied(codec: Codec, *parts: tuple[int, Sequence[bytes]]) -> list[tuple[int, bytes]]:
    """All frames of packets, each part of which begins at a sample of its own."""
    copying = Copying(codec)
    frames: list[tuple[int, bytes]] = []
    for begins, packets in parts:
        for number, packet in enumerate(packets):
            frames += copying.take(begins + number * PACKET, packet)
    return [*frames, *copying.finish()]


def follow(codec: Codec, frames: Sequence[tuple[int, bytes]]) -> bool:
    """Whether each frame begins where the one before ends."""
    times = [at for at, _ in frames]
    return times == [times[0] + n * LENGTHS[codec] for n in range(len(times))]


@pytest.mark.parametrize("codec", CODECS)
def test_a_tone_is_the_same_tone_at_the_same_time(codec: Codec) -> None:
    frames = copied(codec, (7 * RATE, opus(440, 2)))
    assert follow(codec, frames)
    assert 0 <= frames[0][0] - 7 * RATE < LENGTHS[codec]
    assert frames[-1][0] + LENGTHS[codec] >= 9 * RATE
    assert strength(heard(codec, [frame for _, frame in frames])[4800:91200], 440) == pytest.approx(
        8000, rel=0.05
    )


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("first", [1, 20, 41])
def test_whoever_joins_at_any_frame_hears_what_is_said_from_there(codec: Codec, first: int) -> None:
    frames = [frame for _, frame in copied(codec, (0, opus(440, 2)))]
    from_there, from_the_start = heard(codec, frames[first:]), heard(codec, frames)
    length = LENGTHS[codec]
    there, start = (
        from_there[length : 10 * length],
        from_the_start[(first + 1) * length : (first + 10) * length],
    )
    assert rms(there - start) < 30


def test_each_frame_of_mp3_is_as_long_as_the_bit_rate_says() -> None:
    assert {len(frame) for _, frame in copied(Codec.MP3, (0, opus(440, 2)))} == {192}


@pytest.mark.parametrize("codec", CODECS)
def test_a_short_gap_is_silence_and_time_goes_on(codec: Codec) -> None:
    frames = copied(codec, (0, opus(440, 1)), (RATE + RATE // 2, opus(440, 1)))
    assert follow(codec, frames)
    sound = heard(codec, [frame for _, frame in frames])
    assert rms(sound[RATE + 6000 : RATE + 18000]) < 30
    assert strength(sound[2 * RATE - 12000 : 2 * RATE + 12000], 440) == pytest.approx(8000, rel=0.05)


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize(
    "begins_again", [61 * RATE, 0, RATE + 480], ids=["gap", "clock anew", "between packets"]
)
def test_over_a_long_gap_time_leaps_and_nothing_is_lost_before_it(codec: Codec, begins_again: int) -> None:
    frames = copied(codec, (0, opus(440, 1)), (begins_again, opus(660, 1)))
    leap = next(n for n in range(1, len(frames)) if frames[n][0] != frames[n - 1][0] + LENGTHS[codec])
    before, after = frames[:leap], frames[leap:]
    assert follow(codec, before)
    assert follow(codec, after)
    assert before[-1][0] + LENGTHS[codec] >= RATE
    assert 0 <= after[0][0] - begins_again < LENGTHS[codec]
    assert strength(heard(codec, [frame for _, frame in before])[4800:43200], 440) > 7000
    assert strength(heard(codec, [frame for _, frame in after])[4800:43200], 660) > 7000


@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize("spoilt", [b"", b"\xff\xff\xff", bytes(3), b"\xfc\xff\xfe", bytes(70_000)])
def test_a_spoilt_packet_is_a_moment_s_silence(codec: Codec, spoilt: bytes) -> None:
    packets = [*opus(440, 1), *[spoilt] * 25, *opus(440, 1)]
    frames = copied(codec, (0, packets))
    assert follow(codec, frames)
    sound = heard(codec, [frame for _, frame in frames])
    assert rms(sound[RATE + 6000 : RATE + 18000]) < 30
    assert strength(sound[2 * RATE - 12000 : 2 * RATE + 12000], 440) > 7000


def test_nothing_comes_of_nothing() -> None:
    assert list(Copying(Codec.AAC).finish()) == []


@pytest.mark.parametrize("codec", CODECS)
def test_silence_stays_silence(codec: Codec) -> None:
    frames = copied(codec, (0, [b"\xf8\xff\xfe"] * 50))
    assert not np.any(heard(codec, [frame for _, frame in frames]))
