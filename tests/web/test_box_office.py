"""Tickets over HTTP: taken at the desk, shown for a place, and nothing in common between the two."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from rooms.errors.tickets import TelegramSilent
from rooms.plan import Admission
from rooms.room import RoomState
from rooms.stage import OnStage, Stage
from tests.deadline import DEADLINE
from tests.fakes.talks import BRUNO, CHIARA
from tests.rooms.hall import DARIO, STRANGER
from tests.web.counter import Visitor, decoded, encoded, members_only
from tests.web.house import KEY, House, an_ear, asked, open_house, opus, settled
from web.box_office import LONGEST_BODY
from web.headers import ALWAYS
from web.ticker import CALM, instant

BLINDED = (7).to_bytes(256, "big")


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await members_only(house)
        yield house


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def dario(house: House, session: aiohttp.ClientSession) -> Visitor:
    return Visitor(house, session)


async def test_a_ticket_opens_the_stream_that_the_link_does_not(
    house: House, session: aiohttp.ClientSession, dario: Visitor
) -> None:
    async with session.get(f"{house.page}/stream.ogg") as answer:
        assert answer.status == 403
    place = await dario.sit(await dario.take())
    for kind in ("ogg", "webm"):
        async with an_ear(session, f"{place}/stream.{kind}") as ear:
            await house.murmuring.heard()
            await house.play(opus(440, 0.3))
            assert await ear.listen(600)


async def test_what_the_desk_sees_and_what_the_door_sees_have_nothing_in_common(
    house: House, dario: Visitor
) -> None:
    """Of the issuing all that was said, given and kept; of the showing all that was said."""
    ticket = await dario.take()
    issuing = b"\0".join((*map(plain, dario.said), *map(plain, dario.heard), *kept(house)))
    dario.said.clear()
    await dario.sit(ticket)
    (showing,) = dario.said
    assert showing == ticket.encode()
    shown = decoded(ticket)
    assert pieces(shown) & pieces(issuing) == set()


def pieces(content: bytes, length: int = 5) -> set[bytes]:
    """All that stands in it, in pieces so long that chance alone makes none alike."""
    return {content[at : at + length] for at in range(len(content) - length + 1)}


def plain(said: bytes) -> bytes:
    """With what was encoded in it decoded."""
    parts = json.loads(said)
    return b"\0".join(value.encode() if key == "proof" else decoded(value) for key, value in parts.items())


def kept(house: House) -> list[bytes]:
    """What is on record about tickets, and in the desk's memory, but for the public key, which all have."""
    tables = house.store.records.tables
    holders = [repr(row).encode() for row in tables.ticket_holders.values()]
    digests = [digest for room in house.desk._answered.values() for digest in room.values()]
    return [*holders, *digests, *(key.private for key in tables.ticket_keys.values())]


async def test_all_that_is_kept_of_a_ticket_is_who_has_one(house: House, dario: Visitor) -> None:
    await dario.sit(await dario.take())
    tables = house.store.records.tables
    (holder,) = tables.ticket_holders.values()
    assert (holder.room, holder.person) == (house.room.id, DARIO.person)


async def test_nobody_gets_two(dario: Visitor) -> None:
    await dario.take()
    status, sentence = await dario.ask(BLINDED)
    assert status == 409
    assert "You took your ticket for this talk already" in sentence


async def test_who_lost_the_answer_asks_again(dario: Visitor) -> None:
    assert await dario.ask(BLINDED) == await dario.ask(BLINDED)


@pytest.mark.parametrize(
    ("proof", "sentence"),
    [
        (STRANGER.name, "Only who is in the group"),
        ("nobody", "Telegram does not say who asks here"),
        ("", "Telegram does not say who asks here"),
    ],
)
async def test_for_others_there_is_none(dario: Visitor, proof: str, sentence: str) -> None:
    status, said = await dario.ask(BLINDED, proof=proof)
    assert status == 403
    assert sentence in said


async def test_the_banned_and_the_uninvited_are_told_so(house: House, dario: Visitor) -> None:
    await house.change(admission=Admission.INVITED)
    assert "Only who was invited" in (await dario.ask(BLINDED))[1]
    await house.change(admission=Admission.MEMBERS)
    await house.ban(DARIO)
    assert "have excluded you" in (await dario.ask(BLINDED))[1]


async def test_a_silent_telegram_is_no_fault_of_theirs(house: House, dario: Visitor) -> None:
    async def silence(*_asked: object) -> None:
        raise TelegramSilent

    house.vouching.vouch = silence  # type: ignore[assignment, method-assign]
    status, said = await dario.ask(BLINDED)
    assert status == 503
    assert "Try again in a minute" in said


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 8000, b'{"proof": "Dario"}',
        b'{"proof": 1, "blinded": ""}', b'{"proof": "Dario", "blinded": "AAAA", "more": 1}',
    ],
)  # fmt: skip
async def test_what_is_no_request_is_refused_with_a_sentence(dario: Visitor, body: bytes) -> None:
    status, said = await dario.post(f"/l/{KEY}/ticket", body)
    assert status == 403
    assert "Telegram does not say" in said


