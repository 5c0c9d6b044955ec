"""How long recordings are kept, as /settings shows and takes it."""

from datetime import timedelta

import pytest

from bot.customs.retention import KeepsRecordings
from bot.errors import ButtonUnknown
from tests.bot.speeches import ENGLISH
from tests.fakes.groups import CAREERS


def test_recordings_are_kept_for_ever_or_for_so_many_days() -> None:
    section = KeepsRecordings()
    assert section.shown(CAREERS, ENGLISH.words) == "never"
    month = section.chosen("30", CAREERS)
    assert month.keeps_recordings == timedelta(days=30)
    assert section.shown(month, ENGLISH.words) == "after 30 days"
    assert section.chosen("off", month).keeps_recordings is None
    with pytest.raises(ButtonUnknown):
        section.chosen("31", CAREERS)
