"""The desk's half: which numbers are signed, and which are refused."""

from dataclasses import replace

import pytest

from tests.tickets.keyring import private, public
from tests.tickets.named import VARIANTS
from tickets.blinding import blind, finalize, prepare
from tickets.errors import Unsignable
from tickets.signing import blind_sign, check


def number(value: int) -> bytes:
    return value.to_bytes(public().length, "big")


N = public().n


@pytest.mark.parametrize(
    ("blinded", "reason"),
    [
        (b"", "0 bytes instead of 256"),
        (bytes(255), "255 bytes"),
        (bytes(257), "257 bytes"),
        (bytes(1_000_000), "1000000 bytes"),
        (number(0), "0, 1 or -1"),
        (number(1), "0, 1 or -1"),
        (number(N - 1), "0, 1 or -1"),
        (number(N), "not less than the modulus"),
        (number(N + 2), "not less than the modulus"),
        (b"\xff" * 256, "not less than the modulus"),
        (number(private().p), "not invertible"),
        (number(private().q * 3), "not invertible"),
    ],
)
def test_what_is_no_blinded_value_is_refused(blinded: bytes, reason: str) -> None:
    with pytest.raises(Unsignable, match=reason):
        check(public(), blinded)
    with pytest.raises(Unsignable, match=reason):
        blind_sign(private(), blinded)


@pytest.mark.parametrize("value", [2, 3, N // 2, N - 2], ids=["2", "3", "half", "nearly all"])
def test_any_other_number_is_signed(value: int) -> None:
    signature = int.from_bytes(blind_sign(private(), number(value)), "big")
    assert pow(signature, public().e, N) == value


def test_the_same_number_is_signed_alike_though_by_another_way() -> None:
    assert blind_sign(private(), number(5)) == blind_sign(private(), number(5))


def test_a_fault_in_the_arithmetic_gives_nothing_away() -> None:
    faulty = replace(private(), d_p=private().d_p + 2)
    with pytest.raises(ArithmeticError):
        blind_sign(faulty, number(5))


@pytest.mark.parametrize("name", VARIANTS)
def test_a_blind_signature_becomes_a_valid_one(name: str) -> None:
    variant = VARIANTS[name]
    prepared = prepare(b"a message", variant)
    blinded, inverse = blind(public(), prepared, variant)
    signature = finalize(public(), prepared, blind_sign(private(), blinded), inverse, variant)
    assert public().is_signed(prepared, signature, variant)
    assert not public("another").is_signed(prepared, signature, variant)
