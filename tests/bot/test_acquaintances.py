"""Groups that the bot has met."""

from dataclasses import replace

from telegram import Chat, User

from bot.acquaintances import Acquaintances
from bot.connection import make_bot
from bot.settings import BotSettings
from rooms.ids import ChatId, PersonId
from rooms.notices import NoticeKind
from rooms.people import Person
from rooms.planning import Planning
from rooms.room import RoomState
from tests.bot.flaky import Flaky, refusal
from tests.bot.forum import PUBLIC_URL, ROME, SOUNDS, TOKEN, settings_for
from tests.fakes.clock import FakeClock
from tests.fakes.groups import CAREERS
from tests.fakes.store import MemoryStore
from tests.fakes.talks import ADA, CHAT, TIMING, a_plan

NEW = ChatId(-1009999999999)


class House:
    def __init__(self) -> None:
        self.store = MemoryStore()
        clock = FakeClock()
        self.planning = Planning(self.store, clock, TIMING)
        settings = BotSettings(TOKEN, "", "", PUBLIC_URL, ROME, "it", SOUNDS)
        self.acquaintances = Acquaintances(settings, self.planning, self.store, clock)


async def test_a_new_group_begins_with_the_house_s_zone_and_language_and_a_key_of_its_own() -> None:
    house = House()
    one = await house.acquaintances.meet(Chat(-1, "supergroup", title="One"))
    two = await house.acquaintances.meet(Chat(-2, "group", title="Two"))
    assert one is not None
    assert two is not None
    assert (one.zone, one.language, one.title) == (ROME, "it", "One")
    assert len(one.programme_key) >= 22
    assert one.programme_key != two.programme_key


async def test_a_group_that_was_met_keeps_what_it_chose_under_its_new_title() -> None:
    house = House()
    await house.planning.know(CAREERS)
    group = await house.acquaintances.meet(Chat(CHAT, "supergroup", title="Careers, renamed"))
    assert group is not None
    assert (group.title, group.language) == ("Careers, renamed", "en")
    assert group.programme_key == CAREERS.programme_key


async def test_meeting_again_changes_nothing_on_record() -> None:
    house = House()
    await house.planning.know(CAREERS)
    rings = house.store.committed.rings
    await house.acquaintances.meet(Chat(CHAT, "supergroup", title=CAREERS.title))
    assert house.store.committed.rings == rings


async def test_private_chats_and_channels_are_no_groups() -> None:
    house = House()
    for kind in ("private", "channel"):
        assert await house.acquaintances.meet(Chat(5, kind)) is None
    assert house.store.records.groups.rows == {}


async def test_talks_follow_their_group_and_are_announced_there_anew() -> None:
    house = House()
    await house.planning.know(CAREERS)
    room = await house.planning.confirm((await house.planning.propose(a_plan(), ADA)).id, ADA)
    draft = await house.planning.propose(a_plan("Draft", room.plan.ends_at), ADA)
    for _ in range(2):
        await house.acquaintances.follow(CHAT, NEW)
    rows = house.store.records
    assert [rows.rooms.rows[one.id].plan.chat for one in (room, draft)] == [NEW, NEW]
    assert rows.rooms.rows[draft.id].state is RoomState.DRAFT
    cards = [row.what for row in rows.outbox.rows if row.line == NEW]
    told = [(card.room, card.kind) for card in cards]  # type: ignore[union-attr]
    assert told == [(room.id, NoticeKind.CARD), (room.id, NoticeKind.REFRESH)]
    assert rows.groups.rows[NEW].language == CAREERS.language
    assert rows.groups.rows[NEW].programme_key == CAREERS.programme_key, "calendars go on"
    assert CHAT not in rows.groups.rows


async def test_a_person_who_wrote_in_private_is_known_by_the_language_they_chose() -> None:
    house = House()
    dora = User(7, "Dora", is_bot=False, username="DORA", language_code="it-CH")
    await house.acquaintances.meet_person(dora)
    assert await house.acquaintances.person(PersonId(7)) == Person(PersonId(7), "Dora", "dora", "it")
    async with house.store.writing() as records:
        await records.people.save(Person(PersonId(7), "Dora", "dora", "en"))
    rings = house.store.committed.rings
    await house.acquaintances.meet_person(dora)
    assert house.store.committed.rings == rings
    await house.acquaintances.lose(PersonId(7))
    assert await house.acquaintances.person(PersonId(7)) is None


async def test_a_group_that_the_bot_left_and_came_back_to_hears_of_its_talks_again() -> None:
    house = House()
    await house.planning.know(CAREERS)
    await house.planning.confirm((await house.planning.propose(a_plan(), ADA)).id, ADA)
    async with house.store.writing() as records:
        for row in records.outbox.rows:
            await records.outbox.forget(row.id)
    await house.acquaintances.leave(CAREERS)
    assert house.store.records.groups.rows[CHAT].is_present is False
    assert house.store.records.outbox.rows == []
    group = await house.acquaintances.meet(Chat(CHAT, "supergroup", title=CAREERS.title))
    assert group is not None
    assert group.is_present
    assert house.store.records.outbox.rows[0].what.kind is NoticeKind.CARD  # type: ignore[union-attr]


async def test_a_supergroup_is_followed_from_the_group_that_it_was() -> None:
    house = House()
    old, other = ChatId(-5), ChatId(-6)
    for chat in (old, other):
        await house.planning.know(replace(CAREERS, chat=chat, programme_key=f"of {chat}", is_present=False))
    moved = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=NEW)
    async with Flaky().served() as telegram, make_bot(settings_for(telegram.address)) as bot:
        telegram.next("getChat", refusal(400, "Bad Request: chat not found"), moved)
        await house.acquaintances.follow_to(bot, Chat(NEW, "supergroup", title=CAREERS.title))
        assert len(telegram.fields("getChat")) == 2
        groups = house.store.records.groups.rows
        assert set(groups) == {other, NEW}
        assert (groups[NEW].programme_key, groups[NEW].is_present) == (f"of {old}", True)
        telegram.next("getChat", refusal(403, "Forbidden: bot was kicked from the group chat"))
        await house.acquaintances.follow_to(bot, Chat(-1007, "supergroup", title=CAREERS.title))
        assert set(house.store.records.groups.rows) == {other, NEW}


async def test_a_namesake_that_became_another_supergroup_is_not_followed_here() -> None:
    house = House()
    await house.planning.know(replace(CAREERS, chat=ChatId(-5)))
    moved = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=NEW)
    async with Flaky().served() as telegram, make_bot(settings_for(telegram.address)) as bot:
        telegram.next("getChat", moved)
        await house.acquaintances.follow_to(bot, Chat(-1007, "supergroup", title=CAREERS.title))
    assert set(house.store.records.groups.rows) == {ChatId(-5)}
