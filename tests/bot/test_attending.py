"""What people do at a card: they come, want to be reminded, answer an invitation."""

import asyncio
from dataclasses import replace

import pytest

from bot.attending import room_of_link
from bot.callbacks import pack
from bot.card_keys import AnswerInvitation, Come, RemindMe
from bot.seals import Seal
from rooms.appointments import Answer, Invited
from rooms.attending import REFRESHED_ONCE_IN
from rooms.errors.talks import NoSuchRoom
from rooms.ids import PersonId
from rooms.plan import Admission
from rooms.roles import Asker, Role
from rooms.room import Room, RoomState
from sandbox.world.changes import Change, MessageEdited
from sandbox.world.entities import Chat, Membership, Message, Person
from tests.bot.forum import TOKEN, Forum, buttons, labels

SEAL = Seal(TOKEN)


def guests_of(forum: Forum, room: Room) -> dict[int, tuple[bool, bool]]:
    """Who comes, and who wants to be reminded."""
    return {
        guest.person: (guest.coming_since is not None, guest.wants_reminder)
        for guest in forum.store.records.guests.rows.values()
        if guest.room == room.id
    }


def ada(forum: Forum) -> Asker:
    return Asker(PersonId(forum.ada), "Ada", is_admin=True)


async def changed(forum: Forum, room: Room, **plan: object) -> None:
    """The talk is another one on record."""
    async with forum.store.writing() as records:
        await records.rooms.save(replace(room, plan=replace(room.plan, **plan)))  # type: ignore[arg-type]


async def invite(forum: Forum, room: Room, invited: Invited, role: Role = Role.SPEAKER) -> None:
    await forum.cases.appointing.invite(room.id, ada(forum), role, invited)


async def test_coming_is_said_and_taken_back_by_the_same_button(forum: Forum) -> None:
    room = await forum.schedule()
    card = forum.card(room)
    assert (await forum.tap(forum.chiara, card, "I'm coming")).text == "You are on the list. See you there!"
    await forum.until(lambda: "✋ I'm coming (1)" in labels(card))
    assert "✋ 1 is coming" in card.text
    assert (await forum.tap(forum.chiara, card, "I'm coming")).text == "You are off the list."
    await forum.clock.advance(REFRESHED_ONCE_IN)
    await forum.until(lambda: "✋ I'm coming" in labels(card))


async def test_thirty_who_press_at_once_are_counted_with_few_edits(forum: Forum) -> None:
    room = await forum.schedule()
    card = forum.card(room)
    data = next(one["callback_data"] for one in buttons(card) if "coming" in one["text"])
    people = [forum.world.society.add(Person(20_000 + number, f"P{number}")).id for number in range(30)]
    forum.group.members |= {person: Membership(person) for person in people}
    edits: list[Message] = []

    def count(change: Change) -> None:
        if isinstance(change, MessageEdited) and change.message.id == card.id:
            edits.append(change.message)

    forum.world.society.watch(count)
    await asyncio.gather(*(forum.press(person, card, data) for person in people))
    await forum.clock.advance(REFRESHED_ONCE_IN)
    await forum.until(lambda: "✋ I'm coming (30)" in labels(card))
    assert sum(coming for coming, _ in guests_of(forum, room).values()) == 30
    assert len(edits) == 2


async def test_where_seats_are_taken_one_waits_and_is_told_when_one_is_free(forum: Forum) -> None:
    room = await forum.schedule()
    await changed(forum, room, seats=1)
    card = forum.card(room)
    await forum.ask(forum.daniele, "/start", forum.private(forum.daniele))
    assert "See you there" in (await forum.tap(forum.chiara, card, "I'm coming")).text
    waits = await forum.tap(forum.daniele, card, "I'm coming")
    assert waits.is_alert
    assert waits.text.startswith("All seats are taken: you are on the waiting list")
    untold = await forum.tap(forum.bruno, card, "I'm coming")
    assert untold.is_alert
    assert untold.text.endswith("If you start me in private, I tell you when one gets free.")
    await forum.tap(forum.bruno, card, "I'm coming")
    await forum.clock.advance(REFRESHED_ONCE_IN)
    await forum.until(lambda: "✋ 1 is coming, 1 waits for a seat" in card.text)
    assert "✋ I'm coming (1)" in labels(card)
    await forum.tap(forum.chiara, card, "I'm coming")
    told = await forum.heard("💺 Ora c'è un posto per te: Careers after 40", forum.private(forum.daniele))
    assert "/l/" in buttons(told)[0]["url"]


async def test_who_never_wrote_to_the_bot_is_led_to_it_and_reminded(forum: Forum) -> None:
    room = await forum.schedule()
    card = forum.card(room)
    led = await forum.tap(forum.chiara, card, "Remind me")
    assert led.url == f"https://t.me/loggione_bot?start=remind-{room.id}"
    assert guests_of(forum, room) == {}
    private = forum.private(forum.chiara)
    for _ in range(2):
        answer = await forum.ask(forum.chiara, f"/start remind-{room.id}", private)
        assert answer.text == "🔔 I will remind you of Careers after 40."
        assert guests_of(forum, room) == {forum.chiara: (False, True)}
    assert (await forum.tap(forum.chiara, card, "Remind me")).text == "No reminder, then."
    assert (await forum.tap(forum.chiara, card, "Remind me")).text == "I will remind you in private."


