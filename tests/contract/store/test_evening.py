"""What every Store must do with what is left of a talk: cards, measures, recordings."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rooms.cards import Card
from rooms.ids import MessageId, PersonId, RoomId
from rooms.measures import Measure, TalkTime
from rooms.recordings import Gap, Recording
from rooms.records import Store
from tests.contract.store.talks import new_room
from tests.fakes.talks import CHAT, HOUR, MINUTE, OTHER_CHAT


async def test_a_room_has_one_card_a_chat(store: Store) -> None:
    room, other = await new_room(store), await new_room(store)
    own, copy = Card(room.id, CHAT, MessageId(5), "evening"), Card(room.id, OTHER_CHAT, MessageId(6))
    async with store.writing() as records:
        await records.cards.save(replace(own, message=MessageId(4), picture=None))
        for card in (own, copy, Card(other.id, CHAT, MessageId(7))):
            await records.cards.save(card)
        assert await records.cards.find(room.id, CHAT) == own
        assert {card.chat: card for card in await records.cards.of(room.id)} == {CHAT: own, OTHER_CHAT: copy}
        assert len(await records.cards.of(room.id)) == 2


async def test_cards_that_may_not_be_on_top_are_found_by_their_chat(store: Store) -> None:
    rooms = [await new_room(store) for _ in range(3)]
    cards = [Card(room.id, CHAT, MessageId(room.id), is_on_top=None) for room in rooms]
    elsewhere = Card(rooms[0].id, OTHER_CHAT, MessageId(6), is_on_top=None)
    async with store.writing() as records:
        for card in (*cards, elsewhere):
            await records.cards.save(card)
        for card, is_on_top in zip(cards, (True, False), strict=False):
            await records.cards.save(replace(card, is_on_top=is_on_top))
            assert await records.cards.find(card.room, CHAT) == replace(card, is_on_top=is_on_top)
        assert await records.cards.below(CHAT) == [cards[2]]


async def test_a_removed_card_is_no_more_and_the_copy_stays(store: Store) -> None:
    room = await new_room(store)
    copy = Card(room.id, OTHER_CHAT, MessageId(6))
    async with store.writing() as records:
        await records.cards.save(Card(room.id, CHAT, MessageId(5)))
        await records.cards.save(copy)
        await records.cards.remove(room.id, CHAT)
        assert await records.cards.find(room.id, CHAT) is None
        assert await records.cards.of(room.id) == [copy]


async def test_a_measure_reads_back_the_same_and_is_replaced(store: Store) -> None:
    room = await new_room(store)
    audience = ((timedelta(0), 2), (timedelta(milliseconds=1500), 30), (10 * MINUTE, 3))
    ada, anonymous = TalkTime(PersonId(42), "Ada", HOUR), TalkTime(PersonId(0), "", MINUTE)
    measure = Measure(room.id, audience, (ada, anonymous, replace(ada, spoken=MINUTE)))
    async with store.writing() as records:
        await records.measures.save(Measure(room.id, (), (anonymous,) * 5))
        await records.measures.save(measure)
        assert await records.measures.find(room.id) == measure
        assert await records.measures.find(RoomId(99)) is None


async def test_a_call_in_which_nothing_was_seen_has_a_measure_too(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.measures.save(Measure(room.id, (), ()))
        assert await records.measures.find(room.id) == Measure(room.id, (), ())


async def test_a_recording_reads_back_with_its_gaps(store: Store) -> None:
    room = await new_room(store)
    gaps = (Gap(timedelta(seconds=3), timedelta(milliseconds=1500)),)
    recording = Recording(room.id, Path("var/recordings/1/talk.ogg"), HOUR, gaps)
    async with store.writing() as records:
        await records.recordings.save(replace(recording, gaps=()))
        await records.recordings.save(recording)
    async with store.reading() as records:
        assert await records.recordings.find(room.id) == recording
        assert await records.recordings.find(RoomId(99)) is None


async def test_all_of_it_goes_with_the_room(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.cards.save(Card(room.id, CHAT, MessageId(5)))
        await records.measures.save(Measure(room.id, (), (TalkTime(PersonId(42), "Ada", HOUR),)))
        await records.recordings.save(Recording(room.id, Path("talk.ogg"), HOUR))
        await records.rooms.remove(room.id)
        assert await records.cards.of(room.id) == []
        assert await records.measures.find(room.id) is None
        assert await records.recordings.find(room.id) is None
