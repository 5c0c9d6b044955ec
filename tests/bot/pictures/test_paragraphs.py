"""Titles: in the largest size that fits, in even lines, broken and shortened only when they must be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.pictures.faces import Style
from bot.pictures.layout import TITLE, house_typesetter
from bot.pictures.paragraphs import Paragraph, Space, set_paragraph
from tests.bot.pictures.gallery import OURS_ALONE, TITLES, have_glyphs


def a_title(text: str, space: Space = TITLE) -> Paragraph:
    return set_paragraph(OURS_ALONE, text, Style.TITLE, space)


def words(paragraph: Paragraph) -> list[str]:
    return [line.text for line in paragraph.lines]


def test_a_short_title_is_one_line_in_the_largest_size() -> None:
    paragraph = a_title("Jazz")
    assert words(paragraph) == ["Jazz"]
    assert paragraph.lines[0].size == TITLE.sizes[0]


def test_a_longer_title_is_smaller_and_in_more_lines() -> None:
    short, long = a_title("Careers after 40"), a_title("How to ask for a raise without losing your temper")
    assert len(short.lines) < len(long.lines)
    assert short.lines[0].size > long.lines[0].size


def test_lines_are_even() -> None:
    narrow = Space(width=1000, height=400, sizes=(60,), most_lines=4)
    assert words(a_title("one two three four five six seven eight nine ten", narrow)) == [
        "one two three four five",
        "six seven eight nine ten",
    ]


def test_words_stay_whole_in_whatever_size_that_takes() -> None:
    paragraph = a_title("Internationalisierungsbestrebungen")
    assert words(paragraph) == ["Internationalisierungsbestrebungen"]


def test_a_word_that_fits_in_no_size_is_broken_into_even_parts() -> None:
    word = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
    lines = words(a_title(word))
    assert "".join(lines) == word
    assert min(map(len, lines)) > max(map(len, lines)) / 2


def test_two_hundred_characters_are_at_most_four_lines_that_end_in_an_ellipsis() -> None:
    for text in ("W" * 200, "word " * 40):
        lines = words(a_title(text))
        assert len(lines) == TITLE.most_lines
        assert lines[-1].endswith("…")


def test_chinese_is_parted_between_characters_but_no_line_begins_with_a_full_stop() -> None:
    setter = house_typesetter()
    text = "好" * 14 + "。" + "好" * 10
    if not setter.glyphs("好", Style.TITLE):
        pytest.skip("needs a Chinese font")
    lines = set_paragraph(setter, text, Style.TITLE, TITLE).lines
    assert len(lines) > 1
    assert not any(line.text.startswith("。") for line in lines)


def test_nothing_that_can_be_drawn_is_no_line() -> None:
    assert a_title("").lines == ()
    assert a_title("漢字").lines == ()
    assert a_title(" \u200b ").lines == ()


def check(paragraph: Paragraph) -> None:
    sizes = {line.size for line in paragraph.lines}
    assert len(paragraph.lines) <= TITLE.most_lines
    assert len(sizes) <= 1
    assert paragraph.leading * len(paragraph.lines) <= TITLE.height + len(paragraph.lines)
    for line in paragraph.lines:
        assert line.width <= TITLE.width
        assert have_glyphs(line)


@pytest.mark.parametrize("title", TITLES)
def test_every_title_fits_its_space(title: str) -> None:
    check(a_title(title))
    check(set_paragraph(house_typesetter(), title, Style.TITLE, TITLE))


@settings(deadline=None)
@given(st.text(max_size=200))
def test_whatever_is_written_fits_its_space(title: str) -> None:
    check(set_paragraph(house_typesetter(), title, Style.TITLE, TITLE))


@settings(deadline=None)
@given(st.text(alphabet="abcdefghi jklmnop ÀÈÌ'", max_size=80))
def test_no_letter_of_a_title_of_eighty_is_lost(title: str) -> None:
    lines = words(a_title(title))
    assert "".join("".join(lines).split()) == "".join(title.split())
