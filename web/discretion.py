"""Discretion: aiohttp's server, with every place closed where it would write down who asked for what."""

import logging
import traceback
from collections.abc import Callable
from typing import Any

from aiohttp import web

log = logging.getLogger(__name__)


def discreet(error: BaseException) -> str:
    """What broke and where, without what it said.

    Messages of exceptions quote what they are about: links, addresses, a database's parameters.
    """
    where = "".join(traceback.format_tb(error.__traceback__))
    told = f"{type(error).__qualname__}\n{where}".rstrip()
    if isinstance(error, BaseExceptionGroup):
        told += "".join(f"\nof {discreet(part)}" for part in error.exceptions)
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return told if cause is None else f"{told}\nafter {discreet(cause)}"


class DiscreetServer(web.Server):
    """Serves without an access log; whoever hangs up ends their handler.

    Args:
        handler: answers a request; must not raise.
        refuse: the answer to what is no HTTP, or none that we read.
        settings: as for `aiohttp.web.Server`.
    """

    def __init__(
        self, handler: Callable[..., Any], refuse: Callable[[], web.StreamResponse], **settings: Any
    ) -> None:
        super().__init__(handler, handler_cancellation=True, access_log=None, **settings)
        self._refuse = refuse

    def __call__(self) -> web.RequestHandler:
        """The protocol for one connection."""
        handler = _DiscreetHandler(self, loop=self._loop, **self._kwargs)
        handler.refuse = self._refuse
        return handler


class _DiscreetHandler(web.RequestHandler):
    __slots__ = ("refuse",)

    refuse: Callable[[], web.StreamResponse]

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,  # noqa: ARG002  # it quotes what was sent
    ) -> web.StreamResponse:
        """Answer what could not be read as a request, and note only a fault of ours."""
        if isinstance(exc, ConnectionError):
            raise exc
        if status >= 500 and exc is not None:
            log.error("an answer failed: %s", discreet(exc))
        if request.writer.output_size > 0:
            raise ConnectionResetError("the answer had begun")
        response = self.refuse()
        response.force_close()
        return response

    def log_exception(self, *args: Any, **kw: Any) -> None:
        """Note a fault of ours without what it said."""
        error = kw.get("exc_info")
        log.error("a connection failed: %s", discreet(error) if isinstance(error, BaseException) else args[0])
