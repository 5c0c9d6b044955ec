"""Which font draws what; what none can draw is nobody's."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.clusters import visible
from bot.pictures.faces import BUNDLED, EMOJI_SIZE, Face, Faces, Style
from tests.bot.pictures.gallery import folder_with, points_of

ALEGREYA, INTER = BUNDLED / "Alegreya-Bold.ttf", BUNDLED / "Inter-SemiBold.ttf"
DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf")
NOTO_EMOJI = Path("/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf")
needs_dejavu = pytest.mark.skipif(not DEJAVU.exists(), reason="needs DejaVu Sans")
needs_emoji = pytest.mark.skipif(not NOTO_EMOJI.exists(), reason="needs Noto Color Emoji")
OURS, THIS_MACHINE = Faces(folders=()), Faces()


@pytest.mark.parametrize("style", Style)
def test_the_bundled_pair_covers_what_europe_writes(style: Style) -> None:
    letters = "azAZ09 àèéìòùÀÈÉÌÒÙ äöüßñç ąęłžšőű АЯая Її Ґґ ΑΩαω άέήίόύώ ầệ “”‘’«»…–—€%&@#"  # noqa: RUF001
    for letter in letters:
        face = OURS.face_for(letter, style)
        assert face is not None
        assert face.is_bundled


def test_a_title_borrows_from_the_other_face_what_its_own_lacks() -> None:
    assert OURS.face_for("★", Style.TITLE) == Face(INTER)
    assert OURS.face_for("a", Style.TITLE) == Face(ALEGREYA)


@pytest.mark.parametrize("cluster", ["漢", "א", "न", "🎭", "👩‍👧", "🇮🇹"])
def test_without_other_fonts_other_scripts_have_no_face(cluster: str) -> None:
    assert OURS.face_for(cluster, Style.TITLE) is None


def test_the_font_of_a_script_is_found_by_the_scripts_name(tmp_path: Path) -> None:
    """Alegreya stands in for Noto's Tai Tham, whose letters it has not: only the name is right."""
    faces = Faces([folder_with(ALEGREYA, "NotoSansTai-Bold.ttf", tmp_path)])
    assert faces.face_for("\u1a20", Style.TITLE) is None


@needs_dejavu
def test_a_script_is_drawn_by_a_font_of_the_system(tmp_path: Path) -> None:
    faces = Faces([folder_with(DEJAVU, "NotoSansHebrew-Bold.ttf", tmp_path)], shaping=True)
    face = faces.face_for("א", Style.PLAIN)
    assert face == Face(tmp_path / "NotoSansHebrew-Bold.ttf")
    assert not face.is_bundled


@needs_dejavu
def test_without_shaping_scripts_that_need_it_are_left_out_and_others_are_not(tmp_path: Path) -> None:
    faces = Faces([folder_with(DEJAVU, "DejaVuSans-Bold.ttf", tmp_path)], shaping=False)
    assert faces.face_for("א", Style.PLAIN) is None
    assert faces.face_for("ش", Style.PLAIN) is None
    assert faces.face_for("Ⴀ", Style.PLAIN) is not None


def test_without_shaping_nothing_silent_is_drawn_and_no_direction_is_told() -> None:
    faces = Faces(folders=(), shaping=False)
    assert faces.drawable("❤️") == "❤"
    assert faces.direction(leftwards=True) is None


@needs_emoji
def test_an_emoji_in_its_coloured_style_is_a_picture_and_in_its_plain_style_a_letter() -> None:
    faces = Faces([NOTO_EMOJI.parent])
    coloured, plain = faces.face_for("☀️", Style.PLAIN), faces.face_for("1", Style.PLAIN)
    assert coloured is not None
    assert coloured.is_emoji
    assert plain is not None
    assert not plain.is_emoji
    assert coloured.at(40).size == EMOJI_SIZE


def test_a_broken_font_file_is_as_good_as_none(tmp_path: Path) -> None:
    for name in ("NotoColorEmoji.ttf", "NotoSansCJK-Bold.ttc", "DejaVuSans-Bold.ttf"):
        (tmp_path / name).write_bytes(ALEGREYA.read_bytes()[:5000])
    faces = Faces([tmp_path])
    assert faces.face_for("漢", Style.TITLE) is None
    assert faces.face_for("🎭", Style.TITLE) is None


def test_a_font_that_only_calls_itself_emoji_is_not_taken_for_one(tmp_path: Path) -> None:
    faces = Faces([folder_with(ALEGREYA, "NotoColorEmoji.ttf", tmp_path)])
    assert not any(face.is_emoji for face in [faces.face_for("☀️", Style.TITLE)] if face)


def test_folders_that_are_not_there_are_no_trouble(tmp_path: Path) -> None:
    assert Faces([tmp_path / "nowhere"]).face_for("a", Style.TITLE) == Face(ALEGREYA)


@settings(deadline=None)
@given(st.characters(), st.sampled_from(Style))
def test_a_face_is_given_only_for_what_it_covers(character: str, style: Style) -> None:
    for faces in (OURS, THIS_MACHINE):
        face = faces.face_for(character, style)
        for seen in visible(character):  # joiners and the like need no glyph
            assert face is None or ord(seen) in points_of(face.path)


def test_the_fonts_come_with_their_licences() -> None:
    for family in ("Alegreya", "Inter"):
        assert "SIL Open Font License" in (BUNDLED / f"{family}-LICENSE.txt").read_text()
