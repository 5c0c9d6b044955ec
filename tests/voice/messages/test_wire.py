"""The wire: messages survive any cutting, garbage does not."""

import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.ids import ChatId, PersonId, RoomId
from rooms.outlets import Outlet, OutletState
from rooms.playing import Cue, Playback
from rooms.ports import Fault, Links, Opening
from rooms.recordings import Gap
from rooms.stage import OnStage, Stage
from voice.messages import commands, reports
from voice.messages.commands import Command
from voice.messages.reports import Report
from voice.messages.wire import MAX_MESSAGE, Unframer, WireBroken, frame

ROOM, CHAT, ADA = RoomId(7), ChatId(-1_001_234_567_890), PersonId(5)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OPENING = Opening(
    ROOM,
    CHAT,
    "Café 🎭",
    is_live=True,
    is_recorded=False,
    joins_muted=True,
    speakers=frozenset({ADA}),
    unrecorded=frozenset({PersonId(6), PersonId(-1_001_000_000_000)}),
    bridges=frozenset({ChatId(-1002)}),
    outlets=(Outlet("radio", "icecast://source:hackme@radio.example:8000/talk.ogg"),),
)
COMMANDS: list[Command] = [
    commands.Begin(0),
    commands.Open(1, OPENING, 12345.678),
    commands.GoLive(2, ROOM),
    commands.Close(3, ROOM),
    commands.Plan(4, ROOM, CHAT, "Talk", NOON),
    commands.Unplan(5, CHAT, 2**62),
    commands.Check(6, CHAT),
    commands.LetSpeak(7, ROOM, ADA, True),
    commands.Silence(8, ROOM, None),
    commands.LowerHand(9, ROOM, ADA),
    commands.AskLinks(10, ROOM),
    commands.Play(11, ROOM, Cue("Fanfare", Path("/sounds/fanfare.ogg"))),
    commands.Play(12, ROOM, Cue("Radio", url="https://radio.example/live")),
    commands.Say(13, ROOM, "Cinque minuti", "it"),
    commands.Pause(14, ROOM, True),
    commands.Skip(15, ROOM),
    commands.Stop(16, ROOM),
    commands.SetVolume(17, ROOM, 50),
    commands.Cut(18, ROOM, timedelta(seconds=30)),
    commands.Ping(19),
]
GAP = Gap(timedelta(seconds=1), timedelta(seconds=2))
BEN = OnStage(PersonId(6), "Ben", hand=3, may_speak=True, joined_at=NOON, chat=ChatId(-1002))
REPORTS: list[Report] = [
    reports.Done(1),
    reports.Done(2, reports.Finished("/a/talk.ogg", timedelta(minutes=45), (GAP,))),
    reports.Done(3, reports.Planned(2**62)),
    reports.Done(4, reports.Planned(None)),
    reports.Done(5, reports.Checked((Fault.DISK_FULL, Fault.SOUND_BROKEN))),
    reports.Done(6, reports.Linked(Links("https://speak", "https://listen"))),
    reports.Done(7, reports.Linked(None)),
    reports.Done(8, reports.Clipped("/a/clip.ogg", timedelta(seconds=12.5))),
    reports.Refused(9, "RelayNotInChat", CHAT, "CHANNEL_PRIVATE"),
    reports.Refused(10, "SoundUnreachable", CHAT, "404", "Fanfare"),
    reports.TurnedAway("SESSION_REVOKED"),
    reports.Resting(37.5),
    reports.StageMoved(ROOM, Stage((OnStage(ADA, "Ada", is_muted=False, is_speaking=True), BEN))),
    reports.Ended(ROOM),
    reports.Ended(ROOM, ChatId(-1002)),
    reports.Ousted(ROOM),
    reports.Regained(ROOM, timedelta(seconds=12.5)),
    reports.Enlarged(ROOM),
    reports.Enlarged(ROOM, ChatId(-1002)),
    reports.Spanned(ROOM, ChatId(-1002), "RelayNotInChat"),
    reports.Torn(ROOM),
    reports.Turned(ROOM, Playback("Fanfare", queue=("Radio",), volume=50, error="SoundUnreachable")),
    reports.OutletMoved(ROOM, "radio", OutletState.ON_AIR),
    reports.Sound(ROOM, 2**40, b"\x00\xff" * 40, 127),
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


def test_no_kind_of_message_is_left_out_here() -> None:
    assert {type(command) for command in COMMANDS} == set(Command.__args__)
    assert {type(report) for report in REPORTS} == set(Report.__args__)


@pytest.mark.parametrize(
    "garbage",
    [
        struct.pack("!I", 3) + b"\xff\xff\xff",
        struct.pack("!I", MAX_MESSAGE + 1),
        frame(reports.Done(1)),
        struct.pack("!I", 0),
    ],
)
def test_what_is_no_command_breaks_the_wire(garbage: bytes) -> None:
    unframer: Unframer[Command] = Unframer(Command)
    with pytest.raises(WireBroken):
        list(unframer.feed(garbage))


def test_a_stage_of_thousands_fits() -> None:
    name = "Maria Antonietta dei Liguori " * 4
    people = tuple(OnStage(PersonId(number), name, joined_at=NOON, chat=CHAT) for number in range(5000))
    report = reports.StageMoved(ROOM, Stage(people))
    assert list(Unframer[Report](Report).feed(frame(report))) == [report]


def test_a_packet_costs_few_bytes_more_than_its_sound() -> None:
    assert len(frame(reports.Sound(ROOM, 2**40, bytes(80), 30))) < 80 + 32
