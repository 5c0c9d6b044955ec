"""Connectivity checks are answered when they are signed for us, and never otherwise."""

from aioice import stun
from hypothesis import given
from hypothesis import strategies as st

from sandbox.sfu.ice import answer, binding_request, is_nomination
from tests.sandbox.strangers import check

HERE = ("127.0.0.1", 5004)


def test_a_signed_check_is_answered_with_the_address_it_came_from() -> None:
    found = binding_request(check("ours", "secret"))
    assert found is not None
    request, ufrag = found
    assert ufrag == "ours"
    reply = answer(request, "secret", HERE)
    assert reply is not None
    response = stun.parse_message(reply)
    assert response.transaction_id == request.transaction_id
    assert response.attributes["XOR-MAPPED-ADDRESS"] == HERE
    assert response.check_message_integrity(b"secret")


def test_a_check_signed_with_another_password_is_not_answered() -> None:
    found = binding_request(check("ours", "guess"))
    assert found is not None
    assert answer(found[0], "secret", HERE) is None


def test_an_unsigned_check_is_not_answered() -> None:
    bare = stun.Message(stun.Method.BINDING, stun.Class.REQUEST, attributes={"USERNAME": "ours:theirs"})
    found = binding_request(bytes(bare))
    assert found is not None
    assert answer(found[0], "secret", HERE) is None


def test_only_requests_to_bind_are_checks() -> None:
    for method, kind in (
        (stun.Method.BINDING, stun.Class.RESPONSE),
        (stun.Method.ALLOCATE, stun.Class.REQUEST),
    ):
        assert binding_request(bytes(stun.Message(method, kind))) is None


def test_a_nomination_is_told_from_a_plain_check() -> None:
    plain, nominated = binding_request(check("a", "b")), binding_request(check("a", "b", is_nominated=True))
    assert plain is not None
    assert nominated is not None
    assert (is_nomination(plain[0]), is_nomination(nominated[0])) == (False, True)


@given(st.data())
def test_no_datagram_is_too_strange(data: st.DataObject) -> None:
    honest = bytearray(check("ours", "secret"))
    for place in data.draw(st.lists(st.integers(0, len(honest) - 1), max_size=8)):
        honest[place] = data.draw(st.integers(0, 255))
    found = binding_request(bytes(honest[: data.draw(st.integers(0, len(honest)))]))
    if found is not None:
        answer(found[0], "secret", HERE)


@given(st.binary(max_size=100))
def test_no_attributes_are_too_strange(body: bytes) -> None:
    body += bytes(-len(body) % 4)
    header = b"\x00\x01" + len(body).to_bytes(2, "big") + b"\x21\x12\xa4\x42" + bytes(12)
    found = binding_request(header + body)
    if found is not None:
        answer(found[0], "secret", HERE)
