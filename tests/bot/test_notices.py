"""The short messages about a talk, at the right moments only."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.notices import notice_text
from rooms.appointments import Answer
from rooms.notices import NoticeKind
from rooms.plan import Admission
from rooms.roles import Role
from rooms.room import Room, RoomState
from tests.bot.opened import cast, opened
from tests.bot.speeches import BOTH
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, HOUR, MINUTE, a_plan, a_room

ROOM = a_room()
LIVE = a_room(RoomState.LIVE)
INVITATION = (
    "Join the voice chat to listen, and raise a hand in it or with /hand to speak. "
    "Who has the link can listen unseen."
)
EVERYBODY_SPEAKS = replace(CAREERS, joins_muted=False)


def said(kind: NoticeKind, room: Room = ROOM, at: timedelta = HOUR, **more: Any) -> str | None:
    text = notice_text(opened(kind, room, now=NOON + at, **more))
    return None if text is None else str(text)


def test_a_reminder_is_true_at_the_moment_it_is_sent() -> None:
    text = said(NoticeKind.REMINDER, at=50 * MINUTE)
    assert text == f"⏰ <b>Careers after 40</b> begins in 10 minutes, at 14:00. {INVITATION}"
    assert "in 2 minutes" in (said(NoticeKind.REMINDER, at=58 * MINUTE) or "")
    assert said(NoticeKind.REMINDER, at=HOUR) is None
    assert said(NoticeKind.REMINDER, replace(ROOM, state=RoomState.CANCELLED), 50 * MINUTE) is None


def test_a_start_says_so_and_apologises_when_it_is_late() -> None:
    first = (said(NoticeKind.STARTED, LIVE) or "").splitlines()[0]
    assert first == f"🔴 <b>Careers after 40</b> is on. {INVITATION}"
    assert "later than planned: sorry" in (said(NoticeKind.STARTED, LIVE, detail="late") or "")
    assert said(NoticeKind.STARTED, replace(LIVE, state=RoomState.CLOSING)) is None


def test_the_end_is_near_only_before_the_end() -> None:
    text = said(NoticeKind.ENDING, LIVE, 100 * MINUTE)
    assert text == "⏳ <b>Careers after 40</b> ends in 5 minutes, at 14:45."
    assert said(NoticeKind.ENDING, LIVE, 105 * MINUTE) is None


def test_cancelled_and_missed() -> None:
    text = said(NoticeKind.CANCELLED, replace(ROOM, state=RoomState.CANCELLED))
    assert text == (
        "<b>Careers after 40</b>, planned for Tuesday 24 November 2026, 14:00 Europe/Rome, is cancelled."
    )
    assert "could not take place" in (said(NoticeKind.MISSED, replace(ROOM, state=RoomState.MISSED)) or "")


@pytest.mark.parametrize(
    ("detail", "how_to_mend"),
    [
        ("RelayLacksRights", "needs to be an admin who may manage video chats"),
        ("RelayNotInChat", "is not in this group: add it"),
        ("RelayElsewhere", "only once: leave the voice chat on that device. I try again by myself."),
        ("CallClosed", "Somebody closed it just as I came in. I try again"),
        ("CallUnreachable", "voice server does not answer"),
        ("RelayDiskRefused", "disk of the machine"),
        ("RelayStumbled", "look into my log"),
        ("CallRefused", "Telegram does not let"),
        ("SomethingLater", "Telegram does not let"),
        ("NoSuchRoom", "Telegram does not let"),
        ("Sequence", "Telegram does not let"),
    ],
)
def test_trouble_says_how_to_mend_it(detail: str, how_to_mend: str) -> None:
    text = said(NoticeKind.TROUBLE, replace(ROOM, state=RoomState.OPENING), detail=detail) or ""
    assert text.startswith("⚠️ The voice chat of <b>Careers after 40</b> cannot be opened. ")
    assert how_to_mend in text


def test_trouble_with_a_call_that_is_open_does_not_say_that_it_cannot_be_opened() -> None:
    text = said(NoticeKind.TROUBLE, replace(ROOM, state=RoomState.LIVE), detail="RelayNotInChat") or ""
    assert text.startswith("⚠️ I cannot be in the voice chat of <b>Careers after 40</b>. The relay account is")


def test_how_long_the_call_was_lost_is_said_of_a_talk_and_not_of_the_music_before_it() -> None:
    live = replace(ROOM, state=RoomState.LIVE)
    assert "for 13 seconds, and am back" in (said(NoticeKind.LOST, live, detail="13") or "")
    assert "for 31 minutes and 1 second, and" in (said(NoticeKind.LOST, live, detail="1861") or "")
    assert said(NoticeKind.LOST, replace(ROOM, state=RoomState.OPENING), detail="13") is None


def test_who_may_not_listen_by_the_link_is_not_told_of_it() -> None:
    for_members = replace(a_plan(), admission=Admission.MEMBERS)
    for kind, room in (
        (NoticeKind.REMINDER, a_room(plan=for_members)),
        (NoticeKind.STARTED, a_room(RoomState.LIVE, for_members)),
    ):
        text = said(kind, room, 50 * MINUTE) or ""
        assert text.splitlines()[0].endswith("raise a hand in it or with /hand to speak.")
        assert "by the link" not in text
        assert ("outside" in text) is (kind is NoticeKind.STARTED)  # who has a ticket may listen
        text = said(kind, room, 50 * MINUTE, group=EVERYBODY_SPEAKS) or ""
        assert text.splitlines()[0].endswith("Join the voice chat to take part.")


def test_where_everybody_may_speak_the_start_says_so_and_where_newcomers_listen_it_says_how_to_ask() -> None:
    for kind, room in ((NoticeKind.REMINDER, ROOM), (NoticeKind.STARTED, LIVE)):
        free = said(kind, room, 50 * MINUTE, group=EVERYBODY_SPEAKS) or ""
        assert free.splitlines()[0].endswith("Join the voice chat to speak, or listen unseen by the link.")
        bound = said(kind, room, 50 * MINUTE) or ""
        assert bound.splitlines()[0].endswith(INVITATION)
        assert "to speak, or" not in bound


def test_in_private_no_command_of_the_group_is_named() -> None:
    text = said(NoticeKind.STARTED, LIVE, chat=ADA.person) or ""
    assert "raise a hand in it to speak. Who has the link can listen unseen." in text
    assert "/hand" not in text


def test_a_change_tells_the_old_hour_where_it_is_another_one() -> None:
    moved = said(NoticeKind.CHANGED, at=-24 * HOUR, detail=(NOON + 3 * HOUR).isoformat())
    assert moved == (
        "🗓 <b>Careers after 40</b> has moved: it was to begin Tuesday 24 November 2026, 16:00 Europe/Rome, "
        "and now begins Tuesday 24 November 2026, 14:00 Europe/Rome, tomorrow."
    )
    changed = said(NoticeKind.CHANGED, at=50 * MINUTE)
    assert changed is not None
    assert changed.startswith("✏️ <b>Careers after 40</b> was changed. It begins Tuesday")
    assert said(NoticeKind.CHANGED, a_room(RoomState.OPENING), at=50 * MINUTE) == changed
    assert said(NoticeKind.CHANGED, a_room(RoomState.CANCELLED)) is None


def test_a_cancellation_that_was_taken_back_is_not_told() -> None:
    assert said(NoticeKind.CANCELLED) is None


def test_an_invitation_says_who_asks_for_what_and_when_and_only_while_it_waits() -> None:
    for role, words in ((Role.SPEAKER, "asks you to speak in"), (Role.COHOST, "asks you to mind")):
        text = said(
            NoticeKind.INVITATION, cast=cast((role, "Bruno", Answer.WAITING)), detail="1", at=50 * MINUTE
        )
        assert text is not None
        assert words in text
        assert "Careers Forum" in text
        assert "in 10 minutes" in text
    answered = cast((Role.SPEAKER, "Bruno", Answer.ACCEPTED))
    assert said(NoticeKind.INVITATION, cast=answered, detail="1") is None
    assert said(NoticeKind.INVITATION, detail="1") is None


def test_the_host_hears_what_was_answered() -> None:
    accepted, declined = (cast((Role.SPEAKER, "Bruno", one)) for one in (Answer.ACCEPTED, Answer.DECLINED))
    assert (
        said(NoticeKind.ANSWERED, cast=accepted, detail="1") == "✅ Bruno accepts: <b>Careers after 40</b>."
    )
    assert said(NoticeKind.ANSWERED, cast=declined, detail="1") == "Bruno declines: <b>Careers after 40</b>."


def test_a_seat_is_told_to_who_still_has_it() -> None:
    room = a_room(plan=replace(a_plan(), seats=1))
    assert "A seat is free for you now" in (said(NoticeKind.SEATED, room, chat=5, coming=[5]) or "")
    assert said(NoticeKind.SEATED, room, chat=5, coming=[4, 5]) is None


def test_a_lost_seat_is_told_with_the_place_on_the_waiting_list_to_who_still_waits() -> None:
    room = a_room(plan=replace(a_plan(), seats=1))
    assert said(NoticeKind.UNSEATED, room, chat=5, coming=[3, 4, 5]) == (
        "💺 There are fewer seats now for <b>Careers after 40</b>: you are on the waiting list, place 2. "
        "I tell you if one gets free."
    )
    assert said(NoticeKind.UNSEATED, room, chat=5, coming=[5, 4]) is None
    assert said(NoticeKind.UNSEATED, replace(room, state=RoomState.CANCELLED), chat=5, coming=[4, 5]) is None


def test_questions_and_reports_are_passed_on_in_the_very_words() -> None:
    assert said(NoticeKind.QUESTION, detail="Why <b>?") == (
        "❓ Somebody asks about <b>Careers after 40</b>:\nWhy &lt;b&gt;?"
    )
    assert said(NoticeKind.REPORT, detail="Chiara: spam") == (
        "⚑ <b>Careers after 40</b>, in Careers Forum, was reported:\nChiara: spam"
    )


def test_titles_are_escaped_everywhere() -> None:
    for speech in BOTH:
        for kind, state in (
            (NoticeKind.STARTED, RoomState.LIVE),
            (NoticeKind.ENDING, RoomState.LIVE),
            (NoticeKind.CANCELLED, RoomState.CANCELLED),
            (NoticeKind.TROUBLE, RoomState.OPENING),
        ):
            room = a_room(state, a_plan("<b>{x}"))
            text = notice_text(opened(kind, room, speech, now=NOON + HOUR))
            assert text is not None
            assert "&lt;b&gt;{x}" in text
