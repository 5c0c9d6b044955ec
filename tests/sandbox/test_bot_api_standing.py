"""Standing: what members may do, and what stands beside their names."""

from typing import Any

import pytest

from sandbox.bot_api.shapes.people import PERMISSIONS
from sandbox.world.entities import Membership, Status
from tests.sandbox.bot_house import ADA, BOT, BRUNO, CHIARA, House

SILENT: dict[str, bool] = {}
READER = {"can_send_messages": True, "can_send_photos": False}
FREE = dict.fromkeys(PERMISSIONS, True)


async def act(house: House, method: str, **more: Any) -> None:
    parameters = {"chat_id": house.group.id, "user_id": BRUNO.id, **more}
    assert await house.call(method, **parameters) is True


async def refused(house: House, method: str, **more: Any) -> str:
    parameters = {"chat_id": house.group.id, "user_id": BRUNO.id, **more}
    status, description = await house.refusal(method, **parameters)
    assert status == 400
    return description.removeprefix("Bad Request: ")


async def test_somebody_restricted_keeps_what_is_left_to_them(house: House) -> None:
    house.promote(house.group, "can_restrict_members")
    await act(house, "restrictChatMember", permissions=READER)
    member = await house.call("getChatMember", chat_id=house.group.id, user_id=BRUNO.id)
    assert (member["status"], member["is_member"], member["until_date"]) == ("restricted", True, 0)
    assert [name for name in PERMISSIONS if member[name]] == ["can_send_messages"]
    await act(house, "restrictChatMember", permissions=FREE)
    assert house.group.members[BRUNO.id] == Membership(BRUNO.id)


async def test_who_is_not_there_is_restricted_for_when_they_come(house: House) -> None:
    house.promote(house.group, "can_restrict_members")
    await act(house, "restrictChatMember", user_id=CHIARA.id, permissions=SILENT)
    chiara = house.group.members[CHIARA.id]
    assert (chiara.status, chiara.is_present) == (Status.RESTRICTED, False)
    assert await house.updates() == []


async def test_restricting_has_its_conditions(house: House) -> None:
    assert await refused(house, "restrictChatMember", permissions=SILENT) == (
        "not enough rights to restrict/unrestrict chat member"
    )
    house.promote(house.group, "can_restrict_members")
    assert await refused(house, "restrictChatMember") == "permissions are not specified"
    assert await refused(house, "restrictChatMember", permissions={"can_send_messages": "no"}) == (
        'can\'t parse chat permissions: Field "can_send_messages" must be of type Boolean'
    )
    assert await refused(house, "restrictChatMember", user_id=ADA.id, permissions=SILENT) == (
        "can't remove chat owner"
    )
    house.group.members[BRUNO.id] = Membership(BRUNO.id, Status.KICKED)
    assert await refused(house, "restrictChatMember", permissions=SILENT) == "PARTICIPANT_ID_INVALID"


async def test_a_tag_stands_beside_a_members_name(house: House) -> None:
    assert await refused(house, "setChatMemberTag", tag="Speaker") == (
        "not enough rights to change the member's tag"
    )
    house.promote(house.group, "can_manage_tags")
    await act(house, "setChatMemberTag", tag=" Speaker ")
    member = await house.call("getChatMember", chat_id=house.group.id, user_id=BRUNO.id)
    assert member["tag"] == "Speaker"
    await act(house, "setChatMemberTag")
    assert "tag" not in await house.call("getChatMember", chat_id=house.group.id, user_id=BRUNO.id)
    assert await refused(house, "setChatMemberTag", user_id=CHIARA.id, tag="x") == "USER_NOT_PARTICIPANT"
    assert await refused(house, "setChatMemberTag", user_id=ADA.id, tag="x") == "can't remove chat owner"


@pytest.mark.parametrize("tag", ["x" * 17, "🎭"])
async def test_a_tag_is_short_and_of_letters(house: House, tag: str) -> None:
    house.promote(house.group, "can_manage_tags", "can_promote_members", "can_pin_messages")
    assert await refused(house, "setChatMemberTag", tag=tag) == "TAG_INVALID"
    await act(house, "promoteChatMember", can_pin_messages=True)
    assert await refused(house, "setChatAdministratorCustomTitle", custom_title=tag) == "ADMIN_RANK_INVALID"


async def test_a_title_is_for_admins_of_the_bots_own_making(house: House) -> None:
    house.promote(house.group, "can_promote_members", "can_pin_messages")
    method = "setChatAdministratorCustomTitle"
    assert await refused(house, method, custom_title="Host") == "user is not an administrator"
    await act(house, "promoteChatMember", can_pin_messages=True)
    await act(house, method, custom_title="Host")
    member = await house.call("getChatMember", chat_id=house.group.id, user_id=BRUNO.id)
    assert (member["custom_title"], member["can_be_edited"]) == ("Host", True)
    house.group.members[BRUNO.id].promoted_by = ADA.id
    assert await refused(house, method, custom_title="Guest") == (
        "not enough rights to change custom title of the user"
    )
    assert await refused(house, method, user_id=ADA.id, custom_title="x") == (
        "only creator can edit their custom title"
    )


async def test_others_admins_are_theirs(house: House) -> None:
    house.promote(house.group, "can_promote_members", "can_pin_messages")
    pins = frozenset({"can_pin_messages"})
    house.group.members[BRUNO.id] = Membership(BRUNO.id, Status.ADMINISTRATOR, pins, promoted_by=ADA.id)
    assert await refused(house, "promoteChatMember", can_pin_messages=False) == "CHAT_ADMIN_REQUIRED"


@pytest.mark.parametrize(
    ("method", "more"),
    [
        ("restrictChatMember", {"permissions": SILENT}),
        ("setChatMemberTag", {"tag": "x"}),
        ("setChatAdministratorCustomTitle", {"custom_title": "x"}),
    ],
)
async def test_small_groups_know_nothing_of_it(house: House, method: str, more: dict[str, Any]) -> None:
    small = house.world.society.create_group("Small", ADA.id, is_super=False)
    small.members |= {BOT.id: Membership(BOT.id), BRUNO.id: Membership(BRUNO.id)}
    assert await refused(house, method, chat_id=small.id, **more) == (
        "method is available only for supergroups"
    )
