"""Admins keep people out of their talks, with all that follows, and see who did what."""

from dataclasses import replace
from datetime import timedelta

import pytest

from rooms.appointments import Answer, Invited
from rooms.attending import Attending
from rooms.errors.people import ReasonTooLong
from rooms.errors.rights import BanEndsInPast, Banned, NobodyToBan, NotAllowed
from rooms.group import Schedulers
from rooms.moderating import Moderating
from rooms.moderation import REASON_LENGTH, Ban, DeedKind
from rooms.notices import NoticeKind
from rooms.recurrence import read_rule
from rooms.roles import Asker, Role
from rooms.room import RoomState
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, BRUNO, CHAT, CHIARA, HOUR, OTHER_CHAT, a_plan
from tests.rooms.conftest import House
from tests.rooms.hall import DARIO, ELENA, Hall

REFRESHED = (NoticeKind.REFRESH, "")
A_BAN = Ban(CHAT, DARIO.person, DARIO.name, "noise", None)
DARIOS = replace(a_plan(), host=DARIO.person, host_name=DARIO.name)


@pytest.fixture
def hall() -> Hall:
    return Hall()


@pytest.fixture
def moderating(hall: Hall) -> Moderating:
    return Moderating(hall.store, hall.clock)


async def test_a_ban_holds_and_is_logged(hall: Hall, moderating: Moderating) -> None:
    assert await moderating.ban(ADA, A_BAN, is_admin=False) == A_BAN
    assert await moderating.bans(CHAT, ADA) == [A_BAN]
    (deed,) = await moderating.log(CHAT, BRUNO)
    assert (deed.kind, deed.actor, deed.actor_name) == (DeedKind.BANNED, ADA.person, ADA.name)
    assert (deed.subject, deed.person, deed.detail) == (DARIO.name, DARIO.person, "noise")
    assert deed.at == hall.clock.now()


async def test_who_is_banned_can_attend_nothing(hall: Hall, moderating: Moderating) -> None:
    room = await hall.talk()
    until = hall.clock.now() + HOUR
    await moderating.ban(ADA, replace(A_BAN, until=until), is_admin=False)
    attending = Attending(hall.store, hall.clock)
    with pytest.raises(Banned) as refused:
        await attending.come(room.id, DARIO)
    assert (refused.value.until, refused.value.reason) == (until, "noise")
    await hall.clock.advance(HOUR)
    await attending.come(room.id, DARIO)
    assert await moderating.bans(CHAT, ADA) == []


async def test_a_second_ban_takes_the_place_of_the_first(moderating: Moderating) -> None:
    longer = replace(A_BAN, reason="more noise", until=NOON + 2 * HOUR)
    await moderating.ban(ADA, A_BAN, is_admin=False)
    await moderating.ban(ADA, longer, is_admin=False)
    assert await moderating.bans(CHAT, ADA) == [longer]


@pytest.mark.parametrize("asker", [CHIARA, DARIO], ids=lambda asker: asker.name)
async def test_only_admins_ban_pardon_and_read(hall: Hall, moderating: Moderating, asker: Asker) -> None:
    room = await hall.talk(DARIOS)
    await hall.appoint(room, Role.COHOST, CHIARA, Answer.ACCEPTED)
    for wish in (
        moderating.ban(asker, replace(A_BAN, person=ELENA.person), is_admin=False),
        moderating.pardon(CHAT, asker, DARIO.person),
        moderating.bans(CHAT, asker),
        moderating.log(CHAT, asker),
    ):
        with pytest.raises(NotAllowed):
            await wish


async def test_neither_admins_nor_oneself_are_banned(hall: Hall, moderating: Moderating) -> None:
    with pytest.raises(NobodyToBan):
        await moderating.ban(ADA, replace(A_BAN, person=BRUNO.person), is_admin=True)
    with pytest.raises(NobodyToBan):
        await moderating.ban(ADA, replace(A_BAN, person=ADA.person), is_admin=False)
    assert hall.log() == []


async def test_a_ban_ends_in_the_future_and_its_reason_is_no_novel(
    hall: Hall, moderating: Moderating
) -> None:
    now = hall.clock.now()
    for until in (now, now - HOUR):
        with pytest.raises(BanEndsInPast):
            await moderating.ban(ADA, replace(A_BAN, until=until), is_admin=False)
    with pytest.raises(ReasonTooLong):
        await moderating.ban(ADA, replace(A_BAN, reason="x" * (REASON_LENGTH + 1)), is_admin=False)
    assert await moderating.bans(CHAT, ADA) == []


