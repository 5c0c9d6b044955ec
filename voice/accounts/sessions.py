"""The relay accounts' sessions at rest: one encrypted file each, which opens by its own name and one key."""

import base64
import binascii
import hashlib
import os
import re
import struct
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from voice.accounts.reading import read_file
from voice.accounts.replacing import replace_file
from voice.accounts.session_keys import Key, SessionLost, SessionsRefused

SUFFIX = ".session"

_MAGIC = b"LGS1"
_KEY_ID = 8
_NONCE = 12
_HEAD = len(_MAGIC) + _KEY_ID + _NONCE
"""A file is the magic, which key it wants, the nonce, and AES-GCM's ciphertext and tag (NIST SP 800-38D).

The head and the account's name are authenticated with it, so a file that was renamed does not open.
"""

_LARGEST = 64 << 10
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")

_STRING = struct.Struct(">BI?256sQ?")
"""Data centre, api_id, whether a test, key, person, whether a bot (`pyrogram.storage.SQLiteStorage`)."""

_DATA_CENTRES = range(1, 6)


@dataclass(frozen=True, slots=True)
class Sessions:
    """The accounts that were logged in on this machine.

    `folder` holds their files; nothing in it, nor in this object's text, tells a session without the key.
    """

    folder: Path
    key: Key

    def names(self) -> list[str]:
        """The accounts' names, sorted; asks for no key."""
        try:
            files = list(self.folder.iterdir())
        except FileNotFoundError:
            return []
        except OSError as error:
            raise SessionsRefused(f"{self.folder} cannot be read ({error.strerror}).") from error
        return sorted(path.stem for path in files if path.suffix == SUFFIX and is_name(path.stem))

    def check(self) -> None:
        """See that there is a good key, or that none is needed yet; raises `SessionsRefused`."""
        if self.key.is_there or self.names():
            self.key.secret()

    def demand_new(self, name: str) -> None:
        """See that an account may be called so and that none is yet; raises `SessionsRefused`."""
        if self._path(name).exists():
            raise SessionsRefused(
                f"{name!r} is logged in already: run `loggione logout {name}` first, or choose another name "
                f"by --name."
            )

    def demand_old(self, name: str) -> None:
        """See that there is an account of this name, readable or not; raises `SessionsRefused`."""
        if not self._path(name).exists():
            raise SessionsRefused(f"No relay account is called {name!r}: {self._advice(name)}.")

    def read(self, name: str) -> str:
        """An account's session string, as kurigram takes it.

        Raises:
            SessionLost: the key is gone or another one, or the file is damaged.
            SessionsRefused: there is no such account, or its file or the key may not be read as they are.
        """
        path = self._path(name)
        try:
            content, _mode = read_file(path, _LARGEST)
        except OSError as error:
            self.demand_old(name)
            raise SessionsRefused(f"{path} cannot be read ({error.strerror}).") from error
        return self._opened(name, content)

    def write(self, name: str, session: str) -> None:
        """Keep an account's session, in place of an earlier one of this name; the first one makes the key.

        Raises:
            SessionsRefused: the key is gone or cannot be used, or the disk does not take the file.
        """
        path = self._path(name)
        if not self.names():
            self.key.make()
        secret = self.key.secret()
        head = _MAGIC + _id_of(secret) + os.urandom(_NONCE)
        sealed = AESGCM(secret).encrypt(head[-_NONCE:], session.encode(), _bound(head, name))
        try:
            replace_file(path, head + sealed)
        except OSError as error:
            raise SessionsRefused(f"{path} cannot be written ({error.strerror}).") from error

    def remove(self, name: str) -> None:
        """Forget an account, if it is there; raises `SessionsRefused` when its file must stay."""
        path = self._path(name)
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise SessionsRefused(f"{path} cannot be removed ({error.strerror}).") from error

    def _opened(self, name: str, content: bytes) -> str:
        path, secret = self._path(name), self.key.secret()
        again = f"run `loggione logout {name}`, then `loggione login --name {name}`"
        if len(content) <= _HEAD or not content.startswith(_MAGIC):
            raise SessionLost(f"{path} is damaged: bring it back from a backup, or {again}.")
        head, sealed = content[:_HEAD], content[_HEAD:]
        if head[len(_MAGIC) : -_NONCE] != _id_of(secret):
            raise SessionLost(
                f"{path} was locked with another key than {self.key.source}: bring that key back, or {again}."
            )
        try:
            session = AESGCM(secret).decrypt(head[-_NONCE:], sealed, _bound(head, name)).decode()
            person_of(session)
        except (InvalidTag, ValueError) as error:
            raise SessionLost(
                f"{path} is damaged, or belongs to an account of another name: bring it back from a backup, "
                f"or {again}."
            ) from error
        return session

    def _path(self, name: str) -> Path:
        if not is_name(name):
            raise SessionsRefused(
                f"{name!r:.60} cannot name a relay account: write up to 32 small letters, digits, - or _."
            )
        return self.folder / f"{name}{SUFFIX}"

    def _advice(self, name: str) -> str:
        names = self.names()
        return f"there is {', '.join(names)}" if names else f"run `loggione login --name {name}`"


def is_name(name: str) -> bool:
    """Whether an account may be called so: a short word that is safe as a file's name anywhere."""
    return _NAME.fullmatch(name) is not None


def person_of(session: str) -> int:
    """The number of the Telegram account that a session string belongs to.

    Raises:
        ValueError: it is no session string of kurigram's, or a bot's.
    """
    try:
        packed = base64.b64decode(session + "=" * (-len(session) % 4), altchars=b"-_", validate=True)
        centre, _api_id, _is_test, _key, person, is_bot = _STRING.unpack(packed)
    except (binascii.Error, struct.error) as error:
        raise ValueError("of another shape") from error
    if centre not in _DATA_CENTRES or person == 0 or is_bot:
        raise ValueError("not an account's")
    return int(person)


def _id_of(secret: bytes) -> bytes:
    """By which a file says which key it wants; tells nothing of the key."""
    return hashlib.blake2b(secret, digest_size=_KEY_ID, person=b"loggione key id").digest()


def _bound(head: bytes, name: str) -> bytes:
    return head + name.encode()
