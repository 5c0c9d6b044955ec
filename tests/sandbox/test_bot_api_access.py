"""Access: which chats a bot reaches, and how Telegram turns it away."""

import pytest

from sandbox.world.entities import Chat, ChatKind, Membership, Person, Status
from tests.sandbox.bot_house import ADA, BOT, CHIARA, House

NOT_FOUND = (400, "Bad Request: chat not found")


async def send(house: House, chat_id: object) -> tuple[int, str]:
    return await house.refusal("sendMessage", chat_id=chat_id, text="x")


@pytest.mark.parametrize("chat_id", [None, "", " "])
async def test_a_chat_must_be_named(house: House, chat_id: str | None) -> None:
    assert await send(house, chat_id) == (400, "Bad Request: chat_id is empty")


@pytest.mark.parametrize("chat_id", [-100999, "abc", "@nobody", 0, 99999, {"a": 1}])
async def test_a_chat_that_is_not_there_is_not_found(house: House, chat_id: object) -> None:
    assert await send(house, chat_id) == NOT_FOUND


async def test_people_must_speak_first(house: House) -> None:
    assert await send(house, CHIARA.id) == (403, "Forbidden: bot can't initiate conversation with a user")
    assert await house.refusal("getChat", chat_id=CHIARA.id) == NOT_FOUND
    house.private(CHIARA)
    assert (await house.call("sendMessage", chat_id=CHIARA.id, text="x"))["chat"]["type"] == "private"


async def test_bots_do_not_talk_to_each_other(house: House) -> None:
    house.world.society.add(Person(5, "Rival", is_bot=True))
    assert await send(house, 5) == (403, "Forbidden: bots can't send messages to bots")


async def test_whoever_blocked_the_bot_is_left_alone(house: House) -> None:
    house.world.society.set_member(house.private(), Membership(BOT.id, Status.KICKED), ADA.id)
    assert await send(house, ADA.id) == (403, "Forbidden: bot was blocked by the user")
    assert (await house.call("getChat", chat_id=ADA.id))["first_name"] == "Ada"


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (Status.KICKED, "Forbidden: bot was kicked from the supergroup chat"),
        (Status.LEFT, "Forbidden: bot is not a member of the supergroup chat"),
    ],
)
async def test_whoever_is_out_is_out(house: House, status: Status, why: str) -> None:
    house.group.members[BOT.id] = Membership(BOT.id, status)
    assert await send(house, house.group.id) == (403, why)
    assert await house.refusal("getChat", chat_id=house.group.id) == (403, why)


async def test_a_basic_group_calls_itself_so(house: House) -> None:
    small = house.world.society.create_group("Small", ADA.id, is_super=False)
    small.members[BOT.id] = Membership(BOT.id, Status.KICKED)
    assert await send(house, small.id) == (403, "Forbidden: bot was kicked from the group chat")
    assert (await house.call("getChat", chat_id=small.id))["type"] == "group"


async def test_a_group_that_it_never_met_is_not_found(house: House) -> None:
    assert await send(house, house.world.society.create_group("Elsewhere", ADA.id).id) == NOT_FOUND


async def test_a_public_group_can_be_looked_at_from_outside(house: House) -> None:
    public = house.world.society.create_group("Public", ADA.id)
    public.username = "Talks"
    assert (await house.call("getChat", chat_id="@talks"))["id"] == public.id
    assert await send(house, "@talks") == (403, "Forbidden: bot is not a member of the supergroup chat")


async def test_an_upgraded_group_says_where_it_went(house: House) -> None:
    house.world.society.chats[-5] = Chat(-5, ChatKind.GROUP, "Old")
    house.world.society.upgraded[-5] = house.group.id
    answer = await house.ask("sendMessage", {"chat_id": -5, "text": "x"})
    assert answer.complaint == (400, "Bad Request: group chat was upgraded to a supergroup chat")
    assert answer.body["parameters"] == {"migrate_to_chat_id": house.group.id}


async def test_whoever_is_restricted_stays_silent(house: House) -> None:
    house.group.members[BOT.id] = Membership(BOT.id, Status.RESTRICTED)
    assert await send(house, house.group.id) == (
        400,
        "Bad Request: not enough rights to send text messages to the chat",
    )


async def test_a_channel_is_for_its_admins(house: House) -> None:
    channel = Chat(-1009, ChatKind.CHANNEL, "News", members={BOT.id: Membership(BOT.id)})
    house.world.society.chats[channel.id] = channel
    assert await send(house, channel.id) == (
        400,
        "Bad Request: need administrator rights in the channel chat",
    )
    house.promote(channel, "can_post_messages")
    sent = await house.call("sendMessage", chat_id=channel.id, text="x")
    assert (sent["sender_chat"]["id"], "from" in sent) == (channel.id, False)
    house.say(ADA, "post", channel)
    assert [list(update) for update in await house.updates()] == [["channel_post"]]
