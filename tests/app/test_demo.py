"""The demo begins each evening anew, and throws no recording away."""

from pathlib import Path

from app.demo import EARLIER, _sweep
from app.lock import LOCK


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
