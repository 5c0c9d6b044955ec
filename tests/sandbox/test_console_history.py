"""Which messages somebody sees, and in whose name they are."""

from collections.abc import AsyncIterator

import pytest

from sandbox.world.entities import Media, Membership, Status, StoredFile
from sandbox.world.messages import Draft
from tests.sandbox.counter import Counter, counter


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_a_pin_is_seen_however_old_it_is(desk: Counter) -> None:
    old = desk.says("ada", "Rules of the house")
    desk.party.world.messages.pin(desk.party.chat, old, desk.party.person("ada"))
    for number in range(400):
        desk.says("bruno", f"message {number}")
    messages = (await desk.chat("chiara"))["messages"]
    assert (messages[0]["id"], len(messages)) == (old.id, 301)
    assert [one["id"] for one in messages] == sorted(one["id"] for one in messages)


async def test_a_quiet_topic_is_not_drowned_by_a_loud_one(desk: Counter) -> None:
    readers = desk.party.world.society.chats[desk.party.cast.chats["readers"]]
    quiet, loud = list(readers.threads)[:2]
    for number in range(400):
        desk.party.world.messages.post(readers, desk.party.person("bruno"), Draft(f"{number}", thread=loud))
    messages = (await desk.chat("ada", "readers"))["messages"]
    assert "No spoilers before Sunday, please." in [one["text"] for one in messages if one["thread"] == quiet]
    assert len([one for one in messages if one["thread"] == loud]) == 300


async def test_a_channels_posts_are_the_channels_to_its_readers(desk: Counter) -> None:
    ada, bruno = desk.party.person("ada"), desk.party.person("bruno")
    channel = desk.party.world.society.create_channel("News", ada)
    channel.members[bruno] = Membership(bruno)
    await desk.post("/api/messages", as_=ada, chat=channel.id, text="Tonight!")
    for person, sender in ((bruno, channel.id), (ada, ada)):
        world = await desk.get("/api/world", as_=person)
        post = next(one for one in world["chats"] if one["id"] == channel.id)["messages"][-1]
        assert (post["sender"], post["sender_name"], post["is_anonymous"]) == (sender, "News", False)


async def test_a_hidden_admin_shows_a_title_and_nothing_else(desk: Counter) -> None:
    ada, chat = desk.party.person("ada"), desk.party.chat
    chat.members[ada] = Membership(ada, Status.CREATOR, is_anonymous=True, custom_title="Host")
    desk.says("ada", "Be kind.")
    seen = (await desk.chat("bruno"))["messages"][-1]
    assert (seen["sender"], seen["signature"], seen["sender_chat"]) == (chat.id, "Host", chat.id)


async def test_a_post_that_came_by_itself_says_from_where(desk: Counter) -> None:
    ada = desk.party.person("ada")
    channel = desk.party.world.society.create_channel("News", ada)
    desk.party.world.society.link(channel, desk.party.chat)
    await desk.post("/api/messages", as_=ada, chat=channel.id, text="Tonight!")
    chat = await desk.chat("bruno")
    assert chat["linked"] == channel.id
    assert (chat["messages"][-1]["text"], chat["messages"][-1]["forwarded_from"]) == ("Tonight!", "News")


async def test_a_file_that_is_gone_is_marked(desk: Counter) -> None:
    file = StoredFile("AgACx", "x", b"picture", "x.png", "image/png")
    media = Media("photo", file, {"width": 640, "height": 320})
    desk.party.world.messages.post(desk.party.chat, desk.party.cast.bot, Draft("Look", media=media))
    shown = (await desk.chat("ada"))["messages"][-1]["media"]
    assert (shown["is_gone"], shown["width"], shown["height"], shown["size"]) == (True, 640, 320, 7)
    desk.party.world.messages.keep(file)
    assert (await desk.chat("ada"))["messages"][-1]["media"]["is_gone"] is False
