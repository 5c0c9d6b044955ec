"""A finding is one line, with what to do when something has to be done."""

from pathlib import Path

from app.doctor.findings import Finding, printable
from tests.app.doctor.cases import TOKEN, case_of


def test_what_is_well_and_what_is_not_are_told_apart_at_the_first_glance() -> None:
    assert Finding("disk", "it is there").line == "ok  disk: it is there"
    assert Finding("disk", "it is full.", "Free some.").line == "!!  disk: it is full. Free some."


def test_a_finding_keeps_to_its_line() -> None:
    assert "\n" not in Finding("disk", "one\ntwo", "three\nfour").line


def test_titles_do_not_steer_the_terminal() -> None:
    assert printable("Ca\x1b[31mreers\r\n") == "Ca[31mreers"


def test_a_case_shows_no_secret(tmp_path: Path) -> None:
    assert TOKEN not in repr(case_of(tmp_path, bot_token=TOKEN))
