"""Where somebody may write, and what they are told where they may not."""

import io
from collections.abc import AsyncIterator

import pytest

from sandbox.world.entities import Membership, Status
from tests.sandbox.counter import Counter, counter

DEEDS = ("/api/messages", "/api/contacts")


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_in_a_channel_only_who_may_post_writes(desk: Counter) -> None:
    ada, bruno = desk.party.person("ada"), desk.party.person("bruno")
    channel = desk.party.world.society.create_channel("News", ada)
    for member in (
        Membership(bruno),
        Membership(bruno, Status.ADMINISTRATOR, frozenset({"can_invite_users"})),
    ):
        channel.members[bruno] = member
        for deed in DEEDS:
            refused = await desk.refused(deed, as_=bruno, chat=channel.id, text="x", person=ada)
            assert refused == (403, "Only admins write in this channel.")
    channel.members[bruno] = Membership(bruno, Status.ADMINISTRATOR, frozenset({"can_post_messages"}))
    await desk.post("/api/messages", as_=bruno, chat=channel.id, text="News")


async def test_who_is_restricted_reads_and_is_told_why_not_more(desk: Counter) -> None:
    bruno = desk.party.person("bruno")
    desk.party.chat.members[bruno] = Membership(bruno, Status.RESTRICTED)
    sentence = "An admin let you read here, and not write."
    assert (await desk.chat("bruno"))["silence"] == sentence
    for deed in DEEDS:
        refused = await desk.refused(deed, as_=bruno, chat=desk.party.chat.id, text="x", person=bruno)
        assert refused == (403, sentence)


async def test_who_may_write_is_told_nothing(desk: Counter) -> None:
    assert (await desk.chat("bruno"))["silence"] is None


async def test_a_contact_respects_a_closed_topic(desk: Counter) -> None:
    readers = desk.party.world.society.chats[desk.party.cast.chats["readers"]]
    thread = next(iter(readers.threads.values()))
    thread.is_closed = True
    bruno = desk.party.person("bruno")
    fields = {"chat": readers.id, "thread": thread.id, "person": bruno}
    assert await desk.refused("/api/contacts", as_=bruno, **fields) == (403, "This topic is closed.")


async def test_into_a_closed_topic_write_who_opened_it_and_who_minds_topics(desk: Counter) -> None:
    bruno, readers = (
        desk.party.person("bruno"),
        desk.party.world.society.chats[desk.party.cast.chats["readers"]],
    )
    thread = next(iter(readers.threads.values()))
    for closed in (thread, readers.general):
        closed.is_closed = True
        fields = {"as_": bruno, "chat": readers.id, "text": "Late"}
        if closed is thread:
            fields["thread"] = thread.id
        assert await desk.refused("/api/messages", **fields) == (403, "This topic is closed.")
        closed.creator = bruno
        await desk.post("/api/messages", **fields)
        closed.creator = 0
        readers.members[bruno] = Membership(bruno, Status.ADMINISTRATOR, frozenset({"can_manage_topics"}))
        await desk.post("/api/messages", **fields)
        readers.members[bruno] = Membership(bruno)


async def test_who_may_send_words_alone_sends_no_files(desk: Counter) -> None:
    bruno = desk.party.person("bruno")
    for rights, status in ((["can_send_messages"], 403), (["can_send_messages", "can_send_documents"], 200)):
        desk.party.chat.members[bruno] = Membership(bruno, Status.RESTRICTED, frozenset(rights))
        data = {"as": str(bruno), "chat": str(desk.party.chat.id), "file": io.BytesIO(b"words")}
        assert (await desk.client.post("/api/files", data=data)).status == status
