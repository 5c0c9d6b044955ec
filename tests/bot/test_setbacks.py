"""What is said when something is wrong with a talk's calls, and that it says what to do."""

from dataclasses import replace
from typing import Any

import pytest

from bot.notices import notice_text
from rooms.notices import NoticeKind
from rooms.room import Room, RoomState
from tests.bot.opened import opened
from tests.bot.speeches import BOTH, ENGLISH
from tests.fakes.talks import ADA, a_plan, a_room

LIVE = a_room(RoomState.LIVE)
KINDS = {
    NoticeKind.ENLARGED: "",
    NoticeKind.BARRED: "RelayNotInChat Gardeners",
    NoticeKind.LET_IN: "Gardeners",
    NoticeKind.TORN: "",
}


def said(kind: NoticeKind, detail: str | None = None, room: Room = LIVE, **more: Any) -> str:
    detail = KINDS[kind] if detail is None else detail
    speech = more.get("speech", ENGLISH)
    return str(notice_text(opened(kind, room, speech, chat=ADA.person, detail=detail)) or "")


def test_of_a_call_too_large_it_says_what_that_means() -> None:
    text = said(NoticeKind.ENLARGED)
    assert text.startswith("👥 So many people are in the voice chat of <b>Careers after 40</b> that Telegram")
    for meaning in ("recorded as one sound", "without a track", "I record nothing of it", "roles and turns"):
        assert meaning in text
    assert "in the voice chat of Gardeners that" in said(NoticeKind.ENLARGED, "Gardeners")


@pytest.mark.parametrize(
    ("refusal", "how_to_mend"),
    [
        ("RelayNotInChat", "is not in that group: somebody there can add it"),
        ("RelayLacksRights", "an admin there who may manage video chats"),
        ("CallUnreachable", "voice server does not answer"),
        ("RelayResting", "to be quiet for a while"),
        ("SomethingLater", "Telegram does not let"),
        ("NoSuchRoom", "Telegram does not let"),
    ],
)
def test_a_call_that_cannot_be_joined_is_named_with_what_to_do(refusal: str, how_to_mend: str) -> None:
    text = said(NoticeKind.BARRED, f"{refusal} The Gardeners of Turin")
    assert "the voice chat of The Gardeners of Turin, so that <b>Careers after 40</b> is not carried" in text
    assert how_to_mend in text


def test_that_it_was_joined_after_all_names_the_group() -> None:
    assert said(NoticeKind.LET_IN) == (
        "🌉 Gardeners carries <b>Careers after 40</b> now: I am in its voice chat."
    )


def test_a_disk_that_takes_nothing_leaves_the_talk_heard() -> None:
    text = said(NoticeKind.TORN)
    assert "is not being recorded" in text
    assert "is heard as before" in text


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_talk_that_is_over_nothing_is_said(kind: NoticeKind) -> None:
    assert said(kind, room=a_room(RoomState.ENDED)) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_titles_of_talks_and_groups_are_escaped(kind: NoticeKind) -> None:
    room = replace(LIVE, plan=replace(a_plan("<b>{group}"), host_name="&"))
    for speech in BOTH:
        text = said(kind, f"{KINDS[kind].partition(' ')[0]} <i>{{title}}", room, speech=speech)
        assert "<b>{group}" not in text
        assert "<i>" not in text
