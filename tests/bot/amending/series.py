"""A series on a group's programme, to be amended."""

from tests.bot.forum import Forum


async def a_series(forum: Forum) -> None:
    """Ada plans a talk every Thursday, and it is announced."""
    echo = await forum.ask(forum.ada, "/schedule Careers | every Thursday 18:30 | 45m")
    await forum.tap(forum.ada, echo, "Confirm")
    await forum.until(
        lambda: forum.card_of(min(forum.rooms(), key=lambda room: room.plan.starts_at)) is not None
    )
