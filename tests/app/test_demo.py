"""The demo begins each evening anew, and throws no recording away."""

import socket
from pathlib import Path

import pytest

from app.demo import EARLIER, _sweep, run_demo
from app.lock import LOCK
from app.supervision import CannotRun


async def test_a_taken_port_is_named_with_the_option_to_change() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port, free = taken.getsockname()[1], 0
        with pytest.raises(CannotRun, match=f"Port {port} is taken.* by --web-port"):
            await run_demo(port, free)
        with pytest.raises(CannotRun, match=f"Port {port} is taken.* by --console-port"):
            await run_demo(free, port)


def test_a_first_evening_has_nothing_to_sweep(tmp_path: Path) -> None:
    _sweep(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_an_earlier_evening_left_is_gone_but_its_recordings_are_kept(tmp_path: Path) -> None:
    for evening in ("first", "second"):
        (tmp_path / "recordings" / "1").mkdir(parents=True)
        (tmp_path / "recordings" / "1" / "talk.ogg").write_text(evening)
        (tmp_path / "loggione.db").write_text("rooms")
        (tmp_path / "state.json").write_text("{}")
        (tmp_path / LOCK).write_text("")
        (tmp_path / "folder").mkdir()
        _sweep(tmp_path)
        assert {path.name for path in tmp_path.iterdir()} == {EARLIER, LOCK}
    kept = sorted(path.read_text() for path in (tmp_path / EARLIER).rglob("talk.ogg"))
    assert kept == ["first", "second"]
