"""/outlets: where a group's talks go out to; addresses are taken in private, passwords shown to nobody."""

from dataclasses import replace

import pytest

from rooms.ids import ChatId
from rooms.notices import NoticeKind, notice_to
from rooms.outlets import Outlet, OutletState
from rooms.ports import OutletChanged
from sandbox.world.entities import Message
from tests.bot.forum import Forum, buttons, labels
from tests.bot.parlour import Parlour
from tests.bot.sounds.records import a_live_talk
from tests.fakes.clock import settle

ADDRESS = "icecast://source:hackme@radio.example:8000/talk.ogg"
NAME = "radio.example/talk.ogg"


async def asked_in_private(forum: Forum, person: int | None = None) -> tuple[Parlour, Message]:
    """Ada, unless another is named, is asked for an address."""
    parlour = Parlour(forum, person or forum.ada)
    return parlour, await parlour.follow(await forum.ask(forum.ada, "/outlets"))


async def added(forum: Forum) -> None:
    parlour, _question = await asked_in_private(forum)
    await parlour.write(ADDRESS)


def on_record(forum: Forum) -> list[Outlet]:
    return [row.outlet for row in forum.store.records.outlets.rows.values()]


async def test_without_outlets_there_is_a_way_to_add_one(forum: Forum) -> None:
    listing = await forum.ask(forum.ada, "/outlets")
    assert listing.text.endswith("Nowhere else so far.")
    assert labels(listing) == ["🔑 Add one in private"]
    assert buttons(listing)[0]["url"] == f"https://t.me/loggione_bot?start=outlet-{forum.group.id}"


async def test_an_address_is_taken_in_private_and_its_message_is_deleted(forum: Forum) -> None:
    parlour, question = await asked_in_private(forum)
    assert "icecast://source:password@" in question.text
    said = forum.say(forum.ada, ADDRESS, parlour.chat)
    answer = await forum.heard(NAME, parlour.chat, after=said)
    assert answer.text == f"📡 From now on the talks go out to {NAME} as well."
    assert said.id not in parlour.chat.messages
    assert on_record(forum) == [Outlet(NAME, ADDRESS)]
    assert "/help" in (await parlour.write("and now?")).text


async def test_nothing_the_bot_says_holds_the_password(forum: Forum) -> None:
    await added(forum)
    await forum.ask(forum.ada, "/outlets")
    await forum.ask(forum.ada, "/log")
    await forum.ask(forum.ada, "/privacy")
    await forum.ask(forum.ada, "/privacy", forum.private(forum.ada))
    said = [
        message.text + str(message.keyboard)
        for chat in forum.world.society.chats.values()
        for message in chat.messages.values()
        if message.sender == forum.bot
    ]
    assert any(NAME in text for text in said)
    assert not any("hackme" in text for text in said)


async def test_what_cannot_be_read_is_explained_deleted_too_and_asked_again(forum: Forum) -> None:
    parlour, _question = await asked_in_private(forum)
    said = forum.say(forum.ada, "http://source:hackme@radio.example/talk.ogg", parlour.chat)
    answer = await forum.heard("begins with icecast://", parlour.chat, after=said)
    assert "hackme" not in answer.text
    assert said.id not in parlour.chat.messages
    await parlour.write(ADDRESS)
    assert on_record(forum) == [Outlet(NAME, ADDRESS)]


async def test_something_without_words_is_asked_again(forum: Forum) -> None:
    parlour, _question = await asked_in_private(forum)
    assert "in words" in (await parlour.write(contact={"phone_number": "1", "first_name": "D"})).text
    assert "nothing has changed" in (await parlour.write("/cancel")).text
    assert "/help" in (await parlour.write(ADDRESS)).text
    assert on_record(forum) == []


async def test_an_address_written_in_the_group_is_deleted_and_not_taken(forum: Forum) -> None:
    mine = forum.group.members[forum.bot]
    forum.group.members[forum.bot] = replace(mine, rights=mine.rights | {"can_delete_messages"})
    said = forum.say(forum.ada, f"/outlets {ADDRESS}")
    answer = await forum.heard("holds a password", after=said)
    assert said.id not in forum.group.messages
    assert "hackme" not in answer.text
    assert on_record(forum) == []


async def test_where_the_bot_may_not_delete_it_the_writer_is_told_to(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, f"/outlets {ADDRESS}")
    assert "delete the message if it is still there" in answer.text


async def test_only_admins_see_or_change_the_list(forum: Forum) -> None:
    await added(forum)
    listing = await forum.ask(forum.ada, "/outlets")
    assert (await forum.ask(forum.chiara, "/outlets")).text.startswith("Only admins")
    assert (await forum.ask(forum.chiara, f"/outlets {ADDRESS}")).text.startswith("Only admins")
    assert (await forum.tap(forum.chiara, listing, NAME)).text.startswith("Only admins")
    parlour = Parlour(forum, forum.chiara)
    assert (await parlour.start(f"outlet-{forum.group.id}")).text.startswith("Only admins")
    assert len(on_record(forum)) == 1


async def test_who_is_no_admin_any_more_adds_nothing(forum: Forum) -> None:
    parlour, _question = await asked_in_private(forum, forum.bruno)
    forum.group.members[forum.bruno] = forum.group.members[forum.chiara]
    assert (await parlour.write(ADDRESS)).text.startswith("Only admins")
    assert on_record(forum) == []


async def test_one_is_removed_by_its_button(forum: Forum) -> None:
    await added(forum)
    listing = await forum.ask(forum.bruno, "/outlets")
    assert f"▫️ {NAME}: waits for the next talk" in listing.text
    await forum.tap(forum.bruno, listing, f"✖ {NAME}")
    assert on_record(forum) == []
    assert "Nowhere else so far." in listing.text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (OutletState.CONNECTING, "🟡 radio.example/talk.ogg: is being connected"),
        (OutletState.ON_AIR, "🟢 radio.example/talk.ogg: on air"),
        (OutletState.REFUSED, "🔴 radio.example/talk.ogg: turns us away"),
        (OutletState.LOST, "🔴 radio.example/talk.ogg: cannot be reached"),
    ],
)
async def test_the_list_says_how_each_does_at_this_moment(
    forum: Forum, state: OutletState, said: str
) -> None:
    await added(forum)
    room = await a_live_talk(forum)
    async with forum.at_work():
        forum.calls.tell(OutletChanged(room.id, NAME, state))
        await settle()
        assert said in (await forum.ask(forum.ada, "/outlets")).text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("on_air", "goes out to radio.example/talk.ogg."),
        ("refused", "turns Careers after 40 away: see whether the password"),
        ("lost", "cannot be reached"),
    ],
)
async def test_who_added_it_is_told_in_private(forum: Forum, state: str, said: str) -> None:
    await forum.ask(forum.ada, "/start", forum.private(forum.ada))
    room = await a_live_talk(forum)
    async with forum.store.writing() as records:
        notice = notice_to(ChatId(forum.ada), room, NoticeKind.OUTLET, f"{state} {NAME}")
        await records.outbox.put(notice, forum.clock.now())
    assert said in (await forum.heard(NAME, forum.private(forum.ada))).text


async def test_forgetting_the_group_forgets_its_outlets(forum: Forum) -> None:
    await added(forum)
    asked = await forum.ask(forum.ada, "/forget")
    await forum.tap(forum.ada, asked, "Erase it all")
    assert on_record(forum) == []
