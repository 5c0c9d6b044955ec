"""As much of a text, or of a list, as one message holds."""

from markupsafe import Markup

from bot.fitting import ROOM, fitting, length, shortened


def test_entries_are_taken_until_no_more_fit() -> None:
    entries = [Markup("<b>{}</b>").format("x" * 998)] * 10
    assert len(fitting(entries)) == ROOM // 1000
    assert fitting(entries[:2]) == entries[:2]


def test_markup_takes_no_room_and_entities_take_that_of_their_sign() -> None:
    entry = Markup("<b>{}</b>").format("&" * 98)
    assert len(fitting([entry] * 100, room=1000)) == 10


def test_the_first_entry_is_shown_in_any_case() -> None:
    assert len(fitting([Markup("{}").format("x" * 5000)] * 2)) == 1
    assert fitting([]) == []


def test_telegram_counts_an_emoji_twice_and_markup_not_at_all() -> None:
    assert length(Markup("<b>{}</b>").format("a & 🎭\n")) == 7
    assert len(fitting([Markup("{}").format("🎭" * 49)] * 100, room=1000)) == 10


def test_a_text_is_cut_after_a_word_and_never_in_the_middle_of_an_emoji() -> None:
    assert shortened("one, two three", 14) == "one, two three"
    assert shortened("one, two three", 10) == "one, two…"
    assert shortened("one, two three", 6) == "one…"
    assert shortened("🎭🎭🎭🎭", 7) == "🎭🎭🎭…"
    assert shortened("🎭🎭🎭🎭", 6) == "🎭🎭…"
