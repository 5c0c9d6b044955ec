"""/bridge: a talk is carried in another group's voice chat too, as long as that group's admins agree."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from rooms.bridges import Bridge
from rooms.ids import ChatId, PersonId
from rooms.room import Room, RoomState
from rooms.stage import OnStage, Stage
from sandbox.world.entities import Chat, Membership, Message
from tests.bot.forum import Forum, buttons, labels
from tests.bot.parlour import Parlour
from tests.bot.sounds.records import a_live_talk
from tests.deadline import DEADLINE
from tests.fakes.clock import settle


class Neighbours:
    """Ada's talk is on in one group; in the other, Bruno is an admin and Ada a member."""

    def __init__(self, forum: Forum) -> None:
        self.forum = forum

    async def prepare(self, *, language: str = "en") -> "Neighbours":
        self.other = self.forum.a_group("Gardeners")
        self.other.username = "gardeners"
        self.other.members[self.forum.ada] = Membership(self.forum.ada)
        await self.forum.ask(self.forum.bruno, "/rooms", self.other)
        await self.forum.ask(self.forum.bruno, f"/settings language {language}", self.other)
        self.room = await a_live_talk(self.forum)
        return self

    @property
    def bridges(self) -> list[Bridge]:
        return list(self.forum.store.records.bridges.rows.values())

    @property
    def agreed(self) -> list[Bridge]:
        return [Bridge(self.room.id, ChatId(self.other.id), is_agreed=True)]

    async def asked(self) -> Message:
        """The question in the other group."""
        await self.forum.ask(self.forum.ada, "/bridge @gardeners")
        return await self.forum.heard("asks to carry", self.other)

    async def agree(self) -> tuple[Message, Message]:
        """Gives the news in the talk's own group and in the other one."""
        await self.forum.tap(self.forum.bruno, await self.asked(), "Carry it")
        here = await self.forum.heard("Gardeners carries")
        return here, await self.forum.heard("voice chat carries", self.other)

    def card_there(self) -> Message | None:
        return self.forum.card_of(self.room, self.other)


@pytest.fixture
async def two(forum: Forum) -> AsyncIterator[Neighbours]:
    neighbours = await Neighbours(forum).prepare()
    async with forum.at_work():
        yield neighbours


def here(two: Neighbours) -> Chat:
    return two.forum.group


async def test_the_other_group_s_admins_are_asked_there(forum: Forum, two: Neighbours) -> None:
    answer = await forum.ask(forum.ada, "/bridge @gardeners")
    assert "I ask the admins of that group" in answer.text
    asked = await forum.heard("asks to carry", two.other)
    assert asked.text.startswith("🌉 Careers Forum asks to carry Careers after 40 in this group's voice chat")
    assert labels(asked) == ["✅ Carry it", "Decline"]
    assert not two.bridges[0].is_agreed


async def test_an_admin_there_accepts_and_both_groups_hear_of_it(forum: Forum, two: Neighbours) -> None:
    ours, theirs = await two.agree()
    assert two.bridges == two.agreed
    await settle()
    assert forum.calls.opened[-1].bridges == {ChatId(two.other.id)}
    assert labels(ours) == labels(theirs) == ["Stop carrying it"]
    await forum.until(lambda: two.card_there() is not None)
    card = two.card_there()
    assert card is not None
    assert "🌉 carried from Careers Forum" in card.text


async def test_members_there_do_not_answer_for_their_group(forum: Forum, two: Neighbours) -> None:
    asked = await two.asked()
    for label in ("Carry it", "Decline"):
        assert (await forum.tap(forum.chiara, asked, label)).text
        assert (await forum.tap(forum.ada, asked, label)).text
    assert not two.bridges[0].is_agreed


async def test_a_declined_talk_is_told_and_not_asked_for_again(forum: Forum, two: Neighbours) -> None:
    asked = await two.asked()
    await forum.tap(forum.bruno, asked, "Decline")
    assert "declined" in asked.text
    assert not buttons(asked)
    await forum.heard("Gardeners does not want to carry")
    assert "have declined" in (await forum.ask(forum.ada, "/bridge @gardeners")).text
    assert two.bridges == []


async def test_an_admin_of_both_needs_no_asking(forum: Forum, two: Neighbours) -> None:
    answer = await forum.ask(forum.bruno, "/bridge https://t.me/gardeners")
    assert "is carried there too" in answer.text
    assert two.bridges == two.agreed
    await forum.heard("voice chat carries", two.other)


