"""The server: routes requests to methods and writes answers in the Bot API's envelope."""

import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from sandbox.bot_api.bodies import read_parameters
from sandbox.bot_api.files import Files
from sandbox.bot_api.floods import Floods
from sandbox.bot_api.inbox import Inbox
from sandbox.bot_api.methods import METHODS
from sandbox.bot_api.news import News
from sandbox.bot_api.query import Account, CommandsKey, Query
from sandbox.bot_api.refusals import not_found
from sandbox.bot_api.shapes import Json
from sandbox.world.entities import Person
from sandbox.world.errors import ApiError
from sandbox.world.world import World

log = logging.getLogger(__name__)

_TOKEN = re.compile(r"[1-9]\d{0,18}:[A-Za-z0-9_-]+", re.ASCII)


class BotApi:
    """The Bot API for every bot in a world.

    Updates are kept from the moment that it is made. It needs no task of its own.
    """

    def __init__(self, world: World) -> None:
        self.floods = Floods()
        self._world = world
        self._files = Files(world.messages)
        self._accounts: dict[int, Account] = {}
        self._news = News(world.society, lambda bot: self._account(bot).inbox)

    def routes(self) -> Iterable[web.AbstractRouteDef]:
        """Where it is to be reached: methods by GET and POST, files by GET."""
        return [
            web.route("*", "/bot{token}/{method:.*}", self._serve),
            web.get("/file/bot{token}/{path:.+}", self._serve_file),
        ]

    def close(self) -> None:
        """Answer every waiting getUpdates with nothing, so that the server can end at once."""
        for account in self._accounts.values():
            account.inbox.close()

    def commands_of(self, bot: Person) -> Mapping[CommandsKey, list[Json]]:
        """What a bot told of its commands, by scope and language."""
        return self._account(bot).commands

    def _account(self, bot: Person) -> Account:
        return self._accounts.setdefault(bot.id, Account(Inbox()))

    async def _serve(self, request: web.Request) -> web.Response:
        try:
            if request.method not in ("GET", "POST", "HEAD"):
                raise ApiError(405, "Method Not Allowed")
            result = await self._answer(request)
        except ApiError as error:
            return _refuse(error)
        except Exception:
            log.exception("The Bot API failed at %s", request.match_info["method"])
            return _refuse(ApiError(500, "Internal Server Error"))
        return web.json_response({"ok": True, "result": result})

    async def _answer(self, request: web.Request) -> Any:
        bot = self._bot_of(request)
        parameters = await read_parameters(request)
        method = METHODS.get(request.match_info["method"].lower())
        if method is None:
            raise not_found("method not found")
        return await method(Query(bot, parameters, self._account(bot), self._world, self._files, self.floods))

    async def _serve_file(self, request: web.Request) -> web.Response:
        try:
            self._bot_of(request)
            file = self._files.at(request.match_info["path"])
            if file is None:
                raise not_found()
        except ApiError as error:
            return _refuse(error)
        return web.Response(body=file.content, content_type="application/octet-stream")

    def _bot_of(self, request: web.Request) -> Person:
        token = request.match_info["token"]
        if not _TOKEN.fullmatch(token):
            raise not_found()
        bot = self._world.society.bot_of(token)
        if bot is None:
            raise ApiError(401, "Unauthorized")
        return bot


def _refuse(error: ApiError) -> web.Response:
    answer: dict[str, Any] = {"ok": False, "error_code": error.status, "description": error.description}
    headers = {}
    if error.parameters:
        answer["parameters"] = error.parameters
    if "retry_after" in error.parameters:
        headers["Retry-After"] = str(error.parameters["retry_after"])
    return web.json_response(answer, status=error.status, headers=headers)