async def test_a_link_to_a_talk_that_is_over_says_so(forum: Forum) -> None:
    room = await forum.schedule()
    async with forum.store.writing() as records:
        await records.rooms.save(replace(room, state=RoomState.CANCELLED))
    private = forum.private(forum.chiara)
    answer = await forum.ask(forum.chiara, f"/start remind-{room.id}", private)
    assert answer.text == "This talk was cancelled. Plan it again with /schedule."
    pressed = await forum.press(forum.chiara, forum.card(room), sealed(forum, Come(room.id)))
    assert pressed.text.startswith("This talk was cancelled")


async def test_strangers_neither_come_nor_are_reminded(forum: Forum) -> None:
    room = await forum.schedule()
    stranger = forum.world.society.add(Person(99_999, "Stranger")).id
    for button in (Come(room.id), RemindMe(room.id)):
        answer = await forum.press(stranger, forum.card(room), sealed(forum, button))
        assert answer.text == "That is for members of the group: join it first."
    assert guests_of(forum, room) == {}


async def test_a_talk_by_invitation_is_for_the_invited(forum: Forum) -> None:
    room = await forum.schedule()
    await changed(forum, room, admission=Admission.INVITED)
    card = forum.card(room)
    for label in ("I'm coming", "Remind me"):
        assert (await forum.tap(forum.chiara, card, label)).text == (
            "This talk is for those who were invited: ask its host."
        )
    await invite(forum, room, Invited("Chiara", PersonId(forum.chiara)), Role.LISTENER)
    assert "See you there" in (await forum.tap(forum.chiara, card, "I'm coming")).text


@pytest.mark.parametrize("accepts", [True, False])
async def test_who_is_meant_answers_in_private_and_the_host_is_told(forum: Forum, accepts: bool) -> None:
    for person in (forum.ada, forum.chiara):
        await forum.ask(person, "/start", forum.private(person))
    room = await forum.schedule()
    await invite(forum, room, Invited("Chiara", PersonId(forum.chiara)))
    asked = await forum.heard("asks you to speak in Careers after 40", forum.private(forum.chiara))
    label = "Accept invitation" if accepts else "Decline"
    data = next(one["callback_data"] for one in buttons(asked) if label in one["text"])
    for _ in range(2):
        answer = await forum.press(forum.chiara, asked, data)
        said = "✅ You are in: Careers after 40." if accepts else "You declined: Careers after 40."
        assert answer.text == said
    await forum.until(lambda: asked.text == said and not buttons(asked))
    verb = "accepts" if accepts else "declines"
    await forum.heard(f"Chiara {verb}: Careers after 40.", forum.private(forum.ada))


async def test_an_invitation_at_the_card_is_answered_by_who_is_meant_alone(forum: Forum) -> None:
    forum.world.society.people[forum.chiara].username = "Chiara_X"
    room = await forum.schedule()
    card = forum.card(room)
    await invite(forum, room, Invited("@Chiara_X", username="chiara_x"))
    await forum.until(lambda: "✅ Accept invitation" in labels(card))
    for person in (forum.daniele, forum.bruno, forum.ada):
        answer = await forum.tap(person, card, "Accept invitation")
        assert answer.text == "This invitation is not for you, or it was withdrawn."
    assert (
        await forum.tap(forum.chiara, card, "Accept invitation")
    ).text == "✅ You are in: Careers after 40."
    [appointment] = forum.store.records.appointments.rows.values()
    assert (appointment.answer, appointment.invited.person) == (Answer.ACCEPTED, forum.chiara)
    await forum.until(lambda: "Speaking: Chiara" in card.text and "✅ Accept invitation" not in labels(card))


async def test_a_copied_button_answers_for_nobody_else(forum: Forum) -> None:
    room = await forum.schedule()
    await invite(forum, room, Invited("Chiara", PersonId(forum.chiara)))
    elsewhere = forum.a_group("Elsewhere")
    other = await forum.ask(forum.chiara, "/rooms", elsewhere)
    data = sealed(forum, AnswerInvitation(room.id, accepts=True), elsewhere)
    assert "does nothing any more" in (await forum.press(forum.chiara, other, data)).text


async def test_italians_are_answered_in_the_group_s_language(forum: Forum) -> None:
    room = await forum.schedule()
    await forum.ask(forum.ada, "/settings language italiano")
    answer = await forum.press(forum.chiara, forum.card(room), sealed(forum, Come(room.id)))
    assert answer.text == "Sei nella lista. Ci vediamo!"


def sealed(forum: Forum, button: object, chat: Chat | None = None) -> str:
    return SEAL.close(pack(button), (chat or forum.group).id)


async def test_a_link_to_a_draft_leads_nowhere(forum: Forum) -> None:
    """Nobody hears its title before it is announced."""
    await forum.ask(forum.ada, "/schedule Careers after 40 | tomorrow 18:30")
    (draft,) = forum.rooms()
    for payload in ("remind", "ask", "report"):
        answer = await forum.ask(forum.ada, f"/start {payload}-{draft.id}", forum.private(forum.ada))
        assert answer.text.startswith("That is gone, or was never there.")
    with pytest.raises(NoSuchRoom):
        await room_of_link(forum.planning, str(draft.id))
