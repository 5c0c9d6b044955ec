"""/postpone and /change in one line."""

from datetime import UTC, datetime, timedelta

import pytest

from rooms.plan import Admission
from rooms.room import Room, RoomState
from tests.bot.amending.series import a_series
from tests.bot.forum import Forum, labels

TOLD = "The announcement shows it; in a minute I tell everybody concerned."
THURSDAY = datetime(2026, 11, 26, 17, 30, tzinfo=UTC)
NINETEEN = datetime(2026, 11, 27, 18, tzinfo=UTC)


def now_as(forum: Forum, room: Room) -> Room:
    return forum.store.records.rooms.rows[room.id]


async def a_talk(forum: Forum, title: str = "Careers") -> Room:
    return await forum.schedule(f"{title} | Thursday 18:30 | 45m")


@pytest.mark.parametrize(
    "words", ["Friday 19:00", "Careers | Friday 19:00", "careers | venerdì alle 19", "| Friday 19:00"]
)
async def test_postpone_moves_the_talk(forum: Forum, words: str) -> None:
    room = await a_talk(forum)
    answer = await forum.ask(forum.ada, f"/postpone {words}")
    assert answer.text == f"Careers is moved to Friday 27 November 2026, 19:00 Europe/Rome. {TOLD}"
    assert labels(answer) == ["↩ Undo"]
    assert now_as(forum, room).plan.starts_at == NINETEEN
    assert now_as(forum, room).plan.duration == timedelta(minutes=45)


async def test_undo_puts_it_back_for_a_minute(forum: Forum) -> None:
    room = await a_talk(forum)
    answer = await forum.ask(forum.ada, "/postpone Friday 19:00")
    await forum.tap(forum.ada, answer, "Undo")
    assert answer.text == ("Taken back: Careers is as it was, Thursday 26 November 2026, 18:30 Europe/Rome.")
    assert now_as(forum, room).plan.starts_at == THURSDAY


async def test_undo_is_not_for_everybody_and_not_for_ever(forum: Forum) -> None:
    room = await a_talk(forum)
    answer = await forum.ask(forum.ada, "/postpone Friday 19:00")
    assert (await forum.tap(forum.chiara, answer, "Undo")).is_alert
    await forum.clock.advance(timedelta(minutes=2))
    late = await forum.tap(forum.ada, answer, "Undo")
    assert "minute for it is over" in late.text
    assert not answer.keyboard
    assert now_as(forum, room).plan.starts_at == NINETEEN


async def test_a_length_moves_it_by_so_much(forum: Forum) -> None:
    room = await a_talk(forum)
    for words in ("30m", "by half an hour", "di mezz'ora"):
        await forum.ask(forum.ada, f"/postpone {words}")
    assert now_as(forum, room).plan.starts_at == THURSDAY + timedelta(minutes=90)


async def test_an_hour_alone_is_asked_about_where_it_may_be_another_day(forum: Forum) -> None:
    room = await a_talk(forum)
    asked = await forum.ask(forum.ada, "/postpone 19:00")
    assert asked.text == "On which day?"
    assert labels(asked) == ["Tue 24 Nov 2026, 19:00", "Thu 26 Nov 2026, 19:00"]
    await forum.tap(forum.ada, asked, "Thu 26")
    assert asked.text.startswith("Careers is moved to Thursday 26 November 2026, 19:00")
    assert now_as(forum, room).plan.starts_at == THURSDAY + timedelta(minutes=30)


async def test_a_doubt_is_asked_by_buttons(forum: Forum) -> None:
    room = await a_talk(forum)
    asked = await forum.ask(forum.ada, "/postpone Careers | Friday at 7")
    assert labels(asked) == ["Fri 27 Nov 2026, 07:00", "Fri 27 Nov 2026, 19:00"]
    await forum.tap(forum.ada, asked, "19:00")
    assert now_as(forum, room).plan.starts_at == NINETEEN


async def test_of_several_talks_one_is_chosen_and_the_rest_kept(forum: Forum) -> None:
    first = await a_talk(forum, "First")
    second = await forum.schedule("Second | Saturday 18:30")
    asked = await forum.ask(forum.ada, "/postpone Friday 19:00")
    assert asked.text == "Which talk do you mean?"
    await forum.tap(forum.ada, asked, "First")
    assert now_as(forum, first).plan.starts_at == NINETEEN
    assert now_as(forum, second) == second


async def test_words_that_are_no_time_are_refused_and_nothing_moves(forum: Forum) -> None:
    room = await a_talk(forum)
    for words, said in [
        ("when pigs fly", "as a time"),
        ("Careers | yesterday 18:30", "has gone by"),
        ("Careers | every Friday 19:00", "one moment"),
        ("Careers | Friday 19:00 | 20 seats", "What is “20 seats”?"),
        ("Nothing | Friday 19:00", "No talk here has"),
    ]:
        assert said in (await forum.ask(forum.ada, f"/postpone {words}")).text
    assert now_as(forum, room) == room


async def test_change_takes_several_fields_at_once(forum: Forum) -> None:
    room = await a_talk(forum)
    answer = await forum.ask(
        forum.ada,
        "/change Careers | title: Careers after 50 #work | 20 seats | members only | not recorded | "
        "in Italian | 1h 30m | We talk about how to begin once more.",
    )
    assert answer.text == f"Careers after 50 is changed. {TOLD}"
    plan = now_as(forum, room).plan
    assert (plan.title, plan.topic, plan.seats) == ("Careers after 50", "work", 20)
    assert (plan.admission, plan.is_recorded, plan.language) == (Admission.MEMBERS, False, "it")
    assert (plan.duration, plan.starts_at) == (timedelta(minutes=90), THURSDAY)
    assert plan.description == "We talk about how to begin once more."


