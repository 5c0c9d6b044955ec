"""Voice chats by the console: who may join, speak, raise a hand, and let others speak."""

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
        "volume": 10000,
        "speaks_as": None,
        "is_admin": False,
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


async def test_a_listener_speaks_when_an_admin_allows_it(desk: Counter) -> None:
    desk.party.start_call()
    await desk.post("/api/call/settings", **at(desk, "ada"), join_muted=True)
    await join(desk, "bruno")
    place = at(desk, "bruno")
    assert (await desk.refused("/api/call/mute", **place, muted=False))[0] == 403
    await desk.post("/api/call/hand", **place, is_up=True)
    await desk.post("/api/call/mute", **at(desk, "ada"), person=desk.party.person("bruno"), muted=False)
    allowed = await participant(desk, "bruno")
    assert (allowed["muted"], allowed["can_self_unmute"], allowed["hand"]) == (True, True, None)
    await desk.post("/api/call/mute", **place, muted=False)
    assert not (await participant(desk, "bruno"))["muted"]


@pytest.mark.parametrize(
    ("given", "is_free"), [(None, True), ("", False), ("stale", False), ("x" * 64, False)]
)
async def test_who_comes_by_the_speakers_link_may_unmute(
    desk: Counter, given: str | None, is_free: bool
) -> None:
    desk.party.start_call()
    desk.party.chat.username = "careers_forum"
    await desk.post("/api/call/settings", **at(desk, "ada"), join_muted=True)
    link = (await desk.post("/api/call/link", **at(desk, "ada"), may_speak=True))["link"]
    invite = link.partition("=")[2] if given is None else given
    async with calling() as browser:
        await desk.post("/api/call/join", **at(desk, "bruno"), sdp=await browser.offer(), invite=invite)
    assert (await participant(desk, "bruno"))["can_self_unmute"] is is_free


async def test_an_admin_turns_somebody_down_for_everybody(desk: Counter) -> None:
    desk.party.start_call()
    await join(desk, "bruno")
    whom = {"person": desk.party.person("bruno")}
    await desk.post("/api/call/volume", **at(desk, "ada"), **whom, volume=5000)
    assert (await participant(desk, "bruno"))["volume"] == 5000
    too_loud = await desk.refused("/api/call/volume", **at(desk, "ada"), **whom, volume=20_001)
    assert too_loud == (409, "A volume is 1 to 20000; 10000 is as it is.")
    assert (await desk.refused("/api/call/volume", **at(desk, "chiara"), **whom, volume=1))[0] == 403


async def test_one_asks_to_be_reminded_of_a_call_that_is_planned(desk: Counter) -> None:
    world = desk.party.world
    soon = world.society.now() + timedelta(hours=1)
    world.calls.create(desk.party.chat, desk.party.person("ada"), "Later", soon)
    for is_wanted in (True, False):
        await desk.post("/api/call/subscribe", **at(desk, "bruno"), is_wanted=is_wanted)
        assert (await desk.chat("bruno"))["call"]["is_subscribed"] is is_wanted
        assert not (await desk.chat("chiara"))["call"]["is_subscribed"]
    await desk.post("/api/call/start", **at(desk, "ada"))
    late = await desk.refused("/api/call/subscribe", **at(desk, "bruno"), is_wanted=True)
    assert late == (409, "The voice chat has started already.")


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
        ("subscribe", {"is_wanted": True}),
        ("volume", {"person": 1, "volume": 5}),
        ("end", {}),
        ("title", {"title": "x"}),
        ("settings", {"join_muted": True}),
        ("invite", {"people": [1]}),
        ("link", {"may_speak": False}),
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
    deeds = ("join", "leave", "mute", "hand", "subscribe", "volume", "start", "schedule", "end")
    for deed in (*deeds, "title", "settings", "invite", "link"):
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


async def test_an_account_that_joins_elsewhere_has_another_line(desk: Counter) -> None:
    desk.party.start_call()
    await join(desk, "bruno")
    bruno = desk.party.person("bruno")
    before = desk.party.call.participants[bruno].source
    await desk.post("/api/call/elsewhere", chat=desk.party.chat.id, person=bruno)
    assert desk.party.call.participants[bruno].source != before
    ada = desk.party.person("ada")
    assert (await desk.refused("/api/call/elsewhere", chat=desk.party.chat.id, person=ada))[0] == 409


async def test_a_voice_chat_grows_too_large_and_shrinks_again(desk: Counter) -> None:
    desk.party.start_call()
    for is_on in (True, False):
        await desk.post("/api/call/stream", chat=desk.party.chat.id, is_on=is_on)
        assert desk.party.call.is_streamed is is_on
