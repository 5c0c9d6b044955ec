"""Files: the page itself, and what messages carry."""

import re
from collections.abc import Iterable
from pathlib import Path

from aiohttp import web

from sandbox.console.complaints import Complaint
from sandbox.world.world import World

PAGE = Path(__file__).parent / "page"

PART = r"(?:[\w-]+/)*[\w-]+(?:\.[\w-]+)+"
"""A path beside the page: nothing in it begins with a dot, so it leads nowhere else."""

TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
"""What a page is made of."""

PAGE_HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
        "img-src 'self' data: blob:; media-src 'self' blob: mediastream:; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
FILE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}

SHOWN = re.compile(r"(audio|video)/[\w.+-]+|image/(png|jpeg|gif|webp)")
"""Kinds of files that a browser may show; any other is only saved."""


class Files:
    """Serves the page's files and uploads."""

    def __init__(self, world: World, page: Path = PAGE) -> None:
        self._world = world
        self._page = page

    def routes(self) -> Iterable[web.RouteDef]:
        """GET /, the files beside it, and uploads below /api/files/."""
        yield web.get("/", self.index)
        yield web.get("/api/files/{file}", self.upload)
        yield web.get(f"/{{path:{PART}}}", self.part)

    async def index(self, request: web.Request) -> web.FileResponse:  # noqa: ARG002
        """The page."""
        return self._serve(self._page / "index.html")

    async def part(self, request: web.Request) -> web.FileResponse:
        """A file of the page: a style, a module, a picture."""
        return self._serve(self._page / request.match_info["path"])

    async def upload(self, request: web.Request) -> web.Response:
        """What a message carries; only files whose id one was told can be had."""
        file = self._world.messages.files.get(request.match_info["file"])
        if file is None:
            raise Complaint(404, "This file is gone.")
        kind = file.mime_type if SHOWN.fullmatch(file.mime_type) else "application/octet-stream"
        return web.Response(body=file.content, content_type=kind, headers=FILE_HEADERS)

    def _serve(self, path: Path) -> web.FileResponse:
        kind = TYPES.get(path.suffix)
        if kind is None or not path.is_file():
            raise Complaint(404, "There is no such page.")
        return web.FileResponse(path, headers={**PAGE_HEADERS, "Content-Type": kind})
