"""Mini App data for tests: as Telegram signs it, or not quite."""

import hashlib
import hmac
import json
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from tests.bot.forum import TOKEN
from tests.fakes.clock import NOON

BRUNO = {
    "id": 10_002,
    "first_name": "Bruno",
    "last_name": "Rossi",
    "username": "Bruno_R",
    "language_code": "it",
}


def signed(fields: dict[str, str], token: str = TOKEN) -> str:
    """The fields as a query string with Telegram's `hash`, by the recipe of its documentation."""
    text = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    secret = hmac.new(b"WebAppData", token.encode(), hashlib.sha256).digest()
    return urlencode({**fields, "hash": hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()})


def a_proof(user: Any = BRUNO, at: datetime = NOON, token: str = TOKEN, **more: str) -> str:
    """Somebody opened the page at this instant."""
    return signed(
        {"auth_date": str(int(at.timestamp())), "user": json.dumps(user), "query_id": "AA", **more}, token
    )
