"""The way to a ticket: from the card into the private chat, and from there to the page."""

from dataclasses import replace

import pytest

from bot.callbacks import pack
from bot.seals import Seal
from bot.ticket_keys import TakeTicket, ticket_key
from rooms.ids import PersonId
from rooms.moderation import Ban
from rooms.plan import Admission
from rooms.room import Room, RoomState
from sandbox.world.entities import Membership, Person, Status
from tests.bot.forum import PUBLIC_URL, TOKEN, Forum, buttons, labels
from tests.bot.parlour import Parlour
from tests.bot.speeches import ENGLISH
from tests.fakes.talks import a_plan, a_room

MEMBERS_ONLY = "Careers after 40 | tomorrow 18:30 | 45m | members"
LEADS = "https://t.me/loggione_bot?start=ticket-{}"


@pytest.fixture
async def room(forum: Forum) -> Room:
    return await forum.schedule(MEMBERS_ONLY)


async def test_the_card_of_a_talk_that_is_not_open_leads_to_a_ticket(forum: Forum, room: Room) -> None:
    card = forum.card(room)
    assert "🎟 Take a ticket" in labels(card)
    assert not any("Listen anonymously" in label for label in labels(card))
    assert (await forum.tap(forum.chiara, card, "Take a ticket")).url == LEADS.format(room.id)


async def test_in_private_the_desk_is_opened(forum: Forum, room: Room) -> None:
    offer = await Parlour(forum, forum.chiara).start(f"ticket-{room.id}")
    assert "Careers after 40" in offer.text
    (button,) = buttons(offer)
    assert button["web_app"] == {"url": f"{PUBLIC_URL}/l/{room.listen_key}/ticket"}


async def test_an_open_talk_needs_none(forum: Forum) -> None:
    room = await forum.schedule()
    assert not any("ticket" in label for label in labels(forum.card(room)))
    answer = await Parlour(forum, forum.chiara).start(f"ticket-{room.id}")
    assert answer.text.startswith("This talk is open")


async def test_who_is_not_in_the_group_is_told_so(forum: Forum, room: Room) -> None:
    stranger = forum.world.society.add(Person(99_999, "Stranger")).id
    answer = await Parlour(forum, stranger).start(f"ticket-{room.id}")
    assert answer.text.startswith("That is for members")
    forum.group.members[forum.chiara] = Membership(forum.chiara, Status.LEFT)
    assert (await forum.tap(forum.chiara, forum.card(room), "Take a ticket")).text.startswith(
        "That is for members"
    )


async def test_who_is_banned_is_told_so(forum: Forum, room: Room) -> None:
    async with forum.store.writing() as records:
        await records.bans.save(Ban(room.plan.chat, PersonId(forum.chiara), "Chiara", "noise", None))
    answer = await Parlour(forum, forum.chiara).start(f"ticket-{room.id}")
    assert answer.text.startswith("You are banned")
    assert not buttons(answer)


async def test_who_was_not_invited_is_told_so(forum: Forum) -> None:
    room = await forum.schedule("Careers after 40 | tomorrow 18:30 | 45m | by invitation")
    answer = await forum.tap(forum.chiara, forum.card(room), "Take a ticket")
    assert answer.url == ""
    assert "invited" in answer.text


@pytest.mark.parametrize("rest", ["", "x", "999999", "-1", "1e3", "9" * 40])
async def test_a_link_that_was_never_written_leads_nowhere(forum: Forum, rest: str) -> None:
    answer = await Parlour(forum, forum.chiara).start(f"ticket-{rest}")
    assert not buttons(answer)


async def test_a_talk_that_is_over_has_no_tickets(forum: Forum, room: Room) -> None:
    async with forum.store.writing() as records:
        await records.rooms.save(replace(room, state=RoomState.CANCELLED))
    sealed = Seal(TOKEN).close(pack(TakeTicket(room.id)), forum.group.id)
    assert "cancelled" in (await forum.press(forum.chiara, forum.card(room), sealed)).text


@pytest.mark.parametrize(
    ("state", "admission", "is_there"),
    [
        (RoomState.SCHEDULED, Admission.MEMBERS, True),
        (RoomState.LIVE, Admission.INVITED, True),
        (RoomState.LIVE, Admission.OPEN, False),
        (RoomState.ENDED, Admission.MEMBERS, False),
        (RoomState.CANCELLED, Admission.INVITED, False),
    ],
)
def test_the_button_is_there_while_it_leads_somewhere(
    state: RoomState, admission: Admission, is_there: bool
) -> None:
    room = a_room(state, replace(a_plan(), admission=admission))
    assert (ticket_key(room, ENGLISH.words) is not None) is is_there


async def test_members_of_a_group_that_carries_the_talk_are_led_to_one_from_there(forum: Forum) -> None:
    other = forum.a_group("Gardeners")
    other.username = "gardeners"
    vera = forum.world.society.add(Person(88_888, "Vera")).id
    for person in (forum.ada, vera):
        other.members[person] = Membership(person)
    async with forum.at_work():
        await forum.ask(forum.bruno, "/rooms", other)
        room = await forum.schedule(MEMBERS_ONLY)
        await forum.ask(forum.ada, "/bridge @gardeners")
        asked = await forum.heard("asks to carry", other)
        answer = await Parlour(forum, vera).start(f"ticket-{room.id}")
        assert answer.text.startswith("That is for members")
        await forum.tap(forum.bruno, asked, "Carry it")
        card = await forum.heard("carried from", other)
        assert "🎟 Take a ticket" in labels(card)
        assert (await forum.tap(vera, card, "Take a ticket")).url == LEADS.format(room.id)
        (button,) = buttons(await Parlour(forum, vera).start(f"ticket-{room.id}"))
        assert button["web_app"]
