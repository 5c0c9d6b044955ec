"""Who is let in to the console, by their headers, and what the body of a deed may be."""

from collections.abc import AsyncIterator

import pytest

from sandbox.console.fields import LARGEST
from tests.sandbox.counter import Counter, counter, no


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_tools_and_our_own_page_are_let_in(desk: Counter) -> None:
    own = f"http://127.0.0.1:{desk.client.port}"
    for headers in ({}, {"Origin": own}):
        answer = await desk.client.get("/api/people", headers=headers)
        assert answer.status == 200


@pytest.mark.parametrize("host", ["localhost:{port}", "127.0.0.1:{port}", "[::1]:{port}", "localhost"])
async def test_the_console_has_only_plain_names(desk: Counter, host: str) -> None:
    answer = await desk.client.get("/api/people", headers={"Host": host.format(port=desk.client.port)})
    assert answer.status == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "[", ""]
)
async def test_a_name_that_somebody_pointed_here_is_refused(desk: Counter, host: str) -> None:
    status, sentence = await no(await desk.client.get("/", headers={"Host": host}))
    assert status == 403
    assert "localhost" in sentence


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://localhost", ""]
)
async def test_another_sites_page_is_refused(desk: Counter, origin: str) -> None:
    for deed in (
        desk.client.get("/api/people", headers={"Origin": origin}),
        desk.client.post("/api/floods", json={"is_on": True}, headers={"Origin": origin}),
    ):
        status, sentence = await no(await deed)
        assert (status, sentence) == (403, "Another site's page may not use this console.")
    assert not desk.bot_api.floods.is_on


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_what_a_form_could_send_is_refused(desk: Counter, kind: str) -> None:
    answer = await desk.client.post("/api/floods", data=b'{"is_on": true}', headers={"Content-Type": kind})
    status, _ = await no(answer)
    assert status == 415
    assert not desk.bot_api.floods.is_on


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"3", b"null", b'"as"', b"\xff\xfe", b"[" * 100_000, b'{"is_on": NaN}']
)
async def test_what_is_no_json_object_is_refused(desk: Counter, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    status, _ = await no(await desk.client.post("/api/floods", data=body, headers=headers))
    assert status == 400


async def test_a_body_without_end_is_not_read(desk: Counter) -> None:
    headers = {"Content-Type": "application/json"}
    status, _ = await no(await desk.client.post("/api/floods", data=b" " * (LARGEST + 1), headers=headers))
    assert status == 413


async def test_what_there_is_not_is_said_in_json_too(desk: Counter) -> None:
    assert await desk.not_shown("/api/secrets") == (404, "There is no GET /api/secrets.")
    status, _ = await no(await desk.client.put("/api/messages", json={}))
    assert status == 404
