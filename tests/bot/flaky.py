"""A Bot API that answers as it is told to: floods, outages, refusals, one after the other."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

BOT = {"id": 700000001, "is_bot": True, "first_name": "Loggione", "username": "loggione_bot"}


def refusal(status: int, description: str, **parameters: int) -> web.Response:
    """An error as Telegram writes it."""
    answer: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    return web.json_response(answer | ({"parameters": parameters} if parameters else {}), status=status)


HOPS = 20
"""Turns of the loop in which a request comes here, or its answer is read."""


@dataclass
class Asked:
    """A request: its method and fields; files are their bytes."""

    method: str
    fields: Mapping[str, Any]


@dataclass
class Flaky:
    """Answers each method with what lies ready for it, then with success; remembers what it was asked."""

    ready: dict[str, list[web.Response]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    updates: Callable[[int], list[dict[str, int]]] = lambda _offset: []
    """What getUpdates answers, by the offset that it is asked for."""
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    """Nothing is answered until it is set."""
    address: str = ""
    _messages: int = 100
    _unanswered: int = 0

    def __post_init__(self) -> None:
        self.gate.set()

    def next(self, method: str, *answers: web.Response) -> None:
        """The next answers to a method."""
        self.ready.setdefault(method, []).extend(answers)

    def fields(self, method: str) -> list[Mapping[str, Any]]:
        """The fields of every request for a method."""
        return [asked.fields for asked in self.asked if asked.method == method]

    async def at_rest(self) -> None:
        """Wait until what is on its way has come, been answered and been read, unless answers are held."""
        for _ in range(HOPS):
            await asyncio.sleep(0.001)
            while self._unanswered and self.gate.is_set():  # noqa: ASYNC110
                await asyncio.sleep(0.001)

    async def answer(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        fields = {
            name: value.file.read() if isinstance(value, web.FileField) else value
            for name, value in (await request.post()).items()
        }
        self.asked.append(Asked(method, fields))
        self._unanswered += 1
        try:
            await self.gate.wait()
        finally:
            self._unanswered -= 1
        if self.ready.get(method):
            return self.ready[method].pop(0)
        return web.json_response({"ok": True, "result": self._result(method, fields)})

    def _result(self, method: str, fields: Mapping[str, Any]) -> Any:
        match method:
            case "getMe":
                return BOT
            case "getUpdates":
                return self.updates(int(fields.get("offset", 0)))
            case _ if method.startswith(("send", "edit")):
                self._messages += 1
                chat = {"id": int(fields["chat_id"]), "type": "supergroup", "title": "Group"}
                return {"message_id": self._messages, "date": 0, "chat": chat, "text": ""}
        return True

    @asynccontextmanager
    async def served(self) -> AsyncIterator["Flaky"]:
        application = web.Application(client_max_size=100_000_000)
        application.add_routes([web.post("/bot{token}/{method}", self.answer)])
        runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield self
        finally:
            self.gate.set()
            await runner.cleanup()
