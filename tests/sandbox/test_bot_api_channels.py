"""Channels: the bot posts, edits and pins in them, hears of posts, and meets them in their groups."""

import pytest

from sandbox.world.entities import Chat, Membership, Status
from tests.sandbox.bot_house import ADA, BOT, BRUNO, House


@pytest.fixture
def channel(house: House) -> Chat:
    """Ada's channel, in which the bot may post; the group is where its posts are discussed."""
    channel = house.world.society.create_channel("News", ADA.id)
    house.world.society.link(channel, house.group)
    house.promote(channel, "can_post_messages")
    house.promote(house.group)
    return channel


async def test_the_bot_posts_as_the_channel_and_edits_its_own(house: House, channel: Chat) -> None:
    sent = await house.call("sendMessage", chat_id=channel.id, text="Tonight")
    assert (sent["sender_chat"]["id"], sent["chat"]["type"], "from" in sent) == (channel.id, "channel", False)
    one = {"chat_id": channel.id, "message_id": sent["message_id"]}
    assert (await house.call("editMessageText", **one, text="Later"))["text"] == "Later"


async def test_others_posts_are_edited_with_the_right_to(house: House, channel: Chat) -> None:
    post = house.say(ADA, "Tonight", channel)
    one = {"chat_id": channel.id, "message_id": post.id, "text": "Later"}
    assert await house.refusal("editMessageText", **one) == (400, "Bad Request: message can't be edited")
    house.promote(channel, "can_edit_messages")
    assert (await house.call("editMessageText", **one))["text"] == "Later"


async def test_without_the_right_to_post_nothing_stays_its_own(house: House, channel: Chat) -> None:
    sent = await house.call("sendMessage", chat_id=channel.id, text="Tonight")
    house.promote(channel, "can_invite_users")
    one = {"chat_id": channel.id, "message_id": sent["message_id"]}
    refusals = [
        await house.refusal("sendMessage", chat_id=channel.id, text="x"),
        await house.refusal("editMessageText", **one, text="Later"),
        await house.refusal("deleteMessage", **one),
    ]
    assert [description.removeprefix("Bad Request: ") for _, description in refusals] == [
        "need administrator rights in the channel chat",
        "message can't be edited",
        "message can't be deleted",
    ]


async def test_pinning_in_a_channel_is_a_matter_of_editing(house: House, channel: Chat) -> None:
    post = house.say(ADA, "Tonight", channel)
    one = {"chat_id": channel.id, "message_id": post.id}
    house.promote(channel, "can_pin_messages")
    assert await house.refusal("pinChatMessage", **one) == (
        400,
        "Bad Request: not enough rights to manage pinned messages in the chat",
    )
    house.promote(channel, "can_edit_messages")
    assert await house.call("pinChatMessage", **one) is True
    assert (await house.call("getChat", chat_id=channel.id))["pinned_message"]["text"] == "Tonight"


async def test_a_post_comes_twice_as_itself_and_in_the_group(house: House, channel: Chat) -> None:
    post = house.say(ADA, "Tonight", channel)
    first, second = await house.updates()
    assert (first["channel_post"]["text"], "from" in first["channel_post"]) == ("Tonight", False)
    copy = second["message"]
    assert copy["from"] == {"id": 777000, "is_bot": False, "first_name": "Telegram"}
    assert (copy["sender_chat"]["id"], copy["chat"]["id"]) == (channel.id, house.group.id)
    assert copy["is_automatic_forward"] is True
    origin = copy["forward_origin"]
    assert (origin["type"], origin["chat"]["id"], origin["message_id"]) == ("channel", channel.id, post.id)


async def test_its_own_post_comes_to_it_in_the_group_only(house: House, channel: Chat) -> None:
    sent = await house.call("sendMessage", chat_id=channel.id, text="Tonight")
    await house.call("editMessageText", chat_id=channel.id, message_id=sent["message_id"], text="Later")
    kinds = [next(iter(update)) for update in await house.updates()]
    assert kinds == ["message", "edited_message"]


async def test_a_comment_is_in_the_thread_of_the_post(house: House, channel: Chat) -> None:
    house.say(ADA, "Tonight", channel)
    copy = max(house.group.messages)
    house.say(BRUNO, "I come", reply_to=copy)
    comment = (await house.updates())[-1]["message"]
    assert (comment["message_thread_id"], "is_topic_message" in comment) == (copy, False)
    assert comment["reply_to_message"]["is_automatic_forward"] is True


async def test_both_ends_tell_of_each_other(house: House, channel: Chat) -> None:
    news = await house.call("getChat", chat_id=channel.id)
    group = await house.call("getChat", chat_id=house.group.id)
    assert (news["linked_chat_id"], group["linked_chat_id"]) == (house.group.id, channel.id)
    assert ("permissions" in news, "permissions" in group) == (False, True)
    assert "linked_chat_id" not in await house.call("getChat", chat_id=house.forum.id)


async def test_an_admin_of_a_channel_has_rights_of_its_own(house: House, channel: Chat) -> None:
    itself = await house.call("getChatMember", chat_id=channel.id, user_id=BOT.id)
    assert (itself["can_post_messages"], itself["can_edit_messages"]) == (True, False)
    assert "can_pin_messages" not in itself
    house.promote(channel, "can_promote_members", "can_post_messages")
    house.join(channel, BRUNO)
    await house.call("promoteChatMember", chat_id=channel.id, user_id=BRUNO.id, can_post_messages=True)
    assert channel.members[BRUNO.id].rights == {"can_post_messages"}


@pytest.mark.parametrize(
    ("status", "why"),
    [
        (Status.KICKED, "bot was kicked from the channel chat"),
        (Status.LEFT, "bot is not a member of the channel chat"),
    ],
)
async def test_whoever_is_out_of_a_channel_is_out(
    house: House, channel: Chat, status: Status, why: str
) -> None:
    channel.members[BOT.id] = Membership(BOT.id, status)
    assert await house.refusal("sendMessage", chat_id=channel.id, text="x") == (403, f"Forbidden: {why}")
    house.say(ADA, "Tonight", channel)
    assert ["channel_post" in update for update in await house.updates()] == [False]
