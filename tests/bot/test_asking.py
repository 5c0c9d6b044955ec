"""Questions to the host and reports to the admins, from the card through the private chat."""

from dataclasses import replace

import pytest

from rooms.ids import ChatId, PersonId
from rooms.moderation import Ban, DeedKind
from rooms.plan import Admission
from rooms.room import Room, RoomState
from sandbox.world.entities import Membership, Message, Person, Status
from tests.bot.forum import Forum, buttons

PASSED_ON = "Passed on to the host, without your name."


async def begin(forum: Forum, room: Room, what: str = "ask", person: int | None = None) -> Message:
    """Somebody, Chiara unless another is named, presses the card's button and follows its link."""
    person = person or forum.chiara
    label = "Ask" if what == "ask" else "Report"
    link = (await forum.tap(person, forum.card(room), label)).url
    assert link == f"https://t.me/loggione_bot?start={what}-{room.id}"
    private = forum.private(person)
    said = forum.say(person, f"/start {what}-{room.id}", private)
    return await forum.heard(lambda _message: True, private, after=said)


async def write(forum: Forum, words: str, person: int | None = None, **more: object) -> str:
    """What the bot answers to what somebody writes in private."""
    person = person or forum.chiara
    return (await forum.ask(person, words, forum.private(person), **more)).text


async def a_talk(forum: Forum) -> Room:
    """A talk of Ada's, whom the bot may write to."""
    await forum.ask(forum.ada, "/start", forum.private(forum.ada))
    return await forum.schedule()


async def test_a_question_reaches_the_host_without_a_name(forum: Forum) -> None:
    room = await a_talk(forum)
    asked = await begin(forum, room)
    assert asked.text == (
        "❓ What would you like to ask the host of Careers after 40? Write it here: I pass it on without "
        "your name."
    )
    assert await write(forum, "Is <b>it</b> & free?") == PASSED_ON
    heard = await forum.heard("Somebody asks", forum.private(forum.ada))
    assert heard.text == "❓ Somebody asks about Careers after 40:\nIs <b>it</b> & free?"
    assert "Chiara" not in heard.text
    assert not buttons(asked)
    assert (await write(forum, "And more?")).startswith("I do not know that.")


async def test_too_long_a_question_and_a_sticker_can_be_mended(forum: Forum) -> None:
    await begin(forum, await a_talk(forum))
    assert await write(forum, "x" * 600) == "That is 600 characters long; a question has 500 at most."
    contact = {"phone_number": "1", "first_name": "Dora"}
    assert await write(forum, "", contact=contact) == "Write your question as a text message, please."
    assert await write(forum, "   ok?  ") == PASSED_ON


async def test_a_question_after_the_talk_ends_the_dialogue(forum: Forum) -> None:
    room = await a_talk(forum)
    await begin(forum, room)
    async with forum.store.writing() as records:
        await records.rooms.save(replace(room, state=RoomState.ENDED))
    assert await write(forum, "Too late?") == "This talk is over."
    assert (await write(forum, "Too late?")).startswith("I do not know that.")


async def test_a_host_whom_the_bot_may_not_write_to_is_asked_in_the_group(forum: Forum) -> None:
    room = await forum.schedule()
    asked = await begin(forum, room)
    assert asked.text == "The host cannot be asked in private: ask in the group, please."
    assert (await write(forum, "hello")).startswith("I do not know that.")


async def test_a_host_who_blocks_the_bot_meanwhile_ends_the_dialogue(forum: Forum) -> None:
    room = await a_talk(forum)
    await begin(forum, room)
    forum.world.society.block(forum.ada, forum.bot, is_blocked=True)
    await forum.until_stored(lambda records: PersonId(forum.ada) not in records.people.rows)
    assert (await write(forum, "hello")).startswith("The host cannot be asked in private")
    assert (await write(forum, "hello")).startswith("I do not know that.")


async def test_after_three_questions_the_next_one_waits(forum: Forum) -> None:
    room = await a_talk(forum)
    for number in range(3):
        await begin(forum, room)
        assert await write(forum, f"Question {number}?") == PASSED_ON
    assert (await begin(forum, room)).text.startswith("You have asked 3 questions already")


