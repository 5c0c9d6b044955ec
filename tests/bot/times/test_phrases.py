"""What people write in chats, as it was agreed to be read: `phrases_en.txt` and `phrases_it.txt`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.times.saying import rows

_HERE = Path(__file__).parent


def _sections() -> Iterator[tuple[str, str, str]]:
    for language in ("en", "it"):
        text = (_HERE / f"phrases_{language}.txt").read_text()
        scene, *sections = text.split("\n# ")
        for section in sections:
            title, _, table = section.partition("\n")
            yield language, title, f"{scene}\n{table}"


@pytest.mark.parametrize(
    ("language", "table"),
    [pytest.param(lang, table, id=f"{lang}: {title}") for lang, title, table in _sections()],
)
def test_phrases_are_read_as_people_mean_them(language: str, table: str) -> None:
    heard = [(words, where.hears(words, language), meant) for where, words, meant in rows(table)]
    assert [row for row in heard if row[1] != row[2]] == []


@pytest.mark.parametrize("language", ["en", "it"])
def test_there_are_many_phrases_of_each_outcome(language: str) -> None:
    text = (_HERE / f"phrases_{language}.txt").read_text()
    assert text.count("=> ?") > 80
    assert text.count("=> !") > 80
    assert text.count("=>") > 400
