"""What is kept, in words: what each table of the records holds, its columns, and what stands in them."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from babel.dates import format_datetime

from bot.words import Words
from rooms.repositories.traces import Holding

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00:00")


class Names:
    """What tables and columns are called by people; by their own names where nobody has described them."""

    def __init__(self, holdings: Sequence[Holding], words: Words) -> None:
        self._tables = {holding.table: holding.what for holding in holdings}
        self._columns = {
            (holding.table, field.name): field.what for holding in holdings for field in holding.fields
        }
        self._words = words

    def table(self, table: str) -> str:
        """What a table holds."""
        return self._words.gettext(self._tables.get(table, table))

    def column(self, table: str, column: str) -> str:
        """What a column of it is about."""
        return self._words.gettext(self._columns.get((table, column), column))


def said(column: str, value: str, words: Words) -> str:
    """What stands in a column, as people write it: moments in UTC, yes and no; other words as they are."""
    if column in ("kind", "role", "answer"):
        return _choices(words).get(value, value)
    if _INSTANT.fullmatch(value):
        moment = datetime.fromisoformat(value).astimezone(UTC)
        return f"{format_datetime(moment, 'd MMM y, HH:mm', locale=words.locale)} UTC"
    return {"True": words.gettext("yes"), "False": words.gettext("no")}.get(value, value)


def _choices(words: Words) -> Mapping[str, str]:
    gettext = words.gettext
    return {
        "speaker": gettext("speaker"),
        "cohost": gettext("co-host"),
        "listener": gettext("listener"),
        "waiting": gettext("not given yet"),
        "accepted": gettext("accepted"),
        "declined": gettext("declined"),
        "scheduled": gettext("talk scheduled"),
        "changed": gettext("talk changed"),
        "cancelled": gettext("talk cancelled"),
        "restored": gettext("change taken back"),
        "opened": gettext("talk opened"),
        "closed": gettext("talk closed"),
        "extended": gettext("talk given more time"),
        "handed_over": gettext("talk handed over"),
        "banned": gettext("ban"),
        "pardoned": gettext("pardon"),
        "reported": gettext("report"),
        "erased": gettext("recording deleted"),
        "bridged": gettext("talk carried in another group"),
        "unbridged": gettext("talk carried there no more"),
        "outlet_added": gettext("server added"),
        "outlet_removed": gettext("server taken off"),
        "gallery_closed": gettext("gallery closed"),
        "gallery_opened": gettext("gallery opened again"),
        "set_up": gettext("settings changed"),
        "revoked": gettext("new addresses"),
    }
