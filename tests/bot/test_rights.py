"""What is kept is shown to whom it is about, and erased when they wish."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.callbacks import pack
from bot.kept import Names
from bot.rights import Erase, Keep, about_group, about_person
from bot.seals import Seal
from rooms.ids import ChatId, PersonId
from rooms.recordings import Recording
from rooms.repositories.traces import Trace
from rooms.room import RoomState
from sandbox.world.entities import Membership
from tests.bot.forum import PUBLIC_URL, TOKEN, Forum, buttons, labels
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN

SEAL = Seal(TOKEN)
NAMES = Names([], ENGLISH.words)
ONLY_ADMINS = "Only admins of this group can do that."


async def test_privacy_in_private_shows_what_is_kept_about_that_person(forum: Forum) -> None:
    room = await forum.schedule()
    await forum.tap(forum.chiara, forum.card(room), "I'm coming")
    shown = await forum.ask(forum.chiara, "/privacy", forum.private(forum.chiara))
    assert shown.text.startswith("What is kept about you\n\n")
    assert "Who comes, and who wants to be reminded\nnumber of the talk: 1" in shown.text
    assert "Chiara" in shown.text
    assert "Ada" not in shown.text
    assert shown.text.endswith(f"{PUBLIC_URL}/privacy\n/forget erases what stands here.")


async def test_a_member_who_asks_in_the_group_is_led_into_private(forum: Forum) -> None:
    for command, begins in (("/privacy", "What is kept about you"), ("/forget", "Shall I forget you?")):
        answer = await forum.ask(forum.chiara, command)
        assert answer.text.startswith("For the group that is up to its admins.")
        payload = buttons(answer)[0]["url"].partition("?start=")[2]
        led = await forum.ask(forum.chiara, f"/start {payload}", forum.private(forum.chiara))
        assert led.text.startswith(begins)


async def test_an_admin_sees_how_much_is_kept_about_the_group(forum: Forum) -> None:
    await forum.schedule()
    shown = await forum.ask(forum.bruno, "/privacy")
    assert shown.text.startswith("What is kept about Careers Forum\n\n")
    assert "Talks: 1" in shown.text


async def test_who_asks_to_be_forgotten_is_once_they_confirm_it(forum: Forum) -> None:
    room = await forum.schedule()
    await forum.tap(forum.chiara, forum.card(room), "I'm coming")
    private = forum.private(forum.chiara)
    asked = await forum.ask(forum.chiara, "/forget", private)
    assert labels(asked) == ["Erase it all", "Keep it"]
    erase = buttons(asked)[0]["callback_data"]
    for _ in range(2):
        await forum.press(forum.chiara, asked, erase)
        await forum.until(lambda: asked.text == "Forgotten. Nothing about you is kept any more.")
    records = forum.store.records
    assert PersonId(forum.chiara) not in records.people.rows
    assert not list(records.guests.rows)
    assert await records.traces.of_person(PersonId(forum.chiara)) == []


async def test_who_thinks_better_of_it_is_kept(forum: Forum) -> None:
    private = forum.private(forum.chiara)
    asked = await forum.ask(forum.chiara, "/forget", private)
    await forum.tap(forum.chiara, asked, "Keep it")
    await forum.until(lambda: asked.text == "Left as it was: nothing has changed.")
    assert PersonId(forum.chiara) in forum.store.records.people.rows


async def test_an_admin_has_the_group_forgotten_with_its_files(forum: Forum, tmp_path: Path) -> None:
    room = await forum.schedule()
    await forum.conducting.start(room.id)
    folder = tmp_path / "1"
    folder.mkdir()
    for name in ("talk.ogg", "notes.json"):
        (folder / name).write_bytes(b"x")
    async with forum.store.writing() as records:
        await records.recordings.save(Recording(room.id, folder / "talk.ogg", timedelta(minutes=44)))
    asked = await forum.ask(forum.ada, "/forget")
    running = await forum.tap(forum.ada, asked, "Erase it all")
    assert running.text == "“Careers after 40” is on: end it with /close first."
    assert folder.exists()
    async with forum.store.writing() as records:
        await records.rooms.save(replace(forum.rooms()[0], state=RoomState.ENDED))
    await forum.tap(forum.ada, asked, "Erase it all")
    await forum.until(lambda: asked.text == "Forgotten. Nothing about this group is kept any more.")
    assert not folder.exists()
    assert tmp_path.exists()
    assert forum.store.records.rooms.rows == {}
    assert ChatId(forum.group.id) not in forum.store.records.groups.rows


async def test_files_that_cannot_be_deleted_are_told_to_the_operator(
    forum: Forum, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    room = await forum.schedule()
    no_folder = tmp_path / "1"
    no_folder.write_bytes(b"x")
    async with forum.store.writing() as records:
        await records.recordings.save(Recording(room.id, no_folder / "talk.ogg", timedelta(minutes=44)))
    asked = await forum.ask(forum.ada, "/forget")
    await forum.tap(forum.ada, asked, "Erase it all")
    await forum.until(lambda: asked.text == "Forgotten. Nothing about this group is kept any more.")
    assert f"{no_folder} is of a group that was erased, and cannot be deleted" in caplog.text


@pytest.mark.parametrize("button", [Erase(is_group=True), Keep()])
async def test_members_and_the_demoted_erase_and_keep_nothing(forum: Forum, button: object) -> None:
    asked = await forum.ask(forum.bruno, "/forget")
    forum.group.members[forum.bruno] = Membership(forum.bruno)
    data = SEAL.close(pack(button), forum.group.id)
    for person in (forum.chiara, forum.bruno):
        assert (await forum.press(person, asked, data)).text == ONLY_ADMINS
    assert asked.text.startswith("Shall I forget this group?")
    assert ChatId(forum.group.id) in forum.store.records.groups.rows


async def test_a_person_s_button_does_nothing_in_a_group_nor_a_group_s_in_private(forum: Forum) -> None:
    asked = await forum.ask(forum.ada, "/forget")
    data = SEAL.close(pack(Erase(is_group=False)), forum.group.id)
    assert "does nothing any more" in (await forum.press(forum.ada, asked, data)).text
    private = await forum.ask(forum.ada, "/forget", forum.private(forum.ada))
    data = SEAL.close(pack(Erase(is_group=True)), private.chat)
    assert "does nothing any more" in (await forum.press(forum.ada, private, data)).text
    assert PersonId(forum.ada) in forum.store.records.people.rows


async def test_an_anonymous_admin_confirms_who_they_are(forum: Forum) -> None:
    said = forum.say(forum.bruno, "/forget", sender_chat=forum.group.id)
    asked = await forum.reply_to(said)
    await forum.tap(forum.bruno, asked, "It is me")
    await forum.heard("Shall I forget this group?")


def test_much_that_is_kept_fits_a_message_and_the_rest_is_counted() -> None:
    traces = [Trace("guests", tuple((f"column_{n}", "<&>" * 60) for n in range(5))) for _ in range(100)]
    for speech in BOTH:
        text = about_person(traces, Names([], speech.words), PUBLIC_URL, speech.words)
        assert len(text.striptags()) + text.count("\n") < 4096
    for speech, rest in ((ENGLISH, "… and 9"), (ITALIAN, "… e altre 9")):
        assert rest in about_person(traces, Names([], speech.words), PUBLIC_URL, speech.words)


def test_who_is_unknown_is_told_so() -> None:
    assert "Nothing at all." in about_person([], NAMES, PUBLIC_URL, ENGLISH.words)
    assert "Nulla di nulla." in about_person([], NAMES, PUBLIC_URL, ITALIAN.words)


def test_a_group_s_title_is_escaped() -> None:
    assert "Che cosa è conservato di &lt;b&gt;" in about_group([("rooms", 3)], "<b>", NAMES, ITALIAN.words)
