"""How Telegram treats the relay accounts, changed by tools."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from sandbox.console.accounts import Accounts
from tests.sandbox.account import Scene, scene_in
from tests.sandbox.counter import no

Client = TestClient[web.Request, web.Application]
FINE = {"id": 900, "end": "", "floods": {}}


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene_in(tmp_path) as scene:
        yield scene


@pytest.fixture
async def client(scene: Scene) -> AsyncIterator[Client]:
    application = web.Application()
    application.add_routes(Accounts(scene.door).routes())
    async with TestClient(TestServer(application)) as client:
        yield client


async def post(client: Client, **fields: Any) -> Any:
    answer = await client.post("/api/accounts", json={"account": "relay", **fields})
    assert answer.status == 200
    return await answer.json()


async def test_a_session_is_ended_and_lives_again(scene: Scene, client: Client) -> None:
    assert await post(client, end="SESSION_REVOKED") == {**FINE, "end": "SESSION_REVOKED"}
    assert scene.door.standings["relay"].end == "SESSION_REVOKED"
    assert await post(client, flood=30) == {**FINE, "end": "SESSION_REVOKED", "floods": {"": 30}}
    assert await post(client, end="", flood=0) == FINE


async def test_floods_are_by_function_and_stay_until_they_are_taken_back(client: Client) -> None:
    await post(client, flood=700, functions="phone.")
    await post(client, flood=5, functions="updates.GetState")
    listed = await (await client.get("/api/accounts")).json()
    assert listed["relay"]["floods"] == {"phone.": 700, "updates.GetState": 5}
    assert (await post(client, flood=0, functions="phone."))["floods"] == {"updates.GetState": 5}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"account": "nobody", "flood": 5}, 404),
        ({"flood": -1}, 400),
        ({"flood": 10**9}, 400),
        ({"flood": "5"}, 400),
        ({"end": "GONE"}, 400),
        ({"end": 7}, 400),
        ({"end": "GONE", "flood": 5}, 400),
        ({"flood": 5, "functions": 7}, 400),
    ],
)
async def test_what_makes_no_sense_changes_nothing(
    client: Client, fields: dict[str, Any], status: int
) -> None:
    answer = await client.post("/api/accounts", json={"account": "relay", **fields})
    assert (await no(answer))[0] == status
    assert await (await client.get("/api/accounts")).json() == {
        "relay": FINE,
        "spare": {**FINE, "id": 901},
    }
