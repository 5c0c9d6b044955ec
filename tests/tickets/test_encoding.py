"""The encoding, checked by somebody else's verification."""

import pytest

from tests.tickets.keyring import private
from tickets.encoding import encode
from tickets.keys import PublicKey
from tickets.variants import Variant


@pytest.mark.parametrize("bits", [2047, 2046, 2041, 2040])
def test_the_result_has_no_more_bits_than_asked_for(bits: int) -> None:
    for salt in range(20):
        encoded = encode(b"a message", bits, salt.to_bytes(48, "big"))
        assert len(encoded) == (bits + 7) // 8
        assert int.from_bytes(encoded, "big").bit_length() <= bits


def test_a_modulus_that_is_too_short_is_refused() -> None:
    encode(b"", 8 * 98, bytes(48))
    with pytest.raises(ValueError, match="too short"):
        encode(b"", 8 * 97, bytes(48))


@pytest.mark.parametrize("salt_length", [0, 20, 48])
def test_what_is_signed_over_it_verifies_elsewhere(salt_length: int) -> None:
    key = private()
    number = int.from_bytes(encode(b"a message", key.public.n.bit_length() - 1, b"s" * salt_length), "big")
    d = pow(key.public.e, -1, (key.p - 1) * (key.q - 1))
    signature = pow(number, d, key.public.n).to_bytes(key.public.length, "big")
    variant = Variant(salt_length, is_randomized=False)
    assert PublicKey(key.public.n, key.public.e).is_signed(b"a message", signature, variant)
    assert not key.public.is_signed(b"another", signature, variant)
