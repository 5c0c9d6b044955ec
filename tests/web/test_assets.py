"""Assets: only what a page uses, at an address that changes with it."""

from pathlib import Path

from web.assets import load_assets
from web.server import PLAYER


def test_an_edition_changes_with_any_file(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    first = load_assets(tmp_path).edition
    (tmp_path / "a.js").write_text("2")
    assert load_assets(tmp_path).edition != first


def test_what_no_page_uses_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("")
    (tmp_path / "notes.txt").write_text("")
    assert set(load_assets(tmp_path).files) == {"a.css"}


def test_nothing_of_the_player_comes_from_elsewhere() -> None:
    for asset in load_assets(PLAYER).files.values():
        if asset.content_type == "image/jpeg":
            continue
        text = asset.content.decode().replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text
        assert "https:" not in text
