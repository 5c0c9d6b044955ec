"""Orders: as they went out, they come in."""

from datetime import timedelta
from pathlib import Path

import pytest

from rooms.ids import PersonId
from rooms.recordings import Gap, Part, Turn
from voice.mastering.orders import (
    Chapter,
    Order,
    OrderMalformed,
    Replay,
    Voice,
    order_from_json,
    order_to_json,
    replay_from_json,
    replay_to_json,
)

ADA = PersonId(5)


def test_an_order_survives() -> None:
    turn = Turn(ADA, "Ada “ß”", timedelta(seconds=1.25), timedelta(hours=1))
    order = Order(
        Path("/a/ü"), "T", "A", "t", 5, (Chapter(timedelta(days=1), "x"),), (turn,), (ADA,), (PersonId(-100),)
    )
    assert order_from_json(order_to_json(order)) == order


def test_a_replay_survives() -> None:
    replay = Replay(
        talk=Path("t"),
        duration=timedelta(microseconds=1),
        parts=(Part(Path("p"), timedelta(), timedelta(seconds=3)),),
        gaps=(Gap(timedelta(), timedelta(seconds=3)),),
        tracks=(Voice(ADA, Path("v")),),
        loudness=-16.01,
    )
    assert replay_from_json(replay_to_json(replay)) == replay
    assert replay_from_json(replay_to_json(Replay())) == Replay()


@pytest.mark.parametrize(
    "text", [b"", b"null", b"{}", b"[1]", b'{"folder": "x"}', b"{", b'{"folder": 5}', b"\xff"]
)
def test_other_texts_are_told_apart(text: bytes) -> None:
    with pytest.raises(OrderMalformed):
        order_from_json(text)
