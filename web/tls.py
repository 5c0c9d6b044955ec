"""TLS: the gallery's certificate, read again when it is renewed; nothing knows a listener again."""

import asyncio
import logging
import ssl
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

LOOK = 60.0
"""Seconds between two looks at whether the certificate was renewed."""


class WrongCertificate(Exception):
    """The files cannot be used; the message says which, and why."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Two files in PEM: the certificate with those that vouch for it, and its key, not locked."""

    chain: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """A server's context, TLS 1.2 or 1.3; raises `WrongCertificate`.

        Sessions are not resumed: what a client shows for that would tell that it was here before.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.num_tickets = 0
        context.options |= ssl.OP_NO_RENEGOTIATION
        context.set_alpn_protocols(["http/1.1"])
        self.load(context)
        return context

    def load(self, context: ssl.SSLContext) -> None:
        """Use the files for all who come from now on; raises `WrongCertificate`."""
        for path in (self.chain, self.key):
            try:
                path.read_bytes()
            except OSError as error:
                raise WrongCertificate(f"{path} cannot be read ({error.strerror})") from error
        try:
            context.load_cert_chain(self.chain, self.key, password=_no_password)
        except (ssl.SSLError, ValueError) as error:
            raise WrongCertificate(f"{self.chain} and {self.key} are {_what(error)}") from error

    async def keep_fresh(self, context: ssl.SSLContext, pause: float = LOOK) -> None:
        """Use renewed files, for ever; as long as they cannot be used the old ones serve on."""
        known = self._edition()
        while True:
            await asyncio.sleep(pause)
            edition = self._edition()
            if edition == known:
                continue
            known = edition
            try:
                self.load(context)
            except WrongCertificate as error:
                log.error("the renewed certificate is not used: %s", error)
            else:
                log.info("the gallery has a new certificate")

    def _edition(self) -> tuple[tuple[int, int, int], ...]:
        """Changes whenever the files do."""
        try:
            stats = [path.stat() for path in (self.chain, self.key)]
        except OSError:
            return ()
        return tuple((stat.st_ino, stat.st_mtime_ns, stat.st_size) for stat in stats)


def _no_password() -> str:
    raise ValueError("locked")


def _what(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) and error.reason == "KEY_VALUES_MISMATCH":
        return "not of one pair"
    return "no certificate and key in PEM without a password"
