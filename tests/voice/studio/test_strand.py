"""The strand: packets of two encoders follow each other without a sound that nobody made."""

import numpy as np
import pytest

from containers.opus import PRE_SKIP, SILENT_PACKET
from tests.voice.sounds import cut, tone
from voice.mastering.hearing import decoded
from voice.mixing.encoder import Encoder
from voice.mixing.mixer import Mixer
from voice.mixing.sound import FULL_SCALE, SILENCE, Block
from voice.mixing.units import SLOT
from voice.studio.strand import SETTLING, Strand

SPEECH = [(tone(440, 2) + tone(1300, 2, 2000) + tone(2900, 2, 700)).astype(np.int16)]
OTHER = tone(700, 2, 9000)


def error(packets: list[bytes], original: Block, slots: slice) -> float:
    """How far the sound is from what it should be at worst, in so many slots."""
    heard = np.concatenate(list(decoded(packets)))[PRE_SKIP:] * FULL_SCALE
    heard = heard[slots.start * SLOT : slots.stop * SLOT]
    return float(np.abs(heard - original[slots.start * SLOT : slots.stop * SLOT]).max())


def usual(original: Block) -> float:
    """How far an encoder is from it that makes all packets by itself."""
    encoder = Encoder()
    return error([encoder.encode(block) for block in cut(original)], original, slice(20, 80))


def test_alone_it_encodes_as_an_encoder_does() -> None:
    strand, encoder = Strand(), Encoder()
    encoder.encode(SILENCE)
    blocks = cut(SPEECH[0])
    assert [strand.encode(block, None) for block in blocks] == [encoder.encode(block) for block in blocks]


def test_what_is_borrowed_is_passed_on() -> None:
    assert Strand().encode(SILENCE, SILENT_PACKET) == SILENT_PACKET


@pytest.mark.parametrize("interruption", [1, 3, 30])
def test_a_voice_that_is_joined_by_another_and_alone_again_has_no_seams(interruption: int) -> None:
    """The mix's packets are borrowed before and after; in between the voice is encoded by itself."""
    voice, strand, mixer, encoder = SPEECH[0], Strand(), Mixer(), Encoder()
    packets, since = [], SETTLING
    for slot, (block, other) in enumerate(zip(cut(voice), cut(OTHER), strict=True)):
        is_joined = 40 <= slot < 40 + interruption
        mixed = encoder.encode(mixer.mix([block, other] if is_joined else [block]))
        since = 0 if is_joined else since + 1
        packets.append(strand.encode(block, mixed if since >= SETTLING else None))
    assert error(packets, voice, slice(30, 50 + interruption)) < 2 * usual(voice)


def test_packets_borrowed_too_soon_would_have_seams() -> None:
    """Why the other strand must have settled: this is what is avoided."""
    voice, mixer, encoder = SPEECH[0], Mixer(), Encoder()
    alone = Encoder()
    packets = []
    for slot, (block, other) in enumerate(zip(cut(voice), cut(OTHER), strict=True)):
        mixed = encoder.encode(mixer.mix([block, other] if slot < 40 else [block]))
        packets.append(alone.encode(block) if slot < 40 else mixed)
    assert error(packets, voice, slice(39, 45)) > 3 * usual(voice)
