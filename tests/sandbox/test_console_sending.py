"""Pictures, files and contacts that people send by the console."""

import io
import wave
from collections.abc import AsyncIterator

import pytest
from aiohttp import FormData

from sandbox.console.sending import contact_of
from sandbox.world.entities import Message, Person
from tests.sandbox.counter import Counter, counter, no
from tests.sandbox.pictures import GIF, PNG

ICS = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_a_picture_is_a_photo_with_its_measures_and_caption(desk: Counter) -> None:
    await send(desk, form(desk, "bruno", caption=" At work, #careers ", file=(PNG, "me.png", "image/png")))
    message = (await desk.chat("ada"))["messages"][-1]
    assert (message["sender_name"], message["text"]) == ("Bruno", "At work, #careers")
    assert [entity["type"] for entity in message["entities"]] == ["hashtag"]
    media = message["media"]
    assert (media["kind"], media["width"], media["height"], media["size"]) == ("photo", 3, 2, len(PNG))
    answer = await desk.client.get(media["url"])
    assert (answer.content_type, await answer.read()) == ("image/png", PNG)


async def test_a_bot_gets_a_photo_as_from_any_app(desk: Counter) -> None:
    await send(desk, form(desk, "bruno", file=(PNG, "me.png", "image/png")))
    updates = await desk.bot_asks_telegram("getUpdates")
    (size,) = updates[-1]["message"]["photo"]
    assert (size["width"], size["height"]) == (3, 2)
    file = await desk.bot_asks_telegram("getFile", file_id=size["file_id"])
    assert file["file_size"] == len(PNG)


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [(ICS, "talk.ics", "text/calendar"), (GIF, "x.gif", "image/gif"), (b"\x89PNG", "x.png", "image/png")],
)
async def test_what_is_no_picture_is_a_file(desk: Counter, content: bytes, name: str, kind: str) -> None:
    await send(desk, form(desk, "ada", file=(content, name, kind)))
    media = (await desk.chat("ada"))["messages"][-1]["media"]
    assert (media["kind"], media["name"], media["mime"]) == ("document", name, kind)


async def test_a_picture_can_be_sent_as_a_file(desk: Counter) -> None:
    await send(desk, form(desk, "ada", is_file="true", file=(PNG, "me.png", "image/png")))
    assert newest(desk).media.kind == "document"  # type: ignore[union-attr]


async def test_a_sound_is_heard_and_knows_its_length(desk: Counter) -> None:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(8000)
        written.writeframes(bytes(2 * 8000 * 2))
    await send(desk, form(desk, "ada", file=(sound.getvalue(), "two.wav", "audio/wav")))
    media = (await desk.chat("ada"))["messages"][-1]["media"]
    assert (media["kind"], media["duration"]) == ("audio", 2)


async def test_a_file_goes_to_its_topic_and_answers(desk: Counter) -> None:
    readers = desk.party.world.society.chats[desk.party.cast.chats["readers"]]
    said = next(message for message in readers.messages.values() if message.text)
    place = {"chat": str(readers.id), "reply_to": str(said.id)}
    await send(desk, form(desk, "ada", **place, file=(PNG, "me.png", "image/png")))
    sent = list(readers.messages.values())[-1]
    assert (sent.reply_to, sent.thread) == (said.id, said.thread)


async def test_what_is_no_form_or_has_no_file_is_refused(desk: Counter) -> None:
    answer = await desk.client.post("/api/files", json={"as": desk.party.person("ada")})
    assert await no(answer) == (415, "Send a form, with the content type multipart/form-data.")
    for file in ((b"", "empty.png", "image/png"), None):
        answer = await desk.client.post("/api/files", data=form(desk, "ada", caption="x", file=file))
        assert await no(answer) == (400, '"file" must be a file that is not empty.')
    broken = {"Content-Type": "multipart/form-data; boundary=x"}
    status, _ = await no(await desk.client.post("/api/files", data=b"--nothing", headers=broken))
    assert status in (400, 404)
    assert await no(
        await desk.client.post("/api/files", data=b"x", headers={"Content-Type": "multipart/form-data"})
    )


async def test_a_caption_has_its_length(desk: Counter) -> None:
    long = form(desk, "ada", caption="𝄞" * 513, file=(PNG, "me.png", "image/png"))
    assert await no(await desk.client.post("/api/files", data=long)) == (
        400,
        "A caption holds 1024 characters.",
    )
    await send(desk, form(desk, "ada", caption="𝄞" * 512, file=(PNG, "me.png", "image/png")))


async def test_another_sites_form_sends_nothing(desk: Counter) -> None:
    number = len(desk.party.chat.messages)
    for origin in ("https://evil.example", "null"):
        data = form(desk, "ada", file=(PNG, "me.png", "image/png"))
        answer = await desk.client.post("/api/files", data=data, headers={"Origin": origin})
        assert (await no(answer))[0] == 403
    assert len(desk.party.chat.messages) == number


async def test_a_contact_is_somebodys_number_and_name(desk: Counter) -> None:
    bruno = desk.party.person("bruno")
    await desk.post("/api/contacts", as_=desk.party.person("ada"), chat=desk.party.chat.id, person=bruno)
    contact = {"phone_number": f"+888000{bruno}", "first_name": "Bruno", "user_id": bruno}
    assert (await desk.chat("chiara"))["messages"][-1]["contact"] == contact
    updates = await desk.bot_asks_telegram("getUpdates")
    assert updates[-1]["message"]["contact"] == contact


async def test_a_last_name_is_part_of_a_contact() -> None:
    contact = contact_of(Person(12, "Ada", "Lovelace"))
    assert (contact["first_name"], contact["last_name"]) == ("Ada", "Lovelace")


async def test_neither_bots_nor_strangers_are_contacts(desk: Counter) -> None:
    place = {"as_": desk.party.person("ada"), "chat": desk.party.chat.id}
    bot, _ = await desk.refused("/api/contacts", **place, person=desk.party.cast.bot)
    nobody, _ = await desk.refused("/api/contacts", **place, person=5)
    assert (bot, nobody) == (409, 404)


def form(desk: Counter, key: str, file: tuple[bytes, str, str] | None, **fields: str) -> FormData:
    """A form as a page sends it; without a `chat` it is for the careers group."""
    sent = FormData(default_to_multipart=True)
    given = {"as": str(desk.party.person(key)), "chat": str(desk.party.chat.id), **fields}
    for name, value in given.items():
        sent.add_field(name, value)
    if file is not None:
        content, name, kind = file
        sent.add_field("file", content, filename=name, content_type=kind)
    return sent


async def send(desk: Counter, sent: FormData) -> None:
    answer = await desk.client.post("/api/files", data=sent)
    assert answer.status == 200, await answer.text()


def newest(desk: Counter) -> Message:
    return list(desk.party.chat.messages.values())[-1]
