"""The bridge: one talk in several groups' calls, none of which can hurt another."""

from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rooms.errors.calls import CallUnreachable, RelayLacksRights
from tests.sandbox.waiting import until
from tests.voice.engaged import CHAT, EAST, OPENING, ROOM, WEST, Scene
from tests.voice.exchange import ADA, BEN, discarded
from tests.voice.sounds import strength
from voice.call.returning import Ending
from voice.house.notes import NOTE, Note, read_notes, write_note
from voice.messages.reports import Ended, Enlarged, Spanned

LOW, HIGH = 500, 1500


@pytest.fixture
def scene(tmp_path: Path, disk: Executor) -> Scene:
    scene = Scene(tmp_path, disk, replace(OPENING, bridges=frozenset({CHAT, EAST})))
    scene.lists.people = []
    return scene


async def test_the_talk_is_carried_in_every_chat_that_is_named(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: EAST in scene.board.ears)
        assert scene.board.joined == [CHAT, EAST]
        scene.rearrange(bridges=frozenset({EAST, WEST}))
        await until(lambda: WEST in scene.board.ears)
        scene.rearrange(bridges=frozenset({WEST}))
        await until(lambda: EAST not in scene.board.ears)
        assert set(scene.board.ears) == {CHAT, WEST}
        assert set(scene.engagement.studio.legs) == {CHAT, WEST}
    assert not scene.board.ears.keys() - {CHAT}


