"""The usher: speakers may speak whenever they come, and admins have the last word."""

from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rooms.errors.calls import CallUnreachable
from tests.sandbox.waiting import until
from tests.voice.engaged import CHAT, EAST, OPENING, Scene
from tests.voice.exchange import ADA, BEN, CARLA

LISTENER: dict[str, Any] = {"muted": True, "can_self_unmute": False}
SPEAKER: dict[str, Any] = {"muted": True, "can_self_unmute": True}


@pytest.fixture
def scene(tmp_path: Path, disk: Executor) -> Scene:
    scene = Scene(tmp_path, disk, replace(OPENING, joins_muted=True, speakers=frozenset({BEN})))
    scene.lists.people = []
    return scene


def let_speak(scene: Scene) -> list[int]:
    """Whom Telegram was asked to let speak, in order."""
    return [person for person, change in scene.lists.edits if change == {"muted": False}]


async def test_a_speaker_may_speak_as_soon_as_they_come_and_nobody_else(scene: Scene) -> None:
    async with scene.running():
        scene.enter(ADA, **LISTENER)
        scene.enter(BEN, **LISTENER)
        await until(lambda: let_speak(scene), 1.0)
        await until(lambda: [one.may_speak for one in scene.people] == [False, False])
    assert let_speak(scene) == [BEN]


async def test_a_speaker_of_another_call_too(scene: Scene) -> None:
    scene.opening = replace(scene.opening, bridges=frozenset({EAST}))
    async with scene.running():
        await until(lambda: EAST in scene.engagement.studio.legs)
        scene.enter(BEN, EAST, **LISTENER)
        await until(lambda: let_speak(scene) == [BEN], 1.0)


async def test_who_goes_and_comes_again_keeps_the_right(scene: Scene) -> None:
    async with scene.running():
        scene.enter(BEN, **SPEAKER)
        await until(lambda: scene.engagement.usher._able)
        scene.enter(BEN, left=True)
        await until(lambda: not scene.engagement.usher._able)
        scene.enter(BEN, **LISTENER)
        await until(lambda: let_speak(scene) == [BEN])


async def test_who_comes_again_faster_than_anybody_looks_keeps_it_too(scene: Scene) -> None:
    async with scene.running():
        scene.enter(BEN, **SPEAKER)
        await until(lambda: scene.engagement.usher._able)
        scene.enter(BEN, left=True)
        scene.enter(BEN, source=4711, **LISTENER)
        await until(lambda: let_speak(scene) == [BEN])


async def test_who_is_made_a_listener_in_telegram_stays_one(scene: Scene) -> None:
    async with scene.running():
        scene.enter(BEN, **SPEAKER)
        await until(lambda: scene.engagement.usher._able)
        scene.enter(BEN, **LISTENER)
        await until(lambda: not scene.engagement.usher._able)
        scene.enter(BEN, left=True)
        await until(lambda: not scene.people)
        scene.enter(BEN, **LISTENER)
        await until(lambda: scene.people)
        heard = len(scene.sounds)
        await until(lambda: len(scene.sounds) > heard + 30)
        assert let_speak(scene) == []
        scene.rearrange()
        await until(lambda: let_speak(scene) == [BEN])


async def test_who_is_made_a_speaker_later_is_one_at_once_or_when_they_come(scene: Scene) -> None:
    async with scene.running():
        scene.enter(ADA, **LISTENER)
        await scene.engagement.usher.let_speak(ADA, may_speak=True)
        assert let_speak(scene) == [ADA]
        await scene.engagement.usher.let_speak(CARLA, may_speak=True)
        scene.enter(CARLA, **LISTENER)
        await until(lambda: CARLA in let_speak(scene), 1.0)


async def test_who_is_no_speaker_any_more_is_muted_and_not_let_speak_again(scene: Scene) -> None:
    async with scene.running():
        scene.enter(BEN, **SPEAKER)
        scene.lists.answers = [[scene.change(BEN, **LISTENER)]]
        await scene.engagement.usher.let_speak(BEN, may_speak=False)
        assert scene.lists.edits == [(BEN, {"muted": True})]
        scene.enter(BEN, left=True)
        scene.enter(BEN, **LISTENER)
        await until(lambda: [one.may_speak for one in scene.people] == [False])
        heard = len(scene.sounds)
        await until(lambda: len(scene.sounds) > heard + 30)
    assert let_speak(scene) == []


async def test_a_refusal_is_asked_again_later(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.house.usher.RETRY", 0.3)
    async with scene.running():
        await until(lambda: scene.sounds)
        scene.enter(BEN, **LISTENER)
        scene.lists.refusals = [CallUnreachable(CHAT, "CHAT_ADMIN_REQUIRED")]
        await until(lambda: not scene.lists.refusals)
        await until(lambda: let_speak(scene) == [BEN])
