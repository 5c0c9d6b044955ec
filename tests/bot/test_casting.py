"""/invite, /uninvite and /host."""

import pytest

from rooms.appointments import Answer
from rooms.ids import PersonId
from rooms.people import Person
from rooms.roles import Role
from sandbox.world.entities import Membership
from tests.bot.forum import Forum, labels
from tests.bot.stage import live


def cast(forum: Forum) -> list[tuple[Role, str | None, Answer]]:
    rows = forum.store.records.appointments.rows.values()
    return [(one.role, one.invited.username or str(one.invited.person), one.answer) for one in rows]


async def test_somebody_mentioned_is_asked_to_speak(forum: Forum) -> None:
    room = await forum.schedule()
    answer = await forum.ask(forum.ada, "/invite @dora")
    assert answer.text == (
        "@dora: will you speak in Careers after 40?\nWednesday 25 November 2026, 18:30 Europe/Rome"
    )
    assert labels(answer) == ["✅ Accept invitation", "Decline"]
    assert cast(forum) == [(Role.SPEAKER, "dora", Answer.WAITING)]
    await forum.until(lambda: "Accept invitation" in str(forum.card(room).keyboard))


async def test_who_is_asked_answers_under_the_question_too_and_nobody_else(forum: Forum) -> None:
    """The talk of a series that is weeks ahead has no announcement yet."""
    await forum.schedule()
    said = forum.say(forum.chiara, "I could say something about that")
    asked = await forum.ask(forum.ada, "/invite", reply_to=said.id)
    assert (await forum.tap(forum.daniele, asked, "Accept")).is_alert
    await forum.tap(forum.chiara, asked, "Accept")
    assert [answer for *_, answer in cast(forum)] == [Answer.ACCEPTED]


async def test_the_part_is_named_in_either_language(forum: Forum) -> None:
    await forum.schedule()
    await forum.ask(forum.ada, "/invite @dora as cohost")
    await forum.ask(forum.ada, "/invite @emil come co-conduttore")
    await forum.ask(forum.ada, "/invite @fabia as a speaker")
    assert [role for role, _name, _answer in cast(forum)] == [Role.COHOST, Role.COHOST, Role.SPEAKER]


async def test_the_author_of_the_answered_message_is_meant(forum: Forum) -> None:
    await forum.schedule()
    said = forum.say(forum.chiara, "I could say something about that")
    answer = await forum.ask(forum.ada, "/invite", reply_to=said.id)
    assert answer.text.startswith("Chiara: will you speak in")
    assert cast(forum) == [(Role.SPEAKER, str(forum.chiara), Answer.WAITING)]


async def test_of_several_talks_one_is_named_or_chosen(forum: Forum) -> None:
    first = await forum.schedule("First | tomorrow 18:30")
    second = await forum.schedule("Second | Friday 18:30")
    await forum.ask(forum.ada, "/invite @dora | second")
    asked = await forum.ask(forum.ada, "/invite @emil as co-host")
    assert labels(asked) == ["First, Wed 25 Nov 2026, 18:30", "Second, Fri 27 Nov 2026, 18:30"]
    assert (await forum.tap(forum.chiara, asked, "First")).is_alert
    await forum.tap(forum.ada, asked, "First")
    assert asked.text.startswith("@emil: will you mind First as a co-host?")
    rows = forum.store.records.appointments.rows.values()
    assert [(one.room, one.role) for one in rows] == [(second.id, Role.SPEAKER), (first.id, Role.COHOST)]


async def test_a_talk_may_be_named_first_as_with_the_other_commands(forum: Forum) -> None:
    await forum.schedule("First | tomorrow 18:30")
    await forum.schedule("Guests | Friday 18:30")
    answer = await forum.ask(forum.ada, "/invite first | @dora as co-host")
    assert answer.text.startswith("@dora: will you mind First as a co-host?")
    answer = await forum.ask(forum.ada, "/invite Guests | @dora")
    assert answer.text.startswith("@dora: will you speak in Guests?")
    answer = await forum.ask(forum.ada, "/uninvite First | @dora")
    assert answer.text.startswith("@dora: you are not asked to take part in First any more.")
    assert cast(forum) == [(Role.SPEAKER, "dora", Answer.WAITING)]


async def test_the_author_of_the_answered_message_is_meant_beside_a_talk_that_is_named(forum: Forum) -> None:
    await forum.schedule("First | tomorrow 18:30")
    second = await forum.schedule("Second | Friday 18:30")
    said = forum.say(forum.chiara, "I could say something about that")
    answer = await forum.ask(forum.ada, "/invite second", reply_to=said.id)
    assert answer.text.startswith("Chiara: will you speak in Second?")
    answer = await forum.ask(forum.ada, "/invite First | as co-host", reply_to=said.id)
    assert answer.text.startswith("Chiara: will you mind First as a co-host?")
    answer = await forum.ask(forum.ada, "/uninvite co-host | First", reply_to=said.id)
    assert answer.text.startswith("Chiara: you are not asked to mind First any more.")
    await forum.ask(forum.ada, "/host Second", reply_to=said.id)
    assert forum.store.records.rooms.rows[second.id].plan.host == forum.chiara


