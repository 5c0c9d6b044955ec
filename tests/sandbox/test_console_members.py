"""Who comes, goes, is promoted, silenced and removed by the console."""

from collections.abc import AsyncIterator

import pytest

from sandbox.world.changes import Change, MemberChanged
from sandbox.world.entities import Chat, Membership, Status
from tests.sandbox.counter import Counter, counter

PROMOTER = ("can_promote_members", "can_pin_messages")


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_an_owner_makes_an_admin_who_has_the_rights_that_were_given(desk: Counter) -> None:
    await become(desk, "ada", "bruno", "administrator", rights=["can_pin_messages"], custom_title="Host")
    member = await shown(desk, "bruno")
    assert (member["status"], member["rights"], member["custom_title"]) == (
        "administrator",
        ["can_pin_messages"],
        "Host",
    )
    chat = await desk.chat("bruno")
    assert (chat["my_status"], chat["my_rights"]) == ("administrator", ["can_pin_messages"])
    await become(desk, "ada", "bruno", "member")
    assert (await shown(desk, "bruno"))["rights"] == []


async def test_what_is_not_named_stays(desk: Counter) -> None:
    seat(desk, "bruno", "can_pin_messages", is_anonymous=True, custom_title="Host")
    await become(desk, "ada", "bruno", "administrator", is_anonymous=False)
    member = standing(desk, "bruno")
    assert member.rights == {"can_pin_messages"}
    assert (member.is_anonymous, member.custom_title) == (False, "Host")
    await become(desk, "ada", "bruno", "administrator", custom_title="")
    assert standing(desk, "bruno").custom_title == ""


async def test_the_bot_hears_of_its_own_promotion_and_removal(desk: Counter) -> None:
    bot = desk.party.cast.bot
    place = {"as_": desk.party.person("ada"), "chat": desk.party.chat.id, "person": bot}
    await desk.post("/api/members", **place, status="member")
    await desk.post("/api/members", **place, status="kicked")
    await desk.post("/api/members", **place, status="member")
    updates = await desk.bot_asks_telegram("getUpdates")
    changes = [update["my_chat_member"] for update in updates if "my_chat_member" in update]
    assert [one["new_chat_member"]["status"] for one in changes] == ["member", "kicked", "member"]
    assert {one["from"]["first_name"] for one in changes} == {"Ada"}


async def test_nothing_happens_when_somebody_is_that_already(desk: Counter) -> None:
    told: list[Change] = []
    desk.party.world.society.watch(told.append)
    await become(desk, "ada", "bruno", "member")
    assert told == []


async def test_members_bring_others_in_and_leave(desk: Counter) -> None:
    await become(desk, "daniele", "daniele", "left")
    assert standing(desk, "daniele").status is Status.LEFT
    await become(desk, "chiara", "daniele", "member")
    assert standing(desk, "daniele").status is Status.MEMBER
    services = [one["service"] for one in (await desk.chat("ada"))["messages"] if one["service"]][-2:]
    assert [one["kind"] for one in services] == ["left_chat_member", "new_chat_members"]


async def test_who_was_banned_comes_back_by_an_admin_alone(desk: Counter) -> None:
    await become(desk, "ada", "daniele", "kicked")
    assert await refusal(desk, "chiara", "daniele", "member") == (
        403,
        "Daniele was banned; only an admin who may ban people undoes that.",
    )
    await become(desk, "ada", "daniele", "member")


async def test_who_is_removed_falls_out_of_the_voice_chat(desk: Counter) -> None:
    desk.party.start_call()
    await desk.party.say_a_word("bruno")
    assert desk.party.person("bruno") in desk.party.call.participants
    await become(desk, "ada", "bruno", "kicked")
    assert desk.party.person("bruno") not in desk.party.call.participants


async def test_an_admin_hides_and_shows_themselves(desk: Counter) -> None:
    await become(desk, "ada", "ada", "creator", is_anonymous=True)
    sent = await desk.post("/api/messages", **at(desk, "ada"), text="Be kind.")
    seen = next(one for one in (await desk.chat("bruno"))["messages"] if one["id"] == sent["message"])
    assert (seen["sender"], seen["sender_name"], seen["is_anonymous"]) == (
        desk.party.chat.id,
        "Careers Forum",
        True,
    )
    own = next(one for one in (await desk.chat("ada"))["messages"] if one["id"] == sent["message"])
    assert own["sender"] == desk.party.person("ada")
    seat(desk, "bruno", "can_pin_messages")
    await become(desk, "bruno", "bruno", "administrator", is_anonymous=True)
    assert standing(desk, "bruno").is_anonymous


