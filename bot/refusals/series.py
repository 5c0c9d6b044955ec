"""What to say about series that cannot be."""

from bot.refusals.speech import Sentences, Speech, piece, plain
from rooms.errors.series import RecurrenceFixed, RecurrenceMalformed
from rooms.rule_reading import Flaw


def _malformed(refusal: RecurrenceMalformed, speech: Speech) -> str:
    gettext = speech.words.gettext
    sentences = {
        Flaw.UNSUPPORTED: gettext("“{part}” in the rule is nothing that talks recur by here: leave it out."),
        Flaw.TOO_OFTEN: gettext("A talk recurs once a day at most: write FREQ=DAILY or less often."),
        Flaw.HAS_HOUR: gettext(
            "The hour does not belong in the rule: write it after, like “FREQ=DAILY 18:30”."
        ),
        Flaw.INTERVAL: gettext("“{part}”: the interval must be 1 or more, and not for years."),
        Flaw.TOO_MANY_TIMES: gettext(
            "“{part}” is more often than a series goes on: a smaller number, please."
        ),
        Flaw.TWO_ENDS: gettext("The rule has COUNT and UNTIL: a series ends by one of the two."),
        Flaw.OTHER_LINES: gettext("Only the rule itself, please, without DTSTART, EXDATE or other lines."),
        Flaw.NEVER: gettext("By that rule the talk would never take place: no day fits it."),
    }
    unreadable = gettext("I cannot read “{part}” as a rule. Write it like “every Thursday 18:30”.")
    return sentences.get(Flaw(refusal.flaw), unreadable).format(part=piece(refusal.part or refusal.rule))


SERIES: Sentences = {
    RecurrenceMalformed: _malformed,
    RecurrenceFixed: plain(
        lambda words: words.gettext(
            "This series' days cannot move together: change this talk alone, or cancel the series and plan "
            "a new one."
        )
    ),
}
