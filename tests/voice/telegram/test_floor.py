"""The floor: who may speak is asked for once, stands on the stage at once, and ends as Telegram says."""

import asyncio
from typing import Any

import pytest

from rooms.errors.calls import AdminMaySpeak, CallUnreachable, RelayLacksRights
from rooms.ids import ChatId, PersonId
from rooms.stage import OnStage
from tests.sandbox.waiting import until
from tests.voice.exchange import ADA, BEN, RELAY, Board, Lists, in_call, news
from voice.call.presence import Presence
from voice.telegram.floor import NotInCall

CHAT, CALL = ChatId(-1001), 1


class Scene:
    """A presence in a call with Ada, whose microphone is on."""

    def __init__(self) -> None:
        self.lists = Lists()
        self.presence = Presence(CHAT, RELAY, self.lists, Board(self.lists))
        self.floor = self.presence.floor

    async def open(self, *people: Any) -> None:
        self.lists.people = list(people)
        await self.presence.join("Talk")

    def answer(self, **told: Any) -> None:
        """What the next edit makes of Ada."""
        self.lists.version += 1
        self.lists.people = [in_call(ADA, **told)]
        self.lists.answers.append([news(CALL, self.lists.version, in_call(ADA, **told))])

    @property
    def ada(self) -> OnStage:
        return next(one for one in self.presence.stage(()).people if one.person == ADA)


@pytest.fixture
def scene() -> Scene:
    return Scene()


async def test_a_listener_is_let_speak(scene: Scene) -> None:
    await scene.open(in_call(ADA, muted=True))
    scene.answer(muted=True, can_self_unmute=True)
    await scene.floor.let_speak(ADA, True)
    assert scene.lists.edits == [(ADA, {"muted": False})]
    assert (scene.ada.is_muted, scene.ada.may_speak) == (True, True)


async def test_a_speaker_becomes_a_listener(scene: Scene) -> None:
    await scene.open(in_call(ADA))
    scene.answer(muted=True)
    await scene.floor.let_speak(ADA, False)
    assert scene.lists.edits == [(ADA, {"muted": True})]
    assert (scene.ada.is_muted, scene.ada.may_speak) == (True, False)


async def test_what_is_so_already_is_not_asked_for(scene: Scene) -> None:
    await scene.open(in_call(ADA, muted=True), in_call(BEN))
    await scene.floor.let_speak(ADA, False)
    await scene.floor.let_speak(BEN, True)
    await scene.floor.silence(ADA)
    await scene.floor.lower_hand(BEN)
    assert scene.lists.edits == []


async def test_to_be_let_speak_lowers_the_hand(scene: Scene) -> None:
    await scene.open(in_call(ADA, muted=True, can_self_unmute=True, raise_hand_rating=4))
    scene.answer(muted=True, can_self_unmute=True)
    await scene.floor.let_speak(ADA, True)
    assert scene.lists.edits == [(ADA, {"muted": False})]
    assert scene.ada.hand is None


async def test_an_admin_is_muted_and_it_is_told_that_they_may_speak(scene: Scene) -> None:
    await scene.open(in_call(ADA))
    scene.answer(muted=True, can_self_unmute=True)
    with pytest.raises(AdminMaySpeak):
        await scene.floor.let_speak(ADA, False)
    assert (scene.ada.is_muted, scene.ada.may_speak) == (True, True)
    with pytest.raises(AdminMaySpeak):
        scene.answer(muted=True, can_self_unmute=True)
        await scene.floor.let_speak(ADA, False)


async def test_who_is_silenced_may_unmute_and_never_seems_to_be_a_listener(scene: Scene) -> None:
    await scene.open(in_call(ADA))
    scene.answer(muted=True)
    scene.answer(muted=True, can_self_unmute=True)
    seen = []
    scene.presence.moved = lambda: seen.append((scene.ada.is_muted, scene.ada.may_speak))
    await scene.floor.silence(ADA)
    assert scene.lists.edits == [(ADA, {"muted": True}), (ADA, {"muted": False})]
    assert set(seen) == {(True, True)}


