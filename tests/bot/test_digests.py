"""What comes in a group within a week, told on the day it chose."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from bot.digests import MOST, digest_keys, digest_text
from bot.letters import Digest
from bot.refusals import Speech
from bot.seals import Seal
from rooms.notices import Letter, Notice, NoticeKind
from rooms.room import Room
from tests.bot.forum import PUBLIC_URL
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import CHAT, HOUR, a_plan, a_room


def a_digest(rooms: Sequence[Room], speech: Speech = ENGLISH) -> Digest:
    letter = Letter(1, Notice(CHAT, None, None, NoticeKind.DIGEST, ""), 1)
    return Digest(letter, CAREERS, speech, PUBLIC_URL, Seal("token"), False, NOON, rooms)


def in_hours(hours: int, title: str = "Talk", topic: str | None = None) -> Room:
    return a_room(plan=replace(a_plan(title, NOON + hours * HOUR), topic=topic))


def test_talks_stand_under_their_days_by_the_group_s_clock() -> None:
    rooms = [in_hours(1, "One <&>", "careers"), in_hours(3, "Two"), in_hours(11, "After midnight in Rome")]
    assert digest_text(a_digest(rooms)) == (
        "<b>This week</b>\n\n<u>Tuesday 24 November</u>\n14:00 <b>One &lt;&amp;&gt;</b> #careers\n"
        "16:00 <b>Two</b>\n\n<u>Wednesday 25 November</u>\n00:00 <b>After midnight in Rome</b>"
    )
    assert "<b>Questa settimana</b>\n\n<u>martedì 24 novembre</u>" in str(
        digest_text(a_digest(rooms, ITALIAN))
    )


def test_of_an_empty_week_nobody_need_be_told() -> None:
    assert digest_text(a_digest([])) is None


def test_a_full_week_fits_a_message_and_says_that_there_is_more() -> None:
    for speech in BOTH:
        long = digest_text(a_digest([in_hours(number, "<&>" * 66, "x" * 32) for number in range(60)], speech))
        assert long is not None
        assert len(long.striptags()) + long.count("\n") < 4096
    many = digest_text(a_digest([in_hours(number) for number in range(MOST + 1)]))
    assert many is not None
    assert many.count("Talk") == MOST
    assert many.endswith("\n\nThe programme shows the rest.")


def test_a_button_leads_to_the_programme() -> None:
    keyboard = digest_keys(a_digest([in_hours(1)]))
    assert keyboard is not None
    assert keyboard.inline_keyboard[0][0].url == f"{PUBLIC_URL}/g/{CAREERS.programme_key}"
    assert digest_keys(replace(a_digest([]), group=None)) is None


def test_it_goes_to_the_group_itself() -> None:
    digest = a_digest([in_hours(1)])
    assert (digest.chat, digest.thread, digest.answered) == (CHAT, None, None)
    assert digest.rooms[0].plan.duration == timedelta(minutes=45)
