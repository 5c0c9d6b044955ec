"""Refused about a series and its rule."""

from rooms.errors.refusal import Refusal


class RecurrenceMalformed(Refusal):
    """The text is no recurrence rule, or none that a talk can have; `flaw` is a `rooms.rule_reading.Flaw`.

    `part` is the piece at fault, where it is one.
    """

    def __init__(self, rule: str, flaw: str, part: str = "") -> None:
        super().__init__(f"{flaw} {part or rule!r}")
        self.rule = rule
        self.flaw = flaw
        self.part = part


class RecurrenceFixed(Refusal):
    """The days of a series are of a kind that cannot be moved together; one occurrence alone can."""
