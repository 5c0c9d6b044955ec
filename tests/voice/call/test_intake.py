"""The intake: steady slots out of frames that come as they like."""

import numpy as np

from voice.call.intake import FORGOTTEN_AFTER, OVERFLOW, PRIMED, SECOND, Intake
from voice.mixing.units import FRAME


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def frame(value: int) -> bytes:
    return np.full(FRAME, value, np.int16).tobytes()


def put(intake: Intake, source: int, *values: int) -> None:
    for value in values:
        intake.put(source, frame(value))


def taken(intake: Intake, source: int) -> tuple[int, int] | None:
    block = intake.take().get(source)
    return None if block is None else (int(block[0]), int(block[-1]))


def test_a_voice_starts_when_it_has_a_little_in_hand() -> None:
    intake = Intake()
    put(intake, 1, *range(1, PRIMED))
    assert taken(intake, 1) is None
    put(intake, 1, PRIMED)
    assert taken(intake, 1) == (1, 2)


def test_frames_keep_their_order_and_their_source() -> None:
    intake = Intake()
    put(intake, 1, 1, 2, 3, 4)
    put(intake, 2, 11, 12, 13, 14)
    assert {source: int(block[0]) for source, block in intake.take().items()} == {1: 1, 2: 11}
    assert taken(intake, 2) == (13, 14)


def test_signed_and_unsigned_numbers_are_one_source() -> None:
    intake = Intake()
    put(intake, -2, 1, 2, 3, 4)
    assert taken(intake, 0xFFFFFFFE) == (1, 2)


def test_who_runs_dry_is_silent_until_there_is_enough_again() -> None:
    intake = Intake()
    put(intake, 1, 1, 2, 3)
    assert taken(intake, 1) == (1, 2)
    assert taken(intake, 1) == (3, 0)
    put(intake, 1, 4, 5)
    assert taken(intake, 1) is None
    put(intake, 1, 6)
    assert taken(intake, 1) == (4, 5)


def test_a_flood_moves_forward_to_now() -> None:
    intake = Intake()
    put(intake, 1, *range(OVERFLOW + 1))
    assert taken(intake, 1) == (OVERFLOW - 2, OVERFLOW - 1)


def test_what_a_stopped_machine_hands_in_at_once_is_kept() -> None:
    intake = Intake()
    put(intake, 1, *range(100))
    assert [taken(intake, 1) for _ in range(50)] == [(at, at + 1) for at in range(0, 100, 2)]


def test_a_long_delay_that_stays_is_cut_short() -> None:
    intake = Intake()
    put(intake, 1, *[0] * 100)
    for _ in range(2 * SECOND):
        put(intake, 1, 0, 0)
        intake.take()
    waiting = 0
    while intake.take():
        waiting += 1
    assert waiting <= PRIMED


def test_a_delay_that_stays_is_worked_off() -> None:
    intake = Intake()
    put(intake, 1, *[0] * 20)
    slots = 0
    while slots < 60 * 20:
        put(intake, 1, 0, 0)
        intake.take()
        slots += 1
    waiting = 0
    while intake.take():
        waiting += 1
    assert waiting <= 5


def test_what_is_no_frame_is_left_out() -> None:
    intake = Intake()
    for _ in range(10):
        intake.put(1, b"short")
    assert intake.take() == {}
    assert intake.last_frame_at is None


def test_who_is_gone_is_forgotten() -> None:
    clock = Clock()
    intake = Intake(clock)
    put(intake, 1, 1)
    clock.now += FORGOTTEN_AFTER + 1
    intake.take()
    put(intake, 1, 2, 3)
    assert intake.take() == {}


def test_it_knows_when_it_last_heard_anything() -> None:
    clock = Clock()
    intake = Intake(clock)
    put(intake, 1, 1)
    assert intake.last_frame_at == 100.0
