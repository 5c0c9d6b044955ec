"""Deaths: how soon a process is replaced, and when somebody must look."""

from voice.pool.deaths import FIRST_PAUSE, LONGEST_PAUSE, MOST, SETTLED, WITHIN, Deaths


def after(*times: float, life: float = 1.0) -> Deaths:
    deaths = Deaths()
    for time in times:
        deaths.add(time - life, time)
    return deaths


def test_pauses_double_up_to_the_longest() -> None:
    assert FIRST_PAUSE <= after(1).pause() <= 2 * FIRST_PAUSE
    assert 4 * FIRST_PAUSE <= after(1, 2, 3).pause() <= 8 * FIRST_PAUSE
    assert LONGEST_PAUSE <= after(*range(100)).pause() <= 2 * LONGEST_PAUSE


def test_after_a_long_life_a_death_is_the_first_one_again() -> None:
    deaths = after(*range(100))
    deaths.add(100, 101 + SETTLED)
    assert deaths.pause() <= 2 * FIRST_PAUSE


def test_more_than_a_few_in_ten_minutes_are_too_many() -> None:
    assert not after(*range(MOST)).are_too_many
    assert after(*range(MOST + 1)).are_too_many


def test_those_that_are_spread_out_are_not() -> None:
    step = WITHIN / MOST
    assert not after(*(number * step for number in range(3 * MOST))).are_too_many
