"""The backlog keeps the newest chunks, and knows what they weigh."""

from tests.web.fanout.streams import SIZE, chunk
from web.fanout.backlog import LEAST_IN_FLIGHT, Backlog


def test_a_backlog_keeps_the_newest() -> None:
    backlog = Backlog(3)
    for number in range(5):
        backlog.append(chunk(number))
    assert (backlog.start, backlog.end) == (2, 5)
    assert backlog[4] == chunk(4)


def test_the_last_are_as_many_as_there_are() -> None:
    backlog = Backlog(3)
    assert backlog.last(2) == []
    backlog.append(chunk(0))
    assert backlog.last(2) == [chunk(0)]
    backlog.append(chunk(1))
    assert backlog.last(1) == [chunk(1)]


def test_half_of_what_is_kept_may_be_on_its_way_but_never_too_little() -> None:
    backlog = Backlog(40)
    for number in range(100):
        backlog.append(chunk(number))
    assert backlog.most_in_flight == 20 * SIZE
    assert Backlog(1).most_in_flight == LEAST_IN_FLIGHT
