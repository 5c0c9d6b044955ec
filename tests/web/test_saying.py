"""What is told of a talk, and how its time is written."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from rooms.plan import Admission
from rooms.room import RoomState
from tests.fakes.clock import NOON
from tests.web.bills import ENGLISH, ITALIAN, a_talk
from web.saying import about, clock_time, span, when

ROME = ZoneInfo("Europe/Rome")
KATHMANDU = ZoneInfo("Asia/Kathmandu")


def test_dates_are_written_in_a_zone_and_a_language() -> None:
    assert when(NOON, ROME, "en") == "Tuesday 24 November 2026, 13:00"
    assert when(NOON, ROME, "it") == "martedì 24 novembre 2026, 13:00"
    assert clock_time(NOON, KATHMANDU, "en") == "17:45"


def test_a_span_may_go_beyond_midnight() -> None:
    late = a_talk(starts_at=NOON + timedelta(hours=10, minutes=30), duration=timedelta(hours=2))
    assert span(late, ROME, "en") == "Tuesday 24 November 2026, 23:30\N{EN DASH}01:30 Europe/Rome"


def test_a_talk_is_told_in_paragraphs() -> None:
    told = about(a_talk(description="  One\r\ntwo\n\nthree\x00  "), ENGLISH, "https://x/l/1")
    assert told == "One\ntwo\n\nthree\n\nHosted by Ada\n\nListen unseen from the gallery: https://x/l/1"


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (RoomState.CANCELLED, "L'incontro è stato annullato."),
        (RoomState.MISSED, "Non è stato possibile aprire l'incontro alla sua ora."),
    ],
)
def test_what_became_of_a_talk_comes_first_and_nobody_is_sent_to_the_gallery(
    state: RoomState, sentence: str
) -> None:
    assert about(a_talk(state=state), ITALIAN, "https://x") == f"{sentence}\n\nConduce Ada"


@pytest.mark.parametrize("admission", [Admission.MEMBERS, Admission.INVITED])
def test_who_may_not_listen_is_sent_to_the_voice_chat(admission: Admission) -> None:
    told = about(a_talk(admission=admission), ENGLISH, "https://x")
    assert told.endswith("take part in the group's voice chat in Telegram.")


def test_braces_and_percents_of_people_are_left_alone() -> None:
    told = about(
        a_talk(description="{address} %(name)s", host_name="{address} %(name)s"), ENGLISH, "https://x"
    )
    assert "{address} %(name)s\n\nHosted by {address} %(name)s\n\n" in told
