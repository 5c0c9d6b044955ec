"""A visitor at the box office: takes a ticket as a page does, and shows it."""

import base64
from typing import Any

import aiohttp

from rooms.plan import Admission
from rooms.room import RoomState
from tests.web.house import House
from tickets.blinding import blind, finalize, prepare
from tickets.keys import PublicKey
from tickets.ticket import MESSAGE, Ticket
from tickets.variants import PREFIX


def encoded(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


async def members_only(house: House, state: RoomState = RoomState.LIVE) -> None:
    """Let the house's room be one for members."""
    await house.change(admission=Admission.MEMBERS)
    await house.become(state)


class Visitor:
    """Somebody in front of the house; keeps all that was sent and received."""

    def __init__(self, house: House, session: aiohttp.ClientSession, name: str = "Dario") -> None:
        self.house = house
        self.name = name
        self.said: list[bytes] = []
        self.heard: list[bytes] = []
        self._session = session

    async def key(self, listen_key: str | None = None) -> PublicKey:
        return PublicKey.read(await self.house.desk.public_key(listen_key or self.house.room.listen_key))

    async def post(self, address: str, body: bytes | str, **headers: str) -> tuple[int, Any]:
        """The status, and what was said or given."""
        content = body.encode() if isinstance(body, str) else body
        self.said.append(content)
        async with self._session.post(self.house.url + address, data=content, headers=headers) as answer:
            self.heard.append(await answer.read())
            if answer.content_type == "application/json":
                return answer.status, await answer.json()
            return answer.status, await answer.text()

    async def ask(self, blinded: bytes, listen_key: str | None = None, proof: str | None = None) -> Any:
        proof = self.name if proof is None else proof
        body = f'{{"proof": "{proof}", "blinded": "{encoded(blinded)}"}}'
        return await self.post(f"/l/{listen_key or self.house.room.listen_key}/ticket", body)

    async def take(self, listen_key: str | None = None) -> str:
        """A ticket."""
        key, prepared = await self.key(listen_key), prepare(MESSAGE)
        blinded, inverse = blind(key, prepared)
        status, given = await self.ask(blinded, listen_key)
        assert status == 200, given
        return str(Ticket(prepared[:PREFIX], finalize(key, prepared, decoded(given["signature"]), inverse)))

    async def show(self, ticket: str, listen_key: str | None = None) -> tuple[int, Any]:
        return await self.post(f"/l/{listen_key or self.house.room.listen_key}/seats", ticket)

    async def sit(self, ticket: str) -> str:
        """The address of a place."""
        status, given = await self.show(ticket)
        assert status == 200, given
        return f"{self.house.page}/seats/{given['seat']}"
