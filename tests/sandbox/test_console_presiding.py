"""Presiding over voice chats by the console: begun, planned, named, settled, ended; and people invited."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from sandbox.world.entities import Membership, Status
from tests.sandbox.counter import Counter, counter


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_an_admin_starts_and_ends_a_voice_chat(desk: Counter) -> None:
    assert (await desk.chat("ada"))["call"] is None
    await desk.post("/api/call/start", **at(desk, "ada"), title="An evening")
    call = (await desk.chat("bruno"))["call"]
    assert (call["title"], call["is_active"], call["schedule_date"]) == ("An evening", True, None)
    await desk.post("/api/call/end", **at(desk, "ada"))
    assert (await desk.chat("bruno"))["call"] is None


@pytest.mark.parametrize("deed", ["start", "end"])
async def test_a_member_does_neither(desk: Counter, deed: str) -> None:
    if deed == "end":
        desk.party.start_call()
    status, sentence = await desk.refused(f"/api/call/{deed}", **at(desk, "bruno"))
    assert status == 403
    assert "admin" in sentence


async def test_a_scheduled_one_is_started_not_replaced(desk: Counter) -> None:
    world, ada = desk.party.world, desk.party.person("ada")
    soon = world.society.now() + timedelta(hours=1)
    scheduled = world.calls.create(desk.party.chat, ada, "Later", soon)
    shown = (await desk.chat("bruno"))["call"]
    assert (shown["is_active"], shown["schedule_date"]) == (False, int(soon.timestamp()))
    await desk.post("/api/call/start", **at(desk, "ada"))
    assert desk.party.call is scheduled
    assert scheduled.is_active
    assert await desk.refused("/api/call/start", **at(desk, "ada")) == (
        409,
        "The voice chat has started already.",
    )


async def test_an_admin_plans_a_voice_chat(desk: Counter) -> None:
    soon = int((desk.party.world.society.now() + timedelta(hours=1)).timestamp())
    await desk.post("/api/call/schedule", **at(desk, "ada"), title="Later", at=soon)
    shown = (await desk.chat("bruno"))["call"]
    assert (shown["title"], shown["is_active"], shown["schedule_date"]) == ("Later", False, soon)


@pytest.mark.parametrize("when", [0, "soon", None, 1e20, -1])
async def test_no_voice_chat_is_planned_for_an_impossible_time(desk: Counter, when: object) -> None:
    status, sentence = await desk.refused("/api/call/schedule", **at(desk, "ada"), at=when)
    assert status in (400, 409)
    assert sentence.endswith(".")
    assert (await desk.chat("ada"))["call"] is None


async def test_a_plan_is_given_up_without_a_word(desk: Counter) -> None:
    soon = int((desk.party.world.society.now() + timedelta(hours=1)).timestamp())
    await desk.post("/api/call/schedule", **at(desk, "ada"), at=soon)
    await desk.post("/api/call/end", **at(desk, "ada"))
    chat = await desk.chat("bruno")
    assert chat["call"] is None
    assert chat["messages"][-1]["service"]["kind"] == "video_chat_scheduled"


async def test_an_admin_names_the_voice_chat_and_takes_the_name_away(desk: Counter) -> None:
    desk.party.start_call()
    for title in ("An evening", ""):
        await desk.post("/api/call/title", **at(desk, "ada"), title=title)
        assert (await desk.chat("bruno"))["call"]["title"] == title
    same = await desk.refused("/api/call/title", **at(desk, "ada"), title="")
    assert same == (409, "That is how it is already.")
    assert (await desk.refused("/api/call/title", **at(desk, "ada"), title="x" * 65))[0] == 400


async def test_an_admin_decides_what_newcomers_are(desk: Counter) -> None:
    desk.party.start_call()
    assert not (await desk.chat("bruno"))["call"]["join_muted"]
    await desk.post("/api/call/settings", **at(desk, "ada"), join_muted=True)
    assert (await desk.chat("bruno"))["call"]["join_muted"]
    same = await desk.refused("/api/call/settings", **at(desk, "ada"), join_muted=True)
    assert same == (409, "That is how it is already.")


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("title", {"title": "Mine"}),
        ("settings", {"join_muted": True}),
        ("link", {"may_speak": True}),
        ("link", {"may_speak": False, "is_new": True}),
        ("schedule", {"at": 4_000_000_000}),
    ],
)
async def test_a_member_presides_over_nothing(desk: Counter, deed: str, fields: dict[str, object]) -> None:
    desk.party.start_call()
    desk.party.chat.username = "careers_forum"
    refused = await desk.refused(f"/api/call/{deed}", **at(desk, "bruno"), **fields)
    assert refused == (403, "Only an admin of the group who may manage voice chats can do that.")


async def test_members_are_invited_by_a_message(desk: Counter) -> None:
    desk.party.start_call()
    people = [desk.party.person(key) for key in ("ada", "daniele", "ada")]
    await desk.post("/api/call/invite", **at(desk, "bruno"), people=people)
    service = (await desk.chat("ada"))["messages"][-1]["service"]
    assert service == {"kind": "video_chat_participants_invited", "payload": {"users": people[:2]}}


async def test_only_members_who_can_come_are_invited(desk: Counter) -> None:
    desk.party.start_call()
    party = desk.party
    ada, chiara, daniele = (party.person(key) for key in ("ada", "chiara", "daniele"))
    party.world.calls.join(party.call, chiara, 5, muted=True)
    party.world.society.set_member(party.chat, Membership(daniele, Status.LEFT), ada)
    refusals = {
        party.cast.bot: "Loggione is a bot: bots take no part in voice chats.",
        chiara: "Chiara is in the voice chat already.",
        daniele: "Only members of the group are invited into its voice chat.",
        1: "Only members of the group are invited into its voice chat.",
    }
    for person, sentence in refusals.items():
        refused = await desk.refused("/api/call/invite", **at(desk, "ada"), people=[ada, person])
        assert refused == (409, sentence)


@pytest.mark.parametrize("people", [[], None, "10001", ["x"], [True], list(range(1, 102))])
async def test_who_is_invited_is_clear(desk: Counter, people: object) -> None:
    desk.party.start_call()
    assert (await desk.refused("/api/call/invite", **at(desk, "ada"), people=people))[0] == 400


async def test_only_public_groups_have_links(desk: Counter) -> None:
    desk.party.start_call()
    refused = await desk.refused("/api/call/link", **at(desk, "ada"), may_speak=False)
    assert refused == (409, "Only public groups have links to their voice chats.")
    desk.party.chat.username = "careers_forum"
    for_listeners = await desk.post("/api/call/link", **at(desk, "bruno"), may_speak=False)
    assert for_listeners == {"link": "https://t.me/careers_forum?videochat"}
    speaking = [await desk.post("/api/call/link", **at(desk, "ada"), may_speak=True) for _ in range(2)]
    assert speaking[0] == speaking[1]
    renewed = await desk.post("/api/call/link", **at(desk, "ada"), may_speak=True, is_new=True)
    assert renewed["link"].startswith("https://t.me/careers_forum?videochat=")
    assert renewed != speaking[0]


def at(desk: Counter, key: str) -> dict[str, Any]:
    return {"as_": desk.party.person(key), "chat": desk.party.chat.id}
