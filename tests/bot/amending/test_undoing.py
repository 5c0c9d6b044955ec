"""What was done is taken back, in the group and in private."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from rooms.ids import ChatId
from tests.bot.forum import Forum
from tests.bot.parlour import Parlour


async def test_changes_that_are_taken_back_together_are_said_to_be(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    await forum.ask(forum.ada, "/change Careers | 1 seat")
    await forum.ask(forum.ada, "/change Careers | 3 seats")
    last = await forum.ask(forum.ada, "/postpone Careers | Friday 23:00")
    await forum.tap(forum.ada, last, "Undo")
    assert last.text == (
        "All changes that nobody was told of yet are taken back: Careers is as it was, "
        "Thursday 26 November 2026, 18:30 Europe/Rome."
    )
    assert forum.store.records.rooms.rows[room.id].plan == room.plan


async def test_an_earlier_undo_says_that_later_changes_are_taken_back_with_its_own(forum: Forum) -> None:
    await forum.schedule("Careers | Thursday 18:30")
    first = await forum.ask(forum.ada, "/change Careers | 1 seat")
    await forum.ask(forum.ada, "/change Careers | 3 seats")
    await forum.tap(forum.ada, first, "Undo")
    assert first.text.startswith("All changes that nobody was told of yet are taken back: ")


async def test_an_undo_under_what_was_taken_back_says_so_and_takes_back_nothing_else(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    first = await forum.ask(forum.ada, "/change Careers | 1 seat")
    second = await forum.ask(forum.ada, "/change Careers | 3 seats")
    await forum.tap(forum.ada, second, "Undo")
    third = await forum.ask(forum.ada, "/change Careers | 5 seats")
    answer = await forum.tap(forum.ada, first, "Undo")
    assert (answer.text, answer.is_alert) == ("That was taken back already.", True)
    assert not first.keyboard
    assert forum.store.records.rooms.rows[room.id].plan.seats == 5
    await forum.tap(forum.ada, third, "Undo")
    assert third.text.startswith("Taken back: Careers is as it was")


async def test_in_private_the_hour_is_said_by_the_group_s_clock(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    async with forum.store.writing() as records:
        group = await records.groups.find(ChatId(forum.group.id))
        assert group is not None
        await records.groups.save(replace(group, zone=ZoneInfo("Europe/London")))
    parlour = Parlour(forum, forum.ada)
    await parlour.start(f"change-{room.id}_one_title")
    done = await parlour.write("Careers after 50")
    await parlour.tap(done, "Undo")
    assert done.text == "Taken back: Careers is as it was, Thursday 26 November 2026, 17:30 Europe/London."