@pytest.mark.parametrize("place", ["here", "there"])
async def test_one_tap_on_either_side_ends_it(forum: Forum, two: Neighbours, place: str) -> None:
    ours, theirs = await two.agree()
    await forum.until(lambda: two.card_there() is not None)
    card = two.card_there()
    assert card is not None
    news, person = (ours, forum.ada) if place == "here" else (theirs, forum.bruno)
    await forum.tap(person, news, "Stop carrying it")
    await forum.heard("Gardeners carries Careers after 40 no more")
    await forum.heard("This group carries Careers after 40 of Careers Forum no more", two.other)
    assert two.bridges == []
    assert card.id not in two.other.messages
    await settle()
    assert forum.calls.opened[-1].bridges == frozenset()


async def test_others_end_nothing(forum: Forum, two: Neighbours) -> None:
    ours, theirs = await two.agree()
    assert (await forum.tap(forum.chiara, ours, "Stop carrying it")).text.startswith("Only the talk's host")
    assert (await forum.tap(forum.chiara, theirs, "Stop carrying it")).text.startswith("This talk is carried")
    assert (await forum.ask(forum.chiara, "/unbridge", two.other)).text.startswith("This talk is carried")
    assert two.bridges == two.agreed


@pytest.mark.parametrize("place", ["here", "there"])
async def test_the_command_ends_it_on_either_side(forum: Forum, two: Neighbours, place: str) -> None:
    await two.agree()
    person, chat = (forum.ada, forum.group) if place == "here" else (forum.bruno, two.other)
    assert "is carried there no more" in (await forum.ask(person, "/unbridge", chat)).text
    assert two.bridges == []
    assert "not carried here" in (await forum.ask(person, "/unbridge", chat)).text


async def test_of_several_bridges_one_is_chosen(forum: Forum, two: Neighbours) -> None:
    await two.agree()
    third = forum.a_group("Walkers")
    third.username = "walkers"
    await forum.ask(forum.bruno, "/rooms", third)
    await forum.ask(forum.bruno, "/bridge @walkers")
    asked = await forum.ask(forum.ada, "/unbridge")
    assert sorted(labels(asked)) == ["Gardeners: Careers after 40", "Walkers: Careers after 40"]
    await forum.tap(forum.ada, asked, "Walkers")
    assert two.bridges == two.agreed


async def test_a_group_with_a_talk_of_its_own_is_refused_by_its_title(forum: Forum, two: Neighbours) -> None:
    echo = await forum.ask(forum.bruno, "/schedule Roses | in 20 minutes | 45m", two.other)
    await forum.tap(forum.bruno, echo, "Confirm")
    assert "Roses" in (await forum.ask(forum.ada, "/bridge @gardeners")).text
    assert two.bridges == []


@pytest.mark.parametrize(
    "name", ["@nobody", "-1001", "@", "12345678901234567890", "two words", "@loggione_bot"]
)
@pytest.mark.usefixtures("two")
async def test_what_is_no_group_of_ours_is_refused(forum: Forum, name: str) -> None:
    assert "I am in no group of that name" in (await forum.ask(forum.ada, f"/bridge {name}")).text


@pytest.mark.usefixtures("two")
async def test_its_own_group_is_refused(forum: Forum) -> None:
    assert "in this group anyway" in (await forum.ask(forum.ada, f"/bridge {forum.group.id}")).text


@pytest.mark.usefixtures("two")
async def test_only_the_host_and_admins_bridge(forum: Forum) -> None:
    answer = await forum.ask(forum.chiara, "/bridge @gardeners")
    assert answer.text == "Only the talk's host and the admins of this group can do that."


async def test_without_a_talk_there_is_nothing_to_carry(forum: Forum) -> None:
    assert "No talk is on here" in (await forum.ask(forum.ada, "/bridge @gardeners")).text


async def test_without_a_name_the_group_is_picked_in_private(forum: Forum, two: Neighbours) -> None:
    lead = await forum.ask(forum.ada, "/bridge")
    parlour = Parlour(forum, forum.ada)
    question = await parlour.follow(lead)
    (row,) = (question.letters or {})["keyboard"]
    assert row[0]["request_chat"]["request_id"] == two.room.id
    shared = {"request_id": two.room.id, "chat_id": two.other.id}
    served = forum.world.messages.serve(parlour.chat, forum.ada, "chat_shared", shared)
    answer = await forum.heard("I ask the admins", parlour.chat, after=served)
    assert (answer.letters or {}).get("remove_keyboard")
    await forum.heard("asks to carry", two.other)