async def test_words_that_name_nobody_and_no_part_are_refused(forum: Forum) -> None:
    await forum.schedule()
    assert "@name" in (await forum.ask(forum.ada, "/invite")).text
    assert "@name" in (await forum.ask(forum.ada, "/invite Careers")).text
    for words in (
        "@dora tomorrow",
        "Careers | tomorrow",
        "Careers | @dora tomorrow",
        "Careers | @dora | tomorrow",
    ):
        assert "What is “tomorrow”?" in (await forum.ask(forum.ada, f"/invite {words}")).text
    assert "No talk here has “Chess”" in (await forum.ask(forum.ada, "/invite Chess | @dora")).text
    assert cast(forum) == []


async def test_of_several_people_those_who_were_asked_are_told_before_the_refusal(forum: Forum) -> None:
    await forum.schedule()
    await forum.ask(forum.ada, "/invite @emil")
    said = forum.say(forum.ada, "/invite @dora @emil")
    await forum.heard("@dora: will you speak", after=said)
    await forum.heard("@emil was asked already", after=said)


async def test_a_bot_is_not_asked_and_those_named_beside_it_are(forum: Forum) -> None:
    await forum.schedule()
    said = forum.say(forum.ada, "/invite @loggione_bot @dora")
    await forum.heard("@dora: will you speak", after=said)
    await forum.heard("Bots take no part in talks: I leave out @loggione_bot.", after=said)
    assert cast(forum) == [(Role.SPEAKER, "dora", Answer.WAITING)]


async def test_the_host_is_not_asked_and_hears_why_and_those_named_beside_are(forum: Forum) -> None:
    await forum.schedule()
    forum.world.society.people[forum.ada].username = "ada_demo"
    answer = await forum.ask(forum.ada, "/invite @ada_demo")
    assert answer.text == "@ada_demo hosts this talk, and minds it and speaks in it anyway."
    assert cast(forum) == []
    said = forum.say(forum.ada, "/invite @ada_demo @dora")
    await forum.heard("@dora: will you speak", after=said)
    await forum.heard("@ada_demo hosts this talk", after=said)
    assert cast(forum) == [(Role.SPEAKER, "dora", Answer.WAITING)]


async def test_an_invitation_is_taken_back_and_its_buttons_answer_no_more(forum: Forum) -> None:
    room = await forum.schedule()
    said = forum.say(forum.chiara, "I could say something about that")
    asked = await forum.ask(forum.ada, "/invite", reply_to=said.id)
    await forum.until(lambda: "Accept invitation" in str(forum.card(room).keyboard))
    answer = await forum.ask(forum.ada, "/uninvite", reply_to=said.id)
    assert answer.text == (
        "Chiara: you are not asked to take part in Careers after 40 any more.\n"
        "Wednesday 25 November 2026, 18:30 Europe/Rome"
    )
    assert labels(answer) == []
    assert cast(forum) == []
    pressed = await forum.tap(forum.chiara, asked, "Accept")
    assert pressed.text == "This invitation is not for you, or it was withdrawn."
    await forum.until(lambda: "Accept invitation" not in str(forum.card(room).keyboard))


async def test_a_part_that_is_named_is_taken_back_alone(forum: Forum) -> None:
    await forum.schedule()
    await forum.ask(forum.ada, "/invite @dora")
    await forum.ask(forum.ada, "/invite @dora as co-host")
    answer = await forum.ask(forum.ada, "/uninvite @dora as co-host")
    assert answer.text.startswith("@dora: you are not asked to mind Careers after 40 any more.")
    assert cast(forum) == [(Role.SPEAKER, "dora", Answer.WAITING)]
    answer = await forum.ask(forum.ada, "/uninvite @dora as a listener")
    assert answer.text == "@dora has no such part in the talk, and was not asked to take it."
    answer = await forum.ask(forum.ada, "/uninvite @dora speaker")
    assert answer.text.startswith("@dora: you are not asked to speak in Careers after 40 any more.")


async def test_of_several_talks_one_is_chosen_to_take_an_invitation_back_from(forum: Forum) -> None:
    await forum.schedule("First | tomorrow 18:30")
    await forum.schedule("Second | Friday 18:30")
    await forum.ask(forum.ada, "/invite @dora | second")
    asked = await forum.ask(forum.ada, "/uninvite @dora")
    await forum.tap(forum.ada, asked, "Second")
    assert asked.text.startswith("@dora: you are not asked to take part in Second any more.")
    assert cast(forum) == []


