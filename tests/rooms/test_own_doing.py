"""What we ordered ourselves is remembered until it is seen, and not for ever."""

from datetime import timedelta

from rooms.ids import RoomId
from rooms.own_doing import PATIENCE, OwnDoing
from tests.fakes.clock import NOON
from tests.rooms.floor import DORA, EMIL, on_stage

ROOM, OTHER = RoomId(1), RoomId(2)
TICK = timedelta(microseconds=1)


def test_an_order_is_overdue_only_after_telegram_took_it() -> None:
    own = OwnDoing()
    own.order(ROOM, DORA.person, may_speak=True)
    assert own.next_overdue() is None
    assert own.overdue(NOON + 10 * PATIENCE) == []
    own.taken(ROOM, DORA.person, NOON)
    assert own.next_overdue() == NOON + PATIENCE
    assert own.overdue(NOON + PATIENCE - TICK) == []
    assert own.overdue(NOON + PATIENCE) == [(ROOM, DORA.person)]
    assert own.overdue(NOON + PATIENCE) == [], "once"


def test_an_order_that_was_seen_done_is_never_overdue() -> None:
    own = OwnDoing()
    own.order(ROOM, DORA.person, may_speak=False)
    own.drop(ROOM, DORA.person)
    own.taken(ROOM, DORA.person, NOON)
    assert own.ordered(ROOM, DORA.person) is None
    assert own.next_overdue() is None


def test_an_answered_hand_is_known_by_its_rating() -> None:
    own = OwnDoing()
    own.answer(ROOM, on_stage(DORA, hand=3))
    assert own.is_answered(ROOM, on_stage(DORA, hand=3))
    assert not own.is_answered(ROOM, on_stage(DORA, hand=4))
    assert not own.is_answered(ROOM, on_stage(EMIL, hand=3))
    assert not own.is_answered(OTHER, on_stage(DORA, hand=3))
    assert not own.is_answered(ROOM, on_stage(DORA))


def test_with_the_call_all_of_it_is_forgotten() -> None:
    own = OwnDoing()
    for room in (ROOM, OTHER):
        own.order(room, DORA.person, may_speak=True)
        own.answer(room, on_stage(DORA, hand=1))
    own.forget(ROOM)
    assert own.ordered(ROOM, DORA.person) is None
    assert not own.is_answered(ROOM, on_stage(DORA, hand=1))
    assert own.ordered(OTHER, DORA.person) is not None
    assert own.is_answered(OTHER, on_stage(DORA, hand=1))
