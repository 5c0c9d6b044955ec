"""Doors: which address leads where, and what is answered when that fails."""

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from aiohttp import web

from web.bodies import BodyUnfit
from web.capacity import GalleryFull
from web.discretion import discreet
from web.doors.answers import Answers
from web.doors.feeds import FeedDoors
from web.doors.hatches import Hatches
from web.doors.house import House
from web.doors.pages import PageDoors
from web.doors.sound import SOON, SoundDoors
from web.feeds import WRITERS
from web.forms import FORMS
from web.refusals import answer_to

log = logging.getLogger(__name__)

_KEY = r"([A-Za-z0-9_-]{1,64})"
_TOPIC = r"(?:/topics/([^/]{1,64}))?"
_NUMBER, _PLACE = "([1-9][0-9]{0,8})", "([1-9][0-9]{0,2})"
_DEED = r"(questions|votes|reactions)"

Door = Callable[..., Awaitable[web.StreamResponse]]


class Doors:
    """Answers every request; what goes wrong is answered with a sentence that is the same for all."""

    def __init__(self, house: House) -> None:
        answers = self._answers = Answers(house.pages)
        pages, feeds = PageDoors(house, answers), FeedDoors(house, answers)
        sound, hatches = SoundDoors(house, answers), Hatches(house, answers)
        streams, programmes = "|".join(FORMS), "|".join(map(re.escape, WRITERS))
        doors: Mapping[str, Door] = {
            "/": pages.front,
            "/privacy": pages.privacy,
            "/health": self._health,
            "/oembed": feeds.oembed,
            r"/podcast\.jpg": pages.podcast_picture,
            r"/static/([0-9a-f]{16})/([a-z.-]{1,40})": pages.asset,
            rf"/l/{_KEY}": pages.room,
            rf"/l/{_KEY}/stream\.({streams})": sound.stream,
            rf"/l/{_KEY}/(stream|sound)\.m3u8": sound.playlist,
            rf"/l/{_KEY}/pieces/{_KEY}/(head\.mp4|[1-9][0-9]{{0,11}}\.m4s)": sound.piece,
            rf"/l/{_KEY}/events": sound.events,
            rf"/l/{_KEY}/talk\.ics": feeds.talk,
            rf"/l/{_KEY}/cover\.jpg": pages.cover,
            rf"/l/{_KEY}/cover-square\.jpg": pages.square_cover,
            rf"/l/{_KEY}/embed": pages.embed,
            rf"/l/{_KEY}/replay/{_NUMBER}/{_PLACE}\.(ogg|mp3)": sound.replay,
            rf"/l/{_KEY}/replay/{_NUMBER}/{_PLACE}/chapters\.json": feeds.chapters,
            rf"/l/{_KEY}/ticket": pages.ticket,
            rf"/l/{_KEY}/seats/{_KEY}/stream\.({streams})": sound.seat_stream,
            rf"/l/{_KEY}/seats/{_KEY}/(stream|sound)\.m3u8": sound.seat_playlist,
            rf"/l/{_KEY}/seats/{_KEY}/events": sound.seat_events,
            rf"/g/{_KEY}{_TOPIC}": pages.programme,
            rf"/g/{_KEY}{_TOPIC}/({programmes})": feeds.programme_feed,
            rf"/g/{_KEY}{_TOPIC}/podcast\.rss": feeds.podcast,
        }
        posted: Mapping[str, Door] = {
            rf"/l/{_KEY}/ticket": hatches.issue,
            rf"/l/{_KEY}/seats": hatches.seat,
            rf"/l/{_KEY}/{_DEED}": hatches.talk_back,
            rf"/l/{_KEY}/seats/{_KEY}/{_DEED}": hatches.talk_back_from_seat,
        }
        self._doors = {"GET": _compiled(doors), "POST": _compiled(posted)}

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        """Answer a request; raises nothing but the loss of the connection."""
        try:
            return await self._open(request)
        except BodyUnfit:
            return self._answers.sentence(request, 413, "unreadable", {"Connection": "close"})
        except GalleryFull:
            return self._answers.sentence(request, 503, "full", {"Retry-After": SOON})
        except ConnectionError:
            raise
        except Exception as error:  # a request's outermost boundary
            refused = answer_to(error)
            if refused is None:
                log.error("an answer failed: %s", discreet(error))
            if request.writer.output_size:
                raise ConnectionResetError("the answer had begun") from error
            return self._answers.sentence(request, *(refused or (500, "broken")))

    def refuse(self) -> web.StreamResponse:
        """The answer to what could not be read as a request."""
        return self._answers.unreadable()

    async def _open(self, request: web.BaseRequest) -> web.StreamResponse:
        method = "GET" if request.method == "HEAD" else request.method
        for path, door in self._doors.get(method, ()):
            if match := path.fullmatch(request.path):
                return await door(request, *match.groups())
        allowed = [name for name in self._doors if self._leads_somewhere(name, request.path)]
        if not allowed:
            return self._answers.sentence(request, 404, "unknown")
        names = ", ".join(allowed).replace("GET", "GET, HEAD")
        return self._answers.sentence(request, 405, "wrong_method", {"Allow": names})

    def _leads_somewhere(self, method: str, path: str) -> bool:
        return any(door.fullmatch(path) for door, _ in self._doors[method])

    async def _health(self, _request: web.BaseRequest) -> web.StreamResponse:
        return web.Response(text="ok\n", headers=self._answers.dress)


def _compiled(doors: Mapping[str, Door]) -> Sequence[tuple[re.Pattern[str], Door]]:
    return [(re.compile(path), door) for path, door in doors.items()]
