"""The switchboard and the presence on it, over the real call library and the sandbox's voice server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from pyrogram import Client, raw
from pyrogram.errors import GroupcallForbidden
from pytgcalls import PyTgCalls
from pytgcalls.exceptions import NotInCallError

from rooms.ids import ChatId
from sandbox.world.entities import Membership, Status
from tests.app.sessions import a_session
from tests.deadline import DEADLINE
from tests.interface import needs_interface
from tests.sandbox.account import ADA, BRUNO, RELAY, Scene, scene_in
from tests.sandbox.sounds import RATE, strength
from tests.sandbox.waiting import until
from tests.voice.native_presence import OWN_TONE
from tests.voice.presences import Company, Presented, call_of, speaking
from voice.call.broadcast import bridge_of
from voice.call.switchboard import MOST_REQUESTS, Switchboard, _guard_joining

pytestmark = pytest.mark.asyncio(loop_scope="module")

AUDIBLE = 1000
"""The amplitude of a tone that was sent with 8000 and is clearly there."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def company(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Scene, Company]]:
    async with scene_in(tmp_path_factory.mktemp("switchboard")) as scene:
        company = Company(scene.socket)
        yield scene, company
        await company.end()


@pytest.fixture
def scene(company: tuple[Scene, Company]) -> Iterator[Scene]:
    """Each test has a group of its own, and finds and leaves a network without faults."""
    scene = company[0].in_another_group()
    yield scene
    scene.voice.faults.black_hole, scene.voice.faults.loss = False, 0.0
    scene.door.floods.clear()


@pytest_asyncio.fixture(loop_scope="module")
async def relay(scene: Scene, company: tuple[Scene, Company]) -> AsyncIterator[Presented]:
    async with company[1].present(scene) as presented:
        yield presented


class Library:
    """What of the call library hands frames over: its native part, on a thread of its own."""

    def __init__(self) -> None:
        self._binding = self

    def on_frames(self, told: Any) -> None:
        self._told = told

    def hear(self, chat: int, source: int, data: bytes) -> None:
        self._told(chat, None, None, [SimpleNamespace(ssrc=source, data=data)])


async def test_frames_come_by_their_chats_and_cost_no_task() -> None:
    """There are a hundred a second from each call."""
    library, heard = Library(), list[tuple[int, bytes]]()
    switchboard = Switchboard(library)
    switchboard._ears[ChatId(-1)] = lambda source, data: heard.append((source, data))
    for chat in (-1, -2):
        await asyncio.to_thread(library.hear, chat, 7, b"frame")
    assert len(asyncio.all_tasks()) == 1
    assert heard == [(7, b"frame")]


def participant(scene: Scene, person: int) -> Any:
    return call_of(scene).participants[person]


@needs_interface
async def test_everybody_is_heard_by_themselves_and_hears_us(scene: Scene, relay: Presented) -> None:
    assert await relay.ask("join", "Talk") is None
    assert await relay.ask("is_carrying") is True
    async with speaking(scene, ADA) as ada, speaking(scene, BRUNO):
        await relay.until_hears(ADA)
        await relay.until_hears(BRUNO)
        await until(lambda: strength(ada.heard()[-RATE:], OWN_TONE) > AUDIBLE, DEADLINE)


@needs_interface
async def test_roles_are_real_and_kept_in_step_both_ways(scene: Scene, relay: Presented) -> None:
    await relay.ask("join", "Talk", True)
    async with speaking(scene, BRUNO):
        await relay.until_stage(lambda stage: stage == [[BRUNO, "Bruno", True, False, False]])
        scene.world.calls.raise_hand(call_of(scene), BRUNO, BRUNO, is_up=True)
        await relay.until_stage(lambda stage: stage == [[BRUNO, "Bruno", True, False, True]])
        assert await relay.ask("let_speak", BRUNO, True) is None
        assert relay.stage == [[BRUNO, "Bruno", True, True, False]]
        scene.world.calls.set_muted(call_of(scene), BRUNO, BRUNO, muted=False)
        await relay.until_hears(BRUNO)
        assert await relay.ask("silence", BRUNO) is None
        assert (participant(scene, BRUNO).muted, participant(scene, BRUNO).can_self_unmute) == (True, True)
        scene.world.calls.set_muted(call_of(scene), ADA, BRUNO, muted=True)
        await relay.until_stage(lambda stage: stage == [[BRUNO, "Bruno", True, False, False]])


