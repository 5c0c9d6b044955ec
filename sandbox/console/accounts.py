"""Accounts: how Telegram treats the relay accounts, changed by tools to see what becomes of their calls."""

from collections.abc import Iterable
from typing import Any

from aiohttp import web

from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields, told
from sandbox.console.guard import guarded
from sandbox.mtproto import MtprotoDoor
from sandbox.mtproto.standing import ENDS, Standing

LONGEST_WAIT = 86_400
"""Seconds."""


class Accounts:
    """Ends sessions, and makes Telegram impatient, until it is told otherwise."""

    def __init__(self, door: MtprotoDoor) -> None:
        self._door = door

    def routes(self) -> Iterable[web.RouteDef]:
        """GET and POST /api/accounts; they come before the console's own routes."""
        yield web.get("/api/accounts", guarded(self.accounts))
        yield web.post("/api/accounts", guarded(self.set))

    async def accounts(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Each account by its name: who it is, how its session was ended, and its floods."""
        return web.json_response({name: _shown(one) for name, one in self._door.standings.items()})

    async def set(self, request: web.Request) -> web.Response:
        """Change how `account` is treated; what is not named stays.

        `end` is how its session ends, one of `ENDS`, or an empty text: it may come again. `flood` is how many
        seconds it is asked to wait, 0 for no more, by the functions whose names begin with `functions`; when
        that is not said, by all of them.
        """
        fields = await told(request)
        name = fields.words("account")
        standing = self._door.standings.get(name)
        if standing is None:
            raise Complaint(404, f"There is no relay account {name[:40]}.")
        end = _end(fields) if fields.has("end") else None
        flood = int(fields.number("flood", 0, LONGEST_WAIT)) if fields.has("flood") else None
        functions = fields.text("functions", 64)
        if flood:
            standing.floods[functions] = flood
        elif flood is not None:
            standing.floods.pop(functions, None)
        if end is not None:
            self._door.end_session(name, end)
        return web.json_response(_shown(standing))


def _end(fields: Fields) -> str:
    end = fields.text("end", 64)
    if end and end not in ENDS:
        raise Complaint(400, f'"end" must be one of {", ".join(ENDS)}, or empty.')
    return end


def _shown(standing: Standing) -> dict[str, Any]:
    return {"id": standing.account, "end": standing.end, "floods": standing.floods}