async def test_whose_part_is_taken_back_while_they_speak_is_heard_no_more(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("chiara"))
        said = forum.say(forum.chiara, "I could say something about that")
        await forum.ask(forum.ada, "/speaker", reply_to=said.id)
        assert talk.speakers == {"Chiara"}
        await forum.ask(forum.ada, "/uninvite", reply_to=said.id)
        assert talk.speakers == set()
        assert talk.asked[-1] == ("listen", forum.chiara)


async def test_an_offer_that_is_taken_back_during_the_talk_takes_nobodys_voice(forum: Forum) -> None:
    async with live(forum) as talk:
        said = forum.say(forum.chiara, "I could say something about that")
        await forum.ask(forum.ada, "/invite", reply_to=said.id)
        await forum.ask(forum.ada, "/uninvite", reply_to=said.id)
        assert talk.asked == []


async def test_members_invite_nobody_and_hand_nothing_over(forum: Forum) -> None:
    await forum.schedule()
    await forum.ask(forum.ada, "/invite @dora")
    for words in ("/invite @dora", "/uninvite @dora", "/host @dora", "/invite"):
        assert (await forum.ask(forum.chiara, words)).text.startswith("Only the talk's host")


async def test_with_no_talk_there_is_nobody_to_invite(forum: Forum) -> None:
    assert "no talk ahead" in (await forum.ask(forum.ada, "/invite @dora")).text


async def test_a_talk_is_handed_to_a_member(forum: Forum) -> None:
    room = await forum.schedule()
    said = forum.say(forum.chiara, "Let me")
    answer = await forum.ask(forum.ada, "/host", reply_to=said.id)
    assert answer.text == "Chiara minds Careers after 40 from now on."
    plan = forum.store.records.rooms.rows[room.id].plan
    assert (plan.host, plan.host_name) == (forum.chiara, "Chiara")
    assert cast(forum) == [(Role.COHOST, str(forum.ada), Answer.ACCEPTED)]


async def test_a_user_name_is_known_once_its_person_wrote_to_the_bot(forum: Forum) -> None:
    room = await forum.schedule()
    answer = await forum.ask(forum.ada, "/host @chiara")
    assert "does not tell me who @chiara is" in answer.text
    async with forum.store.writing() as records:
        await records.people.save(Person(PersonId(forum.chiara), "Chiara", "chiara", "en"))
    await forum.ask(forum.ada, "/host @chiara")
    assert forum.store.records.rooms.rows[room.id].plan.host == forum.chiara


async def test_who_is_not_in_the_group_minds_no_talk_of_it(forum: Forum) -> None:
    room = await forum.schedule()
    said = forum.say(forum.chiara, "Let me")
    del forum.group.members[forum.chiara]
    answer = await forum.ask(forum.ada, "/host", reply_to=said.id)
    assert answer.text == "Chiara is not in this group: only a member can mind a talk of it."
    assert forum.store.records.rooms.rows[room.id].plan.host == forum.ada
    forum.group.members[forum.chiara] = Membership(forum.chiara)


async def test_of_several_talks_one_is_chosen_for_the_author_of_the_answered_message(forum: Forum) -> None:
    await forum.schedule("First | tomorrow 18:30")
    second = await forum.schedule("Second | Friday 18:30")
    said = forum.say(forum.chiara, "Let me")
    asked = await forum.ask(forum.ada, "/invite", reply_to=said.id)
    await forum.tap(forum.ada, asked, "Second")
    assert asked.text.startswith("Chiara: will you speak in Second?")
    assert cast(forum) == [(Role.SPEAKER, str(forum.chiara), Answer.WAITING)]
    asked = await forum.ask(forum.ada, "/host", reply_to=said.id)
    await forum.tap(forum.ada, asked, "Second")
    assert asked.text == "Chiara minds Second from now on."
    assert forum.store.records.rooms.rows[second.id].plan.host == forum.chiara


@pytest.mark.parametrize("command", ["/invite", "/uninvite", "/host"])
async def test_a_button_that_names_nobody_asks_for_the_command_anew(forum: Forum, command: str) -> None:
    """The mention was taken out of the command, by an edit, after the question."""
    first = await forum.schedule("First | tomorrow 18:30")
    await forum.schedule("Second | Friday 18:30")
    said = forum.say(forum.ada, f"{command} @dora")
    asked = await forum.reply_to(said)
    entity = {"type": "bot_command", "offset": 0, "length": len(command)}
    forum.world.messages.edit(said, command, [entity], None)
    pressed = await forum.tap(forum.ada, asked, "First")
    assert pressed.is_alert
    assert cast(forum) == []
    assert forum.store.records.rooms.rows[first.id].plan.host == forum.ada
