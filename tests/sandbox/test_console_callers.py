"""Who is in a voice chat, in the order of Telegram's apps, and what marks them."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from sandbox.world.entities import Membership, Status
from tests.sandbox.counter import Counter, counter


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def names(desk: Counter, viewer: str = "ada") -> list[str]:
    return [one["name"] for one in (await desk.chat(viewer))["call"]["participants"]]


def come(desk: Counter, *keys: str) -> None:
    """They come in, one after the other, a second apart."""
    party = desk.party
    began = datetime.now(UTC) - timedelta(minutes=5)
    for number, key in enumerate(keys):
        party.world.calls.join(party.call, party.person(key), 0, muted=True)
        party.call.participants[party.person(key)].joined_at = began + timedelta(seconds=number)


async def test_who_came_last_and_may_speak_is_first(desk: Counter) -> None:
    desk.party.start_call()
    come(desk, "ada", "bruno", "chiara")
    assert await names(desk) == ["Chiara", "Bruno", "Ada"]


async def test_who_was_muted_by_admins_comes_after_those_who_may_speak_in_the_order_of_coming(
    desk: Counter,
) -> None:
    desk.party.start_call()
    desk.party.world.calls.let_in_muted(desk.party.call, desk.party.person("ada"), True)
    come(desk, "ada", "bruno", "chiara", "daniele")
    assert await names(desk) == ["Ada", "Bruno", "Chiara", "Daniele"]


async def test_raised_hands_come_before_other_listeners_in_the_order_of_raising(desk: Counter) -> None:
    party = desk.party
    party.start_call()
    party.world.calls.let_in_muted(party.call, party.person("ada"), True)
    come(desk, "ada", "bruno", "chiara", "daniele")
    for key in ("daniele", "chiara"):
        party.world.calls.raise_hand(party.call, party.person(key), party.person(key), True)
    assert await names(desk) == ["Ada", "Daniele", "Chiara", "Bruno"]
    assert await names(desk, "bruno") == ["Ada", "Bruno", "Chiara", "Daniele"]


async def test_who_begins_to_speak_comes_first_and_stays_there(desk: Counter) -> None:
    desk.party.start_call()
    await desk.party.say_a_word("bruno")
    await desk.party.say_a_word("chiara")
    assert await names(desk) == ["Chiara", "Bruno"]
    await desk.party.say_a_word("bruno")
    assert await names(desk) == ["Chiara", "Bruno"]


async def test_admins_and_the_relay_account_are_marked(desk: Counter) -> None:
    party = desk.party
    party.start_call()
    come(desk, "ada", "bruno")
    party.world.calls.join(party.call, party.cast.relay, 0, muted=True)
    marks = {
        one["name"]: (one["is_admin"], one["is_relay"])
        for one in (await desk.chat("bruno"))["call"]["participants"]
    }
    assert marks == {"Ada": (True, False), "Bruno": (False, False), "Loggione relay": (True, True)}


async def test_who_speaks_as_a_chat_has_its_name(desk: Counter) -> None:
    party = desk.party
    party.start_call()
    ada = party.person("ada")
    party.world.society.set_member(party.chat, Membership(ada, Status.CREATOR, is_anonymous=True), ada)
    party.world.calls.join(party.call, ada, 0, muted=True, speaks_as=party.chat.id)
    (one,) = (await desk.chat("bruno"))["call"]["participants"]
    assert (one["name"], one["speaks_as"]) == ("Careers Forum", party.chat.id)
