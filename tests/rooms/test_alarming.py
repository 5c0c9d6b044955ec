"""The operator hears of what only they can mend."""

from datetime import timedelta

import pytest

from rooms.alarming import Alarming
from rooms.ids import PersonId, private_chat
from rooms.notices import Notice, NoticeKind
from tests.bot.breakable import BreakableStore
from tests.fakes.clock import settle
from tests.fakes.talks import ADA
from tests.rooms.conftest import House, running

SENTENCE = "The relay account relay cannot work (SESSION_REVOKED)."


async def told(house: House, operator: PersonId | None) -> list[Notice]:
    alarming = Alarming(house.store, house.clock, operator)
    async with running(alarming.run):
        for _ in range(2):
            alarming.tell(SENTENCE)
        await settle()
    return house.notices()


async def test_the_operator_is_told_in_private_and_once(house: House) -> None:
    alarm = Notice(private_chat(ADA.person), None, None, NoticeKind.ALARM, SENTENCE)
    assert await told(house, ADA.person) == [alarm]


async def test_the_same_is_told_again_after_an_hour_and_something_else_at_once(house: House) -> None:
    alarming = Alarming(house.store, house.clock, ADA.person)
    told: list[str] = []
    async with running(alarming.run):
        for sentence, minutes in ((SENTENCE, 59), (SENTENCE, 0), ("The disk is full.", 1), (SENTENCE, 0)):
            alarming.tell(sentence)
            await house.clock.advance(timedelta(minutes=minutes))
            told += [notice.detail for notice in house.notices()]
            await house.deliver()
    assert told == [SENTENCE, "The disk is full.", SENTENCE]


async def test_without_an_operator_nobody_is_told(house: House) -> None:
    assert await told(house, None) == []


async def test_what_could_not_be_put_on_record_is_told_later(house: House) -> None:
    """The disk that is full may be that of the records."""
    store = BreakableStore()
    alarming = Alarming(store, house.clock, ADA.person)
    alarming.tell(SENTENCE)
    store.is_broken = True
    with pytest.raises(OSError, match="full"):
        await alarming.run()
    store.is_broken = False
    async with running(alarming.run):
        await settle()
    (row,) = store.records.outbox.rows
    assert isinstance(row.what, Notice)
    assert row.what.detail == SENTENCE
