"""What is kept is called by words, table by table."""

from bot.kept import holding
from storage import schema
from tests.bot.speeches import ENGLISH, ITALIAN


def test_every_table_is_described_in_both_languages() -> None:
    for table in schema.metadata.tables:
        said = [holding(table, speech.words) for speech in (ENGLISH, ITALIAN)]
        assert table not in said
        assert said[0] != said[1]


def test_a_table_that_nobody_described_is_called_by_its_name() -> None:
    assert holding("novelties", ENGLISH.words) == "novelties"
