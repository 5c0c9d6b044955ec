"""Any admin closes the gallery with one tap or one word; card, board and chat say so."""

import pytest

from rooms.plan import Admission
from sandbox.world.entities import Message
from tests.bot.forum import Forum, buttons, labels
from tests.bot.stage import LiveForum, live

CLOSE, OPEN = "🚪 Close the gallery", "👂 Open the gallery"


def links(message: Message) -> list[str]:
    return [button["url"] for button in buttons(message) if "/l/" in button.get("url", "")]


async def card(talk: LiveForum, label: str) -> Message:
    """The card as soon as it has this button."""
    await talk.forum.until(lambda: label in labels(talk.forum.card(talk.room)))
    return talk.forum.card(talk.room)


async def test_an_admin_closes_it_from_the_card_and_everything_says_so(forum: Forum) -> None:
    async with live(forum) as talk:
        shown = await card(talk, CLOSE)
        old = links(shown)
        answer = await forum.tap(forum.bruno, shown, CLOSE)
        assert answer.text == "🚪 The gallery is closed, and its link is dead."
        await forum.heard("The gallery of Careers after 40 is closed: it is heard in the voice chat alone")
        shown = await card(talk, OPEN)
        assert "The gallery is closed: nobody listens outside." in shown.text
        assert links(shown) == []
        assert "· gallery closed" in (await talk.board("gallery closed")).text
        assert not talk.on_record.is_gallery_open
        await forum.tap(forum.ada, shown, OPEN)
        shown = await card(talk, CLOSE)
        assert len(links(shown)) == 1
        assert links(shown) != old


async def test_it_is_closed_from_the_board_too(forum: Forum) -> None:
    async with live(forum) as talk:
        await forum.tap(forum.ada, await talk.board("gallery open"), CLOSE)
        await talk.board("gallery closed")
        again = await forum.tap(forum.bruno, await talk.board("gallery closed"), OPEN)
        assert again.text == "👂 The gallery is open again, by a new link."
        await talk.board("gallery open")


async def test_members_close_nothing(forum: Forum) -> None:
    async with live(forum) as talk:
        answer = await forum.tap(forum.chiara, await card(talk, CLOSE), CLOSE)
        assert answer.text == "Only the talk's host, its co-hosts and the admins of this group can do that."
        assert talk.on_record.is_gallery_open


@pytest.mark.parametrize(
    ("close", "reopen"), [("close", "open"), ("CHIUDI", "riapri"), ("shut", "apri Careers")]
)
async def test_a_word_closes_it_and_another_one_opens_it(forum: Forum, close: str, reopen: str) -> None:
    room = await forum.schedule()
    answer = await forum.ask(forum.bruno, f"/gallery {close}")
    assert answer.text.startswith("🚪 The gallery of Careers after 40 is closed")
    assert labels(answer) == [OPEN]
    again = await forum.ask(forum.bruno, f"/gallery {close}")
    assert again.text == "The gallery is closed already."
    answer = await forum.ask(forum.bruno, f"/gallery {reopen}")
    assert answer.text.startswith("👂 The gallery of Careers after 40 is open: anyone with the link")
    assert forum.rooms()[0].listen_key != room.listen_key


async def test_asked_without_a_word_it_tells_and_shows_the_button(forum: Forum) -> None:
    assert (await forum.ask(forum.ada, "/gallery")).text.startswith("No talk is on here at the moment")
    await forum.schedule()
    answer = await forum.ask(forum.chiara, "/gallery")
    assert answer.text.startswith("👂 The gallery of Careers after 40 is open")
    assert labels(answer) == [CLOSE]
    assert (await forum.ask(forum.ada, "/gallery nonsense")).text.startswith("No talk here has")


async def test_a_card_of_a_talk_to_come_has_no_button_that_a_slip_could_press(forum: Forum) -> None:
    room = await forum.schedule()
    assert CLOSE not in labels(forum.card(room))
    await forum.ask(forum.ada, "/gallery close")
    await forum.until(lambda: OPEN in labels(forum.card(room)))
    assert not any("Calendar" in label for label in labels(forum.card(room)))


async def test_closed_it_stays_closed_in_another_life_of_the_bot(forum: Forum) -> None:
    async with live(forum) as talk:
        await forum.tap(forum.ada, await card(talk, CLOSE), CLOSE)
        await card(talk, OPEN)
        forum.put_to_sleep()
        async with forum.awake():
            answer = await forum.ask(forum.ada, "/gallery")
            assert answer.text.startswith("🚪 The gallery of Careers after 40 is closed")


async def test_where_tickets_are_needed_the_gallery_is_said_to_be_open_to_who_has_one(forum: Forum) -> None:
    await forum.ask(forum.ada, "/settings listeners members")
    room = await forum.schedule()
    assert room.plan.admission is Admission.MEMBERS
    answer = await forum.ask(forum.ada, "/gallery")
    assert "is open: who has a ticket may listen unseen" in answer.text
    await forum.ask(forum.ada, "/gallery close")
    await forum.until(lambda: OPEN in labels(forum.card(room)))
    assert not any("ticket" in label for label in labels(forum.card(room)))


async def test_the_log_tells_who_did_it(forum: Forum) -> None:
    await forum.schedule()
    await forum.ask(forum.bruno, "/gallery close")
    await forum.ask(forum.ada, "/gallery open")
    deeds = [(deed.kind.value, deed.actor_name) for deed in forum.store.records.log.rows]
    assert deeds[-2:] == [("gallery_closed", "Bruno"), ("gallery_opened", "Ada")]