async def test_who_speaks_in_one_call_is_heard_in_the_other_and_hears_no_echo(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        scene.speak(ADA, LOW, 1.0)
        scene.speak(BEN, HIGH, 1.0, EAST)
        await until(lambda: all(len(scene.board.sent_into.get(chat, ())) >= 45 for chat in (CHAT, EAST)))
    for chat, heard, own in ((CHAT, HIGH, LOW), (EAST, LOW, HIGH)):
        sent = np.concatenate(scene.board.sent_into[chat][10:40])
        assert strength(sent, heard) == pytest.approx(8000, rel=0.02)
        assert strength(sent, own) < 20


async def test_everybody_stands_on_one_stage_with_the_chat_they_came_by(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        scene.enter(BEN, EAST, raise_hand_rating=3, muted=True)
        scene.enter(ADA, muted=True)
        await until(lambda: len(scene.people) == 2)
        assert [(one.person, one.chat, one.hand) for one in scene.people] == [
            (ADA, None, None),
            (BEN, EAST, 3),
        ]
        await scene.engagement.lower_hand(BEN)
        assert scene.lists.edits == [(BEN, {"raise_hand": False})]


async def test_a_call_that_others_end_is_reported_and_the_talk_goes_on(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        east = scene.lists.listed[EAST].id
        scene.lists.forget(EAST)
        scene.hear(discarded(east))
        await until(lambda: Ended(ROOM, EAST) in scene.told)
        heard = len(scene.sounds)
        await until(lambda: len(scene.sounds) > heard + 5)
        assert set(scene.board.ears) == {CHAT}
        assert Ended(ROOM) not in scene.told
        scene.rearrange()
        await until(lambda: EAST in scene.board.ears)


async def test_a_call_that_others_end_while_it_is_joined_is_let_be_like_any_other(scene: Scene) -> None:
    scene.opening = OPENING
    async with scene.running():
        await until(lambda: scene.sounds)
        scene.board.refusals = [CallUnreachable(EAST, "No active group call")]
        scene.board.refused = lambda: scene.lists.forget(EAST)
        scene.rearrange(bridges=frozenset({EAST}))
        await until(lambda: Ended(ROOM, EAST) in scene.told)
        assert EAST not in scene.lists.listed
        assert not any(isinstance(report, Spanned) for report in scene.told)
        scene.rearrange(bridges=frozenset())
        scene.rearrange(bridges=frozenset({EAST}))
        await until(lambda: EAST in scene.board.ears)


async def test_a_call_that_cannot_be_joined_is_tried_again_and_hurts_nobody(scene: Scene) -> None:
    scene.opening = OPENING
    async with scene.running():
        await until(lambda: scene.sounds)
        scene.lists.refusals = [RelayLacksRights(EAST, "CHAT_ADMIN_REQUIRED")]
        scene.board.refusals = [CallUnreachable(EAST, "TimeoutError")]
        scene.rearrange(bridges=frozenset({EAST}))
        await until(lambda: EAST in scene.board.ears)
        assert scene.board.joined == [CHAT, EAST]
        assert Ended(ROOM, EAST) not in scene.told


async def test_who_is_thrown_out_of_one_call_comes_back(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        scene.engagement.studio.legs[EAST].presence.ending = Ending.SHUT_OUT
        await scene.board.leave(EAST)
        await until(lambda: EAST in scene.board.ears)
        assert Ended(ROOM, EAST) not in scene.told


async def test_what_is_wanted_of_newcomers_is_so_in_every_call(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        assert scene.lists.settings == []
        scene.rearrange(joins_muted=True)
        await until(lambda: scene.lists.settings == [True])


async def test_calls_that_we_made_are_noted_to_be_ended_with_the_room(scene: Scene) -> None:
    scene.opening = replace(scene.opening, bridges=frozenset({EAST, WEST}))
    scene.lists.create(WEST, "Theirs")
    scene.lists.listed[WEST] = replace(scene.lists.listed[WEST], is_ours=False)
    async with scene.running():
        await until(lambda: {EAST, WEST} <= scene.engagement.studio.legs.keys())
        assert read_notes(scene.folder) == [Note(EAST, scene.lists.listed[EAST].id)]
        assert not (scene.folder / NOTE).exists()


async def test_a_call_that_we_made_is_ended_when_the_talk_is_carried_there_no_more(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        east = scene.lists.listed[EAST].id
        scene.rearrange(bridges=frozenset())
        await until(lambda: scene.lists.ended)
        assert scene.lists.ended == [(EAST, east)]
        assert scene.board.left[-1] == EAST
        await until(lambda: not scene.folder.exists() or not read_notes(scene.folder))
        scene.rearrange(bridges=frozenset({EAST}))
        await until(lambda: EAST in scene.engagement.studio.legs)
        assert scene.lists.listed[EAST].id != east
    assert scene.lists.ended == [(EAST, east)], "a relay that is stopped comes back"


async def test_a_call_that_others_made_stays_open_when_the_bridge_ends(scene: Scene) -> None:
    scene.lists.create(EAST, "Theirs")
    scene.lists.listed[EAST] = replace(scene.lists.listed[EAST], is_ours=False)
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        scene.rearrange(bridges=frozenset({WEST}))
        await until(lambda: WEST in scene.engagement.studio.legs)
        scene.rearrange(bridges=frozenset())
        await until(lambda: scene.lists.ended)
        assert [chat for chat, _call in scene.lists.ended] == [WEST]
        assert EAST in scene.lists.listed


async def test_what_an_earlier_process_left_open_is_ended_too(scene: Scene) -> None:
    """The bridge ended while no relay process was there."""
    scene.lists.create(EAST, "Ours")
    write_note(scene.folder, scene.lists.listed[EAST], is_bridged=True)
    scene.opening = OPENING
    async with scene.running():
        await until(lambda: EAST not in scene.lists.listed)
        await until(lambda: not read_notes(scene.folder))


async def test_a_call_that_cannot_be_ended_is_ended_later(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        scene.lists.is_answering.clear()
        scene.rearrange(bridges=frozenset())
        await until(lambda: EAST in scene.board.left)
        scene.lists.refusals = [CallUnreachable(EAST, "FLOOD_WAIT_9")]
        scene.lists.is_answering.set()
        await until(lambda: not scene.lists.refusals)
        scene.rearrange()
        await until(lambda: EAST not in scene.lists.listed)


async def test_why_a_call_cannot_be_joined_is_reported_and_that_it_was_after_all(scene: Scene) -> None:
    scene.opening = OPENING
    async with scene.running():
        await until(lambda: scene.sounds)
        scene.lists.refusals = [RelayLacksRights(EAST, "CHAT_ADMIN_REQUIRED")]
        scene.rearrange(bridges=frozenset({EAST}))
        await until(lambda: Spanned(ROOM, EAST) in scene.told)
    spans = [report for report in scene.told if isinstance(report, Spanned)]
    assert spans == [Spanned(ROOM, EAST, "RelayLacksRights"), Spanned(ROOM, EAST)]


async def test_what_passes_by_itself_is_no_news(scene: Scene) -> None:
    scene.opening = OPENING
    async with scene.running():
        await until(lambda: scene.sounds)
        scene.board.refusals = [CallUnreachable(EAST, "TimeoutError")]
        scene.rearrange(bridges=frozenset({EAST}))
        await until(lambda: Spanned(ROOM, EAST) in scene.told)
    assert [report for report in scene.told if isinstance(report, Spanned)] == [Spanned(ROOM, EAST)]


async def test_what_lasts_is_news(scene: Scene) -> None:
    scene.opening = OPENING
    async with scene.running():
        await until(lambda: scene.sounds)
        scene.board.refusals = [CallUnreachable(EAST, "TimeoutError") for _ in range(3)]
        scene.rearrange(bridges=frozenset({EAST}))
        await until(lambda: Spanned(ROOM, EAST, "CallUnreachable") in scene.told, 30)


async def test_that_a_call_has_become_too_large_is_told_with_its_chat(scene: Scene) -> None:
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        scene.board.is_large = True
        await until(lambda: {Enlarged(ROOM), Enlarged(ROOM, EAST)} <= set(scene.told), 30)
