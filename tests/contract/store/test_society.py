"""What every Store must do with people, dialogues, bans and the log."""

from dataclasses import replace

from rooms.dialogues import Dialogue
from rooms.ids import MessageId, PersonId
from rooms.moderation import Ban, Deed, DeedKind
from rooms.people import Person
from rooms.records import Store
from tests.fakes.clock import NOON
from tests.fakes.talks import CHAT, HOUR, MINUTE, OTHER_CHAT

CHIARA = Person(PersonId(44), "Chiara", "chiara_", "it")
DARIO = Person(PersonId(45), "Dario", None, "en")


async def test_people_are_found_by_number_and_by_user_name(store: Store) -> None:
    async with store.writing() as records:
        await records.people.save(replace(CHIARA, name="C.", username="c_c_c"))
        await records.people.save(CHIARA)
        await records.people.save(DARIO)
        assert await records.people.find(CHIARA.id) == CHIARA
        assert await records.people.find(DARIO.id) == DARIO
        assert await records.people.by_username("chiara_") == CHIARA
        assert await records.people.by_username("c_c_c") is None
        await records.people.remove(CHIARA.id)
        assert await records.people.find(CHIARA.id) is None


async def test_a_user_name_is_whose_it_was_seen_to_be_last(store: Store) -> None:
    """They can be given up and taken by somebody else, who must not get the first one's letters."""
    heir = replace(DARIO, username="chiara_")
    async with store.writing() as records:
        await records.people.save(CHIARA)
        await records.people.save(heir)
        assert await records.people.by_username("chiara_") == heir
        assert await records.people.find(CHIARA.id) == replace(CHIARA, username=None)


async def test_a_person_has_one_dialogue(store: Store) -> None:
    first = Dialogue(CHIARA.id, CHAT, "schedule", '{"step": "title"}', None, NOON)
    second = Dialogue(CHIARA.id, OTHER_CHAT, "settings", "{}", MessageId(7), NOON + MINUTE)
    async with store.writing() as records:
        await records.dialogues.save(first)
        assert await records.dialogues.find(CHIARA.id) == first
        await records.dialogues.save(second)
        assert await records.dialogues.find(CHIARA.id) == second
        assert await records.dialogues.find(DARIO.id) is None
        await records.dialogues.end(CHIARA.id)
        assert await records.dialogues.find(CHIARA.id) is None


async def test_dialogues_in_which_nothing_was_said_are_forgotten(store: Store) -> None:
    old = Dialogue(CHIARA.id, CHAT, "schedule", "{}", None, NOON)
    fresh = Dialogue(DARIO.id, CHAT, "schedule", "{}", None, NOON + MINUTE)
    async with store.writing() as records:
        await records.dialogues.save(old)
        await records.dialogues.save(fresh)
        await records.dialogues.forget_older(NOON + MINUTE)
        assert await records.dialogues.find(CHIARA.id) is None
        assert await records.dialogues.find(DARIO.id) == fresh


async def test_a_ban_holds_until_its_end_or_for_good(store: Store) -> None:
    for_now = Ban(CHAT, CHIARA.id, "Chiara", "shouting", NOON + HOUR)
    for_good = Ban(CHAT, DARIO.id, "Dario", "", None)
    async with store.writing() as records:
        await records.bans.save(replace(for_now, until=None, reason="?"))
        await records.bans.save(for_good)
        await records.bans.save(for_now)
        assert await records.bans.find(CHAT, CHIARA.id, NOON) == for_now
        assert await records.bans.find(CHAT, CHIARA.id, NOON + HOUR) is None
        assert await records.bans.find(OTHER_CHAT, CHIARA.id, NOON) is None
        assert await records.bans.of(CHAT, NOON) == [for_now, for_good]
        assert await records.bans.of(CHAT, NOON + HOUR) == [for_good]
        assert await records.bans.of(OTHER_CHAT, NOON) == []


async def test_who_is_pardoned_is_banned_no_more_and_stays_so_elsewhere(store: Store) -> None:
    elsewhere = Ban(OTHER_CHAT, CHIARA.id, "Chiara", "", None)
    async with store.writing() as records:
        await records.bans.save(replace(elsewhere, chat=CHAT))
        await records.bans.save(elsewhere)
        await records.bans.lift(CHAT, CHIARA.id)
        assert await records.bans.find(CHAT, CHIARA.id, NOON) is None
        assert await records.bans.find(OTHER_CHAT, CHIARA.id, NOON) == elsewhere


async def test_the_log_has_the_newest_line_first(store: Store) -> None:
    banned = Deed(CHAT, NOON, DeedKind.BANNED, PersonId(42), "Ada", "Chiara", CHIARA.id, "shouting")
    opened = Deed(CHAT, NOON, DeedKind.OPENED, PersonId(42), "Ada", "Careers after 40")
    async with store.writing() as records:
        for deed in (banned, replace(opened, chat=OTHER_CHAT), opened):
            await records.log.add(deed)
        assert await records.log.of(CHAT) == [opened, banned]
        assert await records.log.of(CHAT, limit=1) == [opened]
