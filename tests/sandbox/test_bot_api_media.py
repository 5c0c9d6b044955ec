"""Media: uploaded, sent again by id, looked into, and fetched."""

import io
import json
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from yarl import URL

from sandbox.world.entities import Membership, Status
from tests.sandbox.bot_house import ADA, BOT, TOKEN, Answer, House
from tests.sandbox.pictures import GIF, PNG, picture

VOICE = (Path(__file__).parents[2] / "sandbox" / "people" / "voices" / "ada-1.ogg").read_bytes()


async def upload(
    house: House, kind: str, content: bytes, name: str = "file.bin", *, attached: bool = False, **more: Any
) -> Answer:
    form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    form.add_field("chat_id", str(house.group.id))
    for field, value in more.items():
        form.add_field(field, str(value))
    if attached:
        form.add_field(kind, "attach://one")
    field = "one" if attached else kind
    form.add_field(field, io.BytesIO(content), filename=name, content_type=more.get("type", "x/y"))
    return await house.ask(f"send{kind.capitalize()}", data=form)


async def sent(house: House, kind: str, content: bytes, name: str = "file.bin", **more: Any) -> Any:
    answer = await upload(house, kind, content, name, **more)
    assert answer.status == 200, answer
    return answer.body["result"]


async def test_a_photo_has_a_size_and_a_caption(house: House) -> None:
    message = await sent(house, "photo", PNG, caption="<b>Poster</b> #one", parse_mode="HTML")
    [photo] = message["photo"]
    assert (photo["width"], photo["height"], photo["file_size"]) == (3, 2, len(PNG))
    assert message["caption"] == "Poster #one"
    assert [one["type"] for one in message["caption_entities"]] == ["bold", "hashtag"]
    assert "text" not in message


async def test_a_file_may_hang_under_another_name(house: House) -> None:
    message = await sent(house, "photo", PNG, attached=True)
    assert message["photo"][0]["width"] == 3


async def test_a_document_keeps_its_name_and_type(house: House) -> None:
    document = (await sent(house, "document", b"a,b", "../people.csv", type="text/csv"))["document"]
    assert (document["file_name"], document["mime_type"]) == ("people.csv", "text/csv")


async def test_a_sound_is_looked_into(house: House) -> None:
    audio = (await sent(house, "audio", VOICE, "talk.ogg", type="audio/ogg"))["audio"]
    assert audio["duration"] >= 1
    assert (audio["file_name"], audio["mime_type"]) == ("talk.ogg", "audio/ogg")


async def test_what_the_request_says_of_a_sound_counts(house: House) -> None:
    details: dict[str, Any] = {"duration": 90, "title": "After 40", "performer": "Ada"}
    audio = (await sent(house, "audio", VOICE, **details))["audio"]
    assert {name: audio[name] for name in details} == details


async def test_a_voice_has_a_length_and_no_name(house: House) -> None:
    voice = (await sent(house, "voice", VOICE, "v.ogg", type="audio/ogg", title="x"))["voice"]
    assert voice["duration"] >= 1
    assert "file_name" not in voice
    assert "title" not in voice


async def test_a_file_is_sent_again_by_its_id(house: House) -> None:
    [photo] = (await sent(house, "photo", PNG))["photo"]
    again = await house.call("sendPhoto", chat_id=house.group.id, photo=photo["file_id"])
    assert again["photo"] == [photo]
    assert await house.refusal("sendDocument", chat_id=house.group.id, document=photo["file_id"]) == (
        400,
        "Bad Request: can't use file of type Photo as Document",
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "there is no photo in the request"),
        ("attach://nothing", "there is no photo in the request"),
        ("nonsense", "wrong file identifier/HTTP URL specified"),
        ("https://example.org/a.png", "failed to get HTTP URL content"),
    ],
)
async def test_a_photo_must_come_from_somewhere(house: House, value: Any, expected: str) -> None:
    assert await house.refusal("sendPhoto", chat_id=house.group.id, photo=value) == (
        400,
        f"Bad Request: {expected}",
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"text", "IMAGE_PROCESS_FAILED"),
        (b"", "file must be non-empty"),
        (GIF[:6] + b"\xff\x7f\x10\x00", "PHOTO_INVALID_DIMENSIONS"),
        (GIF[:6] + b"\xff\x00\x01\x00", "PHOTO_INVALID_DIMENSIONS"),
        (PNG + bytes(10 << 20), None),
    ],
)
async def test_not_everything_is_a_photo(house: House, content: bytes, expected: str | None) -> None:
    status, description = (await upload(house, "photo", content)).complaint
    too_big = f"file of size {len(content)} bytes is too big for a photo; the maximum size is 10485760 bytes"
    assert (status, description) == (400, f"Bad Request: {expected or too_big}")


