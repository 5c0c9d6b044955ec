"""Calls follow what was decided, and their stages are read with what was ordered and not seen yet."""

from dataclasses import dataclass

import pytest

from rooms.errors.calls import RelayLacksRights
from rooms.ids import RoomId
from rooms.listening import Stages
from rooms.ordered_floor import OrderedFloor
from rooms.ports import Opening
from rooms.stage import OnStage, Stage
from tests.fakes.calls import FakeCalls
from tests.fakes.clock import FakeClock
from tests.fakes.talks import BRUNO, CHAT, CHIARA
from tests.rooms.floor import on_stage

ROOM = RoomId(7)


@dataclass
class Scene:
    """A call whose stage shows nothing by itself."""

    calls: FakeCalls
    stages: Stages
    floor: OrderedFloor

    def shows(self, *people: OnStage) -> None:
        self.stages.set(ROOM, Stage(people))

    @property
    def standings(self) -> dict[str, tuple[bool, bool]]:
        """Who may speak, and who is muted, by name, as the floor has it."""
        return {one.name: (one.may_speak, one.is_muted) for one in self.floor.stage(ROOM).people}


@pytest.fixture
async def scene() -> Scene:
    calls, stages = FakeCalls(), Stages()
    calls.is_slow = True
    await calls.open(Opening(ROOM, CHAT, "Careers after 40", is_live=True))
    return Scene(calls, stages, OrderedFloor(calls, stages, FakeClock()))


async def test_what_was_ordered_counts_before_it_is_seen(scene: Scene) -> None:
    scene.shows(on_stage(BRUNO), on_stage(CHIARA, may_speak=True, is_muted=False))
    await scene.floor.let_speak(ROOM, BRUNO.person)
    await scene.floor.let_listen(ROOM, CHIARA.person)
    assert scene.standings == {"Bruno": (True, True), "Chiara": (False, True)}
    seen = scene.floor.seen(ROOM, BRUNO.person)
    assert seen is not None
    assert not seen.may_speak
    assert scene.calls.floor == [("speak", BRUNO.person), ("listen", CHIARA.person)]


async def test_what_the_relay_may_not_do_does_not_count(scene: Scene) -> None:
    scene.shows(on_stage(BRUNO))
    scene.calls.refuse(RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED"))
    with pytest.raises(RelayLacksRights):
        await scene.floor.let_speak(ROOM, BRUNO.person)
    assert scene.standings == {"Bruno": (False, True)}


async def test_a_hand_is_lowered_where_it_is_up_and_has_its_answer_then(scene: Scene) -> None:
    scene.shows(on_stage(BRUNO, hand=3), on_stage(CHIARA))
    for person in (BRUNO.person, CHIARA.person):
        await scene.floor.lower_hand(ROOM, person)
    assert scene.calls.floor == [("lower", BRUNO.person)]
    assert scene.floor.own_doing.is_answered(ROOM, on_stage(BRUNO, hand=3))


async def test_who_is_let_speak_has_the_answer_to_their_hand(scene: Scene) -> None:
    scene.shows(on_stage(BRUNO, hand=3))
    await scene.floor.let_speak(ROOM, BRUNO.person)
    assert scene.floor.own_doing.is_answered(ROOM, on_stage(BRUNO, hand=3))


async def test_an_order_to_listen_that_is_given_again_is_known_for_it(scene: Scene) -> None:
    scene.shows(on_stage(BRUNO, may_speak=True))
    known = []
    for _ in range(2):
        await scene.floor.let_listen(ROOM, BRUNO.person)
        order = scene.floor.own_doing.ordered(ROOM, BRUNO.person)
        known.append(order is not None and order.is_repeated)
    assert known == [False, True]


async def test_who_is_not_in_the_call_is_not_seen(scene: Scene) -> None:
    assert scene.floor.seen(ROOM, BRUNO.person) is None
    assert scene.floor.stage(ROOM) == Stage()
