"""The pace of connecting: no pause at first, longer ones when it goes on."""

from voice.telegram.pace import FREE, LONGEST_PAUSE, WITHIN, Pace


def test_the_first_connections_need_no_pause_and_then_each_a_longer_one() -> None:
    pace = Pace()
    pauses = []
    for _ in range(FREE + 7):
        pauses.append(pace.pause(100.0))
        pace.connected(100.0)
    assert pauses == [0.0] * FREE + [1.0, 2.0, 4.0, 8.0, 16.0, LONGEST_PAUSE, LONGEST_PAUSE]


def test_what_was_a_while_ago_counts_no_more() -> None:
    pace = Pace()
    for _ in range(FREE + 3):
        pace.connected(100.0)
    assert pace.pause(100.0 + WITHIN) > 0
    assert pace.pause(101.0 + WITHIN) == 0
