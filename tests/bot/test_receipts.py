"""The receipt in private: leafed through, whole, and as long as a message may be."""

from functools import partial

import pytest

from bot.callbacks import pack
from bot.receipts import TurnReceipt, page
from bot.refusals import Speech
from bot.seals import Seal
from rooms.receipts import Entry
from sandbox.world.entities import Message
from storage.receipt import HOLDINGS
from tests.bot.forum import TOKEN, Forum, buttons, labels
from tests.bot.speeches import BOTH, ENGLISH

SEAL = Seal(TOKEN)
ENTRIES = [Entry(holding, 1_000_000) for holding in HOLDINGS]


async def test_privacy_in_private_leads_to_the_receipt(forum: Forum) -> None:
    await forum.schedule()
    shown = await forum.ask(forum.chiara, "/privacy", forum.private(forum.chiara))
    await forum.tap(forum.chiara, shown, "All that is stored")
    await forum.until(lambda: shown.text.startswith("All that is stored 1/"))
    assert "Talks · 1 row" in shown.text
    seen = shown.text
    while "▶" in labels(shown):
        before = shown.text
        await forum.tap(forum.chiara, shown, "▶")
        await forum.until(partial(_differs, shown, before))
        seen += shown.text
    for holding in HOLDINGS:
        assert f"{holding.what} · " in seen
    assert "Who took a ticket, and not which · few rows, or none" in seen
    assert labels(shown) == ["◀"]


def _differs(message: Message, before: str) -> bool:
    return message.text != before


async def test_a_page_beyond_the_last_is_the_last(forum: Forum) -> None:
    shown = await forum.ask(forum.chiara, "/privacy", forum.private(forum.chiara))
    await forum.press(forum.chiara, shown, SEAL.close(pack(TurnReceipt(99)), shown.chat))
    await forum.until(lambda: shown.text.startswith("All that is stored"))
    assert labels(shown) == ["◀"]


async def test_in_a_group_the_button_does_nothing(forum: Forum) -> None:
    shown = await forum.ask(forum.ada, "/privacy")
    assert buttons(shown) == []
    data = SEAL.close(pack(TurnReceipt(0)), forum.group.id)
    assert "does nothing any more" in (await forum.press(forum.ada, shown, data)).text


@pytest.mark.parametrize("speech", BOTH)
def test_every_page_fits_a_message(speech: Speech) -> None:
    pages = [page(ENTRIES, number, speech.words)[0] for number in range(20)]
    for text in pages:
        assert len(text.striptags()) + text.count("\n") < 4096
    assert len(set(pages)) > 2


def test_what_becomes_of_a_row_is_told_of_those_about_people_alone() -> None:
    told = {
        entry.holding.table: page([entry], 0, ENGLISH.words)[0]
        for entry in ENTRIES
        if entry.holding.table in ("guests", "jobs")
    }
    assert "Once a person is erased: the row goes" in told["guests"]
    assert "Once a person is erased" not in told["jobs"]
