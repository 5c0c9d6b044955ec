"""The duties of the relay process: what it does at each command, and what it answers."""

import asyncio
import shutil
from functools import singledispatch
from pathlib import Path

from rooms.ports import Fault
from voice.house.disk import on_disk
from voice.house.greenroom import check, loop_back
from voice.house.house import House
from voice.messages import commands
from voice.messages.reports import Answer, Checked, Clipped, Finished, Linked, Planned
from voice.recording.cutting import cut

ROOM_ON_DISK = 1 << 30
"""Bytes that must be free for a talk: with ten voices it takes a fifth of them in an hour."""


@singledispatch
async def carry_out(command: commands.Command, _: House) -> Answer | None:
    """Do what a command says; with those that need nothing but an answer, nothing.

    Raises:
        CallRefused, SoundRefused.
    """


@carry_out.register
async def _open(command: commands.Open, house: House) -> None:
    await house.open(command)


@carry_out.register
async def _go_live(command: commands.GoLive, house: House) -> None:
    await house.go_live(command.room)


@carry_out.register
async def _close(command: commands.Close, house: House) -> Finished | None:
    recording = await house.close(command.room)
    if recording is None:
        return None
    return Finished(str(recording.path), recording.duration, recording.gaps)


@carry_out.register
async def _plan(command: commands.Plan, house: House) -> Planned:
    group_calls = house.equipment.group_calls
    call = await group_calls.schedule(command.room, command.chat, command.title, command.at)
    is_for_it = call.is_ours and call.scheduled_for == command.at.replace(microsecond=0)
    return Planned(call.id if is_for_it else None)


@carry_out.register
async def _unplan(command: commands.Unplan, house: House) -> None:
    await house.equipment.group_calls.unschedule(command.chat, command.call)


@carry_out.register
async def _check(command: commands.Check, house: House) -> Checked:
    faults = await check(house.equipment.group_calls, command.chat)
    faults += await asyncio.to_thread(loop_back)
    if not await on_disk(house.equipment.disk, _has_room, house.equipment.recordings):
        faults += (Fault.DISK_FULL,)
    return Checked(faults)


@carry_out.register
async def _let_speak(command: commands.LetSpeak, house: House) -> None:
    await house.engagement(command.room).usher.let_speak(command.person, command.may_speak)


@carry_out.register
async def _silence(command: commands.Silence, house: House) -> None:
    await house.engagement(command.room).silence(command.person)


@carry_out.register
async def _lower_hand(command: commands.LowerHand, house: House) -> None:
    await house.engagement(command.room).lower_hand(command.person)


@carry_out.register
async def _links(command: commands.AskLinks, house: House) -> Linked:
    return Linked(await house.engagement(command.room).links())


@carry_out.register
async def _play(command: commands.Play, house: House) -> None:
    await house.engagement(command.room).player.add(command.cue)


@carry_out.register
async def _say(command: commands.Say, house: House) -> None:
    await house.engagement(command.room).player.say(command.text, command.language)


@carry_out.register
async def _pause(command: commands.Pause, house: House) -> None:
    player = house.engagement(command.room).player
    if command.is_paused:
        player.pause()
    else:
        player.resume()


@carry_out.register
async def _skip(command: commands.Skip, house: House) -> None:
    house.engagement(command.room).player.skip()


@carry_out.register
async def _stop(command: commands.Stop, house: House) -> None:
    house.engagement(command.room).player.clear()


@carry_out.register
async def _set_volume(command: commands.SetVolume, house: House) -> None:
    house.engagement(command.room).player.set_volume(command.volume)


@carry_out.register
async def _cut(command: commands.Cut, house: House) -> Clipped:
    house.engagement(command.room)  # else nothing goes on that could be cut
    piece = await cut(house.equipment.folder(command.room), command.length)
    return Clipped(str(piece.path), piece.length)


def _has_room(recordings: Path) -> bool:
    """Whether a talk can be recorded there; tried, as rights alone do not tell."""
    try:
        recordings.mkdir(parents=True, exist_ok=True)
        trial = recordings / ".trial"
        trial.write_bytes(bytes(4096))
        trial.unlink()
        return shutil.disk_usage(recordings).free >= ROOM_ON_DISK
    except OSError:
        return False
