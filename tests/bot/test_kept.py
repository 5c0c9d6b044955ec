"""What is kept is called by words, table by table."""

from bot.kept import called, holding, said
from rooms.appointments import Answer
from rooms.moderation import DeedKind
from rooms.roles import Role
from storage import schema
from storage.marks import ABOUT_PEOPLE
from tests.bot.speeches import ENGLISH, ITALIAN


def test_every_table_is_described_in_both_languages() -> None:
    for table in schema.metadata.tables:
        said = [holding(table, speech.words) for speech in (ENGLISH, ITALIAN)]
        assert table not in said
        assert said[0] != said[1]


def test_a_table_that_nobody_described_is_called_by_its_name() -> None:
    assert holding("novelties", ENGLISH.words) == "novelties"


def test_every_column_beside_a_person_is_called_by_words_in_both_languages() -> None:
    for table in schema.metadata.tables.values():
        if any(ABOUT_PEOPLE & set(column.info) for column in table.columns):
            for column in table.columns:
                english, italian = (called(column.name, speech.words) for speech in (ENGLISH, ITALIAN))
                assert "_" not in english + italian
                assert english != italian
    assert called("new_thing", ENGLISH.words) == "new_thing"


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
