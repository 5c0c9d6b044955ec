"""The certificate of the settings, if the gallery speaks TLS itself."""

from app.settings import Settings
from app.supervision import CannotRun
from web.tls import Certificate, WrongCertificate


def certificate_of(settings: Settings) -> Certificate | None:
    """Certificate and key; None where TLS is left to a proxy.

    Raises:
        CannotRun: only one of the two is set.
    """
    chain, key = settings.tls_certificate, settings.tls_key
    if chain is None and key is None:
        return None
    if chain is None or key is None:
        missing = Settings.variable("tls_certificate" if chain is None else "tls_key")
        raise CannotRun(f"{missing} is missing: a certificate and its key are set together, or neither.")
    return Certificate(chain, key)


def check_certificate(settings: Settings) -> None:
    """See that the certificate can be used; raises `CannotRun` with what is wrong with it."""
    certificate = certificate_of(settings)
    try:
        if certificate is not None:
            certificate.context()
    except WrongCertificate as error:
        raise CannotRun(f"LOGGIONE_TLS_CERTIFICATE, LOGGIONE_TLS_KEY: {error}.") from error
