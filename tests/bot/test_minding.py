"""Opening, closing and cancelling talks by command."""

from datetime import timedelta

from rooms.jobs import JobKind
from rooms.room import Room, RoomState
from sandbox.world.entities import Membership
from tests.bot.amending.series import a_series
from tests.bot.forum import Forum, labels

TOLD = "In a minute I tell everybody concerned."


async def open_now(forum: Forum, room: Room) -> None:
    """The talk is opened and begins, as the agenda would have it."""
    await forum.conducting.start(room.id)


async def test_open_brings_the_next_talk_to_now(forum: Forum) -> None:
    await forum.schedule("Later | Friday 18:30")
    sooner = await forum.schedule("Sooner | tomorrow 18:30")
    answer = await forum.ask(forum.ada, "/open")
    assert answer.text == "Sooner begins now: the voice chat opens in a moment."
    room = forum.store.records.rooms.rows[sooner.id]
    assert room.plan.starts_at == forum.clock.now()
    assert (sooner.id, JobKind.OPEN) in [row.what for row in forum.store.records.jobs.rows]


async def test_open_finds_a_talk_by_part_of_its_name(forum: Forum) -> None:
    later = await forum.schedule("Careers after 40 | Friday 18:30")
    await forum.schedule("Sooner | tomorrow 18:30")
    answer = await forum.ask(forum.ada, "/open  CAREERS")
    assert answer.text.startswith("Careers after 40 begins now")
    assert forum.store.records.rooms.rows[later.id].plan.starts_at == forum.clock.now()


async def test_open_asks_for_more_when_several_talks_fit(forum: Forum) -> None:
    await forum.schedule("Careers one | Friday 18:30")
    await forum.schedule("Careers two | Saturday 18:30")
    answer = await forum.ask(forum.ada, "/open careers")
    assert answer.text == ("Which one? Several titles have these words in them: “Careers one”; “Careers two”")


async def test_of_talks_with_one_title_the_earliest_is_opened(forum: Forum) -> None:
    await forum.schedule("Careers | Saturday 18:30")
    sooner = await forum.schedule("Careers | Friday 18:30")
    await forum.ask(forum.ada, "/open careers")
    assert forum.store.records.rooms.rows[sooner.id].plan.starts_at == forum.clock.now()


async def test_a_talk_that_is_on_cannot_be_opened_again(forum: Forum) -> None:
    await open_now(forum, await forum.schedule())
    for command in ("/open", "/open careers"):
        answer = await forum.ask(forum.ada, command)
        assert answer.text == "This talk is on already: /close ends it."


async def test_a_name_that_no_talk_has_is_told_from_an_empty_programme(forum: Forum) -> None:
    await forum.schedule()
    for command in ("/open  <b>zzz", "/cancel <b>zzz"):
        answer = await forum.ask(forum.ada, command)
        assert answer.text == "No talk here has “<b>zzz” in its title. /rooms shows those there are."


async def test_with_nothing_on_the_programme_each_command_says_so(forum: Forum) -> None:
    assert "no talk to open here" in (await forum.ask(forum.ada, "/open")).text
    assert "no talk to open here" in (await forum.ask(forum.ada, "/open bogus")).text
    assert "nothing to close" in (await forum.ask(forum.ada, "/close")).text
    assert "no talk to cancel here" in (await forum.ask(forum.ada, "/cancel")).text


async def test_a_draft_is_no_talk_to_open_or_to_cancel(forum: Forum) -> None:
    await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    assert "no talk to open" in (await forum.ask(forum.ada, "/open Careers")).text
    assert "no talk to cancel" in (await forum.ask(forum.ada, "/cancel Careers")).text
    assert forum.rooms()[0].state is RoomState.DRAFT


async def test_close_ends_the_talk_that_is_on(forum: Forum) -> None:
    room = await forum.schedule()
    await open_now(forum, room)
    assert [(opening.room, opening.is_live) for opening in forum.calls.opened] == [(room.id, False)]
    answer = await forum.ask(forum.bruno, "/close")
    assert answer.text == "Careers after 40 comes to its end."
    assert forum.rooms()[0].state is RoomState.CLOSING


async def test_members_may_do_none_of_it(forum: Forum) -> None:
    room = await forum.schedule()
    assert "the admins of this group can do that" in (await forum.ask(forum.chiara, "/open")).text
    assert "the admins of this group can do that" in (await forum.ask(forum.chiara, "/cancel")).text
    await open_now(forum, room)
    assert "the admins of this group can do that" in (await forum.ask(forum.chiara, "/close")).text
    assert forum.rooms()[0].state is RoomState.LIVE


