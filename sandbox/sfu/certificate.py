"""The server's certificate: made anew each time, known to clients by its fingerprint."""

from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from OpenSSL import SSL

SRTP_PROFILE = b"SRTP_AES128_CM_SHA1_80"


def make_context() -> tuple[SSL.Context, str]:
    """A DTLS context with a fresh certificate, and that certificate's SHA-256 fingerprint (RFC 8122)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "sandbox")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )
    context = SSL.Context(SSL.DTLS_METHOD)
    context.set_options(SSL.OP_NO_TICKET)
    # Peers have self-signed certificates too; who they are is proved by the fingerprint they announced.
    context.set_verify(SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT, lambda *_: True)
    context.use_certificate(certificate)
    context.use_privatekey(key)
    context.set_tlsext_use_srtp(SRTP_PROFILE)
    return context, fingerprint(certificate)


def fingerprint(certificate: x509.Certificate) -> str:
    """The SHA-256 of a certificate as SDP writes it: upper-case bytes between colons."""
    return certificate.fingerprint(hashes.SHA256()).hex(":").upper()
