"""The short messages about a talk, at the right moments only."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.notices import notice_text
from rooms.ids import RoomId
from rooms.notices import NoticeKind, notice_of
from rooms.room import Room, RoomState
from tests.bot.speeches import BOTH, ENGLISH
from tests.fakes.clock import NOON
from tests.fakes.talks import HOUR, MINUTE, a_plan

ROOM = Room(RoomId(1), a_plan(), RoomState.SCHEDULED, "key")
LIVE = replace(ROOM, state=RoomState.LIVE)
START, END = ROOM.plan.starts_at, ROOM.plan.ends_at
INVITATION = "Join the voice chat to speak, or listen unseen by the link."


def said(kind: NoticeKind, room: Room = ROOM, at: timedelta = HOUR, detail: str = "") -> str | None:
    text = notice_text(notice_of(room, kind, detail), room, ENGLISH, NOON + at)
    return None if text is None else str(text)


def test_a_reminder_is_true_at_the_moment_it_is_sent() -> None:
    text = said(NoticeKind.REMINDER, at=50 * MINUTE)
    assert text == f"⏰ <b>Careers after 40</b> begins in 10 minutes, at 14:00. {INVITATION}"
    assert "in 2 minutes" in (said(NoticeKind.REMINDER, at=58 * MINUTE) or "")
    assert said(NoticeKind.REMINDER, at=HOUR) is None
    assert said(NoticeKind.REMINDER, replace(ROOM, state=RoomState.CANCELLED), 50 * MINUTE) is None


def test_a_start_says_so_and_apologises_when_it_is_late() -> None:
    assert said(NoticeKind.STARTED, LIVE) == f"🔴 <b>Careers after 40</b> is on. {INVITATION}"
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


def test_titles_are_escaped_everywhere() -> None:
    room = replace(LIVE, plan=a_plan("<b>{x}"))
    for speech in BOTH:
        texts = [
            notice_text(notice_of(room, kind), room, speech, NOON + HOUR)
            for kind in (NoticeKind.STARTED, NoticeKind.ENDING, NoticeKind.CANCELLED, NoticeKind.TROUBLE)
        ]
        for text in texts:
            assert text is not None
            assert "&lt;b&gt;{x}" in text
