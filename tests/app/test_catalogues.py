"""Translations: loaded without a build step, and never incomplete."""

from pathlib import Path

import pytest

from app import catalogues

CODE = 'say(words.gettext("Hello {name}"), words.ngettext("{n} talk", "{n} talks", n))\n'
TEMPLATE = '<p>{{ _("Listen") }}</p>\n'
HEADER = """msgid ""
msgstr ""
"Language: it\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""
GOOD = f"""{HEADER}
msgid "Hello {{name}}"
msgstr "Ciao {{name}}"

msgid "{{n}} talk"
msgid_plural "{{n}} talks"
msgstr[0] "{{n}} incontro"
msgstr[1] "{{n}} incontri"

msgid "Listen"
msgstr "Ascolta"
"""


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "part"
    (folder / "templates").mkdir(parents=True)
    (folder / "texts").mkdir()
    (folder / "code.py").write_text(CODE)
    (folder / "templates/page.html").write_text(TEMPLATE)
    (folder / "texts/it.po").write_text(GOOD)
    return folder


def faults(package: Path) -> list[str]:
    return [fault.removeprefix("part/texts/it.po: ") for fault in catalogues.check(package)]


def test_texts_are_loaded_in_both_languages(package: Path) -> None:
    loaded = catalogues.load(package / "texts")
    assert set(loaded) == {"en", "it"}
    assert loaded["en"].gettext("Hello {name}") == "Hello {name}"
    assert loaded["it"].gettext("Hello {name}") == "Ciao {name}"
    assert loaded["it"].ngettext("{n} talk", "{n} talks", 2) == "{n} incontri"
    assert loaded["it"].gettext("of no catalogue") == "of no catalogue"


def test_a_catalogue_has_the_plural_forms_that_it_names(package: Path) -> None:
    """Babel's own for a language are not the same in every version."""
    forms = "nplurals=3; plural=(n == 0 ? 2 : n != 1);"
    po = GOOD.replace("nplurals=2; plural=(n != 1);", forms)
    po = po.replace('"{n} incontri"\n', '"{n} incontri"\nmsgstr[2] "Nessun incontro ({n})"\n')
    (package / "texts/it.po").write_text(po)
    assert faults(package) == []
    loaded = catalogues.load(package / "texts")["it"]
    heard = [loaded.ngettext("{n} talk", "{n} talks", number) for number in (1, 2, 0)]
    assert heard == ["{n} incontro", "{n} incontri", "Nessun incontro ({n})"]
    catalogues.update(package)
    assert f'"Plural-Forms: {forms}\\n"' in (package / "texts/it.po").read_text()
    assert faults(package) == []


def test_a_catalogue_must_name_its_plural_forms(package: Path) -> None:
    (package / "texts/it.po").write_text(GOOD.removeprefix(HEADER))
    assert "its header names no plural forms" in faults(package)


def test_a_complete_catalogue_has_no_faults(package: Path) -> None:
    assert faults(package) == []


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ('msgid "Listen"\nmsgstr "Ascolta"', "", "missing: 'Listen'"),
        ('"Ascolta"', '""', "not translated: 'Listen'"),
        ('"{n} incontri"', '""', "not translated: '{n} talk'"),
        ('"Ciao {name}"', '"Ciao {nome}"', "other placeholders than the original: 'Hello {name}'"),
        ('"Ciao {name}"', '"Ciao {name"', "other placeholders than the original: 'Hello {name}'"),
        ('msgid "Listen"', '#, fuzzy\nmsgid "Listen"', "fuzzy: 'Listen'"),
        ('msgid "Listen"', 'msgid "Old"\nmsgstr "Vecchio"\n\nmsgid "Listen"', "obsolete: 'Old'"),
        ('msgid "Listen"', '#~ msgid "Old"\n#~ msgstr "Vecchio"\n\nmsgid "Listen"', "obsolete: 'Old'"),
    ],
)
def test_each_fault_is_named_with_its_text(package: Path, good: str, bad: str, fault: str) -> None:
    (package / "texts/it.po").write_text(GOOD.replace(good, bad))
    assert faults(package) == [fault]


def test_percent_placeholders_of_templates_are_compared_too(package: Path) -> None:
    (package / "templates/page.html").write_text('{{ _("By %(host)s", host=host) }}')
    po = GOOD.replace('"Listen"', '"By %(host)s"').replace('"Ascolta"', '"Di %(hots)s"')
    (package / "texts/it.po").write_text(po)
    assert faults(package) == ["other placeholders than the original: 'By %(host)s'"]


def test_an_update_adds_what_is_new_and_drops_what_is_old(package: Path) -> None:
    (package / "code.py").write_text(CODE + 'say(words.gettext("New"))\n')
    (package / "templates/page.html").write_text("")
    catalogues.update(package)
    assert faults(package) == ["not translated: 'New'"]
    once = (package / "texts/it.po").read_text()
    assert once.startswith(HEADER)
    catalogues.update(package)
    assert (package / "texts/it.po").read_text() == once


def test_a_package_without_any_catalogue_misses_everything(package: Path) -> None:
    (package / "texts/it.po").unlink()
    assert len(faults(package)) == 3


def test_the_bot_s_catalogue_is_complete() -> None:
    assert list(catalogues.check(catalogues.ROOT / "bot")) == []


def test_the_command_tells_by_its_exit_status(capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.main(["bot"]) == 0
    assert capsys.readouterr().err == ""
