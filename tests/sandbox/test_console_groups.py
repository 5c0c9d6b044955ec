"""Groups upgraded and renamed, and the bot blocked, by the console."""

from collections.abc import AsyncIterator

import pytest

from sandbox.world.entities import Chat, ChatKind, Membership, Status
from tests.sandbox.counter import Counter, Json, counter


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_an_owner_upgrades_a_group_and_everybody_follows(desk: Counter) -> None:
    group = hikers(desk)
    new = (await desk.post("/api/upgrade", as_=desk.party.person("ada"), chat=group.id))["chat"]
    for key in ("ada", "bruno"):
        world = await desk.get("/api/world", as_=desk.party.person(key))
        (chat,) = [one for one in world["chats"] if one["title"] == "Hikers"]
        assert (chat["id"], chat["kind"], chat["upgraded_from"]) == (new, "supergroup", group.id)
    refused, _ = await desk.refused("/api/messages", as_=desk.party.person("ada"), chat=group.id, text="x")
    assert refused == 403


async def test_only_a_basic_group_and_by_its_owner(desk: Counter) -> None:
    group = hikers(desk)
    refused, sentence = await desk.refused("/api/upgrade", as_=desk.party.person("bruno"), chat=group.id)
    assert (refused, "creator" in sentence) == (400, True)
    already = await desk.refused("/api/upgrade", as_=desk.party.person("ada"), chat=desk.party.chat.id)
    assert already == (409, "Only a basic group can become a supergroup.")
    assert group.kind is ChatKind.GROUP


async def test_an_admin_renames_a_group(desk: Counter) -> None:
    place = {"as_": desk.party.person("ada"), "chat": desk.party.chat.id}
    await desk.post("/api/title", **place, title="  New careers ")
    chat = await desk.chat("bruno")
    assert chat["title"] == "New careers"
    assert chat["messages"][-1]["service"] == {"kind": "new_chat_title", "payload": "New careers"}
    await desk.post("/api/title", **place, title="New careers")
    assert (await desk.chat("bruno"))["messages"][-1]["id"] == chat["messages"][-1]["id"]


@pytest.mark.parametrize(
    ("key", "title", "status"),
    [("bruno", "Mine", 403), ("ada", "", 400), ("ada", "   ", 400), ("ada", "x" * 129, 400)],
)
async def test_a_name_is_changed_by_admins_and_is_a_name(
    desk: Counter, key: str, title: str, status: int
) -> None:
    place = {"as_": desk.party.person(key), "chat": desk.party.chat.id}
    assert (await desk.refused("/api/title", **place, title=title))[0] == status
    assert desk.party.chat.title == "Careers Forum"


async def test_an_owner_makes_a_group_public_and_private_again(desk: Counter) -> None:
    place = {"as_": desk.party.person("ada"), "chat": desk.party.chat.id}
    for username in ("Careers_Forum", "careers_forum", ""):
        await desk.post("/api/username", **place, username=username)
        assert (await desk.chat("bruno"))["username"] == username


@pytest.mark.parametrize(
    ("key", "username", "status"),
    [
        ("bruno", "careers_forum", 403),
        ("ada", "four", 400),
        ("ada", "1careers", 400),
        ("ada", "careers forum", 400),
        ("ada", "careers_", 400),
        ("ada", "x" * 33, 400),
        ("ada", "Loggione_Bot", 409),
        ("ada", "bruno_demo", 409),
    ],
)
async def test_a_public_name_is_the_owners_to_give_and_nobody_elses(
    desk: Counter, key: str, username: str, status: int
) -> None:
    place = {"as_": desk.party.person(key), "chat": desk.party.chat.id}
    assert (await desk.refused("/api/username", **place, username=username))[0] == status
    assert desk.party.chat.username == ""


async def test_a_basic_group_has_no_public_name(desk: Counter) -> None:
    group = hikers(desk)
    place = {"as_": desk.party.person("ada"), "chat": group.id}
    assert (await desk.refused("/api/username", **place, username="hikers"))[0] == 409


async def test_who_blocks_the_bot_writes_no_more_until_they_start_again(desk: Counter) -> None:
    chiara = desk.party.person("chiara")
    await desk.post("/api/start", as_=chiara)
    await desk.post("/api/block", as_=chiara, is_blocked=True)
    assert (await private(desk))["is_blocked"] is True
    refused = await desk.refused("/api/messages", as_=chiara, chat=chiara, text="Hello?")
    assert refused == (403, "You have blocked the bot.")
    await desk.post("/api/start", as_=chiara, payload="again")
    chat = await private(desk)
    assert (chat["is_blocked"], chat["silence"]) == (False, None)
    assert chat["messages"][-1]["text"] == "/start again"


async def test_the_bot_hears_that_it_is_blocked(desk: Counter) -> None:
    chiara = desk.party.person("chiara")
    await desk.post("/api/start", as_=chiara)
    for is_blocked in (True, True, False):
        await desk.post("/api/block", as_=chiara, is_blocked=is_blocked)
    updates = await desk.bot_asks_telegram("getUpdates")
    changes = [update["my_chat_member"] for update in updates if "my_chat_member" in update]
    assert [one["new_chat_member"]["status"] for one in changes] == ["kicked", "member"]


async def test_a_block_is_yes_or_no(desk: Counter) -> None:
    assert (await desk.refused("/api/block", as_=desk.party.person("ada"), is_blocked="yes"))[0] == 400


def hikers(desk: Counter) -> Chat:
    """A basic group of Ada and Bruno."""
    ada, bruno = desk.party.person("ada"), desk.party.person("bruno")
    group = desk.party.world.society.create_group("Hikers", ada, is_super=False)
    group.members[bruno] = Membership(bruno, Status.MEMBER)
    return group


async def private(desk: Counter) -> Json:
    """Chiara's chat with the bot."""
    world = await desk.get("/api/world", as_=desk.party.person("chiara"))
    found: Json = next(one for one in world["chats"] if one["kind"] == "private")
    return found
