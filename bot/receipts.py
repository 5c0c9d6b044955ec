"""The receipt in private: all that is stored, table by table, why, how long, and how many rows there are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot.callbacks import button
from bot.errors import ButtonUnknown
from bot.features import Feature, TapHandler
from bot.fitting import fitting
from bot.keyboards import Key, key, rows
from bot.visits import Tap
from bot.words import Words
from rooms.receipts import Entry, Receipts

ROOM = 3000
"""Characters of tables on a page."""


@button("receipt")
@dataclass(frozen=True, slots=True)
class TurnReceipt:
    """Show this page of the receipt."""

    page: int


class ReceiptPages(Feature):
    """The receipt, leafed through in private; it is the same for everybody."""

    def __init__(self, receipts: Receipts) -> None:
        self._receipts = receipts

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under /privacy, and under each page."""
        return {TurnReceipt: self.turn}

    async def turn(self, tap: Tap, pressed: TurnReceipt) -> None:
        """Show a page; the last one where there are fewer by now."""
        if not tap.is_private:
            raise ButtonUnknown
        await tap.change(*page(await self._receipts.now(), pressed.page, tap.speech.words))
        await tap.answer()


def to_receipt(words: Words) -> Key:
    """The way to the first page."""
    return key(words.gettext("All that is stored"), TurnReceipt(0))


def page(entries: Sequence[Entry], number: int, words: Words) -> tuple[Markup, InlineKeyboardMarkup | None]:
    """A page of the receipt, and the buttons that turn it."""
    pages = list(_pages(entries, words))
    number = min(number, len(pages) - 1)
    turning = [
        key("◀", TurnReceipt(number - 1)) if number else None,
        key("▶", TurnReceipt(number + 1)) if number + 1 < len(pages) else None,
    ]
    heading = Markup("<b>{}</b> {}/{}").format(words.gettext("All that is stored"), number + 1, len(pages))
    head = [heading] if number else [heading, Markup("{}").format(_about(words))]
    return Markup("\n\n").join([*head, *pages[number]]), rows([one for one in turning if one is not None])


def _pages(entries: Sequence[Entry], words: Words) -> Iterator[Sequence[Markup]]:
    left = [_described(entry, words) for entry in entries]
    while left:
        fit = fitting(left, ROOM)
        yield fit
        left = left[len(fit) :]


def _about(words: Words) -> str:
    return words.gettext(
        "Every table of the database, with everybody's rows together. No table has room for who listens. How "
        "many took tickets, or asked from the gallery, is told in rough steps only, so that nobody is "
        "betrayed by it."
    )


def _described(entry: Entry, words: Words) -> Markup:
    gettext, holding = words.gettext, entry.holding
    lines = [
        Markup("<u>{}</u> · {}").format(gettext(holding.what), _amount(entry, words)),
        Markup("{}").format(gettext(holding.why)),
        Markup("{}").format(gettext("How long: {time}").format(time=gettext(holding.until))),
        Markup("{}").format(gettext("Who sees it: {people}").format(people=gettext(holding.seen_by))),
    ]
    if holding.fate:
        fate = gettext("Once a person is erased: {fate}").format(fate=gettext(holding.fate))
        lines.append(Markup("{}").format(fate))
    columns = ", ".join(gettext(field.what) for field in holding.fields)
    lines.append(Markup("<i>{}</i>").format(columns))
    return Markup("\n").join(lines)


def _amount(entry: Entry, words: Words) -> str:
    if entry.rows is None:
        return words.gettext("few rows, or none")
    if entry.holding.hides_few:
        return words.gettext("more than {number} rows").format(number=entry.rows)
    return words.ngettext("{number} row", "{number} rows", entry.rows).format(number=entry.rows)
