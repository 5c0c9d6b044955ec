"""Pieces: a file sent from wherever a player wants it, in small pieces, and for no longer than it exists."""

import asyncio
import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from aiohttp import web

PIECE = 64 * 1024
"""Bytes read and sent at a time."""


async def send_file(request: web.BaseRequest, path: Path, headers: Mapping[str, str]) -> web.StreamResponse:
    """Answer with the file, or with the range of it that is asked for (RFC 9110, section 14).

    A file that is deleted, or replaced, while it is sent is cut there: the connection is closed.

    Args:
        request: may ask for one range; several are answered with the whole.
        path: the file.
        headers: what the answer carries; its ETag is that of the file.

    Raises:
        FileNotFoundError: there is no such file.
        ConnectionResetError: the asker is gone, or the file is.
    """
    file = await asyncio.to_thread(path.open, "rb")
    try:
        size = os.fstat(file.fileno()).st_size
        wanted = _range_of(request, size, headers.get("ETag"))
        if wanted is not None and not wanted:
            return _unfit(size, headers)
        response = _response(wanted, size, headers)
        await response.prepare(request)
        if request.method == "GET":
            await _send(response, file, wanted or range(size))
            await response.write_eof()
        return response
    finally:
        file.close()


def _range_of(request: web.BaseRequest, size: int, tag: str | None) -> range | None:
    """The bytes that are asked for, none of them if there are no such; None for the whole file."""
    if "Range" not in request.headers or request.headers.get("If-Range", tag) != tag:
        return None
    try:
        asked = request.http_range
    except ValueError:
        return None
    return range(*asked.indices(size))


def _response(wanted: range | None, size: int, headers: Mapping[str, str]) -> web.StreamResponse:
    response = web.StreamResponse(status=200 if wanted is None else 206, headers=headers)
    response.headers["Accept-Ranges"] = "bytes"
    if wanted is not None:
        response.headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    response.content_length = size if wanted is None else len(wanted)
    return response


def _unfit(size: int, headers: Mapping[str, str]) -> web.StreamResponse:
    response = web.Response(status=416, headers={**headers, "Content-Range": f"bytes */{size}"})
    response.headers["Content-Type"] = "text/plain"
    return response


async def _send(response: web.StreamResponse, file: BinaryIO, wanted: range) -> None:
    file.seek(wanted.start)
    for begin in range(wanted.start, wanted.stop, PIECE):
        piece = await asyncio.to_thread(file.read, min(PIECE, wanted.stop - begin))
        if not piece or not os.fstat(file.fileno()).st_nlink:
            raise ConnectionResetError("the file is gone")
        await response.write(piece)
