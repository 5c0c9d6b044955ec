"""Every refusal of Telegram's ends in a sentence with its own advice."""

import pytest

from app.troubles import duration, trouble_of


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("AUTH_KEY_DUPLICATED", "on this machine alone, then run `loggione logout relay`"),
        ("AUTH_KEY_UNREGISTERED", "it was logged out: run `loggione logout relay`, then `loggione login"),
        ("AUTH_KEY_UNKNOWN", "has forgotten it: run"),
        ("SESSION_REVOKED", "find out by whom"),
        ("SESSION_EXPIRED", "too old"),
        ("USER_DEACTIVATED", "closed the account: log in with an official app"),
        ("USER_DEACTIVATED_BAN", "banned the account: log in with an official app"),
        ("API_ID_INVALID", "my.telegram.org"),
        ("UNREACHABLE", "TCP port 443"),
        ("FLOOD_WAIT_37", "quiet for 1 minute: leave it alone"),
        ("FLOOD_PREMIUM_WAIT_121", "quiet for 3 minutes"),
        ("PROCESS_DIES", "see what the log says of it"),
        ("NEVER_SEEN", "does not let it in: run `loggione logout relay`"),
    ],
)
def test_each_has_its_own_advice(reason: str, advice: str) -> None:
    said = trouble_of("relay", reason)
    assert said.startswith(f"The relay account relay cannot work ({reason}): ")
    assert advice in said
    assert "{" not in said


def test_a_disk_that_refuses_is_not_laid_at_the_accounts_door() -> None:
    assert trouble_of("relay", "DISK_REFUSES").startswith("The disk does not do as a talk needs it: see")


def test_a_sentence_of_our_own_stays() -> None:
    assert trouble_of("relay", "The key is gone: look for it.") == "The key is gone: look for it."


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (3600, "1 hour"), (3661, "1 hour 2 minutes")],
)
def test_time_is_said_in_minutes_and_never_less_than_it_is(seconds: int, said: str) -> None:
    assert duration(seconds) == said
