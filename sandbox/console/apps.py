"""Apps: people open the pages that the bot offers, and Telegram tells those who they are."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from aiohttp import web

from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import told
from sandbox.world.entities import Person
from sandbox.world.world import World

_VERSION = "9.1"
_PLATFORM = "weba"


class Apps:
    """Mini Apps, opened by a button under one of the bot's messages."""

    def __init__(self, world: World, access: Access, bot: int) -> None:
        self._world = world
        self._access = access
        self._bot = bot

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/apps."""
        yield web.post("/api/apps", self.open)

    async def open(self, request: web.Request) -> web.Response:
        """A person presses the button of a `message` that opens the page at `url`; gives its address."""
        fields = await told(request)
        person, chat = self._access.place(fields)
        message = self._access.message(chat, fields.whole("message"))
        page = fields.words("url")
        buttons = [button for row in message.keyboard or () for button in row]
        if not any(button.get("web_app", {}).get("url") == page for button in buttons):
            raise Complaint(409, "The message has no such button any more.")
        launched = {
            "tgWebAppData": self._init_data(person),
            "tgWebAppVersion": _VERSION,
            "tgWebAppPlatform": _PLATFORM,
        }
        return web.json_response({"url": f"{page}#{urlencode(launched, quote_via=quote)}"})

    def _init_data(self, person: Person) -> str:
        """Who opens it, signed with the bot's token (Bot API, "Validating data received via the Mini App").

        Telegram's own signature, for those who have no token, is no more than random here.
        """
        fields = {
            "query_id": secrets.token_urlsafe(16),
            "user": json.dumps(_user(person), ensure_ascii=False, separators=(",", ":")),
            "auth_date": str(int(self._world.society.now().timestamp())),
            "signature": secrets.token_urlsafe(64),
        }
        token = self._world.society.people[self._bot].token or ""
        return urlencode({**fields, "hash": _signed(fields, token)}, quote_via=quote)


def _user(person: Person) -> dict[str, Any]:
    user = {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
    }
    return {name: value for name, value in user.items() if value or name == "last_name"} | {
        "allows_write_to_pm": True
    }


def _signed(fields: Mapping[str, str], token: str) -> str:
    text = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    secret = hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)
    return hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()
