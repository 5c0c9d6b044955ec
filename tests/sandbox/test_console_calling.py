"""Voice chats by the console: who may start, join, speak, raise a hand and end them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from sandbox.world.entities import Membership, Status
from tests.sandbox.callers import calling
from tests.sandbox.counter import Counter, counter
from tests.sandbox.waiting import until


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


async def test_nobody_joins_before_the_start(desk: Counter) -> None:
    world = desk.party.world
    soon = world.society.now() + timedelta(hours=1)
    world.calls.create(desk.party.chat, desk.party.person("ada"), "Later", soon)
    async with calling() as browser:
        refused = await desk.refused("/api/call/join", **at(desk, "bruno"), sdp=await browser.offer())
    assert refused == (409, "The voice chat has not started yet.")


async def test_a_browser_joins_muted_and_is_shown_as_connected_when_it_is(desk: Counter) -> None:
    desk.party.start_call()
    async with calling() as browser:
        answer = await desk.post("/api/call/join", **at(desk, "bruno"), sdp=await browser.offer())
        assert not (await participant(desk, "bruno"))["is_connected"]
        await browser.accept(answer["sdp"])
        await until(lambda: desk.party.is_connected("bruno"))
        bruno = await participant(desk, "bruno")
    assert bruno == {
        "person": desk.party.person("bruno"),
        "name": "Bruno",
        "muted": True,
        "can_self_unmute": True,
        "hand": None,
        "is_speaking": False,
        "is_connected": True,
        "is_relay": False,
    }


async def test_two_without_a_microphone_are_no_trouble(desk: Counter) -> None:
    desk.party.start_call()
    async with calling() as bruno, calling() as chiara:
        for key, browser in (("bruno", bruno), ("chiara", chiara)):
            answer = await desk.post("/api/call/join", **at(desk, key), sdp=await browser.offer())
            await browser.accept(answer["sdp"])
        await until(lambda: desk.party.is_connected("bruno") and desk.party.is_connected("chiara"))


@pytest.mark.parametrize("sdp", ["", "v=0", "nonsense", 5, None, "v=0\r\nm=video 9 x\r\n", "x" * 100_001])
async def test_an_offer_that_is_none_is_refused(desk: Counter, sdp: object) -> None:
    desk.party.start_call()
    status, _ = await desk.refused("/api/call/join", **at(desk, "bruno"), sdp=sdp)
    assert status == 400
    assert not desk.party.call.participants


async def test_people_mute_themselves_and_admins_others(desk: Counter) -> None:
    desk.party.start_call()
    await join(desk, "bruno")
    bruno = desk.party.person("bruno")
    await desk.post("/api/call/mute", **at(desk, "bruno"), muted=False)
    assert not (await participant(desk, "bruno"))["muted"]
    await desk.post("/api/call/mute", **at(desk, "ada"), person=bruno, muted=True)
    muted = await participant(desk, "bruno")
    assert (muted["muted"], muted["can_self_unmute"]) == (True, False)
    status, sentence = await desk.refused("/api/call/mute", **at(desk, "bruno"), person=bruno, muted=False)
    assert (status, "muted you" in sentence) == (403, True)


async def test_a_member_mutes_nobody_else(desk: Counter) -> None:
    desk.party.start_call()
    await join(desk, "bruno")
    status, _ = await desk.refused(
        "/api/call/mute", **at(desk, "chiara"), person=desk.party.person("bruno"), muted=True
    )
    assert status == 403


async def test_a_hand_goes_up_and_an_admin_takes_it_down(desk: Counter) -> None:
    desk.party.start_call()
    await join(desk, "bruno")
    await desk.post("/api/call/hand", **at(desk, "bruno"), is_up=True)
    assert (await participant(desk, "bruno"))["hand"] is not None
    await desk.post("/api/call/hand", **at(desk, "ada"), person=desk.party.person("bruno"), is_up=False)
    assert (await participant(desk, "bruno"))["hand"] is None


async def test_who_leaves_is_out_and_may_leave_again(desk: Counter) -> None:
    desk.party.start_call()
    await join(desk, "bruno")
    await desk.post("/api/call/leave", **at(desk, "bruno"))
    assert desk.party.call.participants == {}
    await desk.post("/api/call/leave", **at(desk, "bruno"))
    await desk.post("/api/call/end", **at(desk, "ada"))
    await desk.post("/api/call/leave", **at(desk, "bruno"))


async def test_who_is_dropped_silently_is_still_listed_but_not_connected(desk: Counter) -> None:
    desk.party.start_call()
    async with desk.party.listening("bruno"):
        place = {"chat": desk.party.chat.id, "person": desk.party.person("bruno")}
        await desk.post("/api/call/kick", **place)
        assert not (await participant(desk, "bruno"))["is_connected"]


@pytest.mark.parametrize(
    ("fields", "status"), [({"person": 5}, 409), ({"person": "x"}, 400), ({"person": 5, "chat": 5}, 404)]
)
async def test_who_is_not_there_cannot_be_dropped(
    desk: Counter, fields: dict[str, object], status: int
) -> None:
    desk.party.start_call()
    refused, _ = await desk.refused("/api/call/kick", **{"chat": desk.party.chat.id, **fields})
    assert refused == status


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("join", {"sdp": "v=0"}),
        ("mute", {"muted": True}),
        ("hand", {"is_up": True}),
        ("end", {}),
        ("kick", {"person": 1}),
    ],
)
async def test_without_a_voice_chat_there_is_nothing_to_do(
    desk: Counter, deed: str, fields: dict[str, object]
) -> None:
    refused = await desk.refused(f"/api/call/{deed}", **{**at(desk, "ada"), **fields})
    assert refused == (409, "There is no voice chat in this group now.")


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("mute", {"muted": "yes"}),
        ("hand", {}),
        ("hand", {"is_up": 1}),
        ("mute", {"muted": True, "person": []}),
    ],
)
async def test_what_is_not_clear_is_refused(desk: Counter, deed: str, fields: dict[str, object]) -> None:
    desk.party.start_call()
    await join(desk, "ada")
    status, _ = await desk.refused(f"/api/call/{deed}", **at(desk, "ada"), **fields)
    assert status == 400


async def test_strangers_to_the_group_are_strangers_to_its_voice_chat(desk: Counter) -> None:
    desk.party.start_call()
    bruno, ada = desk.party.person("bruno"), desk.party.person("ada")
    desk.party.world.society.set_member(desk.party.chat, Membership(bruno, Status.LEFT), ada)
    for deed in ("join", "leave", "mute", "hand", "start", "end"):
        assert await desk.refused(f"/api/call/{deed}", **at(desk, "bruno")) == (
            403,
            "Bruno is in no such chat.",
        )


def at(desk: Counter, key: str) -> dict[str, Any]:
    return {"as_": desk.party.person(key), "chat": desk.party.chat.id}


async def join(desk: Counter, key: str) -> None:
    """Somebody is let in; whether their media comes up does not matter."""
    async with calling() as browser:
        await desk.post("/api/call/join", **at(desk, key), sdp=await browser.offer())


async def participant(desk: Counter, key: str) -> dict[str, Any]:
    call = (await desk.chat("ada"))["call"]
    found: dict[str, Any] = next(
        one for one in call["participants"] if one["person"] == desk.party.person(key)
    )
    return found
