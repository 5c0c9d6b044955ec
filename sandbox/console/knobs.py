"""Knobs: a bad network and an impatient Bot API, switched on for trying."""

from collections.abc import Iterable

from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields, asked, told
from sandbox.sfu import Faults, VoiceServer

LONGEST_JITTER = 5.0
"""Seconds."""


class Knobs:
    """Faults of the voice server's network, for everybody or for one person in a chat; and flood limits."""

    def __init__(self, voice: VoiceServer, access: Access, bot_api: BotApi) -> None:
        self._voice = voice
        self._access = access
        self._bot_api = bot_api

    def routes(self) -> Iterable[web.RouteDef]:
        """GET and POST /api/faults and /api/floods."""
        yield web.get("/api/faults", self.faults)
        yield web.post("/api/faults", self.set_faults)
        yield web.get("/api/floods", self.floods)
        yield web.post("/api/floods", self.set_floods)

    async def faults(self, request: web.Request) -> web.Response:
        """How bad the network is."""
        return _shown(self._found(asked(request)))

    async def set_faults(self, request: web.Request) -> web.Response:
        """Make it better or worse; what is not named stays."""
        fields = await told(request)
        faults = self._found(fields)
        loss = fields.number("loss", 0, 1) if fields.has("loss") else faults.loss
        jitter = fields.number("jitter", 0, LONGEST_JITTER) if fields.has("jitter") else faults.jitter
        is_hole = fields.flag("black_hole") if fields.has("black_hole") else faults.black_hole
        faults.loss, faults.jitter, faults.black_hole = loss, jitter, is_hole
        return _shown(faults)

    async def floods(self, request: web.Request) -> web.Response:  # noqa: ARG002
        """Whether the Bot API keeps its limits."""
        return web.json_response({"is_on": self._bot_api.floods.is_on})

    async def set_floods(self, request: web.Request) -> web.Response:
        """Let it keep them, or not."""
        self._bot_api.floods.is_on = (await told(request)).flag("is_on")
        return await self.floods(request)

    def _found(self, fields: Fields) -> Faults:
        if not fields.has("person") and not fields.has("chat"):
            return self._voice.faults
        faults = self._voice.faults_of(self._access.any_call(fields).id, fields.whole("person"))
        if faults is None:
            raise Complaint(409, "That person is not in the voice chat.")
        return faults


def _shown(faults: Faults) -> web.Response:
    return web.json_response({"loss": faults.loss, "jitter": faults.jitter, "black_hole": faults.black_hole})