@pytest.mark.parametrize(
    ("actor", "whom", "fields", "status"),
    [
        ("bruno", "chiara", {"status": "administrator", "rights": []}, 403),
        ("bruno", "bruno", {"status": "administrator", "rights": ["can_pin_messages"]}, 403),
        ("bruno", "chiara", {"status": "kicked"}, 403),
        ("bruno", "chiara", {"status": "restricted"}, 403),
        ("bruno", "chiara", {"status": "left"}, 403),
        ("bruno", "ada", {"status": "member"}, 403),
        ("bruno", "bruno", {"status": "creator"}, 403),
        ("bruno", "bruno", {"status": "kicked"}, 409),
        ("ada", "ada", {"status": "left"}, 403),
        ("ada", "ada", {"status": "member"}, 403),
        ("ada", "bruno", {"status": "creator"}, 403),
        ("ada", "bruno", {"status": "king"}, 400),
        ("ada", "bruno", {}, 400),
        ("ada", "bruno", {"status": "administrator", "rights": ["can_fly"]}, 400),
        ("ada", "bruno", {"status": "administrator", "rights": "can_pin_messages"}, 400),
        ("ada", "bruno", {"status": "administrator", "rights": [5]}, 400),
        ("ada", "bruno", {"status": "administrator", "custom_title": "x" * 17}, 400),
        ("ada", "bruno", {"status": "administrator", "is_anonymous": "yes"}, 400),
    ],
)
async def test_what_telegram_does_not_permit_is_refused(
    desk: Counter, actor: str, whom: str, fields: dict[str, object], status: int
) -> None:
    before = dict(desk.party.chat.members)
    place = {**at(desk, actor), "person": desk.party.person(whom)}
    assert (await desk.refused("/api/members", **place, **fields))[0] == status
    assert desk.party.chat.members == before


async def test_an_admin_gives_only_rights_that_they_hold(desk: Counter) -> None:
    seat(desk, "bruno", *PROMOTER)
    given = {"rights": ["can_pin_messages", "can_delete_messages"]}
    assert await refusal(desk, "bruno", "chiara", "administrator", **given) == (
        403,
        "Nobody gives rights that they lack: can_delete_messages.",
    )
    await become(desk, "bruno", "chiara", "administrator", rights=["can_pin_messages"])
    assert standing(desk, "chiara").rights == {"can_pin_messages"}


async def test_an_admin_gives_no_more_to_themselves(desk: Counter) -> None:
    seat(desk, "bruno", *PROMOTER)
    more = {"rights": [*PROMOTER, "can_delete_messages"]}
    assert await refusal(desk, "bruno", "bruno", "administrator", **more) == (
        403,
        "Nobody gives rights to themselves.",
    )
    await become(desk, "bruno", "bruno", "administrator", rights=["can_pin_messages"])
    assert standing(desk, "bruno").rights == {"can_pin_messages"}


async def test_nobody_is_there_in_private_or_from_elsewhere(desk: Counter) -> None:
    ada = desk.party.person("ada")
    await desk.post("/api/start", as_=ada)
    bot = desk.party.cast.bot
    private, _ = await desk.refused("/api/members", as_=ada, chat=ada, person=bot, status="kicked")
    nobody, _ = await desk.refused("/api/members", **at(desk, "ada"), person=5, status="member")
    assert (private, nobody) == (409, 404)


async def test_a_channel_takes_people_by_admins_and_bots_as_admins(desk: Counter) -> None:
    channel = desk.party.world.society.create_channel("News", desk.party.person("ada"))
    bot, bruno = desk.party.cast.bot, desk.party.person("bruno")
    place = {"as_": desk.party.person("ada"), "chat": channel.id}
    await desk.post("/api/members", **place, person=bruno, status="member")
    assert (await desk.refused("/api/members", **place, person=bot, status="member"))[0] == 409
    rights = ["can_post_messages"]
    await desk.post("/api/members", **place, person=bot, status="administrator", rights=rights)
    chiara = desk.party.person("chiara")
    refused = await desk.refused("/api/members", as_=bruno, chat=channel.id, person=chiara, status="member")
    assert refused == (403, "Only an admin who may invite people can do that.")
    assert channel.members[bot].rights == {"can_post_messages"}


