"""Chats: what they are, who is in them, what is pinned; and leaving them."""

import pytest

from sandbox.world.changes import Change, ChatActed
from sandbox.world.entities import Membership, Person, Status
from tests.sandbox.bot_house import ADA, BOT, BRUNO, CHIARA, House

NO_PIN = (400, "Bad Request: not enough rights to manage pinned messages in the chat")


async def test_a_group_is_told_in_full(house: House) -> None:
    house.group.username = "careers"
    chat = await house.call("getChat", chat_id=house.group.id)
    assert (chat["id"], chat["type"], chat["title"]) == (house.group.id, "supergroup", "Careers")
    assert chat["active_usernames"] == ["careers"]
    assert chat["permissions"]["can_send_messages"] is True
    assert chat["permissions"]["can_pin_messages"] is False
    assert set(chat) >= {"accent_color_id", "max_reaction_count", "accepted_gift_types"}
    assert (await house.call("getChat", chat_id=house.forum.id))["is_forum"] is True


async def test_a_person_is_told_by_name(house: House) -> None:
    house.private()
    chat = await house.call("getChat", chat_id=ADA.id)
    assert (chat["type"], chat["first_name"], chat["last_name"]) == ("private", "Ada", "Rossi")
    assert "permissions" not in chat


async def test_the_owner_an_admin_and_a_member_look_different(house: House) -> None:
    house.promote(house.group, "can_pin_messages", "can_manage_video_chats")
    owner = await house.call("getChatMember", chat_id=house.group.id, user_id=ADA.id)
    assert (owner["status"], owner["is_anonymous"]) == ("creator", False)
    admin = await house.call("getChatMember", chat_id=house.group.id, user_id=BOT.id)
    assert admin["status"] == "administrator"
    granted = {name for name, value in admin.items() if value is True}
    assert granted == {"can_manage_chat", "can_pin_messages", "can_manage_video_chats"}
    member = await house.call("getChatMember", chat_id=house.group.id, user_id=BRUNO.id)
    assert set(member) == {"user", "status"}


@pytest.mark.parametrize(
    ("membership", "fields"),
    [
        (Membership(CHIARA.id, Status.LEFT), {}),
        (Membership(CHIARA.id, Status.KICKED), {"until_date": 0}),
        (Membership(CHIARA.id, Status.CREATOR, custom_title="Boss"), {"custom_title": "Boss"}),
        (Membership(CHIARA.id, Status.RESTRICTED), {"is_member": True, "can_send_messages": False}),
    ],
)
async def test_others_look_different_again(
    house: House, membership: Membership, fields: dict[str, object]
) -> None:
    house.group.members[CHIARA.id] = membership
    member = await house.call("getChatMember", chat_id=house.group.id, user_id=CHIARA.id)
    assert member["status"] == membership.status
    assert fields.items() <= member.items()


async def test_who_was_never_there_has_left(house: House) -> None:
    member = await house.call("getChatMember", chat_id=house.group.id, user_id=CHIARA.id)
    assert member == {
        "user": {"id": 13, "is_bot": False, "first_name": "Chiara", "language_code": "it"},
        "status": "left",
    }


async def test_who_does_not_exist_is_no_participant(house: House) -> None:
    assert await house.refusal("getChatMember", chat_id=house.group.id, user_id=4040) == (
        400,
        "Bad Request: PARTICIPANT_ID_INVALID",
    )
    assert await house.refusal("getChatMember", chat_id=house.group.id) == (
        400,
        "Bad Request: invalid user_id specified",
    )


async def test_administrators_are_listed_without_other_bots(house: House) -> None:
    rival = house.world.society.add(Person(5, "Rival", is_bot=True))
    house.group.members[rival.id] = Membership(rival.id, Status.ADMINISTRATOR)
    house.promote(house.group)
    admins = await house.call("getChatAdministrators", chat_id=house.group.id)
    assert [admin["user"]["id"] for admin in admins] == [ADA.id, BOT.id]


