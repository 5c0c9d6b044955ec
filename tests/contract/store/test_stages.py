"""What every Store must do with stages: raised hands, and where the boards stand."""

from datetime import timedelta

from rooms.boards import Board
from rooms.hands import Hand
from rooms.ids import MessageId, PersonId
from rooms.records import Store
from tests.contract.store.talks import new_room
from tests.fakes.clock import NOON
from tests.fakes.talks import CHAT, OTHER_CHAT

SECOND = timedelta(seconds=1)


async def test_hands_come_in_the_order_in_which_they_were_raised(store: Store) -> None:
    room, other = await new_room(store), await new_room(store)
    channel = Hand(PersonId(-1001234567890), "The Channel", NOON + SECOND, is_in_call=True)
    dora, emil = Hand(PersonId(52), "Dora", NOON), Hand(PersonId(51), "Emil", NOON)
    async with store.writing() as records:
        for hand in (channel, dora, emil):
            await records.hands.save(room.id, hand)
        await records.hands.save(other.id, dora)
        assert await records.hands.of(room.id) == [emil, dora, channel]
        await records.hands.remove(room.id, PersonId(52))
        await records.hands.remove(room.id, PersonId(52))
        assert await records.hands.of(room.id) == [emil, channel]
        assert await records.hands.of(other.id) == [dora]


async def test_a_hand_saved_again_is_another_one(store: Store) -> None:
    room = await new_room(store)
    async with store.writing() as records:
        await records.hands.save(room.id, Hand(PersonId(52), "Dora", NOON))
        later = Hand(PersonId(52), "Dora", NOON + SECOND, is_in_call=True)
        await records.hands.save(room.id, later)
        assert await records.hands.of(room.id) == [later]


async def test_hands_a_microsecond_apart_keep_their_order(store: Store) -> None:
    room = await new_room(store)
    tick = timedelta(microseconds=1)
    hands = [Hand(PersonId(60 - number), "x", NOON + number * tick) for number in range(3)]
    async with store.writing() as records:
        for hand in reversed(hands):
            await records.hands.save(room.id, hand)
        assert await records.hands.of(room.id) == hands


async def test_a_talk_has_a_board_a_chat_and_all_that_stand_are_found(store: Store) -> None:
    room, other = await new_room(store), await new_room(store)
    boards = [Board(room.id, OTHER_CHAT, MessageId(3)), Board(room.id, CHAT, MessageId(2))]
    elsewhere = Board(other.id, CHAT, MessageId(4))
    async with store.writing() as records:
        await records.boards.save(Board(room.id, CHAT, MessageId(1)))
        for board in (*boards, elsewhere):
            await records.boards.save(board)
        assert await records.boards.of(room.id) == boards
        assert await records.boards.everywhere() == [*boards, elsewhere]
        await records.boards.remove(room.id, CHAT)
        await records.boards.remove(room.id, CHAT)
        assert await records.boards.everywhere() == [boards[0], elsewhere]
        await records.rooms.remove(other.id)
        assert await records.boards.everywhere() == [boards[0]]
