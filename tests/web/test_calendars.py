"""Calendars, as icalendar, ical.js and libical read them."""

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rooms.plan import Admission
from rooms.room import Room, RoomState
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.web.bills import (
    ENGLISH,
    ITALIAN,
    PUBLIC_URL,
    a_talk,
    libical,
    read_by_ical_js,
    read_by_icalendar,
    read_by_libical,
)
from web.bills import Bill
from web.calendars import programme, talk
from web.cleaning import one_line, paragraphs

HOSTILE = "Careers; after, 40\\N^n^'\":\r\nBEGIN:VALARM\x07\u2028END:VEVENT 🎙 \u202e\u05e9\u05dc\u05d5\u05dd"
UNQUOTABLE = str.maketrans({'"': "'", "\\": "/", "^": ""})
LONG = "Perché è così? " * 80


def written(*rooms: Room, topic: str | None = None) -> bytes:
    return programme(Bill(CAREERS, rooms, topic), ENGLISH, PUBLIC_URL)


def event_of(room: Room) -> Any:
    (event,) = read_by_icalendar(talk(room, CAREERS, ENGLISH, PUBLIC_URL))
    return event


def test_an_event_tells_all_of_a_talk() -> None:
    event = event_of(a_talk(revision=2, description="What\nnobody told us"))
    assert event.decoded("DTSTART") == NOON + timedelta(hours=1)
    assert event.decoded("DTEND") == NOON + timedelta(minutes=105)
    assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED") == NOON + timedelta(minutes=2)
    assert event["SEQUENCE"] == 2
    assert event["STATUS"] == "CONFIRMED"
    assert event["SUMMARY"] == "Careers after 40"
    assert event["LOCATION"] == "Careers Forum"
    assert event["URL"] == "https://talks.example/l/listen-key-1"
    assert event["ORGANIZER"].params["CN"] == "Ada"
    assert event.categories == ["careers"]
    assert event["DESCRIPTION"] == (
        "What\nnobody told us\n\nHosted by Ada\n\n"
        "Listen unseen from the gallery: https://talks.example/l/listen-key-1"
    )


def test_times_are_written_in_utc() -> None:
    assert b"DTSTART:20261124T130000Z\r\n" in written(a_talk())


def test_a_talk_keeps_its_id_and_counts_its_changes() -> None:
    before = event_of(a_talk(title="Careers"))
    after = event_of(a_talk(title="Jobs", revision=1, starts_at=NOON + timedelta(days=3)))
    another = event_of(a_talk(2))
    assert before["UID"] == after["UID"] != another["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)


def test_ids_stay_the_same_from_one_release_to_the_next() -> None:
    assert event_of(a_talk())["UID"] == "89a4050d-3ed0-5eee-ac31-70f6f8e3b6d7"


def test_a_talk_has_the_same_id_in_every_calendar_and_under_every_address() -> None:
    (in_topic,) = read_by_icalendar(written(a_talk(), topic="careers"))
    assert in_topic["UID"] == event_of(a_talk())["UID"]


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (RoomState.SCHEDULED, "CONFIRMED"),
        (RoomState.LIVE, "CONFIRMED"),
        (RoomState.ENDED, "CONFIRMED"),
        (RoomState.CANCELLED, "CANCELLED"),
        (RoomState.MISSED, "CANCELLED"),
    ],
)
def test_what_does_not_take_place_is_cancelled(state: RoomState, status: str) -> None:
    assert event_of(a_talk(state=state))["STATUS"] == status


def test_nothing_rings() -> None:
    assert b"VALARM" not in written(a_talk(), a_talk(2))


def test_a_single_talk_names_no_address_but_its_own() -> None:
    content = talk(a_talk(description="x"), CAREERS, ENGLISH, PUBLIC_URL).replace(b"\r\n ", b"")
    assert b"/g/" not in content
    assert CAREERS.programme_key.encode() not in content


def test_the_key_of_a_programme_is_not_in_its_calendar() -> None:
    assert CAREERS.programme_key.encode() not in written(a_talk(), topic="careers").replace(b"\r\n ", b"")


