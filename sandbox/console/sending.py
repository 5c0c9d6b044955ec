"""Sending: people send pictures, files and contacts."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

from aiohttp import web

from sandbox.bot_api.bodies import read_parameters
from sandbox.bot_api.files import Files
from sandbox.bot_api.methods.messages import LONGEST_CAPTION
from sandbox.bot_api.parameters import Upload
from sandbox.bot_api.pictures import make_photo
from sandbox.bot_api.probes import sound_details
from sandbox.console.access import Access
from sandbox.console.complaints import Complaint
from sandbox.console.fields import Fields, told
from sandbox.console.places import Place, writable_place
from sandbox.world.entities import Media, Person, Status
from sandbox.world.errors import ApiError
from sandbox.world.markup import utf16
from sandbox.world.messages import Draft
from sandbox.world.world import World

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What apps send as photos; other pictures go as files."""

KINDS = {"photo": "can_send_photos", "audio": "can_send_audios", "document": "can_send_documents"}
"""What somebody restricted must be allowed."""

NUMBERS = 88_800_000_000
"""Phone numbers begin here: +888 is Telegram's own prefix, of numbers that no telephone has."""


class Sending:
    """What people send besides words."""

    def __init__(self, world: World, access: Access) -> None:
        self._world = world
        self._access = access
        self._files = Files(world.messages)

    def routes(self) -> Iterable[web.RouteDef]:
        """POST /api/files and /api/contacts."""
        yield web.post("/api/files", self.send_file)
        yield web.post("/api/contacts", self.send_contact)

    async def send_file(self, request: web.Request) -> web.Response:
        """A person sends a file, as multipart/form-data; a picture becomes a photo unless `is_file` is true.

        Any web page's form can be multipart, but browsers send its origin along, and the guard reads that.
        """
        if request.content_type != "multipart/form-data":
            raise Complaint(415, "Send a form, with the content type multipart/form-data.")
        parameters = await read_parameters(request)
        fields = Fields(parameters.texts)
        place = writable_place(self._access, fields)
        upload = parameters.upload("file")
        if upload is None or not upload.content:
            raise Complaint(400, '"file" must be a file that is not empty.')
        caption = fields.words_if_any("caption") or ""
        if utf16(caption) > LONGEST_CAPTION:
            raise Complaint(400, f"A caption holds {LONGEST_CAPTION} characters.")
        media = await self._media(upload, is_file=parameters.flag("is_file"))
        _check_kind(place, media)
        return self._post(place, Draft(caption, media=media, reply_to=place.reply_to, thread=place.thread))

    async def send_contact(self, request: web.Request) -> web.Response:
        """A person sends somebody's entry in their address book."""
        fields = await told(request)
        place = writable_place(self._access, fields)
        whom = self._world.society.people.get(fields.whole("person"))
        if whom is None:
            raise Complaint(404, "There is nobody with this id.")
        if whom.is_bot:
            raise Complaint(409, "A bot has no phone number, so nobody has it as a contact.")
        draft = Draft(contact=contact_of(whom), reply_to=place.reply_to, thread=place.thread)
        return self._post(place, draft)

    def _post(self, place: Place, draft: Draft) -> web.Response:
        message = self._world.messages.post(place.chat, place.person.id, draft)
        return web.json_response({"message": message.id})

    async def _media(self, upload: Upload, *, is_file: bool) -> Media:
        if upload.mime_type in PICTURES and not is_file:
            with suppress(ApiError):  # what makes no photo is sent as it is
                return self._world.messages.keep_picture(await asyncio.to_thread(make_photo, upload))
        if upload.mime_type.startswith("audio/") and not is_file:
            details = await asyncio.to_thread(sound_details, upload.content)
            return Media("audio", self._files.keep("audio", upload), {"duration": 0} | details)
        return Media("document", self._files.keep("document", upload))


def contact_of(person: Person) -> dict[str, object]:
    """Somebody as a Contact of the Bot API."""
    names = {"first_name": person.first_name} | ({"last_name": person.last_name} if person.last_name else {})
    return {"phone_number": f"+{NUMBERS + person.id}", **names, "user_id": person.id}


def _check_kind(place: Place, media: Media) -> None:
    membership = place.chat.members[place.person.id]
    if membership.status is Status.RESTRICTED and KINDS[media.kind] not in membership.rights:
        raise Complaint(403, "An admin let you send words here, and nothing else of this kind.")