async def test_a_stranger_learns_nothing_by_counting_through_the_links(forum: Forum) -> None:
    room = await a_talk(forum)
    echo = await forum.ask(forum.ada, "/schedule Secret | Friday 18:30")
    stranger = forum.world.society.add(Person(99_999, "Stranger")).id
    for number in (room.id, room.id + 1):
        for link in ("ask", "report", "remind"):
            answer = await write(forum, f"/start {link}-{number}", stranger)
            assert "Careers" not in answer
            assert "Secret" not in answer
    assert "Secret" in echo.text
    assert (await write(forum, f"/start ask-{room.id}", stranger)).startswith(
        "That is for members of the group"
    )
    assert "Secret" not in await write(forum, f"/start report-{room.id + 1}")


@pytest.mark.parametrize("rest", ["", "x", "-1", "0", "9" * 30, "\uff11", "1-2"])
async def test_a_forged_link_leads_nowhere(forum: Forum, rest: str) -> None:
    for link in ("ask", "report", "remind"):
        answer = await write(forum, f"/start {link}-{rest}")
        assert "gone" in answer


async def test_who_left_the_group_or_was_banned_meanwhile_asks_nothing(forum: Forum) -> None:
    room = await a_talk(forum)
    await begin(forum, room)
    forum.group.members[forum.chiara] = Membership(forum.chiara, Status.LEFT)
    assert (await write(forum, "hello")).startswith("That is for members")
    forum.group.members[forum.chiara] = Membership(forum.chiara)
    await begin(forum, room)
    async with forum.store.writing() as records:
        await records.bans.save(Ban(room.plan.chat, PersonId(forum.chiara), "Chiara", "", None))
    assert (await write(forum, "hello")).startswith("You are banned")


async def test_a_report_reaches_the_admins_with_a_name_once_a_day(forum: Forum) -> None:
    await forum.ask(forum.bruno, "/start", forum.private(forum.bruno))
    room = await a_talk(forum)
    asked = await begin(forum, room, "report")
    assert "with your name" in asked.text
    assert await write(forum, "", contact={"phone_number": "1", "first_name": "D"}) == (
        "Write it as a text message, please."
    )
    assert await write(forum, "It is <spam>.") == "Thank you: the admins know."
    for admin in (forum.ada, forum.bruno):
        heard = await forum.heard("was reported", forum.private(admin))
        assert heard.text.endswith("in Careers Forum, was reported:\nChiara: It is <spam>.")
    deed = forum.store.records.log.rows[-1]
    assert (deed.kind, deed.actor_name, deed.detail) == (DeedKind.REPORTED, "Chiara", "It is <spam>.")
    await begin(forum, room, "report")
    assert await write(forum, "Again!") == "The admins know already."


async def test_a_report_is_taken_where_the_bot_cannot_ask_for_the_admins(forum: Forum) -> None:
    room = await a_talk(forum)
    await begin(forum, room, "report")
    assert (await write(forum, "x" * 501)).startswith("That is 501 characters long; a reason has 500")
    forum.group.members[forum.bot] = Membership(forum.bot, Status.LEFT)
    answer = await write(forum, "spam")
    assert answer.startswith("That is for members")


async def test_it_is_italian_for_italians(forum: Forum) -> None:
    room = await a_talk(forum)
    asked = await begin(forum, room, person=forum.daniele)
    assert asked.text.startswith("❓ Che cosa vuoi chiedere a chi conduce Careers after 40?")
    assert await write(forum, "Quanto costa?", forum.daniele) == "Riferito a chi conduce, senza il tuo nome."


async def test_in_a_talk_by_invitation_a_member_may_ask(forum: Forum) -> None:
    room = await a_talk(forum)
    async with forum.store.writing() as records:
        await records.rooms.save(replace(room, plan=replace(room.plan, admission=Admission.INVITED)))
    await begin(forum, room)
    assert await write(forum, "May I come?") == PASSED_ON
    assert ChatId(forum.group.id) == room.plan.chat
