"""Texts of people."""

from bot.aspects.texts import plain_line, plain_lines


def test_a_line_is_one_line_and_keeps_its_emoji() -> None:
    assert plain_line("  👩\u200d💻 Work\u202e\u0007 \u200bnow\nand then ") == "👩\u200d💻 Work now and then"


def test_lines_stay_lines() -> None:
    assert plain_lines("\n One\u202e  two \n\n\tthree\n") == "One two\n\nthree"
