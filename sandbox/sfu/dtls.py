"""DTLS-SRTP without I/O: a handshake over datagrams that are handed in and out, then keys for media."""

from collections.abc import Callable

from OpenSSL import SSL
from pylibsrtp import Error as SrtpError
from pylibsrtp import Policy, Session

from sandbox.sfu.certificate import fingerprint

MTU = 1200
KEY, SALT = 16, 14
"""Bytes of AES128_CM_SHA1_80's master key and salt."""


class Dtls:
    """The client's side of a handshake; once `is_done`, protects and unprotects RTP (RFC 5764).

    `is_over` when the other side has said goodbye.
    """

    def __init__(self, context: SSL.Context, expected: str, send: Callable[[bytes], None]) -> None:
        self.is_done = self.is_over = False
        self._expected = expected.upper()
        self._send = send
        self._connection = SSL.Connection(context, None)
        self._connection.set_ciphertext_mtu(MTU)
        self._connection.set_connect_state()
        self._inbound: Session | None = None
        self._outbound: Session | None = None

    def advance(self, datagram: bytes | None = None) -> None:
        """Take a datagram in, if there is one, and go on as far as possible.

        Raises:
            PermissionError: the certificate is not the announced one, or the handshake failed.
        """
        if datagram is not None:
            self._connection.bio_write(datagram)
        if not self.is_done:
            try:
                self._connection.do_handshake()
                self._take_keys()
            except SSL.WantReadError:
                pass
            except SSL.Error as error:
                raise PermissionError(f"no handshake: {error}") from error
        if self.is_done:
            self._read()
        self._flush()

    def timeout(self) -> float | None:
        """Seconds after which `retransmit` shall be called, if the handshake needs it."""
        left: float | None = self._connection.DTLSv1_get_timeout()
        return left

    def retransmit(self) -> None:
        """Send the last flight again; raises `PermissionError` when that was done often enough."""
        try:
            self._connection.DTLSv1_handle_timeout()
        except SSL.Error as error:
            raise PermissionError(f"no handshake: {error}") from error
        self._flush()

    def protect(self, packet: bytes) -> bytes | None:
        """An RTP packet as SRTP; None before the keys, or when it is too old to be numbered safely."""
        if self._outbound is None:
            return None
        try:
            protected: bytes = self._outbound.protect(packet)
        except SrtpError:
            return None
        return protected

    def unprotect(self, packet: bytes) -> bytes | None:
        """An SRTP packet as RTP; None when it is forged, replayed, or came before the keys."""
        if self._inbound is None:
            return None
        try:
            plain: bytes = self._inbound.unprotect(packet)
        except SrtpError:
            return None
        return plain

    def close(self) -> None:
        """Say goodbye."""
        if self.is_done:
            try:
                self._connection.shutdown()
            except SSL.Error:
                return
            self._flush()

    def _take_keys(self) -> None:
        certificate = self._connection.get_peer_certificate(as_cryptography=True)
        if certificate is None or fingerprint(certificate) != self._expected:
            raise PermissionError("the certificate is not the announced one")
        material = self._connection.export_keying_material(b"EXTRACTOR-dtls_srtp", 2 * (KEY + SALT))
        keys, salts = material[: 2 * KEY], material[2 * KEY :]
        self._outbound = _session(keys[:KEY] + salts[:SALT], Policy.SSRC_ANY_OUTBOUND)
        self._inbound = _session(keys[KEY:] + salts[SALT:], Policy.SSRC_ANY_INBOUND)
        self.is_done = True

    def _read(self) -> None:
        """Nobody has anything to say in here but goodbye."""
        try:
            while True:
                self._connection.recv(MTU)
        except SSL.WantReadError:
            return
        except SSL.Error:
            self.is_over = True

    def _flush(self) -> None:
        while True:
            try:
                datagram = self._connection.bio_read(1500)
            except SSL.WantReadError:
                return
            self._send(datagram)


def _session(key: bytes, direction: int) -> Session:
    policy = Policy(key=key, ssrc_type=direction)
    policy.allow_repeat_tx = True
    policy.window_size = 1024
    return Session(policy)