@pytest.mark.parametrize(
    "blinded", [b"", b"short", bytes(256), (1).to_bytes(256, "big"), b"\xff" * 256, bytes(257)]
)
async def test_what_cannot_be_signed_is_refused_with_a_sentence(dario: Visitor, blinded: bytes) -> None:
    status, said = await dario.ask(blinded)
    assert status == 400
    assert "cannot become a ticket" in said
    assert await dario.take()


@pytest.mark.parametrize("text", ["é", "A", "!!!!", "AAA\\n"])
async def test_a_value_that_is_no_base64_is_refused(dario: Visitor, text: str) -> None:
    status, said = await dario.post(f"/l/{KEY}/ticket", f'{{"proof": "Dario", "blinded": "{text}"}}')
    assert status == 400
    assert "cannot become a ticket" in said


@pytest.mark.parametrize("address", ["ticket", "seats"])
async def test_a_body_that_is_too_long_is_not_read(house: House, dario: Visitor, address: str) -> None:
    status, _ = await dario.post(f"/l/{KEY}/{address}", b"x" * (LONGEST_BODY + 1))
    assert status == 413
    head = f"POST /l/{KEY}/{address} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n"
    answer = await asked(house, head.encode() + b"x" * (LONGEST_BODY + 1))
    assert answer.startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("text", ["", "x", "A" * 384, "A" * 5000, "\0", "é" * 300])
async def test_what_is_no_ticket_opens_nothing(dario: Visitor, text: str) -> None:
    status, said = await dario.show(text)
    assert status == 403
    assert "no ticket for this talk" in said


async def test_a_ticket_for_another_room_or_a_forged_one_opens_nothing(house: House, dario: Visitor) -> None:
    await house.plan("an-other-room", RoomState.LIVE)
    ticket = await dario.take("an-other-room")
    assert (await dario.show(ticket))[0] == 403
    assert (await dario.show(ticket, "an-other-room"))[0] == 200
    own = bytearray(decoded(await dario.take()))
    for at in (0, 31, 40, 287):
        forged = own.copy()
        forged[at] ^= 0x10
        assert (await dario.show(encoded(bytes(forged))))[0] == 403


async def test_a_ticket_that_is_shown_again_takes_the_place_over(
    house: House, session: aiohttp.ClientSession, dario: Visitor
) -> None:
    ticket = await dario.take()
    first = await dario.sit(ticket)
    async with an_ear(session, f"{first}/stream.ogg") as ear:
        await house.murmuring.heard()
        second = await dario.sit(ticket)
        with pytest.raises(aiohttp.ClientError):
            await ear.listen_to_the_end()
    async with session.get(f"{first}/stream.ogg") as answer:
        assert answer.status == 409
        assert "in use on another device" in await answer.text()
    async with an_ear(session, f"{second}/stream.ogg"):
        pass


async def test_a_stream_that_begins_again_in_the_same_place_takes_over(
    house: House, session: aiohttp.ClientSession, dario: Visitor
) -> None:
    """A phone that changed networks comes back before the server knows that it was gone."""
    place = await dario.sit(await dario.take())
    async with an_ear(session, f"{place}/stream.ogg") as first:
        await house.murmuring.heard()
        async with an_ear(session, f"{place}/stream.webm") as second:
            with pytest.raises(aiohttp.ClientError):
                await first.listen_to_the_end()
            await house.play(opus(440, 0.3))
            assert await second.listen(600)


async def _answer_to(session: aiohttp.ClientSession, url: str) -> tuple[int, str]:
    async with session.get(url) as answer:
        return answer.status, await answer.text()


async def test_a_place_that_is_lost_while_a_page_waits_for_events_costs_no_room_for_others(
    house: House, session: aiohttp.ClientSession, dario: Visitor
) -> None:
    place = await dario.sit(await dario.take())
    free = house.server._channels._pages._free
    await instant(CALM)
    async with asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(_answer_to(session, f"{place}/events"))
        await asyncio.sleep(0.02)
        (number,) = house.server._seats._seats[house.room.id]
        house.server._seats.show(house.room, number)
    status, said = asking.result()
    assert (status, "in use on another device" in said) == (409, True)
    assert house.server._channels._pages._free == free


async def test_two_tickets_are_heard_at_once(
    house: House, session: aiohttp.ClientSession, dario: Visitor
) -> None:
    elena = Visitor(house, session, "Elena")
    places = [await one.sit(await one.take()) for one in (dario, elena)]
    async with (
        an_ear(session, f"{places[0]}/stream.ogg") as one,
        an_ear(session, f"{places[1]}/stream.ogg") as other,
    ):
        await house.murmuring.heard()
        await house.play(opus(440, 0.3))
        assert await one.listen(300)
        assert await other.listen(300)