async def test_seats_reminders_and_roles_are_lost_and_cards_show_it(
    hall: Hall, moderating: Moderating
) -> None:
    room, untouched = await hall.talk(replace(a_plan(), seats=1)), await hall.talk()
    minded = await hall.talk()
    await hall.appoint(minded, Role.COHOST, DARIO, Answer.ACCEPTED)
    await hall.meet(DARIO, ELENA)
    attending = Attending(hall.store, hall.clock)
    await attending.remind(room.id, DARIO)
    await attending.come(room.id, DARIO)
    await attending.come(room.id, ELENA)
    for role, answer in ((Role.COHOST, Answer.DECLINED), (Role.SPEAKER, Answer.WAITING)):
        await hall.appoint(room, role, DARIO, answer)
    await hall.appoint(room, Role.SPEAKER, ELENA, Answer.WAITING)
    await moderating.ban(ADA, A_BAN, is_admin=False)
    assert hall.guest(room, DARIO) is None
    assert hall.appointments(room) == [(Role.SPEAKER, "Elena", Answer.WAITING)]
    assert hall.appointments(minded) == []
    assert hall.told(ELENA) == [(NoticeKind.SEATED, "")]
    assert hall.heard() == [REFRESHED, REFRESHED]
    assert hall.room(untouched) == untouched


async def test_who_was_invited_by_user_name_is_invited_no_more(hall: Hall, moderating: Moderating) -> None:
    room = await hall.talk()
    await hall.meet(DARIO)
    async with hall.store.writing() as records:
        for username in ("dario_b", "another"):
            named = Invited(f"@{username}", username=username)
            await records.appointments.add(room.id, Role.SPEAKER, named, Answer.WAITING)
    await moderating.ban(ADA, A_BAN, is_admin=False)
    assert hall.appointments(room) == [(Role.SPEAKER, "@another", Answer.WAITING)]


@pytest.mark.parametrize("state", [RoomState.SCHEDULED, RoomState.OPENING, RoomState.LIVE])
async def test_their_talks_go_to_the_admin_who_bans_them(
    hall: Hall, moderating: Moderating, state: RoomState
) -> None:
    room = await hall.talk(DARIOS, state)
    await moderating.ban(ADA, A_BAN, is_admin=False)
    plan = hall.room(room).plan
    assert (plan.host, plan.host_name) == (ADA.person, ADA.name)
    assert hall.appointments(room) == [], "who is banned is no co-host either"
    assert hall.heard() == [REFRESHED]
    assert [deed.kind for deed in hall.log()] == [DeedKind.BANNED, DeedKind.HANDED_OVER]


async def test_with_their_draft_goes_the_series_that_it_was_to_begin(house: House) -> None:
    await house.know(replace(CAREERS, schedulers=Schedulers.MEMBERS))
    first = DARIOS.starts_at.astimezone(CAREERS.zone).replace(tzinfo=None)
    daily = read_rule("FREQ=DAILY", first, CAREERS.zone)
    await house.planning.propose(DARIOS, DARIO, recurrence=daily)
    await Moderating(house.store, house.clock).ban(ADA, A_BAN, is_admin=False)
    await house.pass_time(timedelta(days=2))
    tables = house.store.records.tables
    assert (tables.rooms, tables.series, house.told()) == ({}, {}, [])


async def test_their_series_go_on_in_the_admins_hands(hall: Hall, moderating: Moderating) -> None:
    async with hall.store.writing() as records:
        series = await records.series.add(
            DARIOS, read_rule("FREQ=WEEKLY", DARIOS.starts_at.replace(tzinfo=None), CAREERS.zone)
        )
    await moderating.ban(ADA, A_BAN, is_admin=False)
    assert hall.store.records.series.rows[series.id].plan.host == ADA.person


async def test_their_drafts_are_forgotten_and_what_is_over_stays(hall: Hall, moderating: Moderating) -> None:
    draft, over = await hall.talk(DARIOS, RoomState.DRAFT), await hall.talk(DARIOS, RoomState.ENDED)
    await moderating.ban(ADA, A_BAN, is_admin=False)
    assert draft.id not in hall.store.records.rooms.rows
    assert hall.room(over) == over


async def test_other_groups_have_bans_of_their_own(hall: Hall, moderating: Moderating) -> None:
    elsewhere = await hall.talk(replace(DARIOS, chat=OTHER_CHAT))
    await moderating.ban(ADA, A_BAN, is_admin=False)
    assert hall.room(elsewhere) == elsewhere
    assert await moderating.bans(OTHER_CHAT, ADA) == []
    assert await moderating.log(OTHER_CHAT, ADA) == []


async def test_a_pardon_lifts_the_ban_and_is_logged_once(hall: Hall, moderating: Moderating) -> None:
    await moderating.ban(ADA, A_BAN, is_admin=False)
    await hall.clock.advance(timedelta(minutes=1))
    assert await moderating.pardon(CHAT, BRUNO, DARIO.person) == A_BAN
    assert await moderating.pardon(CHAT, BRUNO, DARIO.person) is None
    assert await moderating.bans(CHAT, ADA) == []
    newest, _oldest = await moderating.log(CHAT, ADA)
    assert (newest.kind, newest.actor, newest.person) == (DeedKind.PARDONED, BRUNO.person, DARIO.person)
    assert (newest.subject, newest.detail) == (DARIO.name, "")
    room = await hall.talk()
    await Attending(hall.store, hall.clock).come(room.id, DARIO)
