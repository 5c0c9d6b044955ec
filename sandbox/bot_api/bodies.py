"""Bodies: reads parameters from a query string, a form, JSON or multipart, within bounds of size."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from aiohttp import BodyPartReader, content_disposition_filename, parse_content_disposition, web

from sandbox.bot_api.fields import parse_json
from sandbox.bot_api.parameters import Parameters, Upload, text_of
from sandbox.bot_api.refusals import bad_request, too_large
from sandbox.world.errors import ApiError

UPLOAD_LIMIT = 50 * 1024 * 1024
"""Bytes of the largest request with files."""

TEXT_LIMIT = 4 * 1024 * 1024
"""Bytes of the largest request without."""

CHUNK = 64 * 1024


async def read_parameters(request: web.Request) -> Parameters:
    """Everything a request says; the body wins over the address. Raises `ApiError`."""
    texts = _decode_form(request.rel_url.raw_query_string.encode())
    if request.content_type.startswith("multipart/"):
        return await _read_multipart(request, texts)
    body = await _read_body(request)
    if request.content_type == "application/json":
        texts |= _decode_json(body)
    elif request.content_type == "application/x-www-form-urlencoded":
        texts |= _decode_form(body)
    return Parameters(texts)


async def _read_body(request: web.Request) -> bytes:
    body = bytearray()
    try:
        async for chunk in request.content.iter_chunked(CHUNK):
            body += chunk
            if len(body) > TEXT_LIMIT:
                raise too_large()
    except web.RequestPayloadError as error:
        raise bad_request("can't read the request's body") from error
    return bytes(body)


def _decode_form(body: bytes) -> dict[str, str]:
    try:
        return dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError as error:
        raise _not_utf8() from error


def _decode_json(body: bytes) -> dict[str, str]:
    if not body.strip():
        return {}
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    values = parse_json(text, "can't parse JSON object")
    if not isinstance(values, dict):
        raise bad_request("object expected as request body")
    return {name: text_of(value) for name, value in values.items()}


async def _read_multipart(request: web.Request, texts: Mapping[str, str]) -> Parameters:
    found, uploads, room = dict(texts), dict[str, Upload](), UPLOAD_LIMIT
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader):
                raise bad_request("can't parse multipart body")
            name, filename = _names(part)
            content = await _read_part(part, room)
            room -= len(content)
            if filename is None:
                found[name] = content.decode()
            else:
                mime_type = part.headers.get("Content-Type", "application/octet-stream")
                uploads[name] = Upload(_base_name(filename), mime_type, content)
    except UnicodeDecodeError as error:
        raise _not_utf8() from error
    except (ValueError, KeyError, AssertionError, RuntimeError, web.RequestPayloadError) as error:
        raise bad_request("can't parse multipart body") from error
    return Parameters(found, uploads)


def _names(part: BodyPartReader) -> tuple[str, str | None]:
    """The parameter's name, and its file's if it is one; asked for both, aiohttp parses the header twice."""
    _, said = parse_content_disposition(part.headers.get("Content-Disposition"))
    name = content_disposition_filename(said, "name")
    if not name:
        raise bad_request("can't parse multipart body")
    return name, content_disposition_filename(said)


async def _read_part(part: BodyPartReader, room: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(CHUNK):
        content += chunk
        if len(content) > room:
            raise too_large()
    return bytes(content)


def _base_name(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1].encode("utf-8", "replace").decode()


def _not_utf8() -> ApiError:
    return bad_request("strings must be encoded in UTF-8")