async def test_a_private_chat_has_none(house: House) -> None:
    house.private()
    assert await house.refusal("getChatAdministrators", chat_id=ADA.id) == (
        400,
        "Bad Request: there are no administrators in the private chat",
    )


@pytest.mark.parametrize("method", ["getChatMemberCount", "getChatMembersCount"])
async def test_only_who_is_there_counts(house: House, method: str) -> None:
    house.group.members[CHIARA.id] = Membership(CHIARA.id, Status.KICKED)
    assert await house.call(method, chat_id=house.group.id) == 3


async def test_pinning_needs_the_right_in_groups_only(house: House) -> None:
    message = house.say(ADA, "x")
    one = {"chat_id": house.group.id, "message_id": message.id}
    for method in ("pinChatMessage", "unpinChatMessage", "unpinAllChatMessages"):
        assert await house.refusal(method, **one) == NO_PIN
    house.promote(house.group, "can_pin_messages")
    assert await house.call("pinChatMessage", **one) is True
    assert await house.call("pinChatMessage", **one) is True
    assert house.group.pinned == [message.id]
    private = house.say(ADA, "x", house.private())
    assert await house.call("pinChatMessage", chat_id=ADA.id, message_id=private.id) is True


async def test_the_newest_pin_is_shown_and_is_the_first_to_go(house: House) -> None:
    house.promote(house.group, "can_pin_messages")
    one, two, three = (house.say(ADA, text) for text in ("one", "two", "three"))
    for message in (one, three, two):
        house.world.messages.pin(house.group, message, ADA.id)
    assert (await house.call("getChat", chat_id=house.group.id))["pinned_message"]["text"] == "three"
    assert await house.call("unpinChatMessage", chat_id=house.group.id) is True
    assert await house.call("unpinChatMessage", chat_id=house.group.id, message_id=one.id) is True
    assert house.group.pinned == [two.id]
    assert await house.call("unpinAllChatMessages", chat_id=house.group.id) is True
    assert "pinned_message" not in await house.call("getChat", chat_id=house.group.id)
    assert await house.refusal("unpinChatMessage", chat_id=house.group.id) == (
        400,
        "Bad Request: message to unpin not found",
    )


async def test_what_is_not_there_cannot_be_pinned(house: House) -> None:
    house.promote(house.group, "can_pin_messages")
    service = house.world.messages.serve(house.group, ADA.id, "video_chat_started", {})
    assert await house.refusal("pinChatMessage", chat_id=house.group.id, message_id=99) == (
        400,
        "Bad Request: message to pin not found",
    )
    assert await house.refusal("pinChatMessage", chat_id=house.group.id, message_id=service.id) == (
        400,
        "Bad Request: a service message can't be pinned",
    )


async def test_an_action_is_shown(house: House) -> None:
    shown: list[Change] = []
    house.world.society.watch(shown.append)
    assert await house.call("sendChatAction", chat_id=house.group.id, action="TYPING") is True
    assert shown == [ChatActed(house.group.id, BOT.id, "typing")]
    assert await house.refusal("sendChatAction", chat_id=house.group.id, action="singing") == (
        400,
        "Bad Request: wrong parameter action in request",
    )


async def test_it_leaves_and_is_gone(house: House) -> None:
    assert await house.call("leaveChat", chat_id=house.group.id) is True
    assert house.group.members[BOT.id].status is Status.LEFT
    standing, farewell = await house.updates()
    assert farewell["message"]["left_chat_member"]["id"] == BOT.id
    assert standing["my_chat_member"]["new_chat_member"]["status"] == "left"
    assert await house.refusal("leaveChat", chat_id=house.group.id) == (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
    )


async def test_a_private_chat_cannot_be_left(house: House) -> None:
    house.private()
    assert await house.refusal("leaveChat", chat_id=ADA.id) == (
        400,
        "Bad Request: chat member status can't be changed in private chats",
    )
