"""The announcement in each state."""

from dataclasses import replace

import pytest

from bot.cards import card
from rooms.ids import RoomId
from rooms.room import OVER, Room, RoomState
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.talks import a_plan

ROOM = Room(RoomId(1), a_plan(), RoomState.SCHEDULED, "key")


def test_a_card_tells_what_when_how_long_by_whom_and_what_is_owed_to_speakers() -> None:
    assert str(card(ROOM, ENGLISH)) == (
        "<b>Careers after 40</b>\n#careers\n\n"
        "🗓 Tuesday 24 November 2026, 14:00 Europe/Rome\n⏳ 45 minutes\n🎙 hosted by Ada\n\n"
        "<b>Scheduled. The voice chat opens shortly before the start.</b>\n\n"
        "<i>Relayed outside Telegram: anyone with the link may listen unseen. The talk is recorded.</i>"
    )


def test_in_italian() -> None:
    text = card(ROOM, ITALIAN)
    assert "🗓 martedì 24 novembre 2026, 14:00 Europe/Rome\n⏳ 45 minuti\n🎙 conduce Ada" in text
    assert "Trasmesso anche fuori da Telegram" in text


def test_each_state_reads_differently_except_the_draft_that_nobody_sees() -> None:
    for speech in BOTH:
        texts = {str(card(replace(ROOM, state=state), speech)) for state in RoomState}
        assert len(texts) == len(RoomState) - 1


@pytest.mark.parametrize("state", sorted(OVER))
def test_what_is_over_is_not_relayed_any_more(state: RoomState) -> None:
    assert "Relayed" not in card(replace(ROOM, state=state), ENGLISH)


def test_whatever_people_wrote_is_escaped_and_never_filled_in() -> None:
    plan = replace(a_plan("<a href='x'>{name}</a> & %s"), host_name="<b>{title}", topic=None)
    text = card(replace(ROOM, plan=plan), ENGLISH)
    assert "&lt;a href=&#39;x&#39;&gt;{name}&lt;/a&gt; &amp; %s" in text
    assert "hosted by &lt;b&gt;{title}" in text
    assert "#" not in text.replace("&#39;", "")
