"""Languages: which of ours a browser asks for, and what is said in each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from gettext import NullTranslations

DEFAULT = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One language; what is not translated stays English."""

    language: str
    translations: NullTranslations

    def gettext(self, text: str) -> str:
        """The text in this language."""
        return self.translations.gettext(text)


def words_of(language: str | None, catalogues: Mapping[str, NullTranslations]) -> Words:
    """The words of a language that has a catalogue, else the English ones."""
    known = language if language is not None and language in catalogues else DEFAULT
    return Words(known, catalogues[known])


def preferred(accept_language: str, offered: Collection[str]) -> str:
    """The language that an Accept-Language header likes best (RFC 9110, section 12.5.4), else English.

    Args:
        accept_language: the header's value, in whatever shape it came.
        offered: primary language tags in lower case.
    """
    liked = [(_weight(part), _primary(part)) for part in accept_language[:1000].split(",")]
    for weight, language in sorted(liked, key=lambda wish: -wish[0]):
        if weight > 0 and language in offered:
            return language
    return DEFAULT


def _primary(part: str) -> str:
    return part.split(";", maxsplit=1)[0].strip().split("-")[0].lower()


def _weight(part: str) -> float:
    _, _, quality = part.replace(" ", "").partition(";q=")
    try:
        weight = float(quality or 1)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
