"""A board is read at a glance: fourteen lines at most, whatever happens on the stage."""

from dataclasses import replace
from datetime import timedelta
from zlib import crc32

import pytest

from bot.boards.scene import OnBoard, Scene, up
from bot.boards.text import board_text, turn_said
from bot.refusals import Speech
from rooms.audience import Murmur, Reaction
from rooms.hands import Hand
from rooms.ids import PersonId
from rooms.questions import QuestionState
from rooms.roles import Role
from rooms.room import RoomState
from tests.bot.speeches import BOTH, ENGLISH
from tests.fakes.clock import NOON
from tests.fakes.questions import a_question
from tests.fakes.talks import MINUTE, a_room

LIVE = a_room(RoomState.LIVE)


def standing(name: str, *, part: Role | None = None, **more: object) -> OnBoard:
    one = OnBoard(PersonId(crc32(name.encode())), name, part, True, False, None)
    return replace(one, **more)  # type: ignore[arg-type]


def scene(*people: OnBoard, hands: int = 0, left: timedelta = 32 * MINUTE) -> Scene:
    queue = tuple(Hand(PersonId(number), f"Guest {number}", NOON) for number in range(1, hands + 1))
    return Scene(LIVE, people, (), queue, left)


def test_the_stage_of_a_talk_in_its_middle() -> None:
    shown = scene(
        standing("Ada", part=Role.HOST, is_muted=False, is_speaking=True),
        standing("Bruno", part=Role.COHOST),
        standing("Dora", part=Role.SPEAKER, is_muted=False, turn_left=2 * MINUTE),
        hands=2,
    )
    assert str(board_text(shown, ENGLISH.words)) == (
        "🎙 <b>Careers after 40</b>\n"
        "⏳ 32 minutes left · 🔴 recorded · 👂 gallery open\n"
        "\n"
        "🗣 <b>Ada</b> · host\n"
        "🔇 Bruno · co-host\n"
        "▫️ Dora · ⏱ 2 minutes\n"
        "\n"
        "✋ 1. Guest 1 2. Guest 2"
    )


def test_names_are_shown_as_they_are_and_long_ones_shortened() -> None:
    text = str(board_text(scene(standing("<b>Eve & Co"), standing("W" * 64)), ENGLISH.words))
    assert "&lt;b&gt;Eve &amp; Co" in text
    assert "W" * 31 + "…\n" in text + "\n"


def test_of_a_crowd_those_who_speak_are_shown() -> None:
    crowd = [standing(f"Guest {number}") for number in range(40)]
    crowd[30] = replace(crowd[30], is_speaking=True)
    text = str(board_text(scene(*crowd, hands=30), ENGLISH.words))
    assert "🗣 <b>Guest 30</b>" in text
    assert "… and 35 others who may speak" in text
    assert "5. Guest 5 and 25 more" in text
    assert len(text.splitlines()) <= 12


def test_what_plays_has_a_line() -> None:
    text = str(board_text(replace(scene(), playing="Jazz & <more>"), ENGLISH.words))
    assert text.splitlines()[-1] == "🎵 Jazz &amp; &lt;more&gt;"


def test_an_empty_stage_and_a_talk_beyond_its_time() -> None:
    text = str(board_text(scene(left=timedelta()), ENGLISH.words))
    assert "⏳ time is up · 🔴 recorded" in text
    assert "Nobody is on stage yet." in text


def test_what_is_not_recorded_says_so() -> None:
    shown = replace(scene(), room=replace(LIVE, plan=replace(LIVE.plan, is_recorded=False)))
    assert "left · not recorded" in str(board_text(shown, ENGLISH.words))


def test_afterwards_it_says_who_spoke() -> None:
    over = replace(scene(), room=replace(LIVE, state=RoomState.ENDED), spoke=("Ada", "Dora"))
    assert str(board_text(over, ENGLISH.words)) == (
        "🎙 <b>Careers after 40</b>\nThis talk is over.\nOn stage: Ada, Dora"
    )
    many = replace(over, spoke=tuple(f"Guest {number}" for number in range(99)))
    assert len(str(board_text(many, ENGLISH.words)).splitlines()) == 3


@pytest.mark.parametrize("state", [RoomState.LIVE, RoomState.CLOSING, RoomState.ENDED])
@pytest.mark.parametrize("speech", BOTH, ids=["en", "it"])
def test_it_never_has_more_than_fourteen_lines(state: RoomState, speech: Speech) -> None:
    crowd = [standing(f"Guest {number}", turn_left=MINUTE, is_speaking=True) for number in range(300)]
    shown = replace(scene(*crowd, hands=300), playing="W" * 200, room=replace(LIVE, state=state))
    murmur = Murmur(50_000, tuple((reaction, 5000) for reaction in Reaction))
    asked = tuple(a_question("w" * 300, id=number, votes=100_000) for number in range(30))
    text = str(board_text(replace(shown, murmur=murmur, asked=asked), speech.words))
    assert len(text.splitlines()) <= 14
    assert len(text) < 1500


def test_what_is_heard_of_the_gallery_is_shown_in_steps_and_the_question_on_stage() -> None:
    murmur = Murmur(20, ((Reaction.APPLAUSE, 10), (Reaction.WONDER, 5)))
    asked = (a_question("Why <b>now</b>?", state=QuestionState.ON_STAGE, votes=12), a_question("Later?"))
    text = str(board_text(replace(scene(), murmur=murmur, asked=asked), ENGLISH.words))
    assert "· 👂 gallery open, more than 20 there\n" in text
    assert text.splitlines()[-2:] == ["👏 10+  😮 5+", "❓ <b>Why &lt;b&gt;now&lt;/b&gt;?</b> (▲ 12)"]


def test_a_closed_gallery_is_said_to_be_closed() -> None:
    closed = replace(scene(), room=LIVE.with_gallery_closed("x", NOON))
    assert "· gallery closed\n" in str(board_text(closed, ENGLISH.words))


def test_what_is_left_of_a_turn() -> None:
    said = [turn_said(timedelta(seconds=seconds), ENGLISH.words) for seconds in (0, 30, 60, 90, 120)]
    assert said == ["time is up", "30 seconds", "1 minute", "2 minutes", "2 minutes"]


def test_times_are_rounded_up() -> None:
    step = timedelta(seconds=30)
    seconds = [up(timedelta(seconds=left), step).total_seconds() for left in (-5, 0, 1, 30, 31)]
    assert seconds == [0, 0, 30, 30, 60]
