"""Choosing a language."""

import pytest

from bot.words import filled
from tests.bot.forum import LANGUAGES


@pytest.mark.parametrize(
    ("code", "language"),
    [("it", "it"), ("it-CH", "it"), ("IT", "it"), ("en-GB", "en"), ("de", "en"), ("", "en"), (None, "en")],
)
def test_italian_is_spoken_to_italians_and_english_to_all_others(code: str | None, language: str) -> None:
    assert LANGUAGES.of(code).language == language


def test_plurals_follow_the_language() -> None:
    one, many = "In {number} place nothing could be heard; there it is silent.", ""
    words = LANGUAGES.of("it")
    assert words.ngettext(one, many, 1) != words.ngettext(one, many, 2)


def test_what_is_filled_into_a_text_is_shown_as_it_is() -> None:
    assert str(filled("<b>{title}</b>", title="<i>{x}</i>&")) == "<b>&lt;i&gt;{x}&lt;/i&gt;&amp;</b>"
