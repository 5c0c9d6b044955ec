"""Fields that say themselves what they are."""

import pytest

from bot.aspects import Aspect
from bot.aspects.labels import labelled


@pytest.mark.parametrize(
    ("field", "aspect", "rest"),
    [
        ("title: Careers", Aspect.TITLE, "Careers"),
        ("Titolo : Carriere: ieri e oggi", Aspect.TITLE, "Carriere: ieri e oggi"),
        ("how long: 45m", Aspect.LENGTH, "45m"),
        ("quando:domani 18:30", Aspect.WHEN, "domani 18:30"),
        ("chi può ascoltare: membri", Aspect.ADMISSION, "membri"),
        ("description: First.\nThen.", Aspect.DESCRIPTION, "First.\nThen."),
        ("posti:", Aspect.SEATS, ""),
    ],
)
def test_the_first_word_tells_what_the_field_is_about(field: str, aspect: Aspect, rest: str) -> None:
    assert labelled(field) == (aspect, rest)


@pytest.mark.parametrize(
    "field", ["18:30", "Careers: a beginning", "tomorrow 18:30", "", ":", "https://example.org"]
)
def test_other_fields_have_no_such_word(field: str) -> None:
    assert labelled(field) is None
