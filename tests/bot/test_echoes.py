"""What is asked back."""

import pytest

from bot.echoes import how_to_write, question
from bot.times import Doubt
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN

WITHOUT_OPTIONS = (Doubt.MISSING_TIME, Doubt.MISSING_DAY, Doubt.WHICH_RHYTHM, Doubt.SHORT_MONTH)


@pytest.mark.parametrize("doubt", sorted(set(Doubt) - set(WITHOUT_OPTIONS)))
def test_each_doubt_that_offers_moments_has_a_question(doubt: Doubt) -> None:
    assert question(doubt, ENGLISH.words) != "Which of these do you mean?"
    assert question(doubt, ENGLISH.words) != question(doubt, ITALIAN.words)
    for speech in BOTH:
        assert question(doubt, speech.words).endswith("?")


@pytest.mark.parametrize("doubt", sorted(Doubt))
def test_each_doubt_without_moments_says_how_to_write_it(doubt: Doubt) -> None:
    assert "rite" in how_to_write(doubt, ENGLISH.words)
    assert "criv" in how_to_write(doubt, ITALIAN.words)