async def test_a_host_who_is_no_admin_any_more_may_still_cancel(forum: Forum) -> None:
    echo = await forum.ask(forum.bruno, "/schedule Mine | tomorrow 18:30")
    await forum.tap(forum.bruno, echo, "Confirm")
    forum.group.members[forum.bruno] = Membership(forum.bruno)
    answer = await forum.ask(forum.bruno, "/cancel")
    assert answer.text == f"Mine is off the programme. {TOLD}"


async def test_the_only_talk_ahead_is_cancelled_at_once_and_its_card_says_so(forum: Forum) -> None:
    room = await forum.schedule()
    await forum.ask(forum.ada, "/cancel")
    await forum.until(lambda: "Cancelled." in forum.card(room).text)
    await forum.until(lambda: forum.group.pinned == [])


async def test_of_several_talks_one_is_chosen_by_a_button(forum: Forum) -> None:
    first = await forum.schedule("First | tomorrow 18:30")
    second = await forum.schedule("Second | Friday 18:30")
    question = await forum.ask(forum.ada, "/cancel")
    assert labels(question) == ["First, Wed 25 Nov 2026, 18:30", "Second, Fri 27 Nov 2026, 18:30"]
    refused = await forum.tap(forum.chiara, question, "Second")
    assert refused.text.startswith("Only the talk's host")
    await forum.tap(forum.ada, question, "Second")
    assert question.text == f"Second is off the programme. {TOLD}"
    assert labels(question) == ["↩ Undo"]
    states = {room.id: room.state for room in forum.rooms()}
    assert states == {first.id: RoomState.SCHEDULED, second.id: RoomState.CANCELLED}


async def test_cancel_with_a_name_takes_that_talk(forum: Forum) -> None:
    await forum.schedule("First | tomorrow 18:30")
    await forum.schedule("Second | Friday 18:30")
    answer = await forum.ask(forum.ada, "/cancel second")
    assert answer.text == f"Second is off the programme. {TOLD}"


async def test_a_cancelled_talk_comes_back_by_undo(forum: Forum) -> None:
    room = await forum.schedule()
    answer = await forum.ask(forum.ada, "/cancel")
    assert (await forum.tap(forum.chiara, answer, "Undo")).is_alert
    await forum.tap(forum.ada, answer, "Undo")
    assert answer.text.startswith("Taken back: Careers after 40 is as it was, Wednesday 25 November")
    assert forum.store.records.rooms.rows[room.id].state is RoomState.SCHEDULED


async def test_in_private_cancel_ends_a_dialogue_and_says_when_there_is_none(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/cancel", forum.private(forum.ada))
    assert answer.text == "I have asked you nothing: there is nothing to end."


async def test_of_a_series_one_is_cancelled_or_all_that_follow(forum: Forum) -> None:
    await a_series(forum)
    question = await forum.ask(forum.ada, "/cancel Careers")
    await forum.tap(forum.ada, question, "3 Dec")
    assert question.text == "Careers is one of a series. Only this one, or all that follow too?"
    await forum.tap(forum.ada, question, "Only this one")
    assert cancelled_days(forum) == [3]
    question = await forum.ask(forum.ada, "/cancel Careers")
    await forum.tap(forum.ada, question, "10 Dec")
    await forum.tap(forum.ada, question, "All that follow")
    assert question.text == f"Careers and all that would follow are off the programme. {TOLD}"
    assert cancelled_days(forum)[:3] == [3, 10, 17]
    await forum.tap(forum.ada, question, "Undo")
    assert 10 not in cancelled_days(forum)


def cancelled_days(forum: Forum) -> list[int]:
    rooms = [room for room in forum.rooms() if room.state is RoomState.CANCELLED]
    return [room.plan.starts_at.day for room in sorted(rooms, key=lambda room: room.plan.starts_at)]


async def test_close_to_the_start_a_cancellation_is_told_at_once_and_stands(forum: Forum) -> None:
    await forum.schedule("Careers | in 1 minute")
    answer = await forum.ask(forum.ada, "/cancel")
    assert answer.text == "Careers is off the programme. I tell everybody concerned now."
    assert labels(answer) == []


async def test_what_was_cancelled_long_ago_is_told_to_nobody_again(forum: Forum) -> None:
    await forum.schedule("First | tomorrow 18:30")
    await forum.schedule("Second | Friday 18:30")
    question, other = [await forum.ask(forum.ada, "/cancel") for _ in range(2)]
    await forum.tap(forum.ada, question, "Second")
    await forum.clock.advance(timedelta(minutes=2))
    await forum.tap(forum.ada, other, "Second")
    assert other.text == "Second is off the programme."
    assert labels(other) == []
