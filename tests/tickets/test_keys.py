"""Keys as bytes and back."""

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.tickets.keyring import pair, private, public
from tickets.keys import BITS, PrivateKey, PublicKey


def test_both_halves_belong_together() -> None:
    assert private().public == public()
    assert public().n.bit_length() == BITS
    assert public().length == 256


def test_no_two_talks_have_the_same_key() -> None:
    assert public("one") != public("another")


def test_what_is_printed_of_a_private_key_gives_nothing_away() -> None:
    key = private()
    assert str(key.p) not in repr(key)
    assert str(key.d_p) not in repr(key)


@pytest.mark.parametrize("content", [b"", b"nonsense", pair("one")[0][:-1]])
def test_other_bytes_are_no_key(content: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  # the text is the library's
        PublicKey.read(content)
    with pytest.raises(ValueError):  # noqa: PT011
        PrivateKey.read(content)


def test_a_key_of_another_kind_is_refused() -> None:
    curve = ec.generate_private_key(ec.SECP256R1())
    with pytest.raises(ValueError, match="not an RSA key"):
        PublicKey.read(
            curve.public_key().public_bytes(
                serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
            )
        )
    with pytest.raises(ValueError, match="not an RSA key"):
        PrivateKey.read(
            curve.private_bytes(
                serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )


@pytest.mark.parametrize("signature", [b"", bytes(255), bytes(256), bytes(257), b"\xff" * 256])
def test_what_is_no_signature_verifies_nothing(signature: bytes) -> None:
    assert not public().is_signed(b"a message", signature)
