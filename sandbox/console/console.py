"""The console, put together from its parts."""

from collections.abc import Iterable

from aiohttp import web

from sandbox.bot_api import BotApi
from sandbox.console.access import Access
from sandbox.console.apps import Apps
from sandbox.console.calling import Calling
from sandbox.console.complaints import Complaint
from sandbox.console.feed import Feed
from sandbox.console.files import Files
from sandbox.console.groups import Groups
from sandbox.console.guard import guarded
from sandbox.console.knobs import Knobs
from sandbox.console.members import Members
from sandbox.console.menu import Menu
from sandbox.console.minding import Minding
from sandbox.console.presiding import Presiding
from sandbox.console.sending import Sending
from sandbox.console.sharing import Sharing
from sandbox.console.speaking import Speaking
from sandbox.console.views import Views
from sandbox.console.writing import Writing
from sandbox.exchange import Exchange
from sandbox.people.crowd import Crowd
from sandbox.sfu import VoiceServer
from sandbox.world.world import World


class Console:
    """A page on which a newcomer is anyone in the chat, and its JSON API, by which tools are.

    Whoever reaches it may act as any person, so it belongs on the loopback interface.
    """

    def __init__(
        self, world: World, exchange: Exchange, voice: VoiceServer, bot_api: BotApi, crowd: Crowd
    ) -> None:
        cast = crowd.cast
        access = Access(world, cast)
        self._parts = (
            Feed(world, access, Views(world, voice, cast)),
            Writing(world, access, cast.bot),
            Sending(world, access),
            Sharing(world, access),
            Apps(world, access, cast.bot),
            Minding(world, access),
            Members(world, access),
            Groups(world, access, cast.bot),
            Menu(world, access, bot_api),
            Calling(world, exchange, voice, access),
            Presiding(world, access),
            Speaking(access, crowd),
            Knobs(voice, access, bot_api),
            Files(world),
        )

    def routes(self) -> Iterable[web.RouteDef]:
        """`/` and all that is below `/api/`; errors are JSON with a sentence."""
        for part in self._parts:
            for route in part.routes():
                yield web.route(route.method, route.path, guarded(route.handler), **route.kwargs)
        yield web.route("*", "/api/{rest:.*}", guarded(_nothing))


async def _nothing(request: web.Request) -> web.StreamResponse:
    raise Complaint(404, f"There is no {request.method} {request.path[:80]}.")
