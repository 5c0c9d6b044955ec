"""Flood limits: off by default, and honest about when to come back."""

import pytest

from sandbox.bot_api.floods import Floods
from sandbox.world.entities import Chat, ChatKind
from sandbox.world.errors import ApiError

GROUP = Chat(-1001, ChatKind.SUPERGROUP, "Careers")
ADA = Chat(11, ChatKind.PRIVATE, "Ada")
BOT = 7


class Watch:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def floods(watch: Watch) -> Floods:
    return Floods(watch, is_on=True)


def refusal(floods: Floods, chat: Chat) -> ApiError:
    with pytest.raises(ApiError) as refused:
        floods.admit(BOT, chat)
    return refused.value


def test_switched_off_everything_goes() -> None:
    floods = Floods(Watch())
    for _ in range(1000):
        floods.admit(BOT, GROUP)


def test_a_group_hears_twenty_a_minute(floods: Floods, watch: Watch) -> None:
    for second in range(20):
        watch.now = second
        floods.admit(BOT, GROUP)
    error = refusal(floods, GROUP)
    assert (error.status, error.description) == (429, "Too Many Requests: retry after 41")
    assert error.parameters == {"retry_after": 41}
    watch.now += 41
    floods.admit(BOT, GROUP)
    assert refusal(floods, GROUP).parameters == {"retry_after": 1}


def test_a_person_hears_one_a_second_after_a_small_burst(floods: Floods, watch: Watch) -> None:
    for _ in range(5):
        floods.admit(BOT, ADA)
    assert refusal(floods, ADA).parameters == {"retry_after": 5}
    for second in range(5, 15):
        watch.now = second
        floods.admit(BOT, ADA)
    watch.now += 0.25
    refusal(floods, ADA)


def test_the_wait_is_told_in_whole_seconds_and_suffices(floods: Floods, watch: Watch) -> None:
    for _ in range(5):
        floods.admit(BOT, ADA)
    watch.now = 2.5
    assert refusal(floods, ADA).parameters == {"retry_after": 3}
    watch.now += 3
    floods.admit(BOT, ADA)


def test_one_flooded_chat_delays_no_other(floods: Floods) -> None:
    for _ in range(5):
        floods.admit(BOT, ADA)
    refusal(floods, ADA)
    floods.admit(BOT, GROUP)


def test_thirty_a_second_in_all(floods: Floods, watch: Watch) -> None:
    for number in range(30):
        floods.admit(BOT, Chat(100 + number, ChatKind.PRIVATE))
    assert refusal(floods, Chat(999, ChatKind.PRIVATE)).parameters == {"retry_after": 1}
    watch.now += 1
    floods.admit(BOT, Chat(999, ChatKind.PRIVATE))


def test_a_refused_message_does_not_count(floods: Floods, watch: Watch) -> None:
    for _ in range(5):
        floods.admit(BOT, ADA)
    for _ in range(50):
        refusal(floods, ADA)
    watch.now += 5
    floods.admit(BOT, ADA)


def test_every_bot_has_its_own_limits(floods: Floods) -> None:
    for _ in range(5):
        floods.admit(BOT, ADA)
    floods.admit(8, ADA)


def test_a_group_hears_no_more_than_a_person_at_once(floods: Floods, watch: Watch) -> None:
    for _ in range(5):
        floods.admit(BOT, GROUP)
    assert refusal(floods, GROUP).parameters == {"retry_after": 5}
    watch.now += 5
    floods.admit(BOT, GROUP)


def test_edits_and_pins_count_in_a_group_and_nowhere_else(floods: Floods) -> None:
    for _ in range(20):
        floods.admit_change(BOT, GROUP)
    with pytest.raises(ApiError) as refused:
        floods.admit_change(BOT, GROUP)
    assert refused.value.parameters == {"retry_after": 60}
    assert refusal(floods, GROUP).parameters == {"retry_after": 60}
    for _ in range(100):
        floods.admit_change(BOT, ADA)
    floods.admit(BOT, ADA)


def test_one_chat_is_held_for_as_long_as_was_said(floods: Floods, watch: Watch) -> None:
    floods.is_on = False
    floods.hold(GROUP.id, 7)
    watch.now = 2.5
    assert refusal(floods, GROUP).description == "Too Many Requests: retry after 5"
    with pytest.raises(ApiError):
        floods.admit_change(BOT, GROUP)
    assert floods.held() == {GROUP.id: 4.5}
    floods.admit(BOT, ADA)
    watch.now += 5
    floods.admit(BOT, GROUP)
    assert floods.held() == {}


def test_a_hold_is_ended_by_hand(floods: Floods) -> None:
    floods.hold(GROUP.id, 600)
    floods.hold(GROUP.id, 0)
    floods.admit(BOT, GROUP)
    assert floods.held() == {}


def test_the_longest_wait_of_all_is_told(floods: Floods) -> None:
    floods.hold(ADA.id, 3)
    assert refusal(floods, ADA).parameters == {"retry_after": 3}
    floods.hold(ADA.id, 0)
    for _ in range(5):
        floods.admit(BOT, ADA)
    floods.hold(ADA.id, 2)
    assert refusal(floods, ADA).parameters == {"retry_after": 5}
