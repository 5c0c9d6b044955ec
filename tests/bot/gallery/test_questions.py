"""The gallery's questions reach who minds the talk, who decides by buttons what becomes of them."""

from dataclasses import replace

import pytest

from rooms.airwaves import MemoryAirwaves
from rooms.listening import Gallery
from rooms.questioning import PAUSE, Questioning
from rooms.questions import Question, QuestionState
from rooms.room import Room
from sandbox.world.entities import Message
from tests.bot.forum import Forum, labels
from tests.bot.parlour import Parlour
from tests.bot.stage import live
from tests.fakes.clock import settle

WHY = "Why <b>now</b> & here?"


async def ask(forum: Forum, room: Room, text: str = WHY) -> Question:
    """Somebody in the gallery asks."""
    gallery = Gallery(forum.store, MemoryAirwaves(), forum.stages)
    view = await gallery.view(forum.store.records.rooms.rows[room.id].listen_key)
    await Questioning(forum.store, forum.clock).ask(view, text)
    (asked,) = [one for one in questions(forum) if one.text == text]
    await forum.clock.advance(PAUSE)
    await settle()
    return asked


async def heard_in_private(forum: Forum, words: str) -> Message:
    return await forum.heard(words, forum.private(forum.ada))


def questions(forum: Forum) -> list[Question]:
    return list(forum.store.records.questions.rows.values())


def states(forum: Forum) -> list[QuestionState]:
    return [one.state for one in questions(forum)]


async def test_a_question_waits_with_the_host_and_is_shown_with_a_tap(forum: Forum) -> None:
    await forum.ask(forum.ada, "/start", forum.private(forum.ada))
    async with live(forum) as talk:
        await ask(forum, talk.room)
        asked = await heard_in_private(forum, "Somebody in the gallery asks about Careers after 40:")
        assert WHY in asked.text
        assert labels(asked) == ["✅ Show it", "🎙 Read on stage", "✖ Turn down"]
        await Parlour(forum, forum.ada).tap(asked, "✅ Show it")
        assert states(forum) == [QuestionState.SHOWN]
        told = await forum.heard("From the gallery, to Careers after 40:")
        assert told.text.endswith(WHY)
        await forum.until(
            lambda: labels(asked) == ["🎙 Read on stage", "🔊 Have it read aloud", "✖ Turn down"]
        )
        board = await talk.board("❓ " + WHY)
        assert "▲" not in board.text


async def test_a_question_that_is_turned_down_was_seen_by_nobody_else(forum: Forum) -> None:
    await forum.ask(forum.ada, "/start", forum.private(forum.ada))
    async with live(forum) as talk:
        await ask(forum, talk.room)
        asked = await heard_in_private(forum, "Somebody in the gallery asks")
        await Parlour(forum, forum.ada).tap(asked, "✖ Turn down")
        await forum.until(lambda: "was turned down, and is kept nowhere" in asked.text)
        assert questions(forum) == []
        assert WHY not in asked.text
        assert not any(WHY in message.text for message in forum.group.messages.values())


async def test_a_question_is_taken_to_the_stage_read_aloud_and_done_with(forum: Forum) -> None:
    await forum.ask(forum.ada, "/start", forum.private(forum.ada))
    async with live(forum) as talk:
        await ask(forum, talk.room)
        asked = await heard_in_private(forum, "Somebody in the gallery asks")
        parlour = Parlour(forum, forum.ada)
        await parlour.tap(asked, "🎙 Read on stage")
        await forum.until(lambda: asked.text.startswith("🎙 Careers after 40, on stage now:"))
        await talk.board("❓ " + WHY)
        await parlour.tap(asked, "🔊 Have it read aloud")
        assert forum.calls.said == [(WHY, "en")]
        await parlour.tap(asked, "✔ Answered")
        await forum.until(lambda: asked.text.startswith("✔ Careers after 40, answered:"))
        assert asked.keyboard is None
        await talk.shown(lambda board: WHY not in board.text)


