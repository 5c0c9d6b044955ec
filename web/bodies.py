"""Bodies: what is sent to us, read with patience and only up to a length."""

import asyncio

from aiohttp import web

PATIENCE = 10.0
"""Seconds for all of it; whoever dribbles is let go then."""


class BodyUnfit(Exception):
    """It is too long, or did not come."""


async def read_body(request: web.BaseRequest, limit: int) -> bytes:
    """The whole body; raises `BodyUnfit` for one that is longer, or that does not end in time."""
    body = bytearray()
    try:
        async with asyncio.timeout(PATIENCE):
            async for piece in request.content.iter_any():
                body += piece
                if len(body) > limit:
                    raise BodyUnfit
    except (TimeoutError, web.HTTPException) as error:
        raise BodyUnfit from error
    return bytes(body)
