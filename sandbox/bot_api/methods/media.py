"""Methods that send files and fetch them."""

import asyncio
from collections.abc import Mapping
from typing import Any

from sandbox.bot_api.fields import Fields
from sandbox.bot_api.methods.messages import find_editable, read_caption, rework
from sandbox.bot_api.outgoing import send
from sandbox.bot_api.parameters import Parameters
from sandbox.bot_api.pictures import make_photo
from sandbox.bot_api.probes import sound_details
from sandbox.bot_api.query import Method, Query
from sandbox.bot_api.refusals import bad_request
from sandbox.bot_api.shapes import Json
from sandbox.bot_api.shapes.messages import write_file
from sandbox.world.entities import Media, StoredFile
from sandbox.world.messages import Draft

LONGEST_DURATION = 24 * 60 * 60
EDITABLE = frozenset({"photo", "document", "audio"})
"""What a message can be made to carry; Telegram takes videos and animations too, the sandbox does not."""


async def send_photo(query: Query) -> Json:
    """Answer sendPhoto."""
    return await _send(query, "photo")


async def send_document(query: Query) -> Json:
    """Answer sendDocument."""
    return await _send(query, "document")


async def send_audio(query: Query) -> Json:
    """Answer sendAudio; what the request does not say of it is read from the file."""
    return await _send(query, "audio")


async def send_voice(query: Query) -> Json:
    """Answer sendVoice."""
    return await _send(query, "voice")


async def edit_message_media(query: Query) -> Json:
    """Answer editMessageMedia; a text may get media too, but a voice stays a voice."""
    values = query.parameters.json("media", "can't parse input media JSON object")
    context = "can't parse InputMedia: "
    if not isinstance(values, dict):
        raise bad_request(f"{context}expected an Object" if values is not None else "media is not specified")
    fields = Fields(values, context)
    kind = fields.required_text("type")
    if kind not in EDITABLE:
        raise fields.complain(f'type "{kind}" is unsupported')
    fields.required_text("media")
    parameters = query.parameters.within_object(values | {kind: values["media"]})
    content = read_caption(parameters)
    chat, message = find_editable(query, "message media")
    if message.contact is not None or (message.media is not None and message.media.kind == "voice"):
        raise bad_request("message media can't be edited")
    media = await _read_media(query, parameters, kind)
    return rework(query, chat, message, Draft(content.text, content.entities, media))


async def get_file(query: Query) -> Json:
    """Answer getFile."""
    if "file_id" not in query.parameters:
        raise bad_request("file_id not specified")
    file = query.files.find(query.parameters.text("file_id"))
    path = query.files.path(file)
    return write_file(file) | {"file_path": path}


async def _send(query: Query, kind: str) -> Json:
    content = read_caption(query.parameters)
    media = await _read_media(query, query.parameters, kind)
    return send(query, Draft(content.text, content.entities, media))


async def _read_media(query: Query, parameters: Parameters, kind: str) -> Media:
    """What the parameters upload, or mean by its id."""
    upload = parameters.upload(kind)
    if upload is not None and kind == "photo":
        return query.world.messages.keep_picture(await asyncio.to_thread(make_photo, upload))
    file = query.files.keep(kind, upload) if upload is not None else _find_file(query, parameters, kind)
    if kind == "photo":
        return query.world.messages.pictures.get(file.file_id) or Media("photo", file)
    return Media(kind, file, await _details(parameters, kind, file))


def _find_file(query: Query, parameters: Parameters, kind: str) -> StoredFile:
    text = parameters.text(kind)
    if not text or text.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if text.lower().startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")
    return query.files.find(text, kind)


async def _details(parameters: Parameters, kind: str, file: StoredFile) -> dict[str, Any]:
    if kind == "document":
        return {}
    details: dict[str, Any] = {"duration": 0}
    details |= await asyncio.to_thread(sound_details, file.content)
    if "duration" in parameters:
        details["duration"] = parameters.within("duration", 0, 0, LONGEST_DURATION)
    if kind == "voice":
        return {"duration": details["duration"]}
    return details | {name: text for name in ("title", "performer") if (text := parameters.text(name))}


METHODS: Mapping[str, Method] = {
    "sendphoto": send_photo,
    "senddocument": send_document,
    "sendaudio": send_audio,
    "sendvoice": send_voice,
    "editmessagemedia": edit_message_media,
    "getfile": get_file,
}
