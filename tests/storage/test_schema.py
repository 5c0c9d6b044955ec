"""The privacy page lists every column there is: a new one about people cannot come in unnoticed."""

from pathlib import Path

from storage.schema import metadata

PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"


def test_every_column_is_on_the_privacy_page() -> None:
    listed = PRIVACY.read_text().split("## All that is stored")[1]
    rows = [line.strip("| ").split(" | ") for line in listed.splitlines() if line.startswith("| ")]
    promised = {name: columns.split(", ") for name, columns in rows if name != "table"}
    assert promised == {table.name: list(table.columns.keys()) for table in metadata.tables.values()}
