"""Lines: of known width before they are drawn, and never with a box in place of a letter."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.faces import Faces, Style
from bot.pictures.layout import house_typesetter
from bot.pictures.typesetting import ELLIPSIS, MOST_CLUSTERS, Line, Typesetter, trimmed
from tests.bot.pictures.gallery import OURS_ALONE, have_glyphs

SETTERS = {"ours alone": OURS_ALONE, "this machine": house_typesetter()}


def a_line(text: str, setter: Typesetter = OURS_ALONE) -> Line:
    return setter.line(setter.glyphs(text, Style.PLAIN), 40)


def test_a_line_of_one_script_is_one_run() -> None:
    line = a_line("hosted by Ada Rossi")
    assert [run.text for run in line.runs] == ["hosted by Ada Rossi"]
    assert 300 < line.width < 500


def test_what_no_face_can_draw_is_left_out_with_the_space_around_it() -> None:
    assert a_line("漢字 Jazz 🎭 night 漢").text == "Jazz night"
    assert a_line("漢字").runs == ()


def test_fancy_letters_become_plain_ones_where_no_face_has_them() -> None:
    assert a_line("𝓕𝓪𝓷𝓬𝔂 ｗｉｄｅ").text == "Fancy wide"  # noqa: RUF001


def test_a_text_that_fits_has_the_first_size() -> None:
    assert OURS_ALONE.fitted("Jazz", Style.PLAIN, (48, 40, 36), 1000).size == 48


def test_a_longer_one_has_a_smaller_size_and_is_whole() -> None:
    line = OURS_ALONE.fitted("Thursday 26 November 2026", Style.PLAIN, (48, 40, 36), 560)
    assert line.size < 48
    assert line.text == "Thursday 26 November 2026"


def test_a_text_that_fits_in_no_size_ends_in_an_ellipsis_and_in_no_space() -> None:
    line = OURS_ALONE.fitted("word " * 50, Style.PLAIN, (48, 40), 300)
    assert line.size == 40
    assert line.width <= 300
    assert line.text.endswith(ELLIPSIS)
    assert not line.text.endswith(f" {ELLIPSIS}")


def test_where_not_even_a_letter_fits_nothing_is_set() -> None:
    assert OURS_ALONE.fitted("Jazz", Style.PLAIN, (48,), 10).runs == ()


def test_marks_that_turn_text_do_not_turn_the_line() -> None:
    assert not OURS_ALONE.fitted("\u200f\u202eJazz", Style.PLAIN, (48,), 500).leftwards


def test_an_endless_text_is_read_only_so_far() -> None:
    assert len(OURS_ALONE.glyphs("x" * 1_000_000, Style.PLAIN)) == MOST_CLUSTERS


def test_without_shaping_a_heart_has_no_box_behind_it() -> None:
    setter = Typesetter(Faces(folders=(), shaping=False))
    line = a_line("I ❤️ it", setter)
    assert line.text == "I ❤ it"
    assert all(run.direction is None for run in line.runs)
    assert line.width > 0


def test_figures_are_as_tall_as_capitals() -> None:
    line = OURS_ALONE.line(OURS_ALONE.glyphs("40", Style.TITLE), 100)
    (run,) = line.runs
    if run.direction is None:
        pytest.skip("needs shaping")
    font = run.face.at(100)
    assert font.getbbox("4", features=run.features, anchor="ls")[3] == pytest.approx(0, abs=2)


@pytest.mark.parametrize("setter", SETTERS.values(), ids=SETTERS.keys())
@settings(deadline=None)
@given(text=st.text(max_size=60), width=st.integers(20, 900))
def test_whatever_is_written_fits_and_has_its_glyphs(setter: Typesetter, text: str, width: int) -> None:
    line = setter.fitted(text, Style.STRONG, (44, 36), width)
    assert line.width <= width
    assert have_glyphs(line)


def test_trimming_takes_spaces_at_both_ends_and_in_a_row() -> None:
    (letter,) = OURS_ALONE.glyphs("a", Style.PLAIN)
    space = (" ", letter[1])
    assert trimmed([space, letter, space, space, letter, space]) == [letter, space, letter]
    assert trimmed([space, space]) == []
