"""What is kept, in words: what each table of the records holds."""

from collections.abc import Mapping

from bot.words import Words


def holding(table: str, words: Words) -> str:
    """What a table holds, for people; its own name for one that nobody has described yet."""
    return _tables(words).get(table, table)


def _tables(words: Words) -> Mapping[str, str]:
    gettext = words.gettext
    return {
        "groups": gettext("The group's settings"),
        "series": gettext("Series of talks"),
        "rooms": gettext("Talks"),
        "befores": gettext("Changes that can be taken back"),
        "jobs": gettext("What is to be done in its time"),
        "outbox": gettext("Messages on their way"),
        "cards": gettext("Announcements"),
        "guests": gettext("Who comes, and who wants to be reminded"),
        "appointments": gettext("Invitations and roles"),
        "bans": gettext("Bans"),
        "log": gettext("The admins' log"),
        "people": gettext("Who wrote to me in private"),
        "dialogues": gettext("Dialogues that are not over"),
        "measures": gettext("How many were in the call"),
        "talk_times": gettext("Who spoke how long"),
        "recordings": gettext("Recordings"),
    }