@pytest.mark.parametrize("room", [0, 999])
async def test_a_forged_choice_of_a_group_does_nothing(forum: Forum, two: Neighbours, room: int) -> None:
    parlour = Parlour(forum, forum.chiara)
    shared = {"request_id": room or two.room.id, "chat_id": two.other.id}
    served = forum.world.messages.serve(parlour.chat, forum.chiara, "chat_shared", shared)
    answer = await forum.heard(lambda _message: True, parlour.chat, after=served)
    assert answer.text.startswith(("Only the talk's host", "That is gone"))
    assert two.bridges == []


async def test_members_there_raise_a_hand_in_the_carried_talk(forum: Forum, two: Neighbours) -> None:
    await two.agree()
    assert "Your hand is up" in (await forum.ask(forum.chiara, "/hand", two.other)).text
    assert [row.person for row in forum.store.records.hands.rows.values()] == [forum.chiara]


async def test_admins_there_do_not_run_the_talk(forum: Forum, two: Neighbours) -> None:
    await two.agree()
    forum.group.members[forum.bruno] = Membership(forum.bruno)
    for command in ("/play https://radio.example/x", "/say Hello", "/stop"):
        answer = (await forum.ask(forum.bruno, command, two.other)).text
        assert answer.startswith("This talk is carried here from another group")
    assert "No talk is on" in (await forum.ask(forum.bruno, "/bridge @careers", two.other)).text
    assert "nothing to close" in (await forum.ask(forum.bruno, "/close", two.other)).text
    assert not forum.calls.played
    assert forum.rooms()[0].state is RoomState.LIVE


async def test_each_group_is_written_to_in_its_own_language(forum: Forum) -> None:
    two = await Neighbours(forum).prepare(language="it")
    await forum.ask(forum.ada, "/bridge @gardeners")
    await forum.heard(
        lambda message: len(labels(message)) == 2 and "Careers Forum" in message.text, two.other
    )
    group = forum.customs(two.other)
    assert group.language == "it"


async def test_after_the_talk_nobody_is_asked_any_more(forum: Forum, two: Neighbours) -> None:
    asked = await two.asked()
    room: Room = two.room
    await forum.conducting.end(room.id)
    assert (await forum.tap(forum.bruno, asked, "Carry it")).text == "This talk is over."


async def test_admins_there_mute_and_let_go_their_own_people_alone(forum: Forum, two: Neighbours) -> None:
    await two.agree()
    forum.group.members[forum.bruno] = Membership(forum.bruno)
    theirs, ours = PersonId(forum.chiara), PersonId(forum.daniele)
    people = (
        OnStage(theirs, "Chiara", is_muted=False, may_speak=True, chat=ChatId(two.other.id)),
        OnStage(ours, "Daniele", is_muted=False, may_speak=True),
    )
    forum.calls.move(two.room.id, Stage(people))
    await settle()
    assert "muted" in (await forum.ask(forum.bruno, "/mute Chiara", two.other)).text
    assert forum.calls.floor == [("silence", theirs)]
    for command in ("/mute Daniele", "/mute all", "/listener Daniele", "/speaker Chiara"):
        answer = (await forum.ask(forum.bruno, command, two.other)).text
        assert answer.startswith("This talk is carried here from another group"), command
    assert forum.calls.floor == [("silence", theirs)]
    await forum.ask(forum.bruno, "/listener Chiara", two.other)
    assert forum.calls.floor[-1] == ("listen", theirs)


async def test_the_board_of_a_carried_talk_stands_in_both_groups(forum: Forum, two: Neighbours) -> None:
    await two.agree()
    board = await forum.heard(lambda message: "✋ Raise or lower my hand" in labels(message), two.other)
    await forum.tap(forum.chiara, board, "✋ Raise or lower my hand")
    await forum.ask(forum.bruno, "/unbridge", two.other)
    async with asyncio.timeout(DEADLINE):
        while board.id in two.other.messages:
            await forum.clock.advance(timedelta(seconds=5))
            await asyncio.sleep(0.01)
    assert [row.person for row in forum.store.records.hands.rows.values()] == [forum.chiara]
