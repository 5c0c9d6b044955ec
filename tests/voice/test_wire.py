"""The wire: messages survive any cutting, garbage does not."""

import struct
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.ids import ChatId, PersonId, RoomId
from rooms.records import Gap
from rooms.stage import OnStage, Stage
from voice.wire import (
    MAX_MESSAGE,
    Begin,
    Close,
    Command,
    Done,
    Ended,
    Finished,
    GoLive,
    Open,
    Ping,
    Refused,
    Report,
    Sound,
    StageMoved,
    Unframer,
    WireBroken,
    frame,
)

ROOM, CHAT = RoomId(7), ChatId(-1_001_234_567_890)
COMMANDS: list[Command] = [
    Begin(0),
    Open(1, ROOM, CHAT, "Café 🎭", True, False, 12345.678),
    GoLive(2, ROOM),
    Close(3, ROOM),
    Ping(4),
]
REPORTS: list[Report] = [
    Done(1),
    Done(
        2, Finished("/a/talk.ogg", timedelta(minutes=45), (Gap(timedelta(seconds=1), timedelta(seconds=2)),))
    ),
    Refused(3, "RelayNotInChat", CHAT, "CHANNEL_PRIVATE"),
    StageMoved(ROOM, Stage((OnStage(PersonId(5), "Ada", False, True, True),))),
    Ended(ROOM),
    Sound(ROOM, 2**40, b"\x00\xff" * 40, 127),
]


@given(st.lists(st.integers(1, 50), min_size=1))
def test_messages_survive_any_cutting(sizes: list[int]) -> None:
    stream = b"".join(frame(report) for report in REPORTS)
    unframer: Unframer[Report] = Unframer(Report)
    received: list[Report] = []
    at = 0
    while at < len(stream):
        size = sizes[at % len(sizes)]
        received += unframer.feed(stream[at : at + size])
        at += size
    assert received == REPORTS


def test_commands_too() -> None:
    unframer: Unframer[Command] = Unframer(Command)
    assert list(unframer.feed(b"".join(frame(command) for command in COMMANDS))) == COMMANDS


@pytest.mark.parametrize(
    "garbage",
    [
        struct.pack("!I", 3) + b"\xff\xff\xff",
        struct.pack("!I", MAX_MESSAGE + 1),
        frame(Done(1)),
        struct.pack("!I", 0),
    ],
)
def test_what_is_no_command_breaks_the_wire(garbage: bytes) -> None:
    unframer: Unframer[Command] = Unframer(Command)
    with pytest.raises(WireBroken):
        list(unframer.feed(garbage))


def test_a_packet_costs_few_bytes_more_than_its_sound() -> None:
    assert len(frame(Sound(ROOM, 2**40, bytes(80), 30))) < 80 + 32
