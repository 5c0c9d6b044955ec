"""Catalogues: loads the translations at start, and checks that each text in the code has one.

`python -m app.catalogues bot storage web` names every text without a proper translation, and then exits
with 1; with `--update` it first adds new texts to the catalogues and drops those that no code says any more.
"""

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from storage import receipt

ROOT = Path(__file__).parent.parent
BOT_TEXTS, WEB_TEXTS = ROOT / "bot" / "texts", ROOT / "web" / "texts"
STORAGE_TEXTS = ROOT / "storage" / "texts"
"""What the schema says of itself, which bot and web show alike."""

BESIDES: Mapping[str, Callable[[], Iterable[str]]] = {"storage": receipt.texts}
"""Texts of a package that its code does not say by a call."""

SOURCE = "en"
TRANSLATIONS = ("it",)
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2.ext:babel_extract")]
"""What is searched for texts, and by which of Babel's extractors."""

LINE = 110
_PERCENT = re.compile(r"%\((\w+)\)[a-z]")


def load(folder: Path) -> Mapping[str, NullTranslations]:
    """The translations in a folder by language: "en", which the code speaks, and "it", from `it.po`.

    What is not in them is looked for among those of the schema.
    """
    catalogues: dict[str, NullTranslations] = {SOURCE: NullTranslations()}
    for language in TRANSLATIONS:
        catalogues[language] = _load(folder, language)
        catalogues[language].add_fallback(_load(STORAGE_TEXTS, language))
    return catalogues


def _load(folder: Path, language: str) -> GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, _read(folder, language))
    compiled.seek(0)
    return GNUTranslations(compiled)


def check(package: Path) -> Iterator[str]:
    """What is wrong with the translations of a package, a line for each text."""
    said = _said_in(package)
    for language in TRANSLATIONS:
        catalog = _read(package / "texts", language)
        where = f"{package.name}/texts/{language}.po"
        if not _names_plural_forms(_path(package / "texts", language)):
            yield f"{where}: its header names no plural forms"
        for message in _texts_of(said):
            found = catalog.get(message.id, message.context)
            if found is None:
                yield f"{where}: missing: {_shown(message)}"
            else:
                yield from (f"{where}: {fault}: {_shown(message)}" for fault in _faults(found, catalog))
        for message in (*_texts_of(catalog), *catalog.obsolete.values()):
            if said.get(message.id, message.context) is None:
                yield f"{where}: obsolete: {_shown(message)}"


def update(package: Path) -> None:
    """Bring a package's catalogues up to what its code says; what is new is empty, to be translated."""
    for language in TRANSLATIONS:
        catalog = _read(package / "texts", language)
        catalog.update(_said_in(package), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with _path(package / "texts", language).open("wb") as file:
            file.write(_header(catalog).encode())
            write_po(file, catalog, width=LINE, omit_header=True, include_lineno=False, sort_by_file=True)


def _header(catalog: Catalog) -> str:
    """What a catalogue begins with: no more than is needed to read it, so that it changes with texts only.

    Where no plural forms are named, Babel takes those of its own data, which differ between its versions.
    """
    fields = (
        f"Language: {catalog.locale}",
        "Content-Type: text/plain; charset=utf-8",
        f"Plural-Forms: {catalog.plural_forms}",
    )
    lines = ('msgid ""', 'msgstr ""', *(f'"{field}\\n"' for field in fields))
    return "".join(f"{line}\n" for line in (*lines, ""))


def _read(folder: Path, language: str) -> Catalog:
    path = _path(folder, language)
    with BytesIO(path.read_bytes() if path.exists() else b"") as file:
        return read_po(file, locale=language, charset="utf-8")


def _path(folder: Path, language: str) -> Path:
    return folder / f"{language}.po"


def _names_plural_forms(path: Path) -> bool:
    return not path.exists() or '"Plural-Forms: ' in path.read_text()


def _said_in(package: Path) -> Catalog:
    """Every text that the code and the templates of a package say."""
    said = Catalog(charset="utf-8")
    for file, _line, text, _comments, context in extract_from_dir(package, METHODS):
        said.add(text, locations=[(f"{package.name}/{file}", 0)], context=context)
    for text in BESIDES.get(package.name, list)():
        said.add(text)
    return said


def _texts_of(catalog: Catalog) -> Iterator[Message]:
    return (message for message in catalog if message.id)


def _faults(message: Message, catalog: Catalog) -> Iterator[str]:
    """What is wrong with one translation."""
    originals = _forms(message.id)
    forms = _forms(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if not all(forms) or len(forms) != (catalog.num_plurals if len(originals) > 1 else 1):
        yield "not translated"
    elif not all(_fills_in(form, originals, number) for number, form in enumerate(forms)):
        yield "other placeholders than the original"


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    return (text or "",) if isinstance(text, str | None) else text


def _fills_in(form: str, originals: Sequence[str], number: int) -> bool:
    """Whether a form has what its original fills in; "one day" need not have the number that "2 days" has."""
    original = originals[min(number, len(originals) - 1)]
    return _placeholders([original]) <= _placeholders([form]) <= _placeholders(originals)


def _placeholders(texts: Iterable[str]) -> set[str]:
    """The names that are filled in, as `{name}` or `%(name)s`."""
    names: set[str] = set()
    for text in texts:
        names |= {f"%({name})" for name in _PERCENT.findall(text)}
        try:
            names |= {f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name is not None}
        except ValueError:
            names.add(text)  # stray braces: at least they must be the same
    return names


def _shown(message: Message) -> str:
    return repr(_forms(message.id)[0])


def main(arguments: Sequence[str]) -> int:
    """Check the packages that are named; gives the exit status."""
    packages = [ROOT / name for name in arguments if name != "--update"]
    if "--update" in arguments:
        for package in packages:
            update(package)
    faults = [fault for package in packages for fault in check(package)]
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