@needs_interface
async def test_an_admin_cannot_be_made_a_listener(scene: Scene, relay: Presented) -> None:
    await relay.ask("join", "Talk")
    scene.world.calls.join(call_of(scene), ADA, 77, muted=False)
    await relay.until_stage(lambda stage: len(stage) == 1)
    assert (await relay.ask("let_speak", ADA, False))[0] == "AdminMaySpeak"
    assert participant(scene, ADA).muted
    assert (await relay.ask("let_speak", BRUNO, True))[0] == "NotInCall"


@needs_interface
async def test_a_storm_of_changes_ends_in_what_telegram_has(scene: Scene, relay: Presented) -> None:
    """While they come, the connection is lost again and again, and news with it."""
    await relay.ask("join", "Talk")
    call = call_of(scene)
    guests = [BRUNO]
    for number in range(40):
        if number % 10 == 5:
            scene.door.hang_up()
        for person in guests:
            scene.world.calls.join(call, person, 1000 + number, muted=True)
            scene.world.calls.raise_hand(call, person, person, is_up=number % 3 == 0)
            if number % 2 == 0 and number != 38:
                scene.world.calls.leave(call, person)
        await asyncio.sleep(0)
    hand = participant(scene, BRUNO).raise_hand_rating is not None
    await relay.until_stage(lambda stage: stage == [[BRUNO, "Bruno", True, True, hand]])


@needs_interface
async def test_short_holes_in_the_network_are_no_reason_to_leave(scene: Scene, relay: Presented) -> None:
    await relay.ask("join", "Talk")
    async with speaking(scene, ADA):
        await relay.until_hears(ADA)
        scene.voice.faults.black_hole = True
        await relay.until_told("heard", len(relay.all("heard")) + 15)
        scene.voice.faults.black_hole = False
        await relay.until_hears(ADA)
    assert relay.all("lost") == []


@needs_interface
async def test_a_voice_server_that_dropped_us_and_is_away_for_a_while_gets_us_back(
    scene: Scene, relay: Presented
) -> None:
    await relay.ask("join", "Talk")
    scene.voice.kick(call_of(scene).id, RELAY)
    scene.voice.faults.black_hole = True
    await relay.until_told("lost")
    await relay.until_told("heard", len(relay.all("heard")) + 30)
    scene.voice.faults.black_hole = False
    await relay.until_told("back")
    async with speaking(scene, ADA):
        await relay.until_hears(ADA)
    assert len(relay.all("lost")) == len(relay.all("back")) == 1


@needs_interface
async def test_it_comes_in_and_hears_through_a_bad_network(scene: Scene, relay: Presented) -> None:
    scene.voice.faults.loss = 0.3
    assert await relay.ask("join", "Talk") is None
    scene.voice.faults.loss = 0.1
    async with speaking(scene, ADA):
        await relay.until_hears(ADA)


@needs_interface
async def test_the_account_that_joins_elsewhere_takes_its_place_back_once(
    scene: Scene, relay: Presented
) -> None:
    await relay.ask("join", "Talk")
    scene.world.calls.join(call_of(scene), RELAY, 4242, muted=True)
    await relay.until_told("lost")
    await relay.until_told("back")
    assert participant(scene, RELAY).source != 4242


@needs_interface
async def test_telegram_out_of_reach_is_no_reason_to_leave(
    scene: Scene, relay: Presented, tmp_path: Path
) -> None:
    await relay.ask("join", "Talk")
    async with speaking(scene, ADA):
        away = scene.socket.rename(tmp_path / "away")
        scene.door.hang_up()
        await relay.until_told("heard", len(relay.all("heard")) + 40)
        await relay.until_hears(ADA)
        away.rename(scene.socket)
        await relay.until_hears(ADA)
    await relay.until_stage(lambda stage: stage == [])
    assert relay.all("lost") == []


