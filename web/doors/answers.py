"""Answers: how each kind of answer is dressed, the same for all who ask."""

from collections.abc import Mapping

from aiohttp import web

from web.assets import Asset
from web.feeds import Feed
from web.filenames import disposition
from web.headers import EVERYWHERE, SHORTLY, dress
from web.language import DEFAULT, preferred
from web.pages import Pages

_NO_MORE: Mapping[str, str] = {}


class Answers:
    """Makes answers; `dress` are the headers of every one."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.dress = dress(pages.public_url)

    def page(self, text: str) -> web.Response:
        """A page in the asker's language."""
        headers = {**self.dress, "Vary": "Accept-Language"}
        return web.Response(text=text, content_type="text/html", headers=headers)

    def sentence(
        self, request: web.BaseRequest, status: int, name: str, headers: Mapping[str, str] | None = None
    ) -> web.Response:
        """One of the sentences, as a page for browsers and as text for all else."""
        language = self.language(request)
        if "text/html" in request.headers.get("Accept", ""):
            response = self.page(self._pages.plain(name, language))
        else:
            text = self._pages.sentence(name, language)[1]
            response = web.Response(text=f"{text}\n", headers=self.dress)
        response.set_status(status)
        response.headers.update(headers or {})
        return response

    def told(self, content: bytes) -> web.Response:
        """JSON, for a script."""
        return web.Response(body=content, content_type="application/json", headers=self.dress)

    def done(self, status: int, **headers: str) -> web.Response:
        """An answer without a body."""
        return web.Response(status=status, headers={**self.dress, **headers})

    def feed(self, request: web.BaseRequest, feed: Feed, more: Mapping[str, str] = _NO_MORE) -> web.Response:
        """The feed, or that it is what the asker has already (RFC 9110, section 13.1.2)."""
        headers = {**self.dress, **SHORTLY, **more, "ETag": f'"{feed.tag}"'}
        if any(known.value in (feed.tag, "*") for known in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        headers["Content-Type"] = feed.content_type
        headers["Content-Disposition"] = disposition(feed.file_name)
        response = web.Response(body=feed.content, headers=headers)
        if feed.changed_at is not None:
            response.last_modified = feed.changed_at.replace(microsecond=0)
        return response

    def picture(self, jpeg: bytes) -> web.Response:
        """A picture that other sites may show."""
        return web.Response(body=jpeg, content_type="image/jpeg", headers={**self.dress, **EVERYWHERE})

    def file(self, asset: Asset, kept: Mapping[str, str]) -> web.Response:
        """A file of ours; `kept` says how long."""
        headers = {**self.dress, **EVERYWHERE, **kept, "Content-Type": asset.content_type}
        return web.Response(body=asset.content, headers=headers)

    def language(self, request: web.BaseRequest) -> str:
        """The one that the asker prefers, of those that there are."""
        return preferred(request.headers.get("Accept-Language", ""), self._pages.languages)

    def unreadable(self) -> web.Response:
        """The answer to what could not be read as a request."""
        _, text = self._pages.sentence("unreadable", DEFAULT)
        return web.Response(status=400, text=f"{text}\n", headers=self.dress)
