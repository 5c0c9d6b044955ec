"""The watchdog: when to doubt, and how fast to return."""

from itertools import islice

from voice.call.watchdog import ASK_EVERY, HUSH, LONGEST_PAUSE, Watchdog, pauses


def test_telegram_is_asked_every_five_seconds() -> None:
    watchdog = Watchdog(100)
    asked = [second for second in range(100, 141) if watchdog.should_ask(second)]
    assert asked == [105, 110, 115, 120, 125, 130, 135, 140]
    assert ASK_EVERY == 5


def test_the_list_of_participants_is_compared_now_and_then() -> None:
    watchdog = Watchdog(100)
    attended = [second for second in range(100, 140) if watchdog.should_attend(second)]
    assert attended == [110, 120, 130]


def test_a_return_counts_as_having_asked() -> None:
    watchdog = Watchdog(100)
    watchdog.joined(104)
    assert not watchdog.should_ask(106)


def test_silence_is_suspicious_only_when_somebody_could_be_heard() -> None:
    watchdog = Watchdog(0)
    assert not watchdog.is_hushed(5, False, 500)
    assert not watchdog.is_hushed(5, True, 500)
    assert not watchdog.is_hushed(5, True, 500 + HUSH - 1)
    assert watchdog.is_hushed(5, True, 500 + HUSH)


def test_who_unmutes_after_a_long_silence_has_time_to_begin() -> None:
    watchdog = Watchdog(0)
    for second in range(300):
        assert not watchdog.is_hushed(5, False, second)
    assert not watchdog.is_hushed(5, True, 300)
    assert not watchdog.is_hushed(300.5, True, 300.5)


def test_a_call_that_stays_silent_is_left_in_peace_for_longer_each_time() -> None:
    watchdog = Watchdog(0)
    returns = []
    for second in range(300):
        if watchdog.is_hushed(None, True, second):
            returns.append(second)
            watchdog.joined(second)
    assert returns == [HUSH, 3 * HUSH, 7 * HUSH, 15 * HUSH]


def test_the_patience_is_the_first_again_when_sound_came() -> None:
    watchdog = Watchdog(0)
    assert not watchdog.is_hushed(None, True, 0)
    assert watchdog.is_hushed(None, True, HUSH)
    watchdog.joined(HUSH)
    assert not watchdog.is_hushed(30.0, True, 30.1)
    assert watchdog.is_hushed(30.0, True, 30.0 + HUSH)


def test_pauses_are_short_for_a_while_so_that_a_server_that_is_back_is_found_soon() -> None:
    first = list(islice(pauses(), 31))
    for pause, middle in zip(first, [1, 2] + [3] * 29, strict=True):
        assert 0.75 * middle <= pause <= 1.25 * middle
    assert list(islice(pauses(), 31)) != first


def test_pauses_grow_when_a_server_stays_away() -> None:
    later = list(islice(pauses(), 31, 40))
    for pause, middle in zip(later, [6, 12, 24, 30, 30, 30, 30, 30, 30], strict=True):
        assert 0.75 * middle <= pause <= 1.25 * middle
    assert LONGEST_PAUSE == 30
