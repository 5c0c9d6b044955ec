"""The key that opens the relay accounts' sessions: given in the settings, or kept in a file of ours alone."""

import base64
import binascii
import secrets
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from voice.accounts.reading import read_file
from voice.accounts.replacing import create_file

SIZE = 32
"""Bytes of a key: AES-256."""

_LARGEST = 4096
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SessionsRefused(Exception):
    """Sessions cannot be read or kept until the operator mends something; the message says what."""


class SessionLost(SessionsRefused):
    """What is here opens a session no more: only a backup, or another key, could bring it back."""


class Key(Protocol):
    """Where the key comes from; it is read when it is needed, and never shown."""

    @property
    def source(self) -> str:
        """What the operator calls it."""

    @property
    def is_there(self) -> bool:
        """Whether there is a key, good or bad."""

    def secret(self) -> bytes:
        """The key itself, `SIZE` bytes; raises `SessionsRefused`."""

    def make(self) -> None:
        """Have a new key from now on, unless there is one; raises `SessionsRefused`."""


@dataclass(frozen=True, slots=True)
class GivenKey:
    """A key that the settings hold."""

    text: str = field(repr=False)
    source: str = "LOGGIONE_SESSION_KEY"

    @property
    def is_there(self) -> bool:
        """It always is."""
        return True

    def secret(self) -> bytes:
        """The key that the text writes."""
        return read_key(self.text)

    def make(self) -> None:
        """It is there already."""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key in a file that nobody but its owner may read."""

    path: Path

    @property
    def source(self) -> str:
        """The file's name."""
        return str(self.path)

    @property
    def is_there(self) -> bool:
        """Whether there is such a file."""
        return self.path.exists()

    def secret(self) -> bytes:
        """The key that stands in the file.

        Raises:
            SessionLost: it is gone, or holds no key.
            SessionsRefused: it is open to others, or cannot be read.
        """
        try:
            content, mode = read_file(self.path, _LARGEST)
        except FileNotFoundError as error:
            raise SessionLost(
                f"{self.path}, the key to the relay accounts, is gone: bring it back from a backup, or log "
                f"every account out and in again (`loggione logout NAME`, `loggione login`)."
            ) from error
        except OSError as error:
            raise SessionsRefused(f"{self.path} cannot be read ({error.strerror}).") from error
        if mode & _OTHERS:
            raise SessionsRefused(
                f"{self.path} may be read by others, and is the key to the relay accounts: "
                f"run `chmod 600 {self.path}`."
            )
        try:
            return read_key(content.decode("ascii"))
        except ValueError as error:
            raise SessionLost(
                f"{self.path} holds no key: bring it back from a backup, or remove it and log every account "
                f"out and in again (`loggione logout NAME`, `loggione login`)."
            ) from error

    def make(self) -> None:
        """Write a new key with the rights 0600, unless there is a file already."""
        try:
            create_file(self.path, base64.b64encode(secrets.token_bytes(SIZE)) + b"\n")
        except OSError as error:
            if self.is_there:
                return
            raise SessionsRefused(f"{self.path} cannot be written ({error.strerror}).") from error


def read_key(text: str) -> bytes:
    """A key that is written in base64, in either alphabet; raises `ValueError` for what is none."""
    try:
        key = base64.b64decode(text.strip().replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ValueError("no base64") from error
    if len(key) != SIZE:
        raise ValueError("of another length")
    return key
