"""A handshake lets in who holds the announced certificate, and survives whatever else comes."""

from collections import deque

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from OpenSSL import SSL
from pylibsrtp import Policy, Session

from sandbox.sfu.certificate import make_context
from sandbox.sfu.dtls import KEY, SALT, Dtls
from sandbox.sfu.rtp import Rtp

PACKET = Rtp(111, False, 7, 960, 42, b"opus").pack(111, 42, 7, 960)


class Client:
    """The other side: a client, which is the DTLS server (see `sandbox/sfu/peer.py`)."""

    def __init__(self) -> None:
        context, self.fingerprint = make_context()
        self.connection = SSL.Connection(context, None)
        self.connection.set_accept_state()
        self.connection.set_ciphertext_mtu(1200)
        self.is_done = False

    def take(self, datagram: bytes) -> None:
        self.connection.bio_write(datagram)
        try:
            self.connection.do_handshake()
            self.is_done = True
        except SSL.WantReadError:
            pass

    def sent(self) -> list[bytes]:
        datagrams = []
        while True:
            try:
                datagrams.append(self.connection.bio_read(1500))
            except SSL.WantReadError:
                return datagrams

    def srtp(self, *, inbound: bool) -> Session:
        material = self.connection.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (KEY + SALT))
        keys, salts = material[: 2 * KEY], material[2 * KEY :]
        if inbound:
            return Session(Policy(keys[:KEY] + salts[:SALT], Policy.SSRC_ANY_INBOUND))
        return Session(Policy(keys[KEY:] + salts[SALT:], Policy.SSRC_ANY_OUTBOUND))


class Meeting:
    """A server's handshake and a client, with the datagrams between them."""

    def __init__(self, announced: str | None = None) -> None:
        self.client = Client()
        self.to_client: deque[bytes] = deque()
        context, _ = make_context()
        self.dtls = Dtls(context, announced or self.client.fingerprint, self.to_client.append)

    def shake_hands(self) -> "Meeting":
        self.dtls.advance()
        while self.to_client:
            self.client.take(self.to_client.popleft())
            for datagram in self.client.sent():
                self.dtls.advance(datagram)
        return self


def test_sound_passes_both_ways_once_hands_were_shaken() -> None:
    meeting = Meeting().shake_hands()
    assert meeting.dtls.is_done
    protected = meeting.dtls.protect(PACKET)
    assert protected is not None
    assert protected != PACKET
    assert meeting.client.srtp(inbound=True).unprotect(protected) == PACKET
    assert meeting.dtls.unprotect(meeting.client.srtp(inbound=False).protect(PACKET)) == PACKET


def test_another_certificate_than_the_announced_one_is_not_let_in() -> None:
    meeting = Meeting(announced=make_context()[1])
    with pytest.raises(PermissionError, match="not the announced one"):
        meeting.shake_hands()
    assert not meeting.dtls.is_done
    assert meeting.dtls.protect(PACKET) is None


def test_there_is_no_sound_before_the_keys() -> None:
    meeting = Meeting()
    assert meeting.dtls.protect(PACKET) is None
    assert meeting.dtls.unprotect(PACKET) is None


def test_forged_and_replayed_packets_are_none() -> None:
    meeting = Meeting().shake_hands()
    protected = meeting.client.srtp(inbound=False).protect(PACKET)
    assert meeting.dtls.unprotect(protected[:-1] + b"\x00") is None
    assert meeting.dtls.unprotect(PACKET) is None
    assert meeting.dtls.unprotect(b"\x80") is None
    assert meeting.dtls.unprotect(protected) == PACKET
    assert meeting.dtls.unprotect(protected) is None


def test_a_packet_numbered_far_back_is_not_sent_and_harms_nobody() -> None:
    meeting = Meeting().shake_hands()
    assert meeting.dtls.protect(Rtp(111, False, 0, 0, 42, b"opus").pack(111, 42, 20000, 0)) is not None
    assert meeting.dtls.protect(Rtp(111, False, 0, 0, 42, b"opus").pack(111, 42, 3, 0)) is None


def test_the_client_s_goodbye_is_understood() -> None:
    meeting = Meeting().shake_hands()
    meeting.client.connection.shutdown()
    for datagram in meeting.client.sent():
        meeting.dtls.advance(datagram)
    assert meeting.dtls.is_over


def test_a_goodbye_is_said() -> None:
    meeting = Meeting().shake_hands()
    meeting.dtls.close()
    meeting.client.connection.bio_write(meeting.to_client.pop())
    with pytest.raises(SSL.ZeroReturnError):
        meeting.client.connection.recv(100)


@given(st.binary(max_size=200).map(lambda rest: bytes([20 + len(rest) % 44]) + rest))
@settings(max_examples=50, deadline=None)
def test_no_datagram_ends_what_was_agreed(junk: bytes) -> None:
    meeting = Meeting().shake_hands()
    meeting.dtls.advance(junk)
    assert not meeting.dtls.is_over
    assert meeting.dtls.protect(PACKET) is not None


@given(st.floats(0, 0.99))
@settings(max_examples=50, deadline=None)
def test_a_handshake_survives_cut_datagrams_before_the_whole_ones(share: float) -> None:
    meeting = Meeting()
    meeting.dtls.advance()
    while meeting.to_client:
        meeting.client.take(meeting.to_client.popleft())
        for datagram in meeting.client.sent():
            meeting.dtls.advance(datagram[: max(1, int(share * len(datagram)))])
            meeting.dtls.advance(datagram)
    assert meeting.dtls.is_done
