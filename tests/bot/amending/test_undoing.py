"""What was done is taken back, in the group and in private."""

from dataclasses import replace
from zoneinfo import ZoneInfo

from rooms.ids import ChatId
from tests.bot.forum import Forum
from tests.bot.parlour import Parlour


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