async def test_all_are_silenced_but_some_and_listeners_stay_as_they_are(scene: Scene) -> None:
    cleo = PersonId(3)
    await scene.open(in_call(ADA), in_call(BEN), in_call(cleo, muted=True))
    scene.answer(muted=True, can_self_unmute=True)
    await scene.floor.silence_all(but={BEN})
    assert scene.lists.edits == [(ADA, {"muted": True})]


async def test_a_hand_is_lowered(scene: Scene) -> None:
    await scene.open(in_call(ADA, muted=True, raise_hand_rating=4))
    scene.answer(muted=True)
    await scene.floor.lower_hand(ADA)
    assert scene.lists.edits == [(ADA, {"raise_hand": False})]
    assert scene.ada.hand is None


@pytest.mark.parametrize(("percent", "asked"), [(50, 5000), (0, 100), (900, 20_000)])
async def test_volume_is_in_per_cent_within_telegrams_bounds(scene: Scene, percent: int, asked: int) -> None:
    await scene.open(in_call(ADA))
    await scene.floor.set_volume(ADA, percent)
    assert scene.lists.edits == [(ADA, {"volume": asked})]


async def test_who_is_not_there_is_told_and_not_asked_for(scene: Scene) -> None:
    await scene.open(in_call(ADA))
    for doing in (scene.floor.let_speak(BEN, True), scene.floor.silence(BEN), scene.floor.lower_hand(BEN)):
        with pytest.raises(NotInCall):
            await doing
    assert scene.lists.edits == []


async def test_who_has_just_gone_is_not_there_either(scene: Scene) -> None:
    await scene.open(in_call(ADA, muted=True))
    scene.lists.refusals = [CallUnreachable(CHAT, "PARTICIPANT_JOIN_MISSING")]
    with pytest.raises(NotInCall):
        await scene.floor.let_speak(ADA, True)
    assert not scene.ada.may_speak


async def test_a_refusal_is_passed_on_and_the_stage_tells_the_truth_again(scene: Scene) -> None:
    await scene.open(in_call(ADA, muted=True))
    scene.lists.refusals = [RelayLacksRights(CHAT, "CHAT_ADMIN_REQUIRED")]
    with pytest.raises(RelayLacksRights):
        await scene.floor.let_speak(ADA, True)
    assert not scene.ada.may_speak


async def test_that_it_was_so_already_is_no_error(scene: Scene) -> None:
    await scene.open(in_call(ADA, muted=True))
    scene.lists.refusals = [CallUnreachable(CHAT, "GROUPCALL_NOT_MODIFIED")]
    await scene.floor.let_speak(ADA, True)


async def test_old_news_do_not_undo_on_the_stage_what_is_being_done(scene: Scene) -> None:
    await scene.open(in_call(ADA, muted=True))
    scene.lists.is_answering.clear()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(scene.floor.let_speak(ADA, True))
        await until(lambda: scene.ada.may_speak)
        scene.presence.hear(news(CALL, 2, in_call(ADA, muted=True, raise_hand_rating=1)), {}, {})
        assert scene.ada.may_speak
        scene.lists.version = 2
        scene.answer(muted=True, can_self_unmute=True)
        scene.lists.is_answering.set()
    assert scene.ada.may_speak


async def test_a_gap_before_our_own_change_is_closed_before_the_stage_shows_it(scene: Scene) -> None:
    await scene.open(in_call(ADA, muted=True))
    scene.lists.version = 5
    scene.answer(muted=True, can_self_unmute=True)
    seen = []
    scene.presence.moved = lambda: seen.append(scene.ada.may_speak)
    await scene.floor.let_speak(ADA, True)
    assert set(seen) == {True}
    assert scene.ada.may_speak
