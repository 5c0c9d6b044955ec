"""Who is asking, as Telegram vouches for them at the moment."""

from dataclasses import replace

import pytest

from bot.authority import demand_admin
from rooms.errors.rights import NotAllowed
from rooms.roles import Action
from sandbox.world.entities import Membership, Person, Status
from tests.bot.forum import Forum
from tests.fakes.talks import ADA, CHIARA

REQUEST = "/schedule Careers | tomorrow 18:30"


async def test_whoever_was_demoted_is_no_admin_from_that_moment(forum: Forum) -> None:
    echo = await forum.ask(forum.bruno, REQUEST)
    forum.group.members[forum.bruno] = Membership(forum.bruno)
    assert (await forum.tap(forum.bruno, echo, "Confirm")).text.startswith("Only admins")
    assert (await forum.ask(forum.bruno, REQUEST)).text.startswith("Only admins")


async def test_an_anonymous_admin_is_asked_to_show_themselves_but_may_look(forum: Forum) -> None:
    member = forum.group.members[forum.bruno]
    forum.group.members[forum.bruno] = replace(member, is_anonymous=True)
    for command in (REQUEST, "/close", "/settings", "/ban 7d"):
        assert "I cannot tell who you are" in (await forum.ask(forum.bruno, command)).text
    assert "Nothing is on the programme" in (await forum.ask(forum.bruno, "/rooms")).text


async def test_a_channel_proves_nothing(forum: Forum) -> None:
    society = forum.world.society
    society.add(Person(136817688, "Channel", username="Channel_Bot"))
    channel = society.create_group("Ada's channel", forum.ada)
    answer = await forum.ask(136817688, REQUEST, sender_chat=channel.id)
    assert answer.text == "A channel cannot prove who it is: please write from your own account."


async def test_somebody_who_is_not_in_the_group_is_nobody_s_admin(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    stranger = forum.world.society.add(Person(99_999, "Stranger")).id
    assert (await forum.tap(stranger, echo, "Confirm")).text.startswith("That is for members")
    forum.group.members[forum.bruno] = Membership(forum.bruno, Status.KICKED)
    assert (await forum.tap(forum.bruno, echo, "Confirm")).text.startswith("That is for members")


def test_an_admin_is_demanded_before_anything_is_asked() -> None:
    demand_admin(ADA, Action.BAN)
    with pytest.raises(NotAllowed):
        demand_admin(CHIARA, Action.BAN)