async def test_a_caption_has_a_measure(house: House) -> None:
    assert (await upload(house, "document", b"x", caption="x" * 1025)).complaint == (
        400,
        "Bad Request: message caption is too long",
    )


async def test_more_than_fifty_megabytes_are_too_much(house: House) -> None:
    form = aiohttp.FormData(default_to_multipart=True)
    for name in ("document", "another"):
        form.add_field(name, io.BytesIO(bytes(26 << 20)), filename="half.bin")
    assert (await house.ask("sendDocument", data=form)).complaint == (413, "Request Entity Too Large")


async def test_what_was_sent_can_be_fetched(house: House) -> None:
    document = (await sent(house, "document", b"\x00\xffnotes", "notes.txt"))["document"]
    file = await house.call("getFile", file_id=document["file_id"])
    assert file == {
        "file_id": document["file_id"],
        "file_unique_id": document["file_unique_id"],
        "file_size": 7,
        "file_path": "documents/file_0.txt",
    }
    async with house.session.get(f"{house.address}/file/bot{TOKEN}/{file['file_path']}") as answer:
        assert (answer.status, await answer.read()) == (200, b"\x00\xffnotes")


@pytest.mark.parametrize(
    ("token", "path", "expected"),
    [
        (TOKEN, "documents/file_7.txt", (404, "Not Found")),
        (TOKEN, "..%2F..%2Fetc%2Fpasswd", (404, "Not Found")),
        ("1:other", "documents/file_0.txt", (401, "Unauthorized")),
    ],
)
async def test_nothing_else_can_be_fetched(
    house: House, token: str, path: str, expected: tuple[int, str]
) -> None:
    address = URL(f"{house.address}/file/bot{token}/{path}", encoded=True)
    async with house.session.get(address) as answer:
        assert Answer(answer.status, await answer.json()).complaint == expected


@pytest.mark.parametrize(
    ("file_id", "expected"), [(None, "file_id not specified"), ("nonsense", "invalid file_id")]
)
async def test_a_file_that_is_not_there_has_no_path(house: House, file_id: Any, expected: str) -> None:
    assert await house.refusal("getFile", file_id=file_id) == (400, f"Bad Request: {expected}")


async def test_a_file_may_be_an_answer(house: House) -> None:
    asked = house.say(ADA, "poster?")
    markup = '{"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}'
    reply = f'{{"message_id": {asked.id}}}'
    message = await sent(house, "photo", PNG, reply_markup=markup, reply_parameters=reply)
    assert message["reply_to_message"]["message_id"] == asked.id
    assert message["reply_markup"]["inline_keyboard"][0][0]["text"] == "Go"


async def edit(house: House, message: int, media: object, **files: bytes) -> Answer:
    """editMessageMedia with what it attaches."""
    form = aiohttp.FormData(default_to_multipart=True)
    form.add_field("chat_id", str(house.group.id))
    form.add_field("message_id", str(message))
    form.add_field("media", media if isinstance(media, str) else json.dumps(media))
    for name, content in files.items():
        form.add_field(name, io.BytesIO(content), filename=f"{name}.png")
    return await house.ask("editMessageMedia", data=form)


async def test_a_photo_comes_in_all_sizes_and_each_stands_for_all(house: House) -> None:
    message = await sent(house, "photo", picture(400, 200))
    assert [(one["width"], one["height"]) for one in message["photo"]] == [(90, 45), (320, 160), (400, 200)]
    for one in message["photo"]:
        again = await house.call("sendPhoto", chat_id=house.group.id, photo=one["file_id"])
        assert again["photo"] == message["photo"]
    file = await house.call("getFile", file_id=message["photo"][0]["file_id"])
    assert file["file_path"].endswith(".jpg")


