"""The entrance: the account signs in by its number, the code 12345, and its password if it has one."""

import hashlib
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from pyrogram import raw
from pyrogram.crypto.prime import CURRENT_DH_PRIME
from pyrogram.utils import compute_password_hash

from sandbox.mtproto.view import View
from sandbox.world.errors import CallError
from sandbox.world.world import World

CODE = "12345"
"""What every message with a code says."""

WAYS = (raw.types.auth.SentCodeTypeApp, raw.types.auth.SentCodeTypeSms)
"""By which a code comes, one after the other."""

_SIZE = 256
_GENERATOR = 3


class Entrance:
    """Each method takes a request and gives its answer. Whoever signs in is the door's account."""

    def __init__(self, world: World, view: View) -> None:
        self._people = world.society.people
        self._view = view
        self._number = ""
        self._code_hash = ""
        self._way = 0
        self._challenge: _Challenge | None = None

    def send_code(self, request: Any) -> Any:
        """auth.sendCode: any number that could be one."""
        if not re.fullmatch(r"[0-9]{7,15}", request.phone_number):
            raise CallError(400, "PHONE_NUMBER_INVALID")
        self._number, self._code_hash, self._way = request.phone_number, secrets.token_hex(8), 0
        return self._sent()

    def resend_code(self, request: Any) -> Any:
        """auth.resendCode: by the next way, while there is one."""
        self._demand_current(request)
        if self._way + 1 == len(WAYS):
            raise CallError(406, "SEND_CODE_UNAVAILABLE")
        self._way += 1
        return self._sent()

    def sign_in(self, request: Any) -> Any:
        """auth.signIn."""
        self._demand_current(request)
        if request.phone_code != CODE:
            raise CallError(400, "PHONE_CODE_INVALID")
        if self._number != number_of(self._view.account):
            return raw.types.auth.AuthorizationSignUpRequired()
        if self._people[self._view.account].password is not None:
            raise CallError(401, "SESSION_PASSWORD_NEEDED")
        return self._authorization()

    def password(self, _: Any) -> Any:
        """account.getPassword: the challenge of SRP."""
        password = self._people[self._view.account].password
        self._challenge = None if password is None else _Challenge(password)
        return raw.types.account.Password(
            new_algo=raw.types.PasswordKdfAlgoUnknown(),
            new_secure_algo=raw.types.SecurePasswordKdfAlgoUnknown(),
            secure_random=b"",
            **({} if self._challenge is None else self._challenge.fields()),
        )

    def check_password(self, request: Any) -> Any:
        """auth.checkPassword."""
        challenge, self._challenge = self._challenge, None
        proof = request.password
        if challenge is None or getattr(proof, "srp_id", None) != challenge.number:
            raise CallError(400, "SRP_ID_INVALID")
        if not challenge.is_met(proof.A, proof.M1):
            raise CallError(400, "PASSWORD_HASH_INVALID")
        return self._authorization()

    def log_out(self, _: Any) -> Any:
        """auth.logOut; the door lets in whoever comes, so nothing ends."""
        return raw.types.auth.LoggedOut()

    def _demand_current(self, request: Any) -> None:
        is_known = self._code_hash and request.phone_code_hash == self._code_hash
        if not is_known or request.phone_number != self._number:
            raise CallError(400, "PHONE_CODE_EXPIRED")

    def _sent(self) -> Any:
        return raw.types.auth.SentCode(
            type=WAYS[self._way](length=len(CODE)), phone_code_hash=self._code_hash
        )

    def _authorization(self) -> Any:
        return raw.types.auth.Authorization(user=self._view.user(self._people[self._view.account]))


def number_of(person: int) -> str:
    """Somebody's phone number, of those that Telegram keeps for tests (core.telegram.org/api/auth)."""
    return f"99966{person:05}"


@dataclass(slots=True)
class _Challenge:
    """The server's part of SRP (https://core.telegram.org/api/srp), for one try."""

    password: str
    number: int = field(default_factory=lambda: secrets.randbits(62))
    salts: tuple[bytes, bytes] = field(
        default_factory=lambda: (secrets.token_bytes(16), secrets.token_bytes(16))
    )
    secret: int = field(default_factory=lambda: secrets.randbits(8 * _SIZE))

    @property
    def algorithm(self) -> Any:
        return raw.types.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow(
            salt1=self.salts[0], salt2=self.salts[1], g=_GENERATOR, p=_bytes(CURRENT_DH_PRIME)
        )

    @property
    def verifier(self) -> int:
        exponent = _int(compute_password_hash(self.algorithm, self.password))
        return int(pow(_GENERATOR, exponent, CURRENT_DH_PRIME))

    @property
    def public(self) -> int:
        factor = _int(_hash(_bytes(CURRENT_DH_PRIME), _bytes(_GENERATOR)))
        grown = pow(_GENERATOR, self.secret, CURRENT_DH_PRIME)
        return int((factor * self.verifier + grown) % CURRENT_DH_PRIME)

    def fields(self) -> dict[str, Any]:
        """What `account.password` says of it."""
        return {
            "has_password": True,
            "current_algo": self.algorithm,
            "srp_B": _bytes(self.public),
            "srp_id": self.number,
            "hint": "the usual",
        }

    def is_met(self, theirs: bytes, proof: bytes) -> bool:
        """Whether whoever sent these knows the password."""
        if _int(theirs) % CURRENT_DH_PRIME == 0:
            return False
        ours = _bytes(self.public)
        scramble = _int(_hash(theirs, ours))
        base = _int(theirs) * pow(self.verifier, scramble, CURRENT_DH_PRIME)
        key = _hash(_bytes(pow(base, self.secret, CURRENT_DH_PRIME)))
        prime, generator = _hash(_bytes(CURRENT_DH_PRIME)), _hash(_bytes(_GENERATOR))
        mixed = bytes(one ^ other for one, other in zip(prime, generator, strict=True))
        salts = _hash(self.salts[0]), _hash(self.salts[1])
        return secrets.compare_digest(_hash(mixed, *salts, theirs, ours, key), proof)


def _hash(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def _int(written: bytes) -> int:
    return int.from_bytes(written, "big")


def _bytes(number: int) -> bytes:
    return number.to_bytes(_SIZE, "big")