async def test_a_field_alone_needs_no_name_where_one_talk_is_ahead(forum: Forum) -> None:
    room = await a_talk(forum)
    await forum.ask(forum.ada, "/change 20 seats")
    await forum.ask(forum.ada, "/change description: Come and see")
    plan = now_as(forum, room).plan
    assert (plan.seats, plan.description) == (20, "Come and see")


async def test_what_only_the_card_shows_is_told_to_nobody(forum: Forum) -> None:
    await a_talk(forum)
    answer = await forum.ask(forum.ada, "/change description: Come and see")
    assert answer.text == "Careers is changed. The announcement shows it."


async def test_a_change_that_changes_nothing_says_so(forum: Forum) -> None:
    await a_talk(forum)
    answer = await forum.ask(forum.ada, "/change title: Careers")
    assert answer.text == "Careers is like that already."
    assert not answer.keyboard


async def test_a_change_is_refused_for_what_is_wrong_with_it(forum: Forum) -> None:
    room = await a_talk(forum)
    for words, said in [
        ("Careers | seats: many", "I cannot read “many” here. Write a number"),
        ("Careers | 0 seats", "from 1 to 10000 seats"),
        ("Careers | seats: 5 | 7 seats", "say the same thing twice"),
        ("Careers | gibberish", "What is “gibberish”?"),
        ("Careers | @dora", "/invite @name"),
        ("Careers | title:", "What is the talk called?"),
        (f"Careers | title: {'W' * 201}", "201 characters"),
    ]:
        assert said in (await forum.ask(forum.ada, f"/change {words}")).text
    assert now_as(forum, room) == room


async def test_members_may_change_nothing(forum: Forum) -> None:
    await a_talk(forum)
    for words in ("/postpone Friday 19:00", "/change", "/change 20 seats", "/postpone pigs"):
        assert (await forum.ask(forum.chiara, words)).text.startswith("Only the talk's host")


async def test_with_nothing_ahead_it_says_so(forum: Forum) -> None:
    for words in ("/postpone Friday 19:00", "/change", "/postpone"):
        assert "no talk ahead to change" in (await forum.ask(forum.ada, words)).text


async def test_a_clash_is_refused(forum: Forum) -> None:
    await a_talk(forum, "First")
    await forum.schedule("Second | Friday 19:00")
    answer = await forum.ask(forum.ada, "/postpone First | Friday 19:30")
    assert "has that hour" in answer.text


async def test_of_a_series_it_is_asked_how_far_the_change_reaches(forum: Forum) -> None:
    await a_series(forum)
    asked = await forum.ask(forum.ada, "/change Careers | 20 seats")
    assert asked.text == "Which talk do you mean?"
    await forum.tap(forum.ada, asked, "26 Nov")
    assert asked.text == "Careers is one of a series. Only this one, or all that follow too?"
    await forum.tap(forum.ada, asked, "All that follow")
    assert asked.text.startswith("Careers and all that follow are changed.")
    assert {room.plan.seats for room in forum.rooms()} == {20}
    await forum.tap(forum.ada, asked, "Undo")
    assert {room.plan.seats for room in forum.rooms()} == {None}


async def test_one_of_a_series_is_moved_alone(forum: Forum) -> None:
    await a_series(forum)
    asked = await forum.ask(forum.ada, "/postpone Friday 19:00")
    await forum.tap(forum.ada, asked, "26 Nov")
    await forum.tap(forum.ada, asked, "Only this one")
    starts = sorted(one.plan.starts_at for one in forum.rooms())
    assert starts[0] == NINETEEN
    assert starts[1] == THURSDAY + timedelta(days=7)
    assert {one.state for one in forum.rooms()} == {RoomState.SCHEDULED}


async def test_a_button_whose_command_was_deleted_asks_for_it_again(forum: Forum) -> None:
    await a_talk(forum)
    said = forum.say(forum.ada, "/postpone Careers | Friday at 7")
    asked = await forum.reply_to(said)
    forum.world.messages.delete(forum.group, said)
    assert "please send it again" in (await forum.tap(forum.ada, asked, "19:00")).text


async def test_what_only_those_that_follow_lack_is_changed_and_can_be_undone(forum: Forum) -> None:
    await a_series(forum)
    for reach, seats in (("Only this one", {20, None}), ("All that follow", {20})):
        asked = await forum.ask(forum.ada, "/change Careers | 20 seats")
        await forum.tap(forum.ada, asked, "26 Nov")
        await forum.tap(forum.ada, asked, reach)
        assert {room.plan.seats for room in forum.rooms()} == seats
        await forum.clock.advance(timedelta(seconds=20))
    assert asked.text.startswith("Careers and all that follow are changed.")
    assert labels(asked) == ["↩ Undo"]


async def test_close_to_the_start_nothing_is_promised_and_nothing_can_be_undone(forum: Forum) -> None:
    await forum.schedule("Careers | in 1 minute")
    answer = await forum.ask(forum.ada, "/change 20 seats")
    assert answer.text == ("Careers is changed. The announcement shows it; I tell everybody concerned now.")
    assert labels(answer) == []
