"""Planning a talk step by step, in the private chat."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.scheduling import link_to_plan
from rooms.appointments import Invited
from rooms.dialogues import LIFE
from rooms.ids import ChatId, PersonId
from rooms.plan import Admission
from rooms.roles import Role
from rooms.room import Room, RoomState
from rooms.topics import TopicPolicy
from sandbox.bot_api.parameters import Upload
from sandbox.bot_api.pictures import make_photo
from sandbox.world.entities import Membership, Message, Status
from tests.bot.forum import Forum, labels
from tests.bot.parlour import Parlour
from tests.sandbox.pictures import picture

THURSDAY = "Thursday 26 November 2026, 18:30 Europe/Rome, in 2 days"


async def begun(forum: Forum, person: int | None = None) -> tuple[Parlour, Message]:
    """Somebody asks for the dialogue in the group and follows the link."""
    parlour = Parlour(forum, person or forum.ada)
    invitation = await forum.ask(parlour.person, "/schedule")
    return parlour, await parlour.follow(invitation)


async def whole(parlour: Parlour) -> Message:
    """All steps in the shortest way; gives the summary."""
    await parlour.write("Careers after 40")
    asked = await parlour.write("#careers")
    asked = await parlour.write("Thursday 18:30")
    await parlour.tap(asked, "45 minutes")
    await parlour.tap(asked, "No description")
    await parlour.tap(asked, "Nobody else")
    return asked


async def asked_for_people(forum: Forum) -> tuple[Parlour, Message]:
    """All steps before the question who else speaks."""
    parlour, _first = await begun(forum)
    await parlour.write("Careers")
    await parlour.write("none")
    asked = await parlour.write("Thursday 18:30")
    await parlour.tap(asked, "45 minutes")
    await parlour.tap(asked, "No description")
    return parlour, asked


def contact_of(forum: Forum, person: int) -> dict[str, Any]:
    name = forum.world.society.people[person].first_name
    return {"phone_number": "+391", "first_name": name, "user_id": person}


async def closed(forum: Forum, *tags: str) -> None:
    """The group allows these topics only."""
    await forum.ask(forum.ada, "/help")
    async with forum.store.writing() as records:
        group = await records.groups.find(ChatId(forum.group.id))
        assert group is not None
        await records.groups.save(replace(group, topics=TopicPolicy(tags, is_closed=True)))


def the_room(forum: Forum) -> Room:
    (room,) = forum.rooms()
    return room


async def test_the_group_s_button_leads_into_the_private_chat(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/schedule")
    assert "step by step" in answer.text
    assert labels(answer) == ["Plan a talk"]
    _parlour, first = await begun(forum)
    assert first.text == "A talk in Careers Forum, step by step.\n\nWhat is the talk called?"
    assert labels(first) == ["✖ Cancel"]


async def test_a_talk_is_planned_step_by_step_and_announced_in_its_group(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    asked = await parlour.write("Careers after 40")
    assert asked.text.startswith("What is its topic?")
    asked = await parlour.write("#careers")
    assert asked.text.startswith("When does it begin?")
    asked = await parlour.write("Thursday 18:30")
    assert asked.text.startswith("How long does it last?")
    await parlour.tap(asked, "45 minutes")
    assert asked.text.startswith("What is it about?")
    asked = await parlour.write("How to begin again.\nWith questions.")
    assert asked.text.startswith("Who else speaks")
    await parlour.tap(asked, "Nobody else")
    assert asked.text == (
        f"Careers after 40\n#careers\n{THURSDAY}\n45 minutes\nhosted by Ada\n\n"
        "How to begin again.\nWith questions.\n\nIs it right so? Every button changes something."
    )
    await parlour.tap(asked, "Announce it")
    assert asked.text == (
        "✅ Careers after 40 is on the programme of Careers Forum: Thursday 26 November 2026, 18:30 "
        "Europe/Rome. I am announcing it there."
    )
    assert not asked.keyboard
    room = the_room(forum)
    assert room.state is RoomState.SCHEDULED
    assert (room.plan.description, room.plan.host) == ("How to begin again.\nWith questions.", forum.ada)
    await forum.until(lambda: forum.card_of(room) is not None)


async def test_every_detail_can_be_changed_at_the_end(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    asked = await whole(parlour)
    await parlour.tap(asked, "Seats")
    await parlour.tap(asked, "20")
    await parlour.tap(asked, "Who may listen")
    await parlour.tap(asked, "For members of the group")
    await parlour.tap(asked, "Recording")
    await parlour.tap(asked, "No recording")
    await parlour.tap(asked, "Language")
    await parlour.tap(asked, "Italian")
    await parlour.tap(asked, "Title")
    asked = await parlour.write("Careers after 50")
    assert "20 seats in the call\nFor members of the group\nNot recorded\nin Italian" in asked.text
    await parlour.tap(asked, "Announce it")
    plan = the_room(forum).plan
    assert (plan.title, plan.topic, plan.seats) == ("Careers after 50", "careers", 20)
    assert (plan.admission, plan.is_recorded, plan.language) == (Admission.MEMBERS, False, "it")


async def test_a_picture_becomes_the_cover(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    asked = await whole(parlour)
    await parlour.tap(asked, "Cover picture")
    refused = await parlour.write("a cat")
    assert refused.text.startswith("Please send a picture")
    photo = make_photo(Upload("cat.jpg", "image/jpeg", picture(800, 400)))
    asked = await parlour.write(media=forum.world.messages.keep_picture(photo))
    assert "With a picture of your own" in asked.text
    await parlour.tap(asked, "Announce it")
    assert the_room(forum).plan.cover in [one.file.file_id for one in (photo, *photo.smaller)]


async def test_people_are_named_and_given_a_part(forum: Forum) -> None:
    parlour, _asked = await asked_for_people(forum)
    refused = await parlour.write("my friend Anna")
    assert refused.text.startswith("I see nobody in that.")
    asked = await parlour.write("@dora and @Emil")
    assert asked.text == "What part shall @dora and @Emil have?"
    await parlour.tap(asked, "Co-host")
    assert asked.text.endswith("So far: @dora (co-host) and @Emil (co-host).")
    asked = await parlour.write(contact=contact_of(forum, forum.chiara))
    await parlour.tap(asked, "Speaker")
    await parlour.tap(asked, "✖ @Emil")
    await parlour.tap(asked, "That is all")
    assert "with @dora\nSpeaking: Chiara" in asked.text
    await parlour.tap(asked, "Announce it")
    room = the_room(forum)
    cast = [(one.role, one.invited) for one in forum.store.records.appointments.rows.values()]
    assert cast == [
        (Role.COHOST, Invited("@dora", username="dora")),
        (Role.SPEAKER, Invited("Chiara", person=PersonId(forum.chiara))),
    ], room


async def test_neither_the_host_nor_a_bot_is_given_a_part(forum: Forum) -> None:
    forum.world.society.people[forum.ada].username = "ada_demo"
    parlour, _asked = await asked_for_people(forum)
    refused = await parlour.write("@ada_demo")
    assert refused.text == "Ada hosts this talk, and minds it and speaks in it anyway."
    refused = await parlour.write("@loggione_bot")
    assert refused.text == "Bots take no part in talks: I leave out @loggione_bot."
    asked = await parlour.write("@ada_demo, @dora and @loggione_bot")
    assert asked.text == (
        "⚠️ Bots take no part in talks: I leave out @loggione_bot.\n\nWhat part shall @dora have?"
    )
    await parlour.tap(asked, "Speaker")
    assert asked.text.endswith("So far: @dora (speaker).")


async def test_people_who_are_named_in_several_messages_all_get_the_part_that_is_tapped(forum: Forum) -> None:
    parlour, _asked = await asked_for_people(forum)
    first = await parlour.write(contact=contact_of(forum, forum.bruno))
    tapped = parlour.data(first, "Speaker")
    asked = await parlour.write(contact=contact_of(forum, forum.daniele))
    assert asked.text == "What part shall Bruno and Daniele have?"
    assert (await forum.press(forum.ada, first, tapped)).text.startswith("This button does nothing any more")
    asked = await parlour.write("@dora, please")
    asked = await parlour.write(contact=contact_of(forum, forum.bruno))
    assert asked.text == "What part shall Bruno, Daniele and @dora have?"
    await parlour.tap(asked, "Speaker")
    assert asked.text.endswith("So far: Bruno (speaker), Daniele (speaker) and @dora (speaker).")


async def test_a_restart_forgets_nobody_who_waits_for_their_part(forum: Forum) -> None:
    parlour, _asked = await asked_for_people(forum)
    await parlour.write(contact=contact_of(forum, forum.bruno))
    forum.put_to_sleep()
    async with forum.awake():
        asked = await parlour.write("@dora")
        assert asked.text == "What part shall Bruno and @dora have?"
        await parlour.tap(asked, "Back")
        assert asked.text.startswith("Who else speaks")
        assert "So far" not in asked.text


async def test_a_contact_and_a_user_name_of_one_person_are_one(forum: Forum) -> None:
    forum.world.society.people[forum.bruno].username = "Bruno_B"
    await forum.ask(forum.bruno, "/help", forum.private(forum.bruno))
    parlour, _asked = await asked_for_people(forum)
    await parlour.write("@bruno_b")
    asked = await parlour.write(contact=contact_of(forum, forum.bruno))
    assert asked.text == "What part shall @bruno_b have?"


async def test_what_names_nobody_leaves_those_who_wait(forum: Forum) -> None:
    parlour, _asked = await asked_for_people(forum)
    await parlour.write("@dora")
    refused = await parlour.write(contact={"phone_number": "+391", "first_name": "Chiara"})
    assert refused.text.startswith("I see nobody in that.")
    asked = await parlour.write("@emil")
    assert asked.text == "What part shall @dora and @emil have?"


async def test_a_name_that_is_tapped_twice_takes_nobody_else_away(forum: Forum) -> None:
    parlour, _asked = await asked_for_people(forum)
    asked = await parlour.write("@dora and @Emil")
    await parlour.tap(asked, "Speaker")
    data = parlour.data(asked, "✖ @dora")
    answers = [await forum.press(forum.ada, asked, data) for _ in range(2)]
    assert [answer.is_alert for answer in answers] == [False, True]
    assert asked.text.endswith("So far: @Emil (speaker).")


async def test_a_doubt_about_the_time_is_asked_by_buttons_or_written_anew(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    await parlour.write("Careers")
    await parlour.write("none")
    asked = await parlour.write("Thursday at 6")
    assert asked.text == "In the morning or in the evening?"
    asked = await parlour.write("tomorrow")
    assert asked.text.startswith("At what time?")
    asked = await parlour.write("tomorrow at 6")
    await parlour.tap(asked, "18:00")
    await parlour.tap(asked, "1 hour")
    await parlour.tap(asked, "No description")
    await parlour.tap(asked, "Nobody else")
    assert "Wednesday 25 November 2026, 18:00" in asked.text


async def test_a_series_is_said_in_words_with_its_next_dates(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    await parlour.write("Careers")
    await parlour.write("none")
    asked = await parlour.write("every Thursday 18:30")
    await parlour.tap(asked, "1 hour")
    await parlour.tap(asked, "No description")
    await parlour.tap(asked, "Nobody else")
    assert "every Thursday at 18:30" in asked.text
    assert "Thu 26 Nov 2026, 18:30; Thu 3 Dec 2026, 18:30; Thu 10 Dec 2026, 18:30" in asked.text
    await parlour.tap(asked, "Announce it")
    assert len(forum.rooms()) >= 5


async def test_back_returns_and_keeps_what_was_said(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    await parlour.write("Careers")
    await parlour.write("none")
    asked = await parlour.write("Thursday 18:30")
    for _ in range(3):
        await parlour.tap(asked, "Back")
    assert asked.text.startswith("What is the talk called?")
    assert labels(asked) == ["Keep: Careers", "✖ Cancel"]
    await parlour.tap(asked, "Keep")
    await parlour.tap(asked, "Keep: Thu 26 Nov 2026, 18:30")
    assert asked.text.startswith("How long")


async def test_a_restart_in_the_middle_forgets_nothing(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    await parlour.write("Careers")
    await parlour.write("none")
    forum.put_to_sleep()
    async with forum.awake():
        asked = await parlour.write("Thursday 18:30")
        assert asked.text.startswith("How long")
        await parlour.tap(asked, "45 minutes")
        assert asked.text.startswith("What is it about?")


async def test_the_link_followed_again_goes_on_where_it_was(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    asked = await parlour.write("Careers")
    again = await parlour.follow(await forum.ask(forum.ada, "/schedule"))
    assert again.text == asked.text


async def torn(forum: Forum) -> tuple[Parlour, Message]:
    """Ada plans a talk for one group, and follows the link of another; gives what she is asked then."""
    circle = forum.a_group("Reading circle")
    parlour, _first = await begun(forum)
    await parlour.write("Careers")
    await parlour.write("none")
    return parlour, await parlour.follow(await forum.ask(forum.ada, "/schedule", circle))


async def test_a_plan_for_another_group_is_not_dropped_unasked(forum: Forum) -> None:
    parlour, asked = await torn(forum)
    assert asked.text == (
        "You are planning “Careers” for Careers Forum, and it is not announced yet. Shall we go on with it, "
        "or drop it and plan a talk for Reading circle?"
    )
    assert labels(asked) == ["Go on with “Careers”", "Drop it, plan for Reading circle"]
    drop = parlour.data(asked, "Drop it")
    await parlour.tap(asked, "Go on")
    assert asked.text.startswith("When does it begin?")
    assert (await forum.press(forum.ada, asked, drop)).text.startswith("This button does nothing any more")
    asked = await parlour.write("Thursday 18:30")
    await parlour.tap(asked, "45 minutes")
    await parlour.tap(asked, "No description")
    await parlour.tap(asked, "Nobody else")
    await parlour.tap(asked, "Announce it")
    assert (the_room(forum).plan.title, the_room(forum).plan.chat) == ("Careers", forum.group.id)


async def test_a_plan_for_another_group_can_be_dropped(forum: Forum) -> None:
    parlour, asked = await torn(forum)
    go_on = parlour.data(asked, "Go on")
    await parlour.tap(asked, "Drop it")
    assert asked.text.startswith("A talk in Reading circle, step by step.")
    assert (await forum.press(forum.ada, asked, go_on)).text.startswith("This button does nothing any more")
    asked = await whole(parlour)
    await parlour.tap(asked, "Announce it")
    assert the_room(forum).plan.chat != forum.group.id


async def test_what_is_written_before_one_of_two_plans_is_chosen_is_taken_for_neither(forum: Forum) -> None:
    parlour, asked = await torn(forum)
    refused = await parlour.write("Thursday 18:30")
    assert refused.text.startswith("Please press one of the two buttons above first")
    forum.put_to_sleep()
    async with forum.awake():
        await parlour.tap(asked, "Go on")
        assert asked.text.startswith("When does it begin?")


async def test_the_first_link_followed_again_chooses_its_plan(forum: Forum) -> None:
    parlour, asked = await torn(forum)
    drop = parlour.data(asked, "Drop it")
    again = await parlour.follow(await forum.ask(forum.ada, "/schedule"))
    assert again.text.startswith("When does it begin?")
    assert not asked.keyboard
    assert (await forum.press(forum.ada, asked, drop)).text.startswith("This button does nothing any more")
    assert (await parlour.write("Thursday 18:30")).text.startswith("How long")


async def test_who_may_not_plan_there_any_more_drops_nothing(forum: Forum) -> None:
    forum.group.members[forum.chiara] = Membership(forum.chiara, Status.ADMINISTRATOR)
    circle = forum.a_group("Reading circle")
    circle.members[forum.chiara] = Membership(forum.chiara, Status.ADMINISTRATOR)
    parlour, _first = await begun(forum, forum.chiara)
    await parlour.write("Careers")
    asked = await parlour.follow(await forum.ask(forum.chiara, "/schedule", circle))
    circle.members[forum.chiara] = Membership(forum.chiara)
    assert (await parlour.tap(asked, "Drop it")).startswith("Only admins")
    await parlour.tap(asked, "Go on")
    assert asked.text.startswith("What is its topic?")


async def test_who_may_not_plan_here_any_more_can_still_plan_there(forum: Forum) -> None:
    parlour, asked = await torn(forum)
    forum.group.members[forum.ada] = Membership(forum.ada)
    assert (await parlour.tap(asked, "Go on")).startswith("Only admins")
    await parlour.tap(asked, "Drop it")
    assert asked.text.startswith("A talk in Reading circle")


async def test_a_plan_without_answers_or_too_old_gives_way_unasked(forum: Forum) -> None:
    circle = forum.a_group("Reading circle")
    parlour, _first = await begun(forum)
    invitation = await forum.ask(forum.ada, "/schedule", circle)
    assert (await parlour.follow(invitation)).text.startswith("A talk in Reading circle")
    asked = await parlour.write("Careers")
    await forum.until_stored(lambda records: records.dialogues.rows[PersonId(forum.ada)].message == asked.id)
    await forum.clock.advance(LIFE + timedelta(minutes=1))
    asked = await parlour.follow(await forum.ask(forum.ada, "/schedule"))
    assert asked.text.startswith("A talk in Careers Forum")


async def test_what_is_no_answer_gets_a_sentence_and_the_question_stays(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    await parlour.write("Careers")
    asked = await parlour.write("none")
    refused = await parlour.write(contact={"phone_number": "+391", "first_name": "Chiara"})
    assert refused.text.startswith("I need it in words")
    refused = await parlour.write("when pigs fly")
    assert "as a time" in refused.text
    refused = await parlour.write("yesterday 18:30")
    assert "has gone by" in refused.text
    helped = await parlour.write("/help")
    assert "/language" in helped.text
    assert labels(asked)
    asked = await parlour.write("Thursday 18:30")
    assert asked.text.startswith("How long")


async def test_too_long_a_title_is_refused_at_once(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    refused = await parlour.write("W" * 4096)
    assert "4096 characters" in refused.text
    asked = await parlour.write("W" * 70)
    assert asked.text.startswith("What is its topic?")


async def test_at_the_end_words_say_nothing(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    asked = await whole(parlour)
    refused = await parlour.write("well done")
    assert refused.text.startswith("Please press a button above")
    await parlour.tap(asked, "Announce it")


async def test_a_closed_list_is_offered_and_nothing_else_is_taken(forum: Forum) -> None:
    await closed(forum, "career", "jobs")
    parlour, _first = await begun(forum)
    asked = await parlour.write("Careers #sport")
    assert asked.text.startswith("⚠️ #sport is not among")
    assert labels(asked) == ["#career", "#jobs", "← Back", "✖ Cancel"]
    refused = await parlour.write("none")
    assert "needs one of this group's topics" in refused.text
    await parlour.tap(asked, "#jobs")
    assert asked.text.startswith("When")


async def test_what_stands_in_the_way_at_the_end_is_asked_for_again(forum: Forum) -> None:
    await forum.schedule("First | Thursday 18:30")
    parlour, _first = await begun(forum)
    asked = await whole(parlour)
    await parlour.tap(asked, "Announce it")
    assert asked.text.startswith("⚠️ “First” (Thu 26 Nov 2026, 18:30) has that hour")
    asked = await parlour.write("Thursday 20:30")
    assert "20:30 Europe/Rome" in asked.text
    await parlour.tap(asked, "Announce it")
    assert sorted(room.state for room in forum.rooms()) == [RoomState.SCHEDULED] * 2


async def test_a_moment_that_went_by_meanwhile_is_asked_for_again(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    await parlour.write("Careers")
    await parlour.write("none")
    asked = await parlour.write("in 2 hours")
    await parlour.tap(asked, "1 hour")
    await parlour.tap(asked, "No description")
    await parlour.tap(asked, "Nobody else")
    await forum.clock.advance(timedelta(hours=3))
    await parlour.tap(asked, "Announce it")
    assert "has gone by" in asked.text
    assert "When does it begin?" in asked.text


@pytest.mark.parametrize("word", ["/cancel", "✖ Cancel"])
async def test_cancel_leaves_everything_as_it_was(forum: Forum, word: str) -> None:
    parlour, _first = await begun(forum)
    asked = await parlour.write("Careers")
    if word.startswith("/"):
        left = await parlour.write(word)
    else:
        await parlour.tap(asked, word)
        left = asked
    assert left.text == "Left as it was: nothing has changed."
    assert forum.rooms() == []
    assert (await parlour.write("Thursday 18:30")).text.startswith("I do not know that")


async def test_members_are_not_let_in_by_the_link(forum: Forum) -> None:
    parlour = Parlour(forum, forum.chiara)
    await forum.ask(forum.ada, "/schedule")
    refused = await parlour.start(f"plan-{forum.group.id}_0")
    assert refused.text.startswith("Only admins")
    for payload in ("plan-", "plan-12", "plan-x_y", "plan--100_", "plan-7_0", f"plan-{'9' * 40}_1"):
        assert "group" in (await Parlour(forum, forum.ada).start(payload)).text


async def test_who_is_no_admin_any_more_cannot_go_on(forum: Forum) -> None:
    parlour, _first = await begun(forum, forum.bruno)
    await parlour.write("Careers")
    asked = await parlour.write("none")
    forum.group.members[forum.bruno] = Membership(forum.bruno)
    assert (await parlour.write("Thursday 18:30")).text.startswith("Only admins")
    assert (await parlour.tap(asked, "Back")).startswith("Only admins")


async def test_the_buttons_of_a_question_that_was_answered_do_nothing(forum: Forum) -> None:
    parlour, _first = await begun(forum)
    await parlour.write("Careers")
    await parlour.write("none")
    asked = await parlour.write("Thursday 18:30")
    data = parlour.data(asked, "45 minutes")
    await parlour.tap(asked, "1 hour")
    answer = await forum.press(forum.ada, asked, data)
    assert answer.text.startswith("This button does nothing any more")


async def test_the_address_fits_into_a_deep_link(forum: Forum) -> None:
    await forum.ask(forum.ada, "/help")
    async with forum.store.reading() as records:
        group = await records.groups.find(ChatId(forum.group.id))
        assert group is not None
    url = link_to_plan("loggione_bot", replace(group, chat=ChatId(-(10**17))), 2**31)
    assert len(url.partition("?start=")[2]) <= 64


async def test_in_a_forum_s_topic_the_talk_belongs_to_the_topic(forum: Forum) -> None:
    circle = forum.a_group("Reading circle", is_forum=True)
    topic = {"name": "Books", "icon_color": 7322096}
    thread = forum.world.messages.open_thread(circle, forum.ada, "Books", topic).id
    parlour = Parlour(forum, forum.ada)
    await parlour.follow(await forum.ask(forum.ada, "/schedule", circle, thread=thread))
    asked = await whole(parlour)
    await parlour.tap(asked, "Announce it")
    assert the_room(forum).plan.thread == thread
