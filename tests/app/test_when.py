"""Words about time can be tried at the command line, and answer as the bot would."""

import pytest
from typer.testing import CliRunner

from app.cli import app

MORNING = ["--zone", "Europe/Rome", "--now", "2026-11-24T09:00"]


@pytest.mark.parametrize(
    ("words", "language", "status", "answer"),
    [
        ("giovedì alle 18:30", "it", 0, "2026-11-26T18:30:00+01:00\n"),
        ("tomorrow 6pm London", "en", 0, "2026-11-25T18:00:00+00:00\n"),
        ("tomorrow", "en", 3, "At what time?"),
        ("domani", "it", 3, "A che ora?"),
        ("31 June 18:30", "en", 4, "No calendar"),
        ("ieri alle 9 di sera", "it", 4, "passat"),
    ],
)
def test_a_moment_a_question_or_a_refusal(words: str, language: str, status: int, answer: str) -> None:
    result = CliRunner().invoke(app, ["when", words, "--lang", language, *MORNING])
    assert (result.exit_code, answer in result.output) == (status, True), result.output


@pytest.mark.parametrize(
    ("words", "language", "status", "answer"),
    [
        ("every Thursday 18:30", "en", 0, "2026-11-26T18:30:00+01:00 RRULE:FREQ=WEEKLY;BYDAY=TH\n"),
        (
            "ogni primo lunedì del mese alle 21",
            "it",
            0,
            "2026-12-07T21:00:00+01:00 RRULE:FREQ=MONTHLY;BYDAY=1MO\n",
        ),
        (
            "every Thursday 18:30 London, until 3 December",
            "en",
            0,
            "2026-11-26T18:30:00+00:00 RRULE:FREQ=WEEKLY;BYDAY=TH;UNTIL=20261203T235959Z\n",
        ),
        ("ogni giovedì", "it", 3, "A che ora?"),
        ("every month at 18:00", "en", 3, "On which day?"),
        ("every 31st at 18:00", "en", 3, "Not every month"),
        ("every hour", "en", 4, "once a day"),
        ("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31 18:30", "en", 4, "no day fits"),
        ("every Thursday 18:30 until yesterday", "en", 4, "gone by"),
    ],
)
def test_a_series_is_its_first_moment_and_its_rule(
    words: str, language: str, status: int, answer: str
) -> None:
    result = CliRunner().invoke(app, ["when", words, "--lang", language, *MORNING])
    assert (result.exit_code, answer in result.output) == (status, True), result.output


def test_a_question_about_a_series_offers_series() -> None:
    result = CliRunner().invoke(app, ["when", "every Thursday at 9", "--lang", "en", *MORNING])
    assert result.exit_code == 3
    assert result.output.splitlines()[1:] == [
        "2026-11-26T09:00:00+01:00 RRULE:FREQ=WEEKLY;BYDAY=TH",
        "2026-11-26T21:00:00+01:00 RRULE:FREQ=WEEKLY;BYDAY=TH",
    ]


def test_a_question_lists_what_it_offers() -> None:
    result = CliRunner().invoke(app, ["when", "tomorrow at 9", "--lang", "en", *MORNING])
    question, *options = result.output.splitlines()
    assert question == "In the morning or in the evening?"
    assert options == ["2026-11-25T09:00:00+01:00", "2026-11-25T21:00:00+01:00"]


@pytest.mark.parametrize(
    ("option", "complaint"),
    [
        (["--now", "soon"], "--now"),
        (["--zone", "Mars/X"], "LOGGIONE_ZONE"),
        (["--lang", "xx"], "LOGGIONE_LANGUAGE"),
    ],
)
def test_a_wrong_option_is_named(option: list[str], complaint: str) -> None:
    result = CliRunner().invoke(app, ["when", "tomorrow 18:30", *option])
    assert result.exit_code == 2
    assert complaint in result.output