async def test_basic_groups_have_no_anonymous_admins(desk: Counter) -> None:
    group = basic_group(desk)
    place = {"as_": desk.party.person("ada"), "chat": group.id}
    fields = {"status": "administrator", "rights": [], "is_anonymous": True}
    for person, standing_ in (("bruno", fields), ("ada", {"status": "creator", "is_anonymous": True})):
        refused = await desk.refused("/api/members", **place, person=desk.party.person(person), **standing_)
        assert refused == (409, "Only supergroups have anonymous admins: upgrade the group first.")


async def test_who_is_restricted_keeps_what_is_left_to_them(desk: Counter) -> None:
    await become(desk, "ada", "bruno", "restricted", rights=["can_send_messages"])
    assert standing(desk, "bruno").rights == {"can_send_messages"}
    chat = await desk.chat("bruno")
    assert (chat["my_status"], chat["my_rights"], chat["silence"]) == ("restricted", [], None)
    await become(desk, "ada", "bruno", "restricted")
    assert standing(desk, "bruno").rights == frozenset()
    await become(desk, "ada", "bruno", "left")
    await become(desk, "ada", "bruno", "restricted")
    assert not standing(desk, "bruno").is_present


async def test_nobody_escapes_a_restriction_by_leaving(desk: Counter) -> None:
    await become(desk, "ada", "bruno", "restricted")
    assert (await refusal(desk, "bruno", "bruno", "member"))[0] == 403
    await become(desk, "bruno", "bruno", "left")
    assert not standing(desk, "bruno").is_present
    assert await refusal(desk, "chiara", "bruno", "member") == (
        403,
        "Bruno was restricted; only an admin who may ban people undoes that.",
    )
    await become(desk, "ada", "bruno", "member")
    assert standing(desk, "bruno").status is Status.MEMBER


async def test_a_promotion_remembers_whose_it_was(desk: Counter) -> None:
    await become(desk, "ada", "bruno", "administrator", rights=[*PROMOTER])
    await become(desk, "bruno", "bruno", "administrator", is_anonymous=True)
    assert standing(desk, "bruno").promoted_by == desk.party.person("ada")


async def test_a_change_is_told_once_and_by_its_actor(desk: Counter) -> None:
    told: list[MemberChanged] = []
    desk.party.world.society.watch(
        lambda change: told.append(change) if isinstance(change, MemberChanged) else None
    )
    await become(desk, "ada", "bruno", "restricted")
    (change,) = told
    assert (change.actor, change.old.status, change.new.status) == (
        desk.party.person("ada"),
        Status.MEMBER,
        Status.RESTRICTED,
    )


def at(desk: Counter, key: str) -> dict[str, object]:
    return {"as_": desk.party.person(key), "chat": desk.party.chat.id}


def seat(desk: Counter, key: str, *rights: str, is_anonymous: bool = False, custom_title: str = "") -> None:
    """Somebody is an admin with these rights."""
    person = desk.party.person(key)
    desk.party.chat.members[person] = Membership(
        person, Status.ADMINISTRATOR, frozenset(rights), is_anonymous, custom_title
    )


def standing(desk: Counter, key: str) -> Membership:
    return desk.party.chat.members[desk.party.person(key)]


async def shown(desk: Counter, key: str) -> dict[str, object]:
    """A member as others see them."""
    members = (await desk.chat("chiara"))["members"]
    found: dict[str, object] = next(one for one in members if one["person"] == desk.party.person(key))
    return found


async def become(desk: Counter, actor: str, whom: str, status: str, **fields: object) -> None:
    person = desk.party.person(whom)
    await desk.post("/api/members", **at(desk, actor), person=person, status=status, **fields)


async def refusal(desk: Counter, actor: str, whom: str, status: str, **fields: object) -> tuple[int, str]:
    person = desk.party.person(whom)
    return await desk.refused("/api/members", **at(desk, actor), person=person, status=status, **fields)


def basic_group(desk: Counter) -> Chat:
    group = desk.party.world.society.create_group("Hikers", desk.party.person("ada"), is_super=False)
    bruno = desk.party.person("bruno")
    group.members[bruno] = Membership(bruno)
    return group