@needs_interface
async def test_how_long_telegram_wants_us_to_wait_is_heeded(scene: Scene, relay: Presented) -> None:
    scene.door.floods["phone.JoinGroupCall"] = 3600
    assert await relay.ask("join", "Talk") == ["RelayResting", "FLOOD_WAIT_3600"]
    scene.door.floods.clear()
    assert await relay.ask("join", "Talk") is None


@needs_interface
async def test_who_is_put_out_of_the_group_gives_up_after_some_tries(scene: Scene, relay: Presented) -> None:
    await relay.ask("join", "Talk")
    scene.become(Membership(RELAY, Status.KICKED))
    assert await relay.until_told("ended") == ["shut_out"]


@needs_interface
async def test_a_call_that_somebody_closes_is_over(scene: Scene, relay: Presented) -> None:
    await relay.ask("join", "Talk")
    scene.world.calls.discard(call_of(scene), ADA)
    assert await relay.until_told("ended") == ["closed"]
    assert await relay.ask("join", "Talk") is None
    assert call_of(scene).participants.keys() == {RELAY}


@needs_interface
async def test_a_call_too_large_for_packets_is_heard_in_parts_and_told(
    scene: Scene, relay: Presented
) -> None:
    call = scene.world.calls.create(scene.chat, ADA, "Large")
    call.is_streamed = True
    assert await relay.ask("join", "Talk") is None
    await relay.until_told("enlarged")
    scene.world.calls.join(call, ADA, 77, muted=False)
    await until(lambda: any(told for (told,) in relay.all("heard")), DEADLINE)
    assert len(relay.all("lost")) == len(relay.all("back"))  # parts that come very late are looked after


class Telegram:
    """What the call library asks Telegram through, where a call is listed and nobody may join it."""

    def __init__(self) -> None:
        client = Client("relay", api_id=1, api_hash="0" * 32, session_string=a_session(), in_memory=True)
        client.invoke = self._invoke
        self.asked = list[Any]()
        self.calls = PyTgCalls(client)
        self.bridge = bridge_of(self.calls)
        self.bridge.get_input_call = self._find
        _guard_joining(self.bridge)

    async def _invoke(self, query: Any, **_: Any) -> Any:
        self.asked.append(query)
        raise GroupcallForbidden

    async def _find(self, *_: Any) -> Any:
        return raw.types.InputGroupCall(id=1, access_hash=1)


async def test_a_forbidden_call_is_asked_for_a_few_times_only() -> None:
    telegram = Telegram()
    for _ in range(2):
        telegram.asked.clear()
        with pytest.raises(GroupcallForbidden):
            await telegram.bridge.join_group_call(-1001, "{}", True, raw.types.InputPeerSelf())
        assert len(telegram.asked) == MOST_REQUESTS


class Forgetful(Library):
    """A call library that once has forgotten, in the midst of joining, as whom it does."""

    def __init__(self, telegram: Telegram) -> None:
        super().__init__()
        self._telegram = telegram
        self.tries = 0

    async def settled(self, _: int) -> None:
        pass

    @property
    async def calls(self) -> dict[int, Any]:
        return {}

    async def play(self, chat: int, *_: Any) -> None:
        self.tries += 1
        if self.tries == 1:
            await self._telegram.bridge.join_group_call(chat, "{}", True, None)

    async def record(self, *_: Any) -> None:
        pass

    async def leave_call(self, _: int) -> None:
        raise NotInCallError


async def test_a_call_that_late_news_ended_while_it_was_joined_is_joined_again() -> None:
    """Telegram's word that the call before is over may come when the next one is on its way."""
    telegram = Telegram()
    library = Forgetful(telegram)
    await Switchboard(library).join(ChatId(-1001), lambda *_: None)
    assert library.tries == 2
    assert not telegram.asked
