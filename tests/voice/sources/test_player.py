"""The player: what goes before what, how loud it is, and how it comes and goes."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from rooms.errors.sounds import QueueFull, SoundRefused
from rooms.playing import LONGEST_QUEUE, Cue, Playback
from tests.sandbox.waiting import until
from tests.voice.sounds import rms, strength
from tests.voice.sources.audience import (
    HOLD,
    JINGLE,
    hear,
    hear_all,
    is_silent,
    make_player,
    pitch,
    working,
)
from tests.voice.sources.files import make
from voice.mixing.sound import Block
from voice.mixing.units import RATE, SLOT
from voice.sources.levels import DUCKED, DUCKING, RECOVERY
from voice.sources.player import Player
from voice.sources.playlist import OPENINGS
from voice.sources.sounds import FADE_SLOTS
from voice.sources.speech import PROGRAM

SMOOTH = 8000 * 2 * np.pi * 440 / RATE * 2.2
"""The steepest step of the tone of 440 Hz at twice its loudness, and a tenth more."""


@pytest.fixture
def a(tmp_path: Path) -> Cue:
    return Cue("A", make(tmp_path / "a.wav", 440, 20))


@pytest.fixture
def b(tmp_path: Path) -> Cue:
    return Cue("B", make(tmp_path / "b.wav", 880, 1))


def play(player: Player, slots: int, *, is_talked_over: bool = False) -> Block:
    """So many slots, at once; silence where there is nothing."""
    blocks = [player.take(is_talked_over=is_talked_over) for _ in range(slots)]
    return np.concatenate([np.zeros(SLOT, np.int16) if block is None else block for block in blocks])


def steepest(sound: Block) -> int:
    return int(np.abs(np.diff(sound.astype(int))).max())


async def ahead(player: Player, slots: int = 140) -> None:
    """Wait until so much was decoded that a test can play at once."""

    def is_so() -> bool:
        source = player._playlist.current
        return source is not None and len(source._slots) >= slots

    await until(is_so)


async def sounding(player: Player, cue: Cue) -> None:
    await player.add(cue)
    player.take(is_talked_over=False)
    await ahead(player)
    play(player, 30)
    await ahead(player)


async def test_nothing_plays_unasked(player: Player) -> None:
    assert player.take(is_talked_over=False) is None
    assert player.playback == Playback()


async def test_between_two_sounds_there_is_no_slot_of_silence(player: Player, b: Cue, tmp_path: Path) -> None:
    await player.add(Cue("A", make(tmp_path / "a.wav", 440, 1)))
    await player.add(b)
    play(player, 1)
    current = player._playlist.current
    assert current is not None
    await until(lambda: current.is_decoded)
    play(player, 1)
    following = player._playlist._queue[0].source
    assert following is not None
    await until(lambda: following.is_decoded)
    slots = play(player, 95).reshape(-1, SLOT)
    assert all(rms(slot) > 500 for slot in slots)


async def test_one_sound_follows_the_other(player: Player, b: Cue, tmp_path: Path) -> None:
    await player.add(Cue("A", make(tmp_path / "a.wav", 440, 1)))
    await player.add(b)
    assert player.playback.queue in {("A", "B"), ("B",)}
    sound = await hear(player, 0.5)
    assert player.playback.queue == ("B",)
    sound = np.concatenate((sound, await hear_all(player)))
    assert len(sound) / RATE == pytest.approx(2, abs=0.05)
    assert pitch(sound[: RATE - SLOT]) == pytest.approx(440, abs=3)
    assert pitch(sound[-RATE + SLOT :]) == pytest.approx(880, abs=3)


async def test_the_order_is_that_of_asking_however_long_opening_takes(player: Player, tmp_path: Path) -> None:
    async with asyncio.TaskGroup() as tasks:
        for number in range(5):
            path = make(tmp_path / f"{number}.mp3", 300 + 200 * number, 0.5)
            tasks.create_task(player.add(Cue(str(number), path)))
    heard: list[str] = []
    while not is_silent(player):
        await hear(player, 0.02, over=is_silent)
        now = player.playback.now
        if now is not None and heard[-1:] != [now]:
            heard.append(now)
    assert heard == ["0", "1", "2", "3", "4"]


async def test_a_bad_file_leaves_the_queue_as_it_was(player: Player, a: Cue, b: Cue, tmp_path: Path) -> None:
    await sounding(player, a)
    (tmp_path / "bad").write_bytes(b"no sound")
    with pytest.raises(SoundRefused):
        await player.add(Cue("Bad", tmp_path / "bad"))
    await player.add(b)
    assert player.playback.queue == ("B",)


async def test_a_file_that_is_gone_when_its_turn_comes_is_passed_over(
    player: Player, b: Cue, tmp_path: Path
) -> None:
    await player.add(Cue("A", make(tmp_path / "a.wav", 440, 6)))
    await hear(player, 0.1)
    gone = make(tmp_path / "gone.mp3", 660, 1)
    await player.add(Cue("Gone", gone))
    await player.add(b)
    gone.unlink()
    errors: list[str | None] = []
    player.changed = lambda: errors.append(player.playback.error)
    sound = await hear_all(player)
    assert "SoundRefused" in errors
    assert strength(sound[-RATE // 2 :], 880) > 5000
    assert player.playback.error is None


async def test_the_queue_has_an_end(player: Player, a: Cue) -> None:
    await sounding(player, a)
    async with asyncio.TaskGroup() as tasks:
        adding = [tasks.create_task(player.add(a)) for _ in range(LONGEST_QUEUE)]
        await asyncio.sleep(0)
        with pytest.raises(QueueFull):
            await player.add(a)
        for one in adding:
            one.cancel()
    await player.add(a)
    assert player.playback.queue == ("A",)


async def test_before_it_works_and_after_it_nothing_can_be_added(b: Cue) -> None:
    player = make_player()
    with pytest.raises(SoundRefused):
        await player.add(b)
    async with working(player):
        await player.add(b)
    with pytest.raises(SoundRefused):
        await player.add(b)


async def test_a_pause_is_soft_and_goes_on_where_it_was(player: Player, a: Cue) -> None:
    await sounding(player, a)
    before = play(player, 5)
    player.pause()
    fading = play(player, 30)
    assert player.playback.is_paused
    at = player.playback.at
    assert np.all(fading[-20 * SLOT :] == 0)
    player.resume()
    after = play(player, 20)
    assert player.playback.at == at + timedelta(seconds=0.4)
    assert steepest(np.concatenate((before, fading, after))) < SMOOTH
    assert not player.playback.is_paused


async def test_a_skip_is_soft(player: Player, a: Cue, b: Cue) -> None:
    await sounding(player, a)
    await player.add(b)
    before = play(player, 5)
    player.skip()
    fading = play(player, 10)
    await ahead(player, 40)
    after = play(player, 20)
    assert player.playback.now == "B"
    assert steepest(np.concatenate((before, fading, after))) < SMOOTH
    assert pitch(after) == pytest.approx(880, abs=5)


async def test_what_is_skipped_in_a_pause_gives_way_at_once(player: Player, a: Cue, b: Cue) -> None:
    await sounding(player, a)
    await player.add(b)
    player.pause()
    play(player, 10)
    player.skip()
    assert pitch(await hear(player, 0.5)) == pytest.approx(880, abs=5)
    assert not player.playback.is_paused


async def test_a_skip_of_nothing_does_not_skip_the_next(player: Player, b: Cue) -> None:
    player.skip()
    player.pause()
    player.take(is_talked_over=False)
    await player.add(b)
    assert len(await hear_all(player)) / RATE == pytest.approx(1, abs=0.05)


async def test_cleared_everything_fades_and_nothing_comes(player: Player, a: Cue, b: Cue) -> None:
    await sounding(player, a)
    await player.add(b)
    before = play(player, 2)
    player.clear()
    assert player.playback.queue == ()
    after = play(player, 20)
    assert steepest(np.concatenate((before, after))) < SMOOTH
    assert player.playback == Playback()
    await until(lambda: not player._playlist._working)


@pytest.mark.parametrize("volume", [0, 30, 200])
async def test_the_volume_moves_without_a_click(player: Player, a: Cue, volume: int) -> None:
    await sounding(player, a)
    before = play(player, 5)
    player.set_volume(volume)
    after = play(player, 60)
    assert player.playback.volume == volume
    assert strength(after[-RATE // 2 :], 440) == pytest.approx(8000 * volume / 100, rel=0.02, abs=1)
    assert steepest(np.concatenate((before, after))) < SMOOTH


@pytest.mark.parametrize(("asked", "got"), [(-5, 0), (1000, 200)])
async def test_the_volume_stays_within_its_bounds(player: Player, asked: int, got: int) -> None:
    player.set_volume(asked)
    assert player.playback.volume == got


async def test_what_would_be_too_loud_is_turned_down_and_not_clipped(player: Player, tmp_path: Path) -> None:
    path = tmp_path / "loud.wav"
    make(path, 440, 3)
    data = bytearray(path.read_bytes())
    samples = np.frombuffer(data[-400_000:], np.int16).astype(float) * 3.5
    data[-400_000:] = samples.astype(np.int16).tobytes()
    path.write_bytes(data)
    player.set_volume(200)
    await player.add(Cue("Loud", path))
    sound = (await hear_all(player))[-RATE:]
    middle = sound[: RATE // 2]
    assert strength(middle, 3 * 440) < strength(middle, 440) / 50
    assert np.abs(middle).max() <= 31_000


async def test_music_gives_way_to_words_within_a_fifth_of_a_second(player: Player, a: Cue) -> None:
    await sounding(player, a)
    before = play(player, 10)
    going = play(player, DUCKING, is_talked_over=True)
    ducked = play(player, 25, is_talked_over=True)
    assert 20 * np.log10(rms(ducked) / rms(before)) == pytest.approx(DUCKED, abs=0.3)
    coming = play(player, RECOVERY)
    after = play(player, 10)
    assert rms(after) == pytest.approx(rms(before), rel=0.02)
    levels = [rms(slot) for slot in coming.reshape(-1, SLOT)]
    assert np.all(np.diff(levels) > -60)
    assert steepest(np.concatenate((before, going, ducked, coming, after))) < SMOOTH


async def test_the_gain_moves_within_slots_and_not_in_stairs(player: Player, tmp_path: Path) -> None:
    """Zipper noise would be heard beside the tone, at the rate of the slots."""
    await sounding(player, Cue("Tone", make(tmp_path / "t.wav", 1000, 20)))
    sound = np.concatenate((play(player, DUCKING, is_talked_over=True), play(player, RECOVERY)))
    assert strength(sound, 3000) < 5
    assert strength(sound, 2000) < 5


async def test_notices_are_heard_over_music_and_not_ducked(player: Player, a: Cue) -> None:
    if shutil.which(PROGRAM) is None:
        pytest.skip("espeak-ng is not installed")
    await sounding(player, a)
    alone = make_player()
    await alone.say("The talk begins in five minutes", "en")
    await player.say("The talk begins in five minutes", "en")
    speech = play(alone, 90, is_talked_over=True)
    both = play(player, 90)
    music = both[20 * SLOT :].astype(float) - speech[20 * SLOT :]
    assert rms(music) < 0.3 * 8000 / np.sqrt(2)
    assert rms(speech) > rms(music)
    assert strength(both[20 * SLOT :], 440) == pytest.approx(8000 * 10 ** (DUCKED / 20), rel=0.3)


async def test_hold_music_makes_room_for_a_playlist_and_comes_back(player: Player, b: Cue) -> None:
    player.hold()
    assert pitch(play(player, 50)) == pytest.approx(HOLD, abs=3)
    await player.add(b)
    await ahead(player, 40) if player._playlist.current else None
    play(player, FADE_SLOTS + 5)
    assert strength(play(player, 20), HOLD) < 50
    await hear(player, 3600, over=is_silent)
    play(player, FADE_SLOTS)
    assert strength(play(player, 50), HOLD) > 7000


async def test_the_jingle_sounds_over_a_playlist_that_goes_on(player: Player, a: Cue) -> None:
    player.hold()
    await sounding(player, a)
    player.begin()
    sound = play(player, 13)
    assert strength(sound[: RATE // 5], JINGLE) > 5000
    assert strength(sound[: RATE // 5], 440) > 3000
    assert strength(play(player, 50), HOLD) < 50


async def test_changes_are_told_and_time_is_not(player: Player, a: Cue, b: Cue) -> None:
    told: list[Playback] = []
    player.changed = lambda: told.append(player.playback)
    await sounding(player, a)
    await player.add(b)
    assert told[-1].now == "A"
    assert told[-1].queue == ("B",)
    assert told[-1].length == timedelta(seconds=20)
    count = len(told)
    play(player, 50)
    assert len(told) == count
    player.set_volume(50)
    player.pause()
    player.resume()
    assert [(one.volume, one.is_paused) for one in told[count:]] == [(50, False), (50, True), (50, False)]
    player.set_volume(50)
    player.resume()
    assert len(told) == count + 3


async def test_a_decoder_that_dies_costs_one_sound(player: Player, a: Cue, b: Cue) -> None:
    await sounding(player, a)
    await player.add(b)
    source = player._playlist.current
    assert source is not None
    source._slots.clear()
    task = player._playlist._working[source]
    task.cancel()
    await until(lambda: source.is_decoded)
    assert strength((await hear_all(player))[-RATE // 2 :], 880) > 5000


async def test_a_sound_that_ran_dry_stops_and_goes_on_softly(player: Player, a: Cue) -> None:
    await sounding(player, a)
    source = player._playlist.current
    assert source is not None
    while len(source._slots) > 3:
        source._slots.pop()
    dry = play(player, 10)
    await ahead(player)
    again = play(player, 20)
    assert steepest(np.concatenate((dry, again))) < SMOOTH
    assert rms(again[-5 * SLOT :]) > 5000


async def test_many_at_once_are_opened_by_few_processes(player: Player, a: Cue) -> None:
    at_work: list[int] = []
    async with asyncio.TaskGroup() as tasks:
        for _ in range(12):
            adding = tasks.create_task(player.add(a))
            adding.add_done_callback(lambda _: at_work.append(len(player._playlist._working)))
    assert len(player.playback.queue) == 12
    assert max(at_work) <= OPENINGS + 1
