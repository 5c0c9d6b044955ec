"""The list of a group's talks."""

from dataclasses import replace
from datetime import timedelta

from bot.programme import MOST, listed
from bot.refusals import Speech
from rooms.ids import RoomId
from rooms.room import Room, RoomState
from tests.bot.forum import LANGUAGES, ROME, Forum, buttons
from tests.fakes.clock import NOON
from tests.fakes.talks import MINUTE, a_plan

ENGLISH = Speech(LANGUAGES.of("en"), ROME)


async def test_anybody_sees_what_is_planned_with_a_link_to_the_programme(forum: Forum) -> None:
    await forum.schedule()
    answer = await forum.ask(forum.chiara, "/rooms")
    assert answer.text == "Careers after 40\nWednesday 25 November 2026, 18:30 Europe/Rome, tomorrow"
    key = forum.store.records.groups.rows[forum.rooms()[0].plan.chat].programme_key
    assert buttons(answer) == [{"text": "🗓 Programme", "url": f"https://talks.example/g/{key}"}]


async def test_an_empty_programme_says_how_a_talk_is_planned(forum: Forum) -> None:
    answer = await forum.ask(forum.chiara, "/rooms")
    assert answer.text == "Nothing is on the programme. An admin plans a talk with /schedule."


async def test_in_private_it_says_where_talks_live(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/rooms", forum.private(forum.ada))
    assert answer.text.startswith("Talks live in groups")


def test_a_talk_on_air_says_until_when() -> None:
    room = Room(RoomId(1), a_plan(starts_at=NOON), RoomState.LIVE, "key")
    assert listed([room], ENGLISH, NOON + MINUTE).endswith("\non now, until 13:45")


def test_a_long_programme_is_cut_and_says_so() -> None:
    rooms = [
        Room(
            RoomId(number),
            a_plan(f"Talk {number}", NOON + timedelta(days=number)),
            RoomState.SCHEDULED,
            "key",
        )
        for number in range(1, MOST + 5)
    ]
    text = listed(rooms, ENGLISH, NOON)
    assert text.count("Talk ") == MOST
    assert text.endswith("The programme shows the rest.")


def test_titles_are_escaped() -> None:
    room = Room(RoomId(1), replace(a_plan(), title="<i>&"), RoomState.SCHEDULED, "key")
    assert "&lt;i&gt;&amp;" in listed([room], ENGLISH, NOON)
