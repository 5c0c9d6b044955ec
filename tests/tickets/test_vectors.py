"""RFC 9474, appendix A: all four variants, number by number. The data is the RFC's own."""

import json
from pathlib import Path

import pytest

from tests.tickets.named import VARIANTS
from tickets.blinding import blind_with, finalize
from tickets.keys import PrivateKey
from tickets.signing import blind_sign

APPENDIX = json.loads((Path(__file__).parent / "rfc9474.json").read_text())
KEY = PrivateKey.of_primes(int(APPENDIX["p"], 16), int(APPENDIX["q"], 16), int(APPENDIX["e"], 16))
NAMES = [vector["name"] for vector in APPENDIX["vectors"]]


def test_the_key_is_the_appendix_s() -> None:
    assert KEY.public.n == int(APPENDIX["n"], 16)
    d = int(APPENDIX["d"], 16)
    assert (KEY.d_p, KEY.d_q) == (d % (KEY.p - 1), d % (KEY.q - 1))


def test_all_four_variants_are_there() -> None:
    assert sorted(NAMES) == sorted(VARIANTS)


@pytest.mark.parametrize("vector", APPENDIX["vectors"], ids=NAMES)
def test_every_step_comes_out_as_in_the_appendix(vector: dict[str, str]) -> None:
    variant = VARIANTS[vector["name"]]
    salt, prefix = bytes.fromhex(vector["salt"]), bytes.fromhex(vector["msg_prefix"])
    assert len(salt) == variant.salt_length
    assert bool(prefix) is variant.is_randomized
    prepared = prefix + bytes.fromhex(APPENDIX["msg"])
    blinded, inverse = blind_with(KEY.public, prepared, salt, int(vector["inv"], 16))
    assert blinded.hex() == vector["blinded_msg"]
    blind_signature = blind_sign(KEY, blinded)
    assert blind_signature.hex() == vector["blind_sig"]
    signature = finalize(KEY.public, prepared, blind_signature, inverse, variant)
    assert signature.hex() == vector["sig"]
    assert KEY.public.is_signed(prepared, signature, variant)


@pytest.mark.parametrize("vector", APPENDIX["vectors"], ids=NAMES)
def test_a_signature_of_one_salt_length_is_none_of_the_other(vector: dict[str, str]) -> None:
    prepared = bytes.fromhex(vector["msg_prefix"] + APPENDIX["msg"])
    others = [one for one in VARIANTS.values() if one.salt_length != VARIANTS[vector["name"]].salt_length]
    for other in others:
        assert not KEY.public.is_signed(prepared, bytes.fromhex(vector["sig"]), other)
