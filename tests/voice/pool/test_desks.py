"""The desks: what the ports are asked becomes commands, and answers become what the ports promise."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from rooms.errors.calls import CallUnreachable
from rooms.ids import NO_CHAT, ChatId, PersonId, RoomId
from rooms.playing import Cue
from rooms.ports import Fault, Opening
from rooms.recordings import Excerpt, Recording
from voice.messages import commands, reports
from voice.messages.commands import Command
from voice.messages.reports import Answer
from voice.mixing.units import SLOT_SECONDS
from voice.pool.desks import CallDesk, FloorDesk, SoundDesk

ROOM, CHAT, ADA = RoomId(7), ChatId(-1001), PersonId(1)
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
OPENING = Opening(ROOM, CHAT, "Talk", is_live=True)


class Desks(CallDesk, FloorDesk, SoundDesk):
    """All of them, with the next answer in hand, and what was asked on behalf of which chat."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[Command, ChatId]] = []
        self.answer: Answer | None = None

    async def ask(self, command: Command, chat: ChatId, patience: float) -> Answer | None:  # noqa: ARG002
        self.asked.append((command, chat))
        return self.answer


@pytest.fixture
def desks() -> Desks:
    return Desks()


async def test_a_room_s_clock_goes_on_when_it_is_opened_again_and_begins_anew_after_its_end(
    desks: Desks,
) -> None:
    await desks.open(OPENING)
    await desks.open(OPENING)
    await desks.close(ROOM)
    await desks.open(OPENING)
    first, again, _, anew = (command for command, _ in desks.asked)
    assert isinstance(first, commands.Open)
    assert first == again
    assert isinstance(anew, commands.Open)
    assert first.began <= anew.began <= time.monotonic()


async def test_the_clocks_of_all_rooms_are_in_step(desks: Desks) -> None:
    await desks.open(OPENING)
    (command, _), *_ = desks.asked
    assert isinstance(command, commands.Open)
    slots = command.began / SLOT_SECONDS
    assert slots == pytest.approx(round(slots), abs=1e-3)


async def test_what_concerns_an_open_room_names_its_chat(desks: Desks) -> None:
    await desks.skip(ROOM)
    await desks.open(OPENING)
    await desks.skip(ROOM)
    await desks.close(ROOM)
    await desks.skip(ROOM)
    chats = [chat for command, chat in desks.asked if isinstance(command, commands.Skip)]
    assert chats == [NO_CHAT, CHAT, NO_CHAT]


async def test_a_closing_that_failed_may_be_asked_again() -> None:
    class Refusing(Desks):
        async def ask(self, command: Command, chat: ChatId, patience: float) -> Answer | None:
            if isinstance(command, commands.Close) and not self.asked[1:]:
                self.asked.append((command, chat))
                raise CallUnreachable(chat, "FLOOD_WAIT_3")
            return await super().ask(command, chat, patience)

    refusing = Refusing()
    await refusing.open(OPENING)
    with pytest.raises(CallUnreachable):
        await refusing.close(ROOM)
    await refusing.close(ROOM)
    assert [chat for _, chat in refusing.asked] == [CHAT] * 3


async def test_answers_become_what_the_ports_promise(desks: Desks) -> None:
    desks.answer = reports.Finished("/a/talk.ogg", timedelta(minutes=45), ())
    assert await desks.close(ROOM) == Recording(ROOM, Path("/a/talk.ogg"), timedelta(minutes=45))
    desks.answer = reports.Planned(None)
    assert await desks.plan(ROOM, CHAT, "Talk", NOON) is None
    desks.answer = reports.Checked((Fault.DISK_FULL,))
    assert await desks.check(CHAT) == (Fault.DISK_FULL,)
    desks.answer = reports.Linked(None)
    assert await desks.links(ROOM) is None
    desks.answer = reports.Clipped("/a/clip.ogg", timedelta(seconds=1))
    assert await desks.clip(ROOM, timedelta(seconds=5)) == Excerpt(Path("/a/clip.ogg"), timedelta(seconds=1))


async def test_an_answer_to_another_question_is_a_bug(desks: Desks) -> None:
    desks.answer = reports.Linked(None)
    with pytest.raises(TypeError, match="Linked where Planned was to come"):
        await desks.plan(ROOM, CHAT, "Talk", NOON)


async def test_every_question_is_its_own_command(desks: Desks) -> None:
    cue = Cue("Fanfare", Path("/fanfare.ogg"))
    await desks.go_live(ROOM)
    await desks.unplan(CHAT, 5)
    await desks.let_speak(ROOM, ADA, may_speak=False)
    await desks.silence(ROOM, ADA)
    await desks.lower_hand(ROOM, ADA)
    await desks.play(ROOM, cue)
    await desks.say(ROOM, "Ciao", "it")
    await desks.pause(ROOM, is_paused=True)
    await desks.stop(ROOM)
    await desks.set_volume(ROOM, 50)
    assert [command for command, _ in desks.asked] == [
        commands.GoLive(0, ROOM),
        commands.Unplan(0, CHAT, 5),
        commands.LetSpeak(0, ROOM, ADA, False),
        commands.Silence(0, ROOM, ADA),
        commands.LowerHand(0, ROOM, ADA),
        commands.Play(0, ROOM, cue),
        commands.Say(0, ROOM, "Ciao", "it"),
        commands.Pause(0, ROOM, True),
        commands.Stop(0, ROOM),
        commands.SetVolume(0, ROOM, 50),
    ]