async def test_a_card_gets_another_picture_and_caption(house: House) -> None:
    card = await sent(house, "photo", PNG, caption="Tonight")
    new = {"type": "photo", "media": "attach://poster", "caption": "<b>Later</b>", "parse_mode": "HTML"}
    answer = await edit(house, card["message_id"], new, poster=picture(100, 50))
    message = answer.body["result"]
    assert (message["message_id"], message["caption"]) == (card["message_id"], "Later")
    assert message["caption_entities"] == [{"type": "bold", "offset": 0, "length": 5}]
    assert [one["width"] for one in message["photo"]] == [90, 100]
    assert "edit_date" in message


async def test_a_text_becomes_a_card_and_a_card_a_document(house: House) -> None:
    text = await house.call("sendMessage", chat_id=house.group.id, text="Soon")
    answer = await edit(house, text["message_id"], {"type": "photo", "media": "attach://p"}, p=PNG)
    message = answer.body["result"]
    assert ("text" in message, "caption" in message, message["photo"][0]["width"]) == (False, False, 3)
    answer = await edit(house, text["message_id"], {"type": "document", "media": "attach://p"}, p=b"notes")
    assert ("photo" in answer.body["result"], answer.body["result"]["document"]["file_size"]) == (False, 5)


async def test_the_same_picture_again_is_no_change(house: House) -> None:
    card = await sent(house, "photo", PNG, caption="Tonight")
    same = {"type": "photo", "media": card["photo"][-1]["file_id"], "caption": "Tonight"}
    status, description = (await edit(house, card["message_id"], same)).complaint
    assert (status, description[:37]) == (400, "Bad Request: message is not modified:")


@pytest.mark.parametrize(
    ("media", "expected"),
    [
        ("{", "can't parse input media JSON object"),
        ("[]", "can't parse InputMedia: expected an Object"),
        ({}, "can't parse InputMedia: Can't find field \"type\""),
        ({"type": "photo"}, "can't parse InputMedia: Can't find field \"media\""),
        ({"type": "hologram", "media": "x"}, 'can\'t parse InputMedia: type "hologram" is unsupported'),
        ({"type": "photo", "media": "attach://nowhere"}, "there is no photo in the request"),
        ({"type": "photo", "media": "attach://text"}, "IMAGE_PROCESS_FAILED"),
        ({"type": "photo", "media": "x", "caption": "x" * 1025}, "message caption is too long"),
    ],
)
async def test_a_card_does_not_take_everything(house: House, media: object, expected: str) -> None:
    card = await sent(house, "photo", PNG)
    answer = await edit(house, card["message_id"], media, text=b"no picture")
    assert answer.complaint == (400, f"Bad Request: {expected}")


async def test_a_voice_stays_a_voice_and_others_words_are_theirs(house: House) -> None:
    voice = await sent(house, "voice", VOICE, "v.ogg", type="audio/ogg")
    hers = house.say(ADA, "mine")
    for message in (voice["message_id"], hers.id):
        answer = await edit(house, message, {"type": "photo", "media": "attach://p"}, p=PNG)
        assert answer.complaint == (400, "Bad Request: message media can't be edited")


@pytest.mark.parametrize(
    ("kind", "right", "what"),
    [
        ("photo", "can_send_photos", "photos"),
        ("document", "can_send_documents", "documents"),
        ("audio", "can_send_audios", "music"),
        ("voice", "can_send_voice_notes", "voice notes"),
    ],
)
async def test_what_somebody_restricted_may_send(house: House, kind: str, right: str, what: str) -> None:
    content = PNG if kind == "photo" else VOICE
    house.group.members[BOT.id] = Membership(BOT.id, Status.RESTRICTED)
    assert (await upload(house, kind, content)).complaint == (
        400,
        f"Bad Request: not enough rights to send {what} to the chat",
    )
    house.group.members[BOT.id] = Membership(BOT.id, Status.RESTRICTED, frozenset({right}))
    assert kind in await sent(house, kind, content)