async def test_who_is_slower_is_told_that_somebody_was_quicker(forum: Forum) -> None:
    await forum.ask(forum.ada, "/start", forum.private(forum.ada))
    async with live(forum) as talk:
        await ask(forum, talk.room)
        asked = await heard_in_private(forum, "Somebody in the gallery asks")
        answer = await forum.ask(forum.bruno, "/questions")
        assert answer.text == "The questions for Careers after 40 are read in private."
        listed = await Parlour(forum, forum.bruno).follow(answer)
        assert listed.text == f"Questions from the gallery for Careers after 40:\n\n1 🆕 {WHY}"
        assert labels(listed) == ["1 ✅", "1 🎙", "1 ✖", "🔄 Look again"]
        await Parlour(forum, forum.bruno).tap(listed, "1 ✖")
        await forum.until(lambda: listed.text == "No question from the gallery waits for Careers after 40.")
        said = await Parlour(forum, forum.ada).tap(asked, "✅ Show it")
        assert said == "That is done with already: somebody was quicker."


async def test_a_host_to_whom_the_bot_cannot_write_is_called_in_the_group_without_the_question(
    forum: Forum,
) -> None:
    async with live(forum) as talk:
        await ask(forum, talk.room)
        called = await forum.heard("A question for Careers after 40 from the gallery waits")
        assert WHY not in called.text
        led = await forum.tap(forum.ada, called, "❓ Read the questions")
        assert led.url == f"https://t.me/loggione_bot?start=questions-{talk.room.id}"
        listed = await Parlour(forum, forum.ada).start(f"questions-{talk.room.id}")
        assert WHY in listed.text


async def test_members_neither_read_nor_decide(forum: Forum) -> None:
    async with live(forum) as talk:
        await ask(forum, talk.room)
        called = await forum.heard("waits to be read")
        refusal = "Only the talk's host, its co-hosts and the admins of this group can do that."
        assert (await forum.tap(forum.chiara, called, "❓ Read the questions")).text == refusal
        assert (await forum.ask(forum.chiara, "/questions")).text == refusal
        listed = await Parlour(forum, forum.chiara).start(f"questions-{talk.room.id}")
        assert listed.text == refusal


async def test_many_are_listed_as_far_as_a_message_holds_them_and_the_most_wanted_first(forum: Forum) -> None:
    async with live(forum) as talk:
        for number in range(12):
            await ask(forum, talk.room, f"Number {number}? {'x' * 250}")
        async with forum.store.writing() as records:
            for one in questions(forum):
                await records.questions.save(replace(one, state=QuestionState.SHOWN))
            await records.questions.add_votes(talk.room.id, questions(forum)[5].id, 1)
        listed = await Parlour(forum, forum.ada).start(f"questions-{talk.room.id}")
        assert listed.text.splitlines()[2].startswith("1 ✅ Number 5?")
        assert listed.text.splitlines()[2].endswith("· 1 vote")
        assert "… and 4 more" in listed.text
        assert labels(listed)[:3] == ["1 🎙", "1 🔊", "1 ✖"]


@pytest.mark.parametrize("after", ["/close", "/forget"])
async def test_a_letter_that_comes_too_late_says_nothing(forum: Forum, after: str) -> None:
    await forum.ask(forum.ada, "/start", forum.private(forum.ada))
    async with live(forum) as talk:
        gallery = Gallery(forum.store, MemoryAirwaves(), forum.stages)
        view = await gallery.view(forum.store.records.rooms.rows[talk.room.id].listen_key)
        await Questioning(forum.store, forum.clock).ask(view, WHY)
        if after == "/close":
            await forum.ask(forum.ada, "/close")
            await talk.board("This talk is over.")
        else:
            async with forum.store.writing() as records:
                await records.questions.remove(talk.room.id, questions(forum)[0].id)
        await forum.clock.advance(PAUSE)
        await forum.until_stored(lambda records: not records.outbox.rows)
        private = forum.private(forum.ada).messages.values()
        assert not any(WHY in message.text for message in private)