async def test_a_place_that_nobody_gave_asks_for_a_ticket(
    house: House, session: aiohttp.ClientSession
) -> None:
    for address in (f"{house.page}/seats/guessed/stream.ogg", f"{house.page}/seats/guessed/events"):
        async with session.get(address) as answer:
            assert answer.status == 401
            assert "Show your ticket again" in await answer.text()


async def test_a_place_of_one_room_is_none_in_another(
    house: House, session: aiohttp.ClientSession, dario: Visitor
) -> None:
    await house.plan("an-other-room", RoomState.LIVE)
    place = await dario.sit(await dario.take())
    async with session.get(place.replace(KEY, "an-other-room") + "/stream.ogg") as answer:
        assert answer.status == 401


async def test_from_a_place_the_stage_is_seen_and_by_the_link_it_is_not(
    house: House, session: aiohttp.ClientSession, dario: Visitor
) -> None:
    house.stages.set(house.room.id, Stage((OnStage(BRUNO.person, "Bruno"),)))
    place = await dario.sit(await dario.take())
    async with (
        an_ear(session, f"{house.page}/events") as outside,
        an_ear(session, f"{place}/events") as inside,
    ):
        assert b"Bruno" in await inside.listen(1)
        house.stages.set(house.room.id, Stage((OnStage(CHIARA.person, "Chiara"),)))
        async with asyncio.timeout(DEADLINE):
            while b"Chiara" not in inside.heard:
                await inside.listen(len(inside.heard) + 1)
        await house.become(RoomState.ENDED)
        await inside.listen_to_the_end()
        hidden = await outside.listen_to_the_end()
    assert b'"state":"ended"' in hidden
    assert b"Bruno" not in hidden
    assert b"Chiara" not in hidden


async def test_places_are_forgotten_with_their_room(
    house: House, session: aiohttp.ClientSession, dario: Visitor
) -> None:
    place = await dario.sit(await dario.take())
    async with an_ear(session, f"{place}/stream.ogg") as ear:
        await house.murmuring.heard()
        await house.become(RoomState.ENDED)
        await ear.listen_to_the_end()
    await settled()
    assert house.server._seats._seats == {}
    async with session.get(f"{place}/stream.ogg") as answer:
        assert answer.status == 410
    ticket_page, seats = await dario.ask(BLINDED), await dario.show("A" * 384)
    assert (ticket_page[0], seats[0]) == (410, 410)


async def test_a_place_that_was_taken_early_waits_for_the_talk(
    house: House, session: aiohttp.ClientSession, dario: Visitor
) -> None:
    await house.become(RoomState.SCHEDULED)
    place = await dario.sit(await dario.take())
    async with session.get(f"{place}/stream.ogg") as answer:
        assert answer.status == 503
    await house.become(RoomState.LIVE)
    async with an_ear(session, f"{place}/stream.ogg"):
        pass


async def test_an_open_room_needs_no_ticket(house: House, session: aiohttp.ClientSession) -> None:
    await house.change(admission=Admission.OPEN)
    visitor = Visitor(house, session)
    for status, said in (await visitor.ask(BLINDED), await visitor.show("A" * 384)):
        assert status == 409
        assert "its link suffices" in said
    async with session.get(f"{house.page}/ticket") as answer:
        assert answer.status == 409


async def test_links_that_never_were_have_no_desk(dario: Visitor) -> None:
    assert (await dario.ask(BLINDED, "never-was"))[0] == 404
    assert (await dario.show("A" * 384, "never-was"))[0] == 404


async def test_a_hatch_takes_posts_and_nothing_else(house: House, session: aiohttp.ClientSession) -> None:
    for method, path, allowed in (
        ("GET", "seats", "POST"), ("PUT", "seats", "POST"), ("DELETE", "ticket", "GET, HEAD, POST"),
        ("POST", "events", "GET, HEAD"),
    ):  # fmt: skip
        async with session.request(method, f"{house.page}/{path}") as answer:
            assert (answer.status, answer.headers["Allow"]) == (405, allowed)


async def test_only_telegram_s_own_client_may_frame_the_desk(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{house.page}/ticket") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "frame-ancestors https://web.telegram.org" in policy
        assert "X-Frame-Options" not in answer.headers
        for name in ALWAYS.keys() - {"Content-Security-Policy", "X-Frame-Options"}:
            assert answer.headers[name] == ALWAYS[name]
        assert policy.replace("https://web.telegram.org", "'none'") == ALWAYS["Content-Security-Policy"]


async def test_the_page_gives_the_key_that_all_get(house: House, session: aiohttp.ClientSession) -> None:
    pages = set()
    for _ in range(3):
        async with session.get(f"{house.page}/ticket") as answer:
            pages.add(await answer.text())
    assert len(pages) == 1
    (key,) = house.store.records.tables.ticket_keys.values()
    (page,) = pages
    assert base64.b64encode(key.public).decode() in page
    assert base64.b64encode(key.private).decode()[40:80] not in page