@pytest.mark.parametrize("admission", [Admission.MEMBERS, Admission.INVITED])
def test_a_talk_that_is_not_open_says_for_whom_it_is(admission: Admission) -> None:
    description = event_of(a_talk(admission=admission))["DESCRIPTION"]
    assert "gallery" not in description
    assert "take part in the group's voice chat in Telegram" in description


def test_a_calendar_speaks_its_group_s_language() -> None:
    content = programme(Bill(CAREERS, [a_talk(state=RoomState.CANCELLED)]), ITALIAN, PUBLIC_URL)
    (event,) = read_by_icalendar(content)
    assert event["DESCRIPTION"].startswith("L'incontro è stato annullato.")


def test_a_calendar_has_a_name_and_says_how_often_to_look() -> None:
    calendar: Any = icalendar.Calendar.from_ical(written(a_talk(), topic="careers"))
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "Careers Forum · #careers"
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(hours=1)
    assert calendar["X-PUBLISHED-TTL"] == "PT1H"


def test_a_calendar_without_talks_has_a_component_nevertheless() -> None:
    """RFC 5545, section 3.4: some apps refuse one that has none."""
    calendar: Any = icalendar.Calendar.from_ical(written())
    assert [component.name for component in calendar.subcomponents] == ["VTIMEZONE"]
    assert "VTIMEZONE" not in written(a_talk()).decode()


def test_a_talk_of_a_group_that_is_not_known_is_told_nevertheless() -> None:
    (event,) = read_by_icalendar(talk(a_talk(), None, ENGLISH, PUBLIC_URL))
    assert "LOCATION" not in event


CALENDARS = {
    "plain": written(a_talk()),
    "empty": written(),
    "hostile": written(a_talk(title=HOSTILE, description=HOSTILE * 3, host_name=HOSTILE), topic=HOSTILE),
    "long": written(a_talk(title=LONG, description=LONG)),
    "many": written(*(a_talk(number, revision=number) for number in range(300))),
    "cancelled": written(a_talk(state=RoomState.CANCELLED, revision=3)),
    "single": talk(a_talk(title=HOSTILE), None, ENGLISH, PUBLIC_URL),
}


@pytest.mark.parametrize("content", CALENDARS.values(), ids=CALENDARS.keys())
def test_ical_js_understands_what_icalendar_does(content: bytes) -> None:
    events = read_by_icalendar(content)
    read = read_by_ical_js(content)["events"]
    for event, other in zip(events, read, strict=True):
        for name in ("uid", "status", "summary", "description", "url", "categories"):
            assert other[name] == (event.categories[0] if name == "categories" else str(event[name.upper()]))
        assert other["sequence"] == event["SEQUENCE"]
        assert other["host"] == event["ORGANIZER"].params["CN"]
        assert other["starts_at"] == f"{event.decoded('DTSTART'):%Y-%m-%dT%H:%M:%S}.000Z"
        assert other["ends_at"] == f"{event.decoded('DTEND'):%Y-%m-%dT%H:%M:%S}.000Z"
        assert len(other["properties"]) == len(set(other["properties"])) == len(event)


@pytest.mark.skipif(libical() is None, reason="there is no libical on this machine")
@pytest.mark.parametrize("content", CALENDARS.values(), ids=CALENDARS.keys())
def test_libical_understands_what_icalendar_does(content: bytes) -> None:
    understood = read_by_icalendar(read_by_libical(content))
    assert [event.to_ical() for event in understood] == [
        event.to_ical() for event in read_by_icalendar(content)
    ]


@settings(deadline=None)
@given(title=st.text(st.characters()), description=st.text(st.characters()), host=st.text(st.characters()))
def test_any_words_come_back_as_they_were(title: str, description: str, host: str) -> None:
    event = event_of(a_talk(title=title, description=description, host_name=host))
    assert event["SUMMARY"] == one_line(title)
    told = paragraphs(description).strip()
    assert event["DESCRIPTION"].startswith(f"{told}\n\nHosted by" if told else "Hosted by")
    assert event["ORGANIZER"].params["CN"] == one_line(host).translate(UNQUOTABLE)
    assert len(event) == 13
