"""Members: banned, let back in and promoted, with the rights that it takes."""

from typing import Any

import pytest

from sandbox.world.entities import Membership, Status
from tests.sandbox.bot_house import ADA, BOT, BRUNO, CHIARA, House


async def complaint(house: House, method: str, person: int, **more: Any) -> str:
    status, description = await house.refusal(method, chat_id=house.group.id, user_id=person, **more)
    assert status == 400
    return description.removeprefix("Bad Request: ")


async def act(house: House, method: str, person: int, **more: Any) -> None:
    assert await house.call(method, chat_id=house.group.id, user_id=person, **more) is True


@pytest.mark.parametrize("method", ["banChatMember", "unbanChatMember"])
async def test_banning_needs_the_right(house: House, method: str) -> None:
    assert await complaint(house, method, BRUNO.id) == "not enough rights to restrict/unrestrict chat member"


async def test_who_is_banned_is_out_until_let_in_again(house: House) -> None:
    house.promote(house.group, "can_restrict_members")
    await act(house, "banChatMember", BRUNO.id)
    assert house.group.members[BRUNO.id].status is Status.KICKED
    assert (await house.updates())[0]["message"]["left_chat_member"]["id"] == BRUNO.id
    await act(house, "unbanChatMember", BRUNO.id)
    assert house.group.members[BRUNO.id].status is Status.LEFT


async def test_unbanning_removes_a_member_unless_told_otherwise(house: House) -> None:
    house.promote(house.group, "can_restrict_members")
    await act(house, "unbanChatMember", BRUNO.id, only_if_banned=True)
    assert house.group.members[BRUNO.id].is_present
    await act(house, "unbanChatMember", BRUNO.id)
    assert not house.group.members[BRUNO.id].is_present


async def test_nobody_bans_the_powerful(house: House) -> None:
    house.promote(house.group, "can_restrict_members")
    house.group.members[BRUNO.id] = Membership(BRUNO.id, Status.ADMINISTRATOR)
    assert await complaint(house, "banChatMember", ADA.id) == "can't remove chat owner"
    assert await complaint(house, "banChatMember", BRUNO.id) == "user is an administrator of the chat"
    assert await complaint(house, "banChatMember", BOT.id) == "can't restrict self"
    assert await complaint(house, "banChatMember", 4040) == "PARTICIPANT_ID_INVALID"


async def test_promotion_gives_what_the_promoter_has(house: House) -> None:
    assert await complaint(house, "promoteChatMember", BRUNO.id) == "not enough rights"
    house.promote(house.group, "can_promote_members", "can_pin_messages")
    await act(house, "promoteChatMember", BRUNO.id, can_manage_chat=True, can_pin_messages=True)
    bruno = house.group.members[BRUNO.id]
    assert (bruno.status, bruno.may("can_pin_messages")) == (Status.ADMINISTRATOR, True)
    assert await complaint(house, "promoteChatMember", BRUNO.id, can_delete_messages=True) == (
        "RIGHT_FORBIDDEN"
    )
    await act(house, "promoteChatMember", BRUNO.id)
    assert house.group.members[BRUNO.id].status is Status.MEMBER


async def test_not_everybody_can_be_promoted(house: House) -> None:
    house.promote(house.group, "can_promote_members")
    assert await complaint(house, "promoteChatMember", ADA.id) == "can't remove chat owner"
    assert await complaint(house, "promoteChatMember", CHIARA.id) == "USER_NOT_PARTICIPANT"


async def test_private_chats_and_small_groups_are_not_for_this(house: House) -> None:
    house.private()
    small = house.world.society.create_group("Small", ADA.id, is_super=False)
    house.promote(small, "can_promote_members")
    house.join(small, BRUNO)
    assert await house.refusal("banChatMember", chat_id=ADA.id, user_id=ADA.id) == (
        400,
        "Bad Request: chat member status can't be changed in private chats",
    )
    assert await house.refusal("promoteChatMember", chat_id=small.id, user_id=BRUNO.id) == (
        400,
        "Bad Request: method is available for supergroup and channel chats only",
    )
