"""What a native client offers is read with care, and what it is answered is what it can bear."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.sfu.native import BadOffer, Offer, read_offer, write_answer

PRINT = ":".join(["AB"] * 32)


def params(**changed: object) -> str:
    fingerprints = [{"hash": "sha-256", "fingerprint": PRINT.lower(), "setup": "passive"}]
    return json.dumps({"ufrag": "u", "pwd": "p", "fingerprints": fingerprints, "ssrc": 7} | changed)


def test_an_honest_offer_is_read() -> None:
    assert read_offer(params()) == Offer(PRINT, 7)


def test_the_ssrc_is_unsigned_however_the_client_writes_it() -> None:
    assert read_offer(params(ssrc=-1)).source == 0xFFFFFFFF
    assert read_offer(params(ssrc=0xFFFFFFFF)).source == 0xFFFFFFFF


@pytest.mark.parametrize(
    "offer",
    [
        "",
        "null",
        "[]",
        "[" * 100_000,
        '"text"',
        params(ssrc=None),
        params(ssrc=float("inf")),
        params(ssrc=float("nan")),
        params(ssrc=[]),
        params(fingerprints=[]),
        params(fingerprints=[{"hash": "sha-1", "fingerprint": PRINT}]),
        params(fingerprints=[{"hash": "sha-256", "fingerprint": 7}]),
        params(fingerprints=[{"hash": 256, "fingerprint": PRINT}]),
        params(fingerprints=7),
    ],
)
def test_what_no_client_offers_is_refused(offer: str) -> None:
    with pytest.raises(BadOffer):
        read_offer(offer)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["ssrc", "fingerprints", "hash"]), inner),
)


@given(st.text() | JSON.map(json.dumps))
def test_no_text_is_too_strange(offer: str) -> None:
    with suppress(BadOffer):
        assert read_offer(offer).source < 1 << 32


def test_the_answer_holds_what_the_native_library_insists_on() -> None:
    answer = json.loads(write_answer(("127.0.0.1", 5004), "ufrag", "pwd", PRINT))
    candidate = answer["transport"]["candidates"][0]
    assert (candidate["ip"], candidate["port"]) == ("127.0.0.1", "5004")  # a number is refused
    assert answer["audio"]["payload-types"][0]["id"] == 111
    assert answer["video"]["payload-types"]  # an empty list aborts the process
    assert answer["transport"]["fingerprints"][0]["fingerprint"] == PRINT
