"""The asker's half."""

import pytest

from tests.tickets.keyring import private, public
from tickets.blinding import blind, blind_with, finalize, prepare
from tickets.errors import Unfit
from tickets.signing import blind_sign
from tickets.variants import PREFIX, Variant


def test_a_randomized_message_has_a_prefix_that_never_comes_again() -> None:
    one, other = prepare(b"a message"), prepare(b"a message")
    assert one[PREFIX:] == other[PREFIX:] == b"a message"
    assert one[:PREFIX] != other[:PREFIX]
    assert prepare(b"a message", Variant(48, is_randomized=False)) == b"a message"


def test_the_same_message_is_never_blinded_alike() -> None:
    assert blind(public(), b"a message")[0] != blind(public(), b"a message")[0]


def test_a_number_that_cannot_be_inverted_blinds_nothing() -> None:
    with pytest.raises(ValueError, match="not invertible"):
        blind_with(public(), b"a message", bytes(48), private().p)


@pytest.mark.parametrize("length", [0, 255, 257])
def test_a_signature_of_another_length_is_unfit(length: int) -> None:
    with pytest.raises(Unfit, match="instead of 256"):
        finalize(public(), b"a message", bytes(length), 5)


def test_another_talk_s_signature_is_unfit() -> None:
    blinded, inverse = blind(public(), b"a message")
    by_another = blind_sign(private("another"), (5).to_bytes(256, "big"))
    for signature in (by_another, blinded):
        with pytest.raises(Unfit, match="not valid"):
            finalize(public(), b"a message", signature, inverse)


def test_a_signature_of_another_message_is_unfit() -> None:
    blinded, inverse = blind(public(), b"a message")
    with pytest.raises(Unfit, match="not valid"):
        finalize(public(), b"another", blind_sign(private(), blinded), inverse)
