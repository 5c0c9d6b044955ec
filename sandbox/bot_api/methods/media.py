"""Methods that send files and fetch them."""

import asyncio
from collections.abc import Mapping
from typing import Any

from sandbox.bot_api.methods.messages import read_caption
from sandbox.bot_api.outgoing import send
from sandbox.bot_api.probes import picture_size, sound_details
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.bot_api.shapes.messages import write_file
from sandbox.world.entities import Media, StoredFile

PHOTO_LIMIT = 10 * 1024 * 1024
LARGEST_PERIMETER = 10_000
WIDEST_RATIO = 20
LONGEST_DURATION = 24 * 60 * 60


async def send_photo(query: Query) -> Json:
    """Answer sendPhoto."""
    content = read_caption(query)
    file = _read_file(query, "photo")
    size = picture_size(file.content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    width, height = size
    if len(file.content) > PHOTO_LIMIT:
        raise bad_request(
            f"file of size {len(file.content)} bytes is too big for a photo; "
            f"the maximum size is {PHOTO_LIMIT} bytes"
        )
    if width + height > LARGEST_PERIMETER or max(size) > WIDEST_RATIO * max(1, min(size)):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return send(query, content, Media("photo", file, {"width": width, "height": height}))


async def send_document(query: Query) -> Json:
    """Answer sendDocument."""
    content = read_caption(query)
    return send(query, content, Media("document", _read_file(query, "document")))


async def send_audio(query: Query) -> Json:
    """Answer sendAudio; what the request does not say of it is read from the file."""
    content = read_caption(query)
    file = _read_file(query, "audio")
    details = await _details(query, file)
    details |= {name: text for name in ("title", "performer") if (text := query.parameters.text(name))}
    return send(query, content, Media("audio", file, details))


async def send_voice(query: Query) -> Json:
    """Answer sendVoice."""
    content = read_caption(query)
    file = _read_file(query, "voice")
    details = await _details(query, file)
    return send(query, content, Media("voice", file, {"duration": details["duration"]}))


async def get_file(query: Query) -> Json:
    """Answer getFile."""
    if "file_id" not in query.parameters:
        raise bad_request("file_id not specified")
    file = query.files.find(query.parameters.text("file_id"))
    path = query.files.path(file)
    return write_file(file) | {"file_path": path}


def _read_file(query: Query, kind: str) -> StoredFile:
    """The file that the request uploads, or means by its id."""
    upload = query.parameters.upload(kind)
    if upload is not None:
        return query.files.keep(kind, upload)
    text = query.parameters.text(kind)
    if not text or text.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if text.lower().startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return query.files.find(text, kind)


async def _details(query: Query, file: StoredFile) -> dict[str, Any]:
    details: dict[str, Any] = {"duration": 0}
    details |= await asyncio.to_thread(sound_details, file.content)
    if "duration" in query.parameters:
        details["duration"] = query.parameters.within("duration", 0, 0, LONGEST_DURATION)
    return details


METHODS: Mapping[str, Method] = {
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendaudio": send_audio,
    "sendvoice": send_voice,
    "getfile": get_file,
}
