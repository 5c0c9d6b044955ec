"""The log as admins read it."""

from bot.logbook import log_text
from rooms.ids import PersonId
from rooms.moderation import Deed, DeedKind
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.clock import NOON
from tests.fakes.talks import CHAT

DETAILS = {DeedKind.CHANGED: NOON.isoformat()}


def test_a_talk_that_was_moved_is_logged_with_the_time_it_had() -> None:
    deed = Deed(CHAT, NOON, DeedKind.CHANGED, PersonId(1), "Ada", "Careers", detail=NOON.isoformat())
    assert log_text([deed], "Forum", ENGLISH).endswith("“Careers”: it was to begin Tue 24 Nov 2026, 13:00")
    assert log_text([deed], "Forum", ITALIAN).endswith("“Careers”: doveva cominciare mar 24 nov 2026, 13:00")


def test_every_deed_has_its_sentence_and_a_long_log_fits_a_message() -> None:
    for speech in BOTH:
        deeds = [
            Deed(CHAT, NOON, kind, PersonId(1), "Ada <b>", "“&”" * 60, detail=DETAILS.get(kind, "x" * 500))
            for kind in DeedKind
        ]
        text = log_text(deeds, "Careers", speech)
        assert 0 < len(text.striptags()) + text.count("\n") < 4096
        for deed in deeds:
            assert "Ada &lt;b&gt;" in log_text([deed], "Careers", speech)
    assert "Nothing has happened yet." in log_text([], "Careers", ENGLISH)
    deed = Deed(CHAT, NOON, DeedKind.SET_UP, PersonId(1), "Ada", detail="zone, records_talks")
    assert log_text([deed], "Careers", ITALIAN).endswith("Fuso orario, Registrazione")
    deed = Deed(CHAT, NOON, DeedKind.BANNED, PersonId(0), "", "Chiara")
    assert "qualcuno</b> ha escluso Chiara" in log_text([deed], "Careers", ITALIAN)
