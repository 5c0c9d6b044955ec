"""The refusal: a "no" that can be explained to whoever asked, with the facts that the explanation needs."""


class Refusal(Exception):
    """A "no" that can be explained to whoever asked.

    What only the operator can mend is none: it ends the program with a sentence (`app.supervision.CannotRun`,
    `app.settings.WrongSettings`). Whatever else is raised is a bug.
    """
