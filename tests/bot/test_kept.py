"""What is kept is called by words, table by table."""

from bot.kept import Names, said
from rooms.appointments import Answer
from rooms.moderation import DeedKind
from rooms.roles import Role
from storage.receipt import HOLDINGS
from tests.bot.speeches import ENGLISH, ITALIAN


def test_tables_and_columns_are_called_by_what_the_schema_says_of_them_in_both_languages() -> None:
    for holding in HOLDINGS:
        english, italian = (Names(HOLDINGS, speech.words) for speech in (ENGLISH, ITALIAN))
        assert english.table(holding.table) == holding.what != italian.table(holding.table)
        for field in holding.fields:
            called = english.column(holding.table, field.name)
            assert called == field.what != italian.column(holding.table, field.name)
            assert "_" not in called


def test_what_nobody_described_is_called_by_its_own_name() -> None:
    names = Names([], ITALIAN.words)
    assert (names.table("novelties"), names.column("novelties", "new_thing")) == ("novelties", "new_thing")


def test_moments_and_switches_are_said_as_people_write_them() -> None:
    assert said("at", "2026-11-25 18:00:49.760209+00:00", ENGLISH.words) == "25 Nov 2026, 18:00 UTC"
    assert said("at", "2026-11-25 18:00:00+00:00", ITALIAN.words) == "25 nov 2026, 18:00 UTC"
    for value, italian in (("True", "sì"), ("False", "no")):
        assert said("wants_reminder", value, ITALIAN.words) == italian
    assert said("title", "accepted", ITALIAN.words) == "accepted"


def test_every_deed_part_and_answer_is_said_in_both_languages() -> None:
    choices = {"kind": DeedKind, "role": (Role.SPEAKER, Role.COHOST, Role.LISTENER), "answer": Answer}
    for column, values in choices.items():
        for value in values:
            english, italian = (said(column, value, speech.words) for speech in (ENGLISH, ITALIAN))
            assert "_" not in english + italian
            assert english != italian
    assert said("kind", "novelty", ENGLISH.words) == "novelty"
