"""Pins and deletions by the console."""

from collections.abc import AsyncIterator

import pytest

from sandbox.world.entities import ChatKind, Membership, Status
from tests.sandbox.counter import Counter, counter


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_an_admin_pins_and_unpins(desk: Counter) -> None:
    message = desk.says("bruno", "Read this")
    await desk.post("/api/pins", **at(desk, "ada"), message=message.id, pinned=True)
    chat = await desk.chat("chiara")
    assert chat["pinned"] == [message.id]
    assert chat["messages"][-1]["service"] == {"kind": "pinned_message", "payload": message.id}
    await desk.post("/api/pins", **at(desk, "ada"), message=message.id, pinned=False)
    assert (await desk.chat("chiara"))["pinned"] == []


async def test_who_may_not_pin_is_told_so(desk: Counter) -> None:
    message = desk.says("bruno", "Read this")
    refused = await desk.refused("/api/pins", **at(desk, "bruno"), message=message.id, pinned=True)
    assert refused == (403, "Only an admin who may pin messages can do that.")
    seat(desk, "bruno", "can_pin_messages")
    await desk.post("/api/pins", **at(desk, "bruno"), message=message.id, pinned=True)


async def test_service_messages_are_not_pinned(desk: Counter) -> None:
    desk.party.start_call()
    message = list(desk.party.chat.messages)[-1]
    status, _ = await desk.refused("/api/pins", **at(desk, "ada"), message=message, pinned=True)
    assert status == 409


async def test_everybody_pins_in_private(desk: Counter) -> None:
    chiara = desk.party.person("chiara")
    sent = await desk.post("/api/start", as_=chiara)
    await desk.post("/api/pins", as_=chiara, chat=chiara, message=sent["message"], pinned=True)
    assert desk.party.world.society.chats[chiara].pinned == [sent["message"]]


async def test_one_deletes_ones_own_and_an_admin_others(desk: Counter) -> None:
    own, other, more = (desk.says(key, "Oops") for key in ("bruno", "ada", "chiara"))
    await desk.post("/api/delete", **at(desk, "bruno"), message=own.id)
    assert (await desk.refused("/api/delete", **at(desk, "bruno"), message=other.id))[0] == 403
    await desk.post("/api/delete", **at(desk, "ada"), message=more.id)
    assert [number for number in (own.id, other.id, more.id) if number in desk.party.chat.messages] == [
        other.id
    ]
    assert await desk.refused("/api/delete", **at(desk, "bruno"), message=own.id) == (
        404,
        "This message is gone.",
    )


async def test_what_a_topic_hangs_on_stays(desk: Counter) -> None:
    readers = desk.party.world.society.chats[desk.party.cast.chats["readers"]]
    thread = next(iter(readers.threads))
    refused, _ = await desk.refused(
        "/api/delete", as_=desk.party.person("ada"), chat=readers.id, message=thread
    )
    assert refused == 409
    assert thread in readers.messages


async def test_a_service_message_is_deleted_by_admins_alone(desk: Counter) -> None:
    """Even by none who caused it."""
    bruno = seat(desk, "bruno", "can_pin_messages")
    message = desk.says("ada", "Read this")
    await desk.post("/api/pins", **at(desk, "bruno"), message=message.id, pinned=True)
    notice = list(desk.party.chat.messages)[-1]
    assert desk.party.chat.messages[notice].sender == bruno
    assert (await desk.refused("/api/delete", **at(desk, "bruno"), message=notice))[0] == 403
    await desk.post("/api/delete", **at(desk, "ada"), message=notice)


async def test_in_a_channel_who_edits_pins(desk: Counter) -> None:
    channel = desk.party.world.society.create_channel("News", desk.party.person("ada"))
    assert channel.kind is ChatKind.CHANNEL
    bruno = desk.party.person("bruno")
    channel.members[bruno] = Membership(bruno, Status.ADMINISTRATOR, frozenset({"can_edit_messages"}))
    sent = await desk.post("/api/messages", as_=desk.party.person("ada"), chat=channel.id, text="News")
    await desk.post("/api/pins", as_=bruno, chat=channel.id, message=sent["message"], pinned=True)
    assert channel.pinned == [sent["message"]]


def at(desk: Counter, key: str) -> dict[str, object]:
    return {"as_": desk.party.person(key), "chat": desk.party.chat.id}


def seat(desk: Counter, key: str, *rights: str) -> int:
    """Somebody is an admin with these rights."""
    person = desk.party.person(key)
    desk.party.chat.members[person] = Membership(person, Status.ADMINISTRATOR, frozenset(rights))
    return person
