"""A piece of a talk is cut while it is on, or out of its recording."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rooms.clipping import LONGEST, SHORTEST, Clip, Clipping, clip_from
from rooms.errors.recording import ClipBeyondEnd, ClipOutOfRange, NotRecorded
from rooms.errors.rights import NotAllowed
from rooms.errors.talks import TitleTooLong
from rooms.ids import MessageId
from rooms.notices import NoticeKind
from rooms.posts import Post
from rooms.room import Room
from tests.fakes.calls import LENGTH
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import ADA, CHAT, CHIARA, HOUR, MINUTE, OTHER_CHAT, a_plan
from tests.rooms.conftest import House

SECOND = timedelta(seconds=1)
HALF_A_MINUTE = 30 * SECOND


def clips(house: House) -> list[Clip]:
    return [clip_from(detail) for kind, detail in house.told() if kind is NoticeKind.CLIP]


async def on_air(house: House, *, is_recorded: bool = True) -> Room:
    await house.know(CAREERS)
    room = await house.schedule(replace(a_plan(), is_recorded=is_recorded))
    await house.pass_time(HOUR)
    await house.deliver()
    return room


async def over(house: House, parts: int = 1) -> Room:
    house.tapes.parts = parts
    room = await on_air(house)
    await house.pass_time(45 * MINUTE)
    await house.deliver()
    async with house.store.writing() as records:
        for place in range(parts + 1):
            await records.posts.save(Post(room.id, place, CHAT, MessageId(70 + place), 1))
    return room


async def test_the_last_half_minute_of_a_talk_is_cut_and_told(house: House) -> None:
    room = await on_air(house)
    await house.evenings.clipping.cut_latest(CHAT, ADA, HALF_A_MINUTE, "A fine answer")
    assert house.tapes.clips == [(room.id, HALF_A_MINUTE, None)]
    [clip] = clips(house)
    assert (clip.length, clip.title, clip.cut_at, clip.at) == (
        HALF_A_MINUTE, "A fine answer", house.clock.now(), None,
    )  # fmt: skip


async def test_a_clip_says_how_long_it_really_is_and_until_when(house: House) -> None:
    await on_air(house)
    house.tapes.recorded = 13 * SECOND
    asked_at = house.clock.now()
    await house.evenings.clipping.cut_latest(CHAT, ADA, 5 * MINUTE)
    [clip] = clips(house)
    assert (clip.length, clip.cut_at) == (13 * SECOND, asked_at)


async def test_who_only_listens_cuts_nothing(house: House) -> None:
    await on_air(house)
    with pytest.raises(NotAllowed):
        await house.evenings.clipping.cut_latest(CHAT, CHIARA, HALF_A_MINUTE)
    assert house.tapes.clips == []


@pytest.mark.parametrize("length", [SHORTEST - SECOND, LONGEST + SECOND])
async def test_a_clip_is_neither_a_blink_nor_half_the_talk(house: House, length: timedelta) -> None:
    await on_air(house)
    with pytest.raises(ClipOutOfRange):
        await house.evenings.clipping.cut_latest(CHAT, ADA, length)
    with pytest.raises(TitleTooLong):
        await house.evenings.clipping.cut_latest(CHAT, ADA, HALF_A_MINUTE, "x" * 201)


async def test_nothing_is_cut_where_nothing_is_recorded(house: House) -> None:
    clipping = house.evenings.clipping
    with pytest.raises(NotRecorded):
        await clipping.cut_latest(CHAT, ADA, HALF_A_MINUTE)
    await on_air(house, is_recorded=False)
    with pytest.raises(NotRecorded):
        await clipping.cut_latest(CHAT, ADA, HALF_A_MINUTE)
    other = House()
    other.tapes.recorded = timedelta()
    await on_air(other)
    with pytest.raises(NotRecorded):
        await other.evenings.clipping.cut_latest(CHAT, ADA, HALF_A_MINUTE)


async def test_a_stretch_of_a_finished_recording_is_cut_by_its_message(house: House) -> None:
    room = await over(house)
    await house.evenings.clipping.cut((CHAT, MessageId(70)), ADA, 2 * MINUTE, 3 * MINUTE)
    assert house.tapes.clips == [(room.id, MINUTE, 2 * MINUTE)]
    assert clips(house)[0].at == 2 * MINUTE


async def test_times_count_from_the_beginning_of_the_part_that_is_answered(house: House) -> None:
    room = await over(house, parts=3)
    await house.evenings.clipping.cut((CHAT, MessageId(72)), ADA, MINUTE, 2 * MINUTE)
    await house.evenings.clipping.cut((CHAT, MessageId(70)), ADA, MINUTE, 2 * MINUTE)
    assert house.tapes.clips == [(room.id, MINUTE, LENGTH / 3 + MINUTE), (room.id, MINUTE, MINUTE)]


async def test_what_is_no_recording_or_is_over_before_cannot_be_cut(house: House) -> None:
    room = await over(house)
    clipping: Clipping = house.evenings.clipping
    for message in ((CHAT, MessageId(99)), (OTHER_CHAT, MessageId(70))):
        with pytest.raises(NotRecorded):
            await clipping.cut(message, ADA, MINUTE, 2 * MINUTE)
    with pytest.raises(ClipBeyondEnd):
        await clipping.cut((CHAT, MessageId(70)), ADA, LENGTH - MINUTE, LENGTH + SECOND)
    with pytest.raises(ClipOutOfRange):
        await clipping.cut((CHAT, MessageId(70)), ADA, 2 * MINUTE, MINUTE)
    with pytest.raises(NotAllowed):
        await clipping.cut((CHAT, MessageId(70)), CHIARA, MINUTE, 2 * MINUTE)
    async with house.store.writing() as records:
        await records.recordings.remove(room.id)
    with pytest.raises(NotRecorded):
        await clipping.cut((CHAT, MessageId(70)), ADA, MINUTE, 2 * MINUTE)


def test_a_clip_survives_the_outbox() -> None:
    for at in (None, 90 * SECOND):
        clip = Clip(Path("/var/recordings/1/clips/0-50.ogg"), MINUTE, 'A "title"\n', NOON, at)
        assert clip_from(clip.as_text()) == clip
