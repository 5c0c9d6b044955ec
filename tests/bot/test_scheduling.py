"""The conversation that puts a talk on the programme."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from rooms.appointments import Invited
from rooms.ids import ChatId, PersonId
from rooms.plan import Admission
from rooms.roles import Role
from rooms.room import RoomState
from rooms.topics import TopicPolicy
from tests.bot.forum import Forum, buttons, data_of, has_link, labels
from tests.fakes.clock import NOON

REQUEST = "/schedule Careers after 40 #careers | Thursday 18:30 | 45m"


async def test_a_request_is_said_back_before_anything_is_announced(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    assert echo.text == (
        "Careers after 40\n#careers\nThursday 26 November 2026, 18:30 Europe/Rome, in 2 days\n45 minutes\n"
        "hosted by Ada\n\nShall I announce it?"
    )
    assert labels(echo) == ["✅ Confirm", "Discard"]
    assert forum.rooms()[0].state is RoomState.DRAFT
    assert not any(has_link(message) for message in forum.group.messages.values())


async def test_a_confirmed_request_is_announced_pinned_and_its_echo_says_so(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    answer = await forum.tap(forum.ada, echo, "Confirm")
    assert answer.text == "Announced."
    card = await forum.heard(has_link)
    await forum.until(lambda: card.id in forum.group.pinned)
    assert forum.card(forum.rooms()[0]).id == card.id
    assert echo.text == "✅ On the programme: Careers after 40, Thursday 26 November 2026, 18:30 Europe/Rome."
    assert not echo.keyboard


async def test_confirm_pressed_twice_announces_once(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    confirm = data_of(echo, "Confirm")
    await forum.press(forum.ada, echo, confirm)
    again = await forum.press(forum.bruno, echo, confirm)
    assert again.text == "It is on the programme already."
    await forum.schedule("Another | Friday 18:30")
    assert sum(has_link(message) for message in forum.group.messages.values()) == 2


async def test_a_discarded_request_leaves_nothing_behind(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    await forum.tap(forum.ada, echo, "Discard")
    assert echo.text.startswith("Discarded: Careers after 40, Thursday 26 November 2026")
    assert not echo.keyboard
    assert forum.rooms() == []


async def test_confirm_after_discard_says_that_the_draft_is_gone(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    confirm = data_of(echo, "Confirm")
    await forum.tap(forum.ada, echo, "Discard")
    answer = await forum.press(forum.ada, echo, confirm)
    assert (answer.text, answer.is_alert) == (
        "That is gone, or was never there. /rooms shows what is on.",
        True,
    )
    assert echo.text.startswith("Discarded")


async def test_discard_after_confirm_points_to_cancel(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    discard = data_of(echo, "Discard")
    await forum.tap(forum.ada, echo, "Confirm")
    answer = await forum.press(forum.ada, echo, discard)
    assert "already: /cancel takes it off" in answer.text
    assert forum.rooms()[0].state is RoomState.SCHEDULED


async def test_a_draft_confirmed_too_late_is_refused_and_loses_its_buttons(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    await forum.clock.advance(timedelta(days=3))
    answer = await forum.tap(forum.ada, echo, "Confirm")
    assert answer.text.startswith("Thursday 26 November 2026, 18:30 Europe/Rome has gone by.")
    assert not echo.keyboard


async def test_a_clash_is_an_alert_and_the_draft_can_be_confirmed_later(forum: Forum) -> None:
    first = await forum.ask(forum.ada, REQUEST)
    second = await forum.ask(forum.bruno, "/schedule Other | Thursday 19:00")
    await forum.tap(forum.ada, first, "Confirm")
    answer = await forum.tap(forum.bruno, second, "Confirm")
    assert "“Careers after 40” (Thu 26 Nov 2026, 18:30) has that hour" in answer.text
    assert labels(second) == ["✅ Confirm", "Discard"]


async def test_a_member_cannot_schedule_and_hears_why(forum: Forum) -> None:
    answer = await forum.ask(forum.chiara, REQUEST)
    assert answer.text == "Only admins of this group can schedule talks."
    assert forum.rooms() == []


async def test_a_member_cannot_press_the_buttons(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    for label in ("Confirm", "Discard"):
        answer = await forum.tap(forum.chiara, echo, label)
        assert (answer.text, answer.is_alert) == ("Only admins of this group can schedule talks.", True)
    assert forum.rooms()[0].state is RoomState.DRAFT
    assert len(labels(echo)) == 2


async def test_without_words_it_leads_to_the_dialogue_and_says_how_to_write_it(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/schedule")
    assert "/schedule Careers after 40 #careers | tomorrow 18:30 | 45m" in answer.text
    (leading,) = buttons(answer)
    assert leading["url"] == f"https://t.me/loggione_bot?start=plan-{forum.group.id}_0"


async def test_a_doubt_becomes_a_question_whose_buttons_carry_the_moments(forum: Forum) -> None:
    command = forum.say(forum.ada, "/schedule Careers | tomorrow at 6 | 2 hours")
    question = await forum.reply_to(command)
    assert question.text == "In the morning or in the evening?"
    assert labels(question) == ["Wed 25 Nov 2026, 06:00", "Wed 25 Nov 2026, 18:00"]
    await forum.tap(forum.ada, question, "18:00")
    assert "Wednesday 25 November 2026, 18:00 Europe/Rome, tomorrow" in question.text
    assert "2 hours" in question.text
    await forum.tap(forum.ada, question, "Confirm")
    plan = forum.rooms()[0].plan
    assert plan.starts_at == datetime(2026, 11, 25, 17, tzinfo=UTC)
    assert (plan.title, plan.duration, plan.host) == ("Careers", timedelta(hours=2), forum.ada)


async def test_a_doubt_chosen_by_another_admin_keeps_its_host(forum: Forum) -> None:
    question = await forum.ask(forum.ada, "/schedule Careers | tomorrow at 6")
    await forum.tap(forum.bruno, question, "18:00")
    assert forum.rooms()[0].plan.host_name == "Ada"


async def test_a_member_cannot_choose(forum: Forum) -> None:
    question = await forum.ask(forum.ada, "/schedule Careers | tomorrow at 6")
    answer = await forum.tap(forum.chiara, question, "18:00")
    assert answer.is_alert
    assert forum.rooms() == []


async def test_a_choice_whose_command_was_deleted_asks_for_it_again(forum: Forum) -> None:
    command = forum.say(forum.ada, "/schedule Careers | tomorrow at 6")
    question = await forum.reply_to(command)
    forum.world.messages.delete(forum.group, command)
    answer = await forum.tap(forum.ada, question, "18:00")
    assert "please send it again" in answer.text
    assert forum.rooms() == []


async def test_a_doubt_without_options_says_how_to_write_it(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/schedule Careers | tomorrow | 45m")
    assert answer.text == "At what time? Write the hour too, like “tomorrow 18:30”."
    assert not answer.keyboard


async def test_times_are_read_in_the_other_language_when_the_group_s_does_not_know_them(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Carriere | domani alle 18:30 | un'ora e mezza")
    assert "Wednesday 25 November 2026, 18:30" in echo.text
    assert "1 hour and 30 minutes" in echo.text


async def test_an_italian_group_is_answered_in_italian(italian_forum: Forum) -> None:
    forum = italian_forum
    echo = await forum.ask(forum.ada, "/schedule Carriere | giovedì alle 18:30 | 45m")
    assert echo.text.endswith(
        "giovedì 26 novembre 2026, 18:30 Europe/Rome, tra 2 giorni\n45 minuti\nconduce Ada\n\nLo annuncio?"
    )
    assert labels(echo) == ["✅ Conferma", "Scarta"]


async def test_a_time_that_has_gone_by_is_refused_with_its_date(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/schedule Careers | yesterday 18:30")
    assert answer.text.startswith("Monday 23 November 2026, 18:30 Europe/Rome has gone by.")


async def test_titles_are_shown_as_they_were_written_whatever_they_hold(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule <b>1 & 2</b> {title} \u202eevil | tomorrow 18:30")
    assert echo.text.startswith("<b>1 & 2</b> {title} evil\n")
    await forum.tap(forum.ada, echo, "Confirm")
    card = await forum.heard(has_link)
    assert card.text.startswith("<b>1 & 2</b> {title} evil\n")


async def test_words_of_a_command_that_was_late_mean_what_they_meant_when_written() -> None:
    forum = Forum()
    command = forum.say(forum.ada, "/schedule Careers | in 2 hours")
    await forum.clock.advance(timedelta(hours=1))
    async with forum.open():
        await forum.reply_to(command)
    assert forum.rooms()[0].plan.starts_at == NOON + timedelta(hours=2)


async def test_in_a_forum_s_topic_everything_stays_in_the_topic(forum: Forum) -> None:
    circle = forum.a_group("Reading circle", is_forum=True)
    thread = forum.world.messages.open_thread(
        circle, forum.ada, "Books", {"name": "Books", "icon_color": 7322096}
    ).id
    echo = await forum.ask(forum.ada, "/schedule Chapter one | tomorrow 18:30", circle, thread=thread)
    await forum.tap(forum.ada, echo, "Confirm")
    card = await forum.heard(has_link, circle)
    assert (echo.thread, card.thread) == (thread, thread)
    assert forum.rooms()[0].plan.thread == thread


async def test_in_private_it_says_where_talks_live(forum: Forum) -> None:
    answer = await forum.ask(forum.daniele, REQUEST, forum.private(forum.daniele))
    assert answer.text == "Gli incontri si tengono nei gruppi: scrivilo nel gruppo a cui è destinato."


async def test_a_choice_made_in_a_forum_s_topic_stays_there(forum: Forum) -> None:
    circle = forum.a_group("Reading circle", is_forum=True)
    topic = {"name": "Books", "icon_color": 7322096}
    thread = forum.world.messages.open_thread(circle, forum.ada, "Books", topic).id
    question = await forum.ask(forum.ada, "/schedule Chapter one | tomorrow at 6", circle, thread=thread)
    await forum.tap(forum.ada, question, "18:00")
    assert forum.rooms()[0].plan.thread == thread


async def test_a_member_hears_the_same_whatever_the_words(forum: Forum) -> None:
    for words in ("", " Careers | when pigs fly", " Careers | tomorrow"):
        answer = await forum.ask(forum.chiara, f"/schedule{words}")
        assert answer.text.startswith("Only admins")


async def test_a_member_cannot_take_the_buttons_from_an_expired_draft(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, REQUEST)
    async with forum.store.writing() as records:
        records.rooms.rows.clear()
    for label in ("Confirm", "Discard"):
        assert (await forum.tap(forum.chiara, echo, label)).text.startswith("Only admins")
    assert len(labels(echo)) == 2
    assert "That is gone" in (await forum.tap(forum.ada, echo, "Confirm")).text
    assert not echo.keyboard


async def test_where_members_may_schedule_a_draft_is_decided_on_by_who_proposed_it(forum: Forum) -> None:
    await forum.ask(forum.ada, "/settings schedulers members")
    echo = await forum.ask(forum.daniele, REQUEST)
    for label in ("Confirm", "Discard"):
        answer = await forum.tap(forum.chiara, echo, label)
        assert (answer.text, answer.is_alert) == (
            "Only whoever proposed this talk and the admins of this group can confirm or discard it.",
            True,
        )
    assert len(labels(echo)) == 2
    await forum.tap(forum.daniele, echo, "Confirm")
    assert forum.rooms()[0].state is RoomState.SCHEDULED


async def test_the_host_is_not_asked_to_speak_at_their_own_talk(forum: Forum) -> None:
    forum.world.society.people[forum.ada].username = "Ada_Demo"
    question = await forum.ask(
        forum.ada, "/schedule Careers | tomorrow at 6 | @ada_demo @dora | with @Ada_Demo"
    )
    await forum.tap(forum.ada, question, "18:00")
    assert "hosted by Ada\nSpeaking: @dora\n\nShall I" in question.text
    await forum.tap(forum.ada, question, "Confirm")
    rows = forum.store.records.appointments.rows.values()
    assert [one.invited.username for one in rows] == ["dora"]


async def test_a_bot_is_left_out_and_the_rest_of_the_request_stands(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30 | @Loggione_Bot @dora | 20 seats")
    assert echo.text.endswith(
        "Speaking: @dora\n20 seats in the call\n\n"
        "⚠️ Bots take no part in talks: I leave out @Loggione_Bot.\nShall I announce it?"
    )
    await forum.tap(forum.ada, echo, "Confirm")
    rows = forum.store.records.appointments.rows.values()
    assert [one.invited.username for one in rows] == ["dora"]


async def test_words_that_look_like_markup_are_quoted_as_they_are(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/schedule Careers #<b>&amp;{x} | tomorrow 18:30")
    assert "“#<b>&amp;{x}” cannot be a topic" in answer.text


async def test_one_line_says_everything(forum: Forum) -> None:
    echo = await forum.ask(
        forum.ada,
        "/schedule Careers after 40 #careers | 20 seats | @bruno @dora | with @emil | members only | "
        "Thursday 18:30 | not recorded | in Italian | How to begin once more, with questions. | 45m",
    )
    assert echo.text == (
        "Careers after 40\n#careers\nThursday 26 November 2026, 18:30 Europe/Rome, in 2 days\n45 minutes\n"
        "hosted by Ada\nwith @emil\nSpeaking: @bruno and @dora\n20 seats in the call\n"
        "For members of the group\nNot recorded\nin Italian\n\nHow to begin once more, with questions.\n\n"
        "Shall I announce it?"
    )
    await forum.tap(forum.ada, echo, "Confirm")
    plan = forum.rooms()[0].plan
    assert (plan.seats, plan.admission, plan.is_recorded) == (20, Admission.MEMBERS, False)
    cast = [(one.role, one.invited.name) for one in forum.store.records.appointments.rows.values()]
    assert cast == [(Role.SPEAKER, "@bruno"), (Role.SPEAKER, "@dora"), (Role.COHOST, "@emil")]


async def test_one_line_in_italian_says_everything(italian_forum: Forum) -> None:
    forum = italian_forum
    await forum.ask(
        forum.ada,
        "/schedule Carriere #lavoro | giovedì alle 18:30 | 20 posti | con @dora | su invito | "
        "senza registrazione | in inglese | un'ora e mezza",
    )
    plan = forum.rooms()[0].plan
    assert (plan.title, plan.topic, plan.seats, plan.language) == ("Carriere", "lavoro", 20, "en")
    assert (plan.admission, plan.is_recorded) == (Admission.INVITED, False)
    assert plan.duration == timedelta(minutes=90)


async def test_a_choice_of_the_time_keeps_every_other_field(forum: Forum) -> None:
    asked = await forum.ask(forum.ada, "/schedule Careers | tomorrow at 6 | 20 seats | @bruno | in Italian")
    await forum.tap(forum.ada, asked, "18:00")
    assert "Speaking: @bruno\n20 seats in the call\nin Italian" in asked.text


async def test_a_series_is_said_in_words_with_its_next_three_dates(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | every Thursday 18:30 | 45m")
    assert (
        "🔁 every Thursday at 18:30 Europe/Rome\nThe next dates: Thu 26 Nov 2026, 18:30; "
        "Thu 3 Dec 2026, 18:30; Thu 10 Dec 2026, 18:30\n45 minutes"
    ) in echo.text
    await forum.tap(forum.ada, echo, "Confirm")
    assert len(forum.rooms()) >= 4
    assert {room.state for room in forum.rooms()} == {RoomState.SCHEDULED}


async def test_a_series_of_two_has_two_dates(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2 18:30")
    assert "every Thursday at 18:30, 2 times" in echo.text
    assert "The next dates: Thu 26 Nov 2026, 18:30; Thu 3 Dec 2026, 18:30\n" in echo.text


async def test_a_doubt_about_a_series_is_asked_by_its_rhythms(forum: Forum) -> None:
    asked = await forum.ask(forum.ada, "/schedule Careers | every Thursday at 6")
    assert labels(asked) == ["every Thursday at 06:00", "every Thursday at 18:00"]
    await forum.tap(forum.ada, asked, "18:00")
    await forum.tap(forum.ada, asked, "Confirm")
    assert len(forum.rooms()) >= 4


async def test_a_long_title_is_shown_as_the_call_will_show_it(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, f"/schedule {'Word ' * 20}| tomorrow 18:30")
    assert "(in the call: “Word Word" in echo.text
    assert "…”)" in echo.text
    refused = await forum.ask(forum.ada, f"/schedule {'W' * 201} | tomorrow 18:30")
    assert "201 characters" in refused.text


async def test_the_group_s_customs_hold_where_nothing_is_said(forum: Forum) -> None:
    await customs(forum, admission=Admission.MEMBERS, records_talks=False)
    await forum.ask(forum.ada, "/schedule One | tomorrow 18:30")
    await forum.ask(forum.ada, "/schedule Two | tomorrow 18:30 | open | recorded")
    one, two = [room.plan for room in forum.rooms()]
    assert (one.admission, one.is_recorded) == (Admission.MEMBERS, False)
    assert (two.admission, two.is_recorded) == (Admission.OPEN, True)


async def test_a_topic_that_is_not_allowed_is_chosen_from_the_list(forum: Forum) -> None:
    await customs(forum, topics=TopicPolicy(("career", "jobs"), is_closed=True))
    asked = await forum.ask(forum.ada, "/schedule Careers #sport | tomorrow 18:30 | 20 seats")
    assert asked.text.startswith("#sport is not among this group's topics.")
    assert labels(asked) == ["#career", "#jobs"]
    assert (await forum.tap(forum.chiara, asked, "#jobs")).text.startswith("Only admins")
    await forum.tap(forum.ada, asked, "#jobs")
    assert asked.text.startswith("Careers\n#jobs\n")
    assert forum.rooms()[0].plan.seats == 20


async def test_first_the_time_and_then_the_topic_are_chosen(forum: Forum) -> None:
    await customs(forum, topics=TopicPolicy(("career", "jobs"), is_closed=True))
    asked = await forum.ask(forum.ada, "/schedule Careers | tomorrow at 6")
    await forum.tap(forum.ada, asked, "18:00")
    assert labels(asked) == ["#career", "#jobs"]
    await forum.tap(forum.ada, asked, "#career")
    plan = forum.rooms()[0].plan
    assert (plan.topic, plan.starts_at) == ("career", datetime(2026, 11, 25, 17, tzinfo=UTC))


async def test_a_topic_that_was_taken_off_the_list_cannot_be_chosen(forum: Forum) -> None:
    await customs(forum, topics=TopicPolicy(("career", "jobs"), is_closed=True))
    asked = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    await customs(forum, topics=TopicPolicy(("jobs",), is_closed=True))
    assert "send it again" in (await forum.tap(forum.ada, asked, "#career")).text
    assert forum.rooms() == []


async def test_forty_topics_fit_under_the_question(forum: Forum) -> None:
    tags = tuple(f"{number}_{'ä' * 29}" for number in range(40))
    await customs(forum, topics=TopicPolicy(tags, is_closed=True))
    asked = await forum.ask(forum.ada, "/schedule Careers | tomorrow at 6")
    await forum.tap(forum.ada, asked, "18:00")
    assert len(labels(asked)) == 40
    await forum.tap(forum.ada, asked, "#39_")
    assert forum.rooms()[0].plan.topic == tags[39]


async def test_the_author_of_the_answered_message_is_to_speak_too(forum: Forum) -> None:
    said = forum.say(forum.chiara, "I could tell you about contracts")
    echo = await forum.ask(forum.ada, f"{REQUEST} | @dora", reply_to=said.id)
    assert "hosted by Ada\nSpeaking: @dora and Chiara\n" in echo.text
    await forum.tap(forum.ada, echo, "Confirm")
    cast = [(one.role, one.invited) for one in forum.store.records.appointments.rows.values()]
    assert cast[1] == (Role.SPEAKER, Invited("Chiara", PersonId(forum.chiara)))


async def test_a_choice_of_the_time_and_the_topic_keeps_whom_the_command_answers(forum: Forum) -> None:
    await customs(forum, topics=TopicPolicy(("career", "jobs"), is_closed=True))
    said = forum.say(forum.chiara, "I could tell you about contracts")
    asked = await forum.ask(forum.ada, "/schedule Careers | tomorrow at 6", reply_to=said.id)
    await forum.tap(forum.ada, asked, "18:00")
    await forum.tap(forum.ada, asked, "#career")
    assert "Speaking: Chiara\n" in asked.text


async def test_a_choice_after_which_nobody_knows_whom_the_command_answered_asks_for_it_again(
    forum: Forum,
) -> None:
    said = forum.say(forum.chiara, "I could tell you about contracts")
    asked = await forum.ask(forum.ada, "/schedule Careers | tomorrow at 6", reply_to=said.id)
    del forum.group.members[forum.chiara], forum.world.society.people[forum.chiara]
    answer = await forum.tap(forum.ada, asked, "18:00")
    assert "please send it again" in answer.text


async def test_who_is_named_already_or_hosts_or_is_no_person_is_not_added_by_an_answer(forum: Forum) -> None:
    forum.world.society.people[forum.bruno].username = "Bruno_B"
    brunos = forum.say(forum.bruno, "I could")
    for named in ("@bruno_b", "with @Bruno_B"):
        echo = await forum.ask(forum.ada, f"{REQUEST} | {named}", reply_to=brunos.id)
        assert "Bruno\n" not in echo.text
    own = forum.say(forum.ada, "I could")
    anonymous = forum.say(forum.bruno, "We could", sender_chat=forum.group.id)
    for answered in (own, echo, anonymous):
        echo = await forum.ask(forum.ada, REQUEST, reply_to=answered.id)
        assert "hosted by Ada\n\nShall" in echo.text


async def customs(forum: Forum, **chosen: Any) -> None:
    """The group's admins chose this."""
    await forum.ask(forum.ada, "/help")
    async with forum.store.writing() as records:
        group = await records.groups.find(ChatId(forum.group.id))
        assert group is not None
        await records.groups.save(replace(group, **chosen))
