"""Pages that the bot offers are told who opens them, as Telegram would tell."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from sandbox.world.entities import Message
from sandbox.world.messages import Draft
from tests.sandbox.counter import Counter, counter
from tests.sandbox.party import TOKEN

PAGE = "https://talks.example/l/key/ticket"


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


def offer(desk: Counter, key: str = "bruno") -> Message:
    """The bot has put a page's button under a message in somebody's private chat."""
    world, bot = desk.party.world, desk.party.cast.bot
    chat = world.society.private(desk.party.person(key), bot)
    return world.messages.post(
        chat, bot, Draft("Here", keyboard=[[{"text": "Open", "web_app": {"url": PAGE}}]])
    )


async def opened(desk: Counter, message: Message, key: str = "bruno", url: str = PAGE) -> str:
    person = desk.party.person(key)
    given = await desk.post("/api/apps", as_=person, chat=message.chat, message=message.id, url=url)
    return str(given["url"])


async def test_a_page_is_told_who_opens_it(desk: Counter) -> None:
    address = urlsplit(await opened(desk, offer(desk)))
    assert f"{address.scheme}://{address.netloc}{address.path}" == PAGE
    assert address.query == ""
    (data,) = parse_qs(address.fragment)["tgWebAppData"]
    fields = dict(parse_qsl(data, strict_parsing=True))
    user = json.loads(fields["user"])
    assert (user["id"], user["first_name"]) == (desk.party.person("bruno"), "Bruno")
    assert int(fields["auth_date"]) == int(desk.party.world.society.now().timestamp())


async def test_what_it_is_told_is_signed_with_the_bot_s_token(desk: Counter) -> None:
    (data,) = parse_qs(urlsplit(await opened(desk, offer(desk))).fragment)["tgWebAppData"]
    fields = dict(parse_qsl(data))
    given = fields.pop("hash")
    text = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    secret = hmac.new(b"WebAppData", TOKEN.encode(), hashlib.sha256).digest()
    assert given == hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()


async def test_a_page_that_the_message_does_not_offer_is_not_opened(desk: Counter) -> None:
    message = offer(desk)
    refused = {"as_": desk.party.person("bruno"), "chat": message.chat, "message": message.id}
    assert await desk.refused("/api/apps", **refused, url="https://elsewhere.example/") == (
        409,
        "The message has no such button any more.",
    )
    assert (await desk.refused("/api/apps", **refused | {"as_": desk.party.person("chiara")}, url=PAGE))[
        0
    ] == 403
    assert (await desk.refused("/api/apps", **refused))[0] == 400
