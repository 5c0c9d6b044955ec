"""The leg: who is heard in a call, and what is sent into it."""

import asyncio

import numpy as np
import pytest

from rooms.ids import ChatId
from tests.sandbox.waiting import until
from tests.voice.exchange import ADA, BEN, RELAY, Board, Lists, in_call, source_of
from tests.voice.studios import HOME, leg_with, voice
from voice.call.intake import Intake
from voice.mixing.breaking import PAUSE
from voice.mixing.mixer import added
from voice.mixing.sound import Block
from voice.mixing.units import FRAME, SLOT
from voice.studio.leg import OUTGOING, Leg
from voice.telegram.participants import read_participant

EAST = ChatId(-1002)


def put(leg: Leg, source: int, sound: Block) -> None:
    for frame in sound.reshape(-1, FRAME):
        leg.presence.intake.put(source, frame.tobytes())


def test_who_is_heard_is_known_by_their_source() -> None:
    leg = leg_with(HOME, ADA, BEN)
    put(leg, source_of(BEN), voice(440, 5))
    put(leg, 4711, voice(440, 5))
    assert [(heard.source, heard.person) for heard in leg.hear()] == [(source_of(BEN), BEN), (4711, None)]


def test_whoever_sends_silence_is_not_heard() -> None:
    leg = leg_with(HOME, ADA)
    put(leg, source_of(ADA), np.zeros(5 * SLOT, np.int16))
    assert leg.hear() == []


def test_people_of_a_bridged_call_bear_its_chat() -> None:
    leg = leg_with(EAST, ADA)
    assert [one.chat for one in leg.people(is_bridged=True)] == [EAST]
    assert [one.chat for one in leg.people(is_bridged=False)] == [None]
    assert (leg.name_of(ADA), leg.name_of(BEN)) == ("Person 1", "")


def test_what_a_call_does_not_take_is_left_out() -> None:
    leg = leg_with(HOME)
    for _ in range(3 * OUTGOING):
        leg.send(added([voice(440, 1)]))
    leg.send(None)
    assert leg.outgoing.qsize() == OUTGOING


async def test_it_sends_until_the_presence_has_ended() -> None:
    leg = leg_with(HOME, ADA)
    lists = Lists()
    lists.create(HOME, "Talk")
    board = Board(lists)
    board.ears[HOME] = leg.presence.intake.put
    leg.is_lost = True
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(leg.run(board))
        leg.send(added([voice(440, 1)]))
        await until(lambda: board.sent)
        assert not leg.is_lost
        running.cancel()


@pytest.mark.parametrize("is_muted", [False, True])
def test_that_speech_was_cut_off_is_told_unless_who_spoke_has_muted_since(is_muted: bool) -> None:
    leg, now, told = leg_with(HOME, ADA), [100.0], []
    leg.presence.intake = Intake(lambda: now[0])
    leg.cut_off = lambda: told.append(now[0])
    put(leg, source_of(ADA), voice(440, 5))
    leg.hear()
    now[0] += PAUSE + 1
    participants = leg.presence._roster.participants
    participants.replace([read_participant(in_call(ADA, muted=is_muted), RELAY)], 2, 0.0)
    assert told == []
    put(leg, source_of(ADA), voice(440, 5))
    leg.hear()
    assert told == ([] if is_muted else [now[0]])
