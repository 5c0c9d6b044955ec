"""That a talk is recorded is said with its start and to who comes late; who may speak is asked."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from rooms.consents import Consent
from rooms.ids import ChatId, PersonId, private_chat
from rooms.notices import NoticeKind
from rooms.outlets import Outlet
from rooms.people import Person
from rooms.plan import Admission
from rooms.room import RoomState
from tests.bot.desk import Desk, open_desk
from tests.fakes.clock import NOON
from tests.fakes.talks import CHAT

DORA, ENZO = PersonId(55), PersonId(56)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with open_desk() as desk:
        await desk.is_now(RoomState.LIVE)
        yield desk


async def replan(desk: Desk, **changes: object) -> None:
    async with desk.store.writing() as records:
        plan = replace(desk.room.plan, **changes)  # type: ignore[arg-type]
        await records.rooms.save(replace(desk.room, plan=plan))


def said(desk: Desk) -> str:
    return str(desk.telegram.fields("sendMessage")[-1]["text"])


async def test_the_news_of_the_start_say_that_it_is_recorded_and_heard_outside(desk: Desk) -> None:
    await desk.deliver(NoticeKind.STARTED)
    assert "is on." in said(desk)
    assert "⏺ It is recorded. Not with your voice? Write /consent." in said(desk)
    assert "it can be heard outside too, by people whom nobody sees." in said(desk)


async def test_who_came_late_hears_it_without_a_sound(desk: Desk) -> None:
    await desk.deliver(NoticeKind.RECORDED)
    assert "Welcome to <b>Careers after 40</b>." in said(desk)
    assert "⏺ It is recorded." in said(desk)
    assert desk.telegram.fields("sendMessage")[-1]["disable_notification"] == "true"
    await desk.is_now(RoomState.ENDED)
    await desk.deliver(NoticeKind.RECORDED)
    assert len(desk.telegram.fields("sendMessage")) == 1


async def test_what_is_neither_recorded_nor_heard_outside_is_said_to_be_so(desk: Desk) -> None:
    await replan(desk, is_recorded=False, admission=Admission.MEMBERS)
    await desk.deliver(NoticeKind.RECORDED)
    assert "The gallery is open: it can be heard outside too" in said(desk)
    async with desk.store.writing() as records:
        await records.rooms.save(desk.room.with_gallery_closed("new", NOON))
    await desk.deliver(NoticeKind.RECORDED)
    assert "It is not recorded." in said(desk)
    assert "It is heard in the voice chat alone." in said(desk)
    async with desk.store.writing() as records:
        await records.outlets.save(
            CHAT, Outlet("Radio", "icecast://source:secret@radio.example:8000/a.ogg"), DORA
        )
    await desk.deliver(NoticeKind.RECORDED)
    assert "It can be heard outside too" in said(desk)
    assert "secret" not in said(desk)


async def test_who_may_speak_is_asked_in_private_with_two_buttons(desk: Desk) -> None:
    async with desk.store.writing() as records:
        await records.people.save(Person(DORA, "Dora", None, "en"))
        await records.consents.save(Consent(CHAT, DORA, "Dora", agrees=None, at=NOON))
    await desk.carry(await desk.write(NoticeKind.ON_STAGE, chat=private_chat(DORA)))
    assert "you may speak now in <b>Careers after 40</b>" in said(desk).lower().replace("careers", "Careers")
    assert "May your voice be kept on a track of its own" in said(desk)
    keyboard = desk.telegram.fields("sendMessage")[-1]["reply_markup"]
    assert "Keep a track of me" in keyboard
    assert "Leave me out" in keyboard


async def test_who_answered_meanwhile_is_not_asked(desk: Desk) -> None:
    async with desk.store.writing() as records:
        await records.people.save(Person(DORA, "Dora", None, "en"))
        await records.consents.save(Consent(CHAT, DORA, "Dora", agrees=True, at=NOON))
    await desk.carry(await desk.write(NoticeKind.ON_STAGE, chat=private_chat(DORA)))
    assert desk.telegram.fields("sendMessage") == []
    assert desk.waiting == []


async def test_in_the_group_those_are_mentioned_who_can_be_asked_nowhere_else(desk: Desk) -> None:
    reachable, earlier = PersonId(57), PersonId(58)
    async with desk.store.writing() as records:
        await records.people.save(Person(reachable, "Fede", None, "en"))
        for person, name in ((DORA, "Dora <b>"), (ENZO, "Enzo"), (reachable, "Fede")):
            await records.consents.save(Consent(CHAT, person, name, agrees=None, at=NOON))
        early = NOON.replace(hour=11)
        await records.consents.save(Consent(CHAT, earlier, "Gaia", agrees=None, at=early))
    await desk.deliver(NoticeKind.ON_STAGE, NOON.isoformat())
    assert '<a href="tg://user?id=55">Dora &lt;b&gt;</a>, <a href="tg://user?id=56">Enzo</a>' in said(desk)
    assert "Fede" not in said(desk)
    assert "Gaia" not in said(desk)


async def test_once_all_of_them_answered_the_group_is_asked_nothing(desk: Desk) -> None:
    async with desk.store.writing() as records:
        await records.consents.save(Consent(CHAT, DORA, "Dora", agrees=False, at=NOON))
    await desk.deliver(NoticeKind.ON_STAGE, NOON.isoformat())
    assert desk.telegram.fields("sendMessage") == []


async def test_another_group_hears_of_the_talk_that_its_call_carries(desk: Desk) -> None:
    await desk.carry(await desk.write(NoticeKind.RECORDED, chat=ChatId(-100777)))
    assert desk.telegram.fields("sendMessage")[-1]["chat_id"] == "-100777"
