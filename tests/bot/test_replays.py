"""A recording's name, and what is said of it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.letters import Opened
from bot.refusals import Speech
from bot.replays import (
    CAPTION,
    file_name,
    gone_caption,
    position,
    raw_caption,
    replay_caption,
    replay_lost,
    replay_too_large,
    stretch,
    withheld_caption,
)
from rooms.ids import NOBODY, PersonId
from rooms.notices import NoticeKind
from rooms.recordings import Gap, Recording, Turn
from rooms.room import Room, RoomState
from tests.bot.opened import opened
from tests.bot.speeches import BOTH, ENGLISH
from tests.fakes.clock import NOON
from tests.fakes.talks import HOUR, MINUTE, a_plan, a_room

ROOM = a_room(RoomState.ENDED)
RECORDING = Recording(ROOM.id, Path("talk.ogg"), timedelta(minutes=44, seconds=5))
SECOND = timedelta(seconds=1)


def letter(room: Room = ROOM, speech: Speech = ENGLISH, *turns: Turn) -> Opened:
    return replace(opened(NoticeKind.REPLAY, room, speech), turns=turns)


def turn(person: int, name: str, at: int, length: int) -> Turn:
    return Turn(PersonId(person), name, at * SECOND, length * SECOND)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Careers after 40", "Careers after 40.ogg"),
        ("../../etc/passwd", "etc passwd.ogg"),
        ('What? "This": a/b\\c*', "What This a b c.ogg"),
        ("...", "Replay.ogg"),
        ("Perché no? 👩‍💻", "Perché no 👩‍💻.ogg"),
        ("a\x00b\nc", "a b c.ogg"),
    ],
)
def test_a_recording_is_named_after_its_talk(title: str, name: str) -> None:
    assert file_name(title) == name
    assert file_name("Talk", " 2 of 3") == "Talk 2 of 3.ogg"


def test_a_replay_tells_when_it_was_who_spoke_and_where() -> None:
    said = letter(ROOM, ENGLISH, turn(1, "Ada", 2, 60), turn(2, "Bruno", 3700, 90), turn(NOBODY, "", 99, 20))
    assert str(replay_caption(said, RECORDING)) == (
        "🎧 <b>Careers after 40</b>\n"
        "Replay of Tuesday 24 November 2026, 14:00 Europe/Rome, 44 minutes and 5 seconds, Ada\n"
        "🗣 Bruno, Ada\n"
        "0:00 Ada\n1:39 somebody\n1:01:40 Bruno"
    )


def test_one_chapter_is_none() -> None:
    assert "0:00" not in replay_caption(letter(ROOM, ENGLISH, turn(1, "Ada", 2, 60)), RECORDING)


def test_what_is_missing_is_said_with_its_place() -> None:
    gaps = (Gap(timedelta(minutes=3, seconds=5), timedelta(seconds=2.2)), Gap(HOUR, timedelta(seconds=0.1)))
    said = replay_caption(letter(), replace(RECORDING, gaps=gaps[:1]))
    assert "In 1 place nothing could be heard, and it is silent: 3:05 (2 seconds)" in said
    said = replay_caption(letter(), replace(RECORDING, gaps=gaps))
    assert (
        "In 2 places nothing could be heard, and it is silent: 3:05 (2 seconds), 1:00:00 (1 second)" in said
    )
    assert replay_caption(letter(), replace(RECORDING, gaps=gaps * 5)).endswith(" …</i>")


def test_how_long_it_is_kept_is_said() -> None:
    kept = replace(RECORDING, erase_at=NOON + 30 * 24 * HOUR)
    for caption in (replay_caption, raw_caption):
        assert "Kept until Thursday 24 December 2026, 13:00; then it is deleted, here" in caption(
            letter(), kept
        )
        assert "Kept" not in caption(letter(), RECORDING)


def test_a_talk_in_nobody_s_hands_has_no_host() -> None:
    room = replace(ROOM, plan=replace(ROOM.plan, host=NOBODY, host_name=""))
    assert replay_caption(letter(room), RECORDING).endswith("44 minutes and 5 seconds")


@pytest.mark.parametrize("speech", BOTH)
def test_the_longest_caption_fits_and_nothing_in_it_is_markup(speech: Speech) -> None:
    nasty = "<b>{x}" * 40
    plan = replace(a_plan(nasty[:200]), host_name=nasty)
    turns = [turn(number, nasty, number * 60, 60) for number in range(1, 60)]
    gaps = tuple(Gap(number * MINUTE + 5 * HOUR, HOUR + MINUTE + SECOND) for number in range(30))
    recording = replace(RECORDING, gaps=gaps, erase_at=NOON)
    said: list[Any] = [
        replay_caption(letter(replace(ROOM, plan=plan), speech, *turns), recording),
        raw_caption(letter(replace(ROOM, plan=plan), speech), recording),
        gone_caption(letter(replace(ROOM, plan=plan), speech)),
        withheld_caption(letter(replace(ROOM, plan=plan), speech)),
        replay_lost(replace(ROOM, plan=plan), speech.words),
        replay_too_large(replace(ROOM, plan=plan), 60_000_000, speech.words),
    ]
    for text in said:
        assert "&lt;b&gt;{x}" in text
        assert "<b>{x}" not in text
        assert len(text.unescape()) <= CAPTION


@pytest.mark.parametrize(
    ("seconds", "said"), [(0, "0:00"), (9.9, "0:09"), (750, "12:30"), (3723, "1:02:03"), (36000, "10:00:00")]
)
def test_places_are_said_as_players_show_them(seconds: float, said: str) -> None:
    assert position(timedelta(seconds=seconds)) == said


def test_a_stretch_is_from_where_to_where() -> None:
    assert stretch(750 * SECOND, 40 * SECOND) == "12:30\u201313:10"
