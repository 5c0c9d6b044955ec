"""An account with a genuine client on the MTProto door of a small world."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pyrogram import Client, raw
from pyrogram.errors import RPCError
from pyrogram.handlers import RawUpdateHandler

from sandbox.exchange import Exchange
from sandbox.mtproto import MtprotoDoor
from sandbox.session import sandbox_client
from sandbox.sfu import VoiceServer
from sandbox.world.entities import Chat, Membership, Person, Status
from sandbox.world.world import World

ADA, BRUNO, BOT, RELAY, SPARE = 101, 102, 700, 900, 901
MANAGER = Membership(RELAY, Status.ADMINISTRATOR, frozenset({"can_manage_video_chats"}))
FUNCTIONS = raw.functions.phone


@dataclass
class Scene:
    """Ada's group Careers, in which Bruno and the relay account are; the relay may manage calls."""

    world: World
    voice: VoiceServer
    exchange: Exchange
    door: MtprotoDoor
    socket: Path
    chat: Chat

    def in_another_group(self) -> "Scene":
        """The same world, seen from one more group with the same people."""
        scene = replace(self, chat=self.world.society.create_group("Careers", ADA))
        scene.become(Membership(BRUNO))
        scene.become(MANAGER)
        return scene

    def become(self, membership: Membership) -> None:
        self.world.society.set_member(self.chat, membership, ADA)


class Account:
    """The relay account: what it asks, and the updates that it was told."""

    def __init__(self, scene: Scene, client: Client) -> None:
        self._scene = scene
        self.client = client
        self.told: list[Any] = []
        client.add_handler(RawUpdateHandler(self._hear))

    async def _hear(self, _: Client, update: Any, users: dict[int, Any], chats: dict[int, Any]) -> None:
        self.told.append((update, users, chats))

    async def ask(self, request: Any) -> Any:
        return await self.client.invoke(request)

    async def peer(self) -> Any:
        """The group as an InputPeer, which the list of dialogs makes known."""
        async for _ in self.client.get_dialogs():
            pass
        return await self.client.resolve_peer(self._scene.chat.id)

    async def create(self, random_id: int = 1, **details: Any) -> Any:
        """Create a call; gives its handle."""
        request = FUNCTIONS.CreateGroupCall(peer=await self.peer(), random_id=random_id, **details)
        told = (await self.ask(request)).updates
        (call,) = [
            update.call for update in told if isinstance(getattr(update, "call", None), raw.types.GroupCall)
        ]
        return raw.types.InputGroupCall(id=call.id, access_hash=call.access_hash)

    async def join(self, handle: Any, source: int = 3_000_000_000) -> Any:
        """Join a call; gives the updates of the answer."""
        request = FUNCTIONS.JoinGroupCall(
            call=handle,
            join_as=raw.types.InputPeerSelf(),
            params=raw.types.DataJSON(data=params(source)),
        )
        return (await self.ask(request)).updates

    async def refused(self, request: Any) -> str:
        """The name of the error that a request meets."""
        with pytest.raises(RPCError) as refused:
            await self.ask(request)
        return str(refused.value.ID).replace("_X", f"_{refused.value.value}")


def params(source: int) -> str:
    prints = [{"hash": "sha-256", "fingerprint": ":".join(["AB"] * 32), "setup": "passive"}]
    return json.dumps({"ufrag": "u", "pwd": "p", "fingerprints": prints, "ssrc": source})


def one(updates: list[Any], kind: type) -> Any:
    """The only update of a kind."""
    (found,) = [update for update in updates if isinstance(update, kind)]
    return found


@asynccontextmanager
async def scene_in(folder: Path) -> AsyncIterator[Scene]:
    world = World()
    people = (Person(ADA, "Ada", "Negri"), Person(BRUNO, "Bruno"), Person(RELAY, "Relay", username="relay"))
    for person in (*people, Person(SPARE, "Spare"), Person(BOT, "Loggione", is_bot=True)):
        world.society.add(person)
    chat = world.society.create_group("Careers", ADA)
    async with VoiceServer() as voice:
        exchange = Exchange(world, voice)
        door = MtprotoDoor(world, exchange, RELAY, spare=SPARE)
        scene = Scene(world, voice, exchange, door, folder / "mtproto.sock", chat)
        scene.become(Membership(BRUNO))
        scene.become(MANAGER)
        async with door.serve(scene.socket):
            yield scene


@asynccontextmanager
async def account_on(scene: Scene, name: str = "relay") -> AsyncIterator[Account]:
    client = sandbox_client(scene.socket, name)
    account = Account(scene, client)
    await client.start()
    try:
        yield account
    finally:
        await client.stop()
