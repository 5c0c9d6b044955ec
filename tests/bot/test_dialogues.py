"""What the bot asked somebody in private, and what becomes of it."""

from datetime import timedelta

from rooms.dialogues import LIFE, Dialogue
from rooms.ids import PersonId
from rooms.room import Room
from sandbox.world.entities import Message
from tests.bot.forum import Forum, buttons, labels
from tests.fakes.store import MemoryRecords

STOPPED = "Left as it was: nothing has changed."


def dialogue_of(forum: Forum, person: int) -> Dialogue | None:
    return forum.store.records.dialogues.rows.get(PersonId(person))


async def begin(forum: Forum, room: Room, link: str = "ask") -> Message:
    """Chiara follows the link of a card, and is asked for words."""
    await forum.ask(forum.ada, "/start", forum.private(forum.ada))
    private = forum.private(forum.chiara)
    said = forum.say(forum.chiara, f"/start {link}-{room.id}", private)
    asked = await forum.heard("Write it here", private, after=said)
    await forum.until_stored(lambda records: _shown(records) == asked.id)
    return asked


def _shown(records: MemoryRecords) -> int | None:
    """The message of the only dialogue that there is."""
    return next((one.message for one in records.dialogues.rows.values()), None)


async def test_a_question_stands_with_its_button_and_is_on_record(forum: Forum) -> None:
    asked = await begin(forum, await forum.schedule())
    assert labels(asked) == ["✖ Cancel"]
    dialogue = dialogue_of(forum, forum.chiara)
    assert dialogue is not None
    assert (dialogue.kind, dialogue.message, dialogue.group) == ("ask", asked.id, forum.group.id)


async def test_cancel_ends_it_by_button_and_by_command(forum: Forum) -> None:
    room = await forum.schedule()
    asked = await begin(forum, room)
    cancel = buttons(asked)[0]["callback_data"]
    for _ in range(2):
        await forum.press(forum.chiara, asked, cancel)
        await forum.until(lambda: asked.text == STOPPED)
        assert dialogue_of(forum, forum.chiara) is None
    asked = await begin(forum, room)
    answer = await forum.ask(forum.chiara, "/cancel", forum.private(forum.chiara))
    assert answer.text == STOPPED
    assert not buttons(asked)
    assert dialogue_of(forum, forum.chiara) is None
    again = await forum.ask(forum.chiara, "/cancel", forum.private(forum.chiara))
    assert "went wrong" not in again.text


async def test_a_new_one_takes_the_place_and_the_buttons_of_the_old_one(forum: Forum) -> None:
    room = await forum.schedule()
    old = await begin(forum, room)
    cancel = buttons(old)[0]["callback_data"]
    await begin(forum, room, "report")
    await forum.until(lambda: not buttons(old))
    await forum.press(forum.chiara, old, cancel)
    dialogue = dialogue_of(forum, forum.chiara)
    assert dialogue is not None
    assert dialogue.kind == "report"


async def test_commands_go_on_beside_it(forum: Forum) -> None:
    await begin(forum, await forum.schedule())
    answer = await forum.ask(forum.chiara, "/help", forum.private(forum.chiara))
    assert answer.text.startswith("What I can do for you")
    assert dialogue_of(forum, forum.chiara) is not None


async def test_it_is_forgotten_when_nothing_was_said_for_a_day(forum: Forum) -> None:
    await begin(forum, await forum.schedule("Talk | Friday 18:30"))
    await forum.clock.advance(LIFE + timedelta(minutes=1))
    answer = await forum.ask(forum.chiara, "Where is it?", forum.private(forum.chiara))
    assert answer.text.startswith("I do not know that.")


async def test_a_restart_forgets_nothing() -> None:
    forum = Forum()
    async with forum.open():
        await begin(forum, await forum.schedule())
    async with forum.open():
        answer = await forum.ask(forum.chiara, "Where is it?", forum.private(forum.chiara))
        assert answer.text == "Passed on to the host, without your name."
