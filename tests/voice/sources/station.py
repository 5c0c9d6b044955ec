"""Stations: real servers on the loopback that serve sound, well or badly."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Station:
    """What answers to which path, and which paths were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self._answers: dict[str, Answer] = {}
        self._root = ""

    def serve(self, path: str, body: bytes, kind: str = "application/octet-stream") -> str:
        """A body with its length; the address."""

        async def answer(request: web.Request) -> web.StreamResponse:  # noqa: ARG001
            return web.Response(body=body, content_type=kind)

        return self.let(path, answer)

    def redirect(self, path: str, to: str) -> str:
        async def answer(request: web.Request) -> web.StreamResponse:  # noqa: ARG001
            return web.Response(status=302, headers={"Location": to})

        return self.let(path, answer)

    def let(self, path: str, answer: Answer) -> str:
        self._answers[path] = answer
        return self._root + path

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        self.headers.append(dict(request.headers))
        if request.path not in self._answers:
            raise web.HTTPNotFound
        return await self._answers[request.path](request)

    def opened(self, root: str) -> "Station":
        self._root = root.rstrip("/")
        return self


@asynccontextmanager
async def on_air() -> AsyncIterator[Station]:
    station = Station()
    application = web.Application()
    application.router.add_get("/{path:.*}", station.answer)
    async with TestServer(application) as server:
        yield station.opened(str(server.make_url("/")))


@asynccontextmanager
async def raw(talk: Talk) -> AsyncIterator[str]:
    """A server that speaks as it likes once it was asked; its address."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            await talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
