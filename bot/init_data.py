"""Init data: how a Mini App proves who opened it (Bot API, "Validating data received via the Mini App")."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl

from telegram import User

from rooms.errors.tickets import NotVouchedFor, ProofTooOld

VALID = timedelta(hours=1)
"""How long after a Mini App was opened we believe who opened it."""

SKEW = timedelta(minutes=5)
"""By how much Telegram's clock may be ahead of ours."""

LONGEST = 4096
"""Characters; Telegram's own are a few hundred."""

_MOST_FIELDS = 32
_LONGEST_NUMBER = 15
"""Digits; numbers of people and instants have fewer."""


@dataclass(frozen=True, slots=True)
class InitData:
    """What a proof says, once Telegram's signature was found on it."""

    user: User
    opened_at: datetime


def read_init_data(proof: str, token: str, now: datetime) -> InitData:
    """The proof, if the bot's own token signed it, and not too long ago.

    Args:
        proof: the query string that Telegram hands to the page.
        token: the bot's.
        now: the present instant.

    Raises:
        NotVouchedFor: malformed, forged, from the future, or about nobody.
        ProofTooOld: it was genuine once.
    """
    fields = _fields(proof)
    _check_signature(fields, token)
    opened_at = _instant(fields.get("auth_date", ""))
    if opened_at > now + SKEW:
        raise NotVouchedFor("from the future")
    if opened_at < now - VALID:
        raise ProofTooOld("too old")
    return InitData(_user(fields.get("user", "")), opened_at)


def signature_of(fields: dict[str, str], token: str) -> str:
    """What Telegram signs a Mini App's fields with: all but `hash`, in the order of their names."""
    text = "\n".join(f"{name}={value}" for name, value in sorted(fields.items()) if name != "hash")
    secret = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


def _fields(proof: str) -> dict[str, str]:
    if len(proof) > LONGEST:
        raise NotVouchedFor("too long")
    try:
        pairs = parse_qsl(
            proof, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=_MOST_FIELDS
        )
    except ValueError as error:
        raise NotVouchedFor("no query string") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise NotVouchedFor("a field stands twice")
    return fields


def _check_signature(fields: dict[str, str], token: str) -> None:
    given = fields.get("hash", "").encode(errors="surrogatepass")
    try:
        expected = signature_of(fields, token).encode()
    except UnicodeEncodeError as error:
        raise NotVouchedFor("no text") from error
    if not hmac.compare_digest(given, expected):
        raise NotVouchedFor("not signed by Telegram")


def _instant(text: str) -> datetime:
    if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
        raise NotVouchedFor("without an instant")
    try:
        return datetime.fromtimestamp(int(text), UTC)
    except (OverflowError, ValueError) as error:
        raise NotVouchedFor("without an instant") from error


def _user(text: str) -> User:
    try:
        user = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NotVouchedFor("without a person") from error
    if not isinstance(user, dict) or not _is_person(user):
        raise NotVouchedFor("without a person")
    return User(
        user["id"],
        user["first_name"],
        False,
        last_name=_text(user, "last_name"),
        username=_text(user, "username"),
    )


def _is_person(user: dict[str, Any]) -> bool:
    number = user.get("id")
    is_number = isinstance(number, int) and not isinstance(number, bool) and 0 < number < 10**_LONGEST_NUMBER
    return is_number and isinstance(user.get("first_name"), str) and user.get("is_bot") in (None, False)


def _text(user: dict[str, Any], name: str) -> str | None:
    value = user.get(name)
    return value if isinstance(value, str) else None
