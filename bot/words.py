"""Words: the languages that the bot speaks, each with its texts and its way of writing dates."""

from collections.abc import Iterator, Mapping
from gettext import NullTranslations

from babel import Locale
from markupsafe import Markup

DEFAULT = "en"


class Words:
    """One language. Texts are looked up by their English; what is not translated stays English."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self.locale = Locale.parse("en_GB" if language == "en" else language)
        self._translations = translations

    def gettext(self, text: str) -> str:
        """The text in this language."""
        return self._translations.gettext(text)

    def ngettext(self, one: str, many: str, number: int) -> str:
        """The text in this language, in the form that fits the number."""
        return self._translations.ngettext(one, many, number)


class Languages:
    """All languages with a catalogue."""

    def __init__(self, catalogues: Mapping[str, NullTranslations]) -> None:
        self._words = {language: Words(language, texts) for language, texts in catalogues.items()}

    def of(self, code: str | None) -> Words:
        """The words for an IETF language code such as "it" or "it-CH"; English for all that have none."""
        language = (code or DEFAULT).lower().partition("-")[0]
        return self._words.get(language, self._words[DEFAULT])

    def __iter__(self) -> Iterator[Words]:
        """Every language once."""
        return iter(self._words.values())


def filled(text: str, **values: object) -> Markup:
    """A text of ours, which is HTML (Bot API, "HTML style"), with values that are escaped."""
    return Markup(text).format(**values)  # noqa: S704  # the text is ours; the values are escaped by format
