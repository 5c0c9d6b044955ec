"""Faults and floods, switched by tools."""

from collections.abc import AsyncIterator

import pytest

from tests.sandbox.counter import Counter, counter

NONE = {"loss": 0.0, "jitter": 0.0, "black_hole": False}


@pytest.fixture
async def desk() -> AsyncIterator[Counter]:
    async with counter() as desk:
        yield desk


async def test_faults_are_turned_one_by_one(desk: Counter) -> None:
    assert await desk.get("/api/faults") == NONE
    assert await desk.post("/api/faults", loss=0.1) == {**NONE, "loss": 0.1}
    assert await desk.post("/api/faults", jitter=0.05, black_hole=True) == {
        "loss": 0.1,
        "jitter": 0.05,
        "black_hole": True,
    }
    faults = desk.party.voice.faults
    assert (faults.loss, faults.jitter, faults.black_hole) == (0.1, 0.05, True)
    assert await desk.post("/api/faults", loss=0, jitter=0, black_hole=False) == NONE


async def test_one_persons_line_alone_is_spoilt(desk: Counter) -> None:
    desk.party.start_call()
    place = {"chat": desk.party.chat.id, "person": desk.party.person("bruno")}
    async with desk.party.listening("bruno"):
        await desk.post("/api/faults", **place, loss=0.5)
        assert (await desk.get("/api/faults", **place))["loss"] == 0.5
        assert await desk.get("/api/faults") == NONE


@pytest.mark.parametrize(
    "fields",
    [
        {"loss": 1.5},
        {"loss": "0.5"},
        {"jitter": -1},
        {"jitter": 60},
        {"black_hole": 1},
        {"loss": 1, "jitter": True},
    ],
)
async def test_a_fault_that_makes_no_sense_changes_nothing(desk: Counter, fields: dict[str, object]) -> None:
    status, _ = await desk.refused("/api/faults", **fields)
    assert status == 400
    assert await desk.get("/api/faults") == NONE


async def test_faults_of_somebody_who_is_not_there_are_refused(desk: Counter) -> None:
    chat = desk.party.chat.id
    for fields, status in (
        ({"person": 1}, 400),
        ({"chat": chat}, 409),
        ({"chat": 5, "person": 1}, 404),
    ):
        refused, _ = await desk.refused("/api/faults", **fields, loss=0.5)
        assert refused == status
    desk.party.start_call()
    refused, _ = await desk.refused("/api/faults", chat=chat, person=1, loss=0.5)
    assert refused == 409


async def test_floods_are_switched(desk: Counter) -> None:
    assert await desk.get("/api/floods") == {"is_on": False}
    assert await desk.post("/api/floods", is_on=True) == {"is_on": True}
    assert desk.bot_api.floods.is_on
    assert await desk.post("/api/floods", is_on=False) == {"is_on": False}
    status, _ = await desk.refused("/api/floods", is_on="yes")
    assert status == 400
