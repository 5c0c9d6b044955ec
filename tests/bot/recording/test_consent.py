"""/consent: everybody answers for their own voice, and for nobody else's."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.callbacks import pack
from bot.erasing import unheard_in
from bot.recording.news import AnswerForVoice
from bot.seals import Seal
from rooms.ids import ChatId, PersonId
from rooms.jobs import JobKind
from rooms.recordings import Recording, Turn
from tests.bot.forum import TOKEN, Forum, labels
from tests.fakes.talks import HOUR, MINUTE


@pytest.fixture
async def forum() -> AsyncIterator[Forum]:
    forum = Forum()
    async with forum.open():
        yield forum


def answered(forum: Forum, person: int) -> bool | None:
    consent = forum.store.records.consents.rows.get((ChatId(forum.group.id), PersonId(person)))
    assert consent is not None
    return consent.agrees


async def test_in_a_group_everybody_answers_under_the_same_question_and_nobody_else_reads_what(
    forum: Forum,
) -> None:
    question = await forum.ask(forum.chiara, "/consent")
    assert "May your voice be kept on a track of its own" in question.text
    assert labels(question) == ["✅ Keep a track of me", "🚫 Leave me out", "What did I answer?"]
    told = await forum.tap(forum.chiara, question, "What did I answer?")
    assert told.text.startswith("You have not answered")
    told = await forum.tap(forum.chiara, question, "Leave me out")
    assert told.text.startswith("You are left out from now on.")
    await forum.tap(forum.bruno, question, "Keep a track of me")
    assert (answered(forum, forum.chiara), answered(forum, forum.bruno)) == (False, True)
    assert forum.group.messages[question.id].text == question.text, "the question tells nobody's answer"
    told = await forum.tap(forum.chiara, question, "What did I answer?")
    assert told.text == "You are left out of every recording."


async def test_in_private_one_sees_and_changes_what_holds_in_each_group(forum: Forum) -> None:
    await forum.tap(forum.chiara, await forum.ask(forum.chiara, "/consent"), "Keep a track of me")
    private = forum.private(forum.chiara)
    shown = await forum.ask(forum.chiara, "/consent", private)
    assert shown.text == (
        "🎙 Your voice in the talks of Careers Forum: There is a track with you alone beside each recording."
    )
    await forum.tap(forum.chiara, shown, "Leave me out")
    assert private.messages[shown.id].text.endswith("You are left out of every recording.")
    assert answered(forum, forum.chiara) is False
    assert labels(private.messages[shown.id])[0] == "✅ Keep a track of me"


async def test_who_was_never_asked_hears_where_to_answer(forum: Forum) -> None:
    shown = await forum.ask(forum.daniele, "/consent", forum.private(forum.daniele))
    assert "/consent" in shown.text
    assert labels(shown) == []


async def test_a_button_for_another_group_is_none_here(forum: Forum) -> None:
    question = await forum.ask(forum.chiara, "/consent")
    other = forum.a_group("Elsewhere")
    data = Seal(TOKEN).close(pack(AnswerForVoice(ChatId(other.id), agrees=True)), forum.group.id)
    await forum.press(forum.chiara, question, data)
    assert forum.store.records.consents.rows == {}


async def test_forgetting_oneself_leaves_one_s_voice_out(forum: Forum, tmp_path: Path) -> None:
    room, chiara = await forum.schedule(), PersonId(forum.chiara)
    async with forum.store.writing() as records:
        await records.recordings.save(Recording(room.id, tmp_path / "talk.ogg", HOUR, edition=1))
        await records.recordings.save_turns(room.id, [Turn(chiara, "Chiara", MINUTE, MINUTE)])
    await forum.tap(forum.chiara, await forum.ask(forum.chiara, "/consent"), "Keep a track of me")
    asked = await forum.ask(forum.chiara, "/forget", forum.private(forum.chiara))
    await forum.tap(forum.chiara, asked, "Erase it all")
    assert forum.store.records.consents.rows == {}
    assert unheard_in(tmp_path) == {chiara}
    jobs = [row.what[1] for row in forum.store.records.jobs.rows if row.room == room.id]  # type: ignore[index]
    assert JobKind.MASTER in jobs
