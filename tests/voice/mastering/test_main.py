"""The mastering process: an order in, an answer out, and killed whenever it may be."""

import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.voice.mastering import tape
from tests.voice.mastering.tape import ADA, BEA, CIA, between, hear
from tests.voice.sounds import listen, strength
from voice.mastering.orders import Order, order_to_json, replay_from_json

COMMAND = [sys.executable, "-m", "voice.mastering"]


def order(folder: Path, limit: int = 10**6) -> Order:
    return Order(folder, "T", "A", "t", limit, consented=(ADA,), excluded=(BEA,))


@pytest.fixture
def taped(folder: Path) -> Path:
    tape.tape_talk(folder, 12, {ADA: [(0, 12)], BEA: [(2, 11)], CIA: [(4, 9)]})
    return folder


def run(text: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(COMMAND, input=text, capture_output=True, timeout=60)


def test_an_order_is_answered(taped: Path) -> None:
    done = run(order_to_json(order(taped)))
    assert (done.returncode, done.stderr) == (0, b"")
    replay = replay_from_json(done.stdout)
    assert replay.parts[0].path == taped / "replay.ogg"
    assert [voice.person for voice in replay.tracks] == [ADA]


@pytest.mark.parametrize("text", [b"", b"\xff"])
def test_a_malformed_order_is_a_sentence(text: bytes) -> None:
    done = run(text)
    assert done.returncode == 2
    assert done.stderr.startswith(b"the order is malformed: ")
    assert done.stderr.count(b"\n") == 1


def test_a_limit_that_is_too_small_is_a_sentence(taped: Path) -> None:
    done = run(order_to_json(order(taped, 10)))
    assert (done.returncode, done.stderr) == (2, b"no part of the replay fits into 10 bytes\n")


def test_a_talk_that_is_spoilt_at_its_head_is_a_sentence(folder: Path) -> None:
    folder.mkdir()
    (folder / "talk.ogg").write_bytes(b"rubbish")
    done = run(order_to_json(order(folder)))
    assert (done.returncode, done.stderr) == (1, b"talk.ogg is spoilt beyond its first page\n")


def test_a_disk_that_refuses_is_a_sentence(taped: Path) -> None:
    (taped / "house").mkdir(exist_ok=True)
    (taped / "talk.part").mkdir()
    done = run(order_to_json(order(taped)))
    assert done.returncode == 1
    assert done.stderr.startswith(b"the disk refuses: ")


def test_nothing_of_telegram_is_loaded() -> None:
    asked = (
        "import sys, voice.mastering.__main__; print('pyrogram' in sys.modules, 'pytgcalls' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_two_at_once_are_one_after_the_other(taped: Path) -> None:
    """As when the parent of the first was killed, and started again."""
    both = [
        subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    for process in both:
        assert process.stdin is not None
        process.stdin.write(order_to_json(order(taped)))
        process.stdin.close()
        process.stdin = None
    answers = [process.communicate(timeout=60) for process in both]
    assert answers[0] == answers[1]
    assert replay_from_json(answers[0][0]).parts


def killed_when_it_writes(folder: Path, name: str) -> None:
    """Start the process and kill it as soon as this file appears."""
    process = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    process.stdin.write(order_to_json(order(folder)))
    process.stdin.close()
    deadline = time.monotonic() + 60
    while not (folder / name).exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.kill()
    assert process.wait() == -signal.SIGKILL, "it was still at work"


@pytest.mark.parametrize("name", ["voices/7.ogg", "others.part", "whole.part"])
def test_whenever_it_is_killed_doing_it_again_mends_all(taped: Path, name: str) -> None:
    killed_when_it_writes(taped, name)
    killed_when_it_writes(taped, name)
    done = run(order_to_json(order(taped)))
    assert (done.returncode, done.stderr) == (0, b"")
    replay = replay_from_json(done.stdout)
    assert replay.duration == timedelta(seconds=12) - timedelta(microseconds=2500)
    for sound in (hear(taped / "talk.ogg"), listen(replay.parts[0].path)):
        assert strength(between(sound, 2.2, 10.8), 900) < 5
        assert strength(between(sound, 5, 8), 500) == pytest.approx(
            strength(between(sound, 0.5, 1.5), 500), rel=0.06
        )
    assert strength(between(hear(taped / "talk.ogg"), 5, 8), 1700) == pytest.approx(6000, rel=0.06)
    assert strength(between(hear(taped / "others.ogg"), 5, 8), 1700) == pytest.approx(6000, rel=0.06)
    assert not list(taped.rglob("*.part"))
    assert sorted(path.name for path in (taped / "voices").iterdir()) == ["5.ogg"]
