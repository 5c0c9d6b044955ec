"""Cuts: no part too large, none needlessly small, none in the midst of a word."""

import pytest

from voice.mastering.cuts import Sizes, TooSmall, cuts

HEAD = 500


def sizes(slots: int = 10_000, each: int = 100) -> Sizes:
    return Sizes([each] * slots, HEAD)


def loud(slots: int = 10_000, *pauses: int) -> list[float]:
    peaks = [0.5] * slots
    for pause in pauses:
        peaks[pause - 10 : pause + 10] = [0.0] * 20
    return peaks


def of_parts(begins: list[int], slots: int) -> list[tuple[int, int]]:
    return list(zip(begins, [*begins[1:], slots], strict=True))


def test_what_fits_stays_whole() -> None:
    whole = sizes()
    assert cuts(whole, whole.of(0, 10_000), [5000], loud()) == [0]


@pytest.mark.parametrize("limit", [5000, 50_000, 333_333, 600_000])
def test_no_part_is_too_large_and_all_are_about_equal(limit: int) -> None:
    whole = sizes()
    parts = of_parts(cuts(whole, limit, [], loud()), 10_000)
    assert all(whole.of(begin, end) <= limit for begin, end in parts)
    lengths = [end - begin for begin, end in parts]
    assert min(lengths) > 0
    assert min(lengths[:-1]) > 0.6 * max(lengths)


def test_a_part_ends_with_a_chapter_if_one_is_near() -> None:
    assert cuts(sizes(), 600_000, [1000, 4500, 9000], loud(10_000, 4900)) == [0, 4500]


def test_else_in_a_pause() -> None:
    (_, cut) = cuts(sizes(), 600_000, [1000], loud(10_000, 4600))
    assert abs(cut - 4600) < 10


def test_a_limit_that_lets_nothing_through_is_told() -> None:
    with pytest.raises(TooSmall):
        cuts(sizes(), HEAD + 50, [], loud())


@pytest.mark.parametrize("limit", [0, -1])
def test_a_senseless_limit_is_told(limit: int) -> None:
    with pytest.raises(TooSmall):
        cuts(sizes(), limit, [], loud())


def test_large_packets_count_with_the_bytes_that_tell_their_length() -> None:
    assert sizes(1, 600).of(0, 1) >= HEAD + 600 + 3 + 28
