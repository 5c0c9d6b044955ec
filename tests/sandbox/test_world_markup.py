"""What is plain to see in a text is marked where Telegram would mark it, in UTF-16 units."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.world.markup import entities_of, utf16


def marked(text: str) -> list[tuple[str, str]]:
    """The kinds and the texts of what was marked, cut out by the offsets as a client cuts them."""
    units = text.encode("utf-16-le", "surrogatepass")
    return [
        (one["type"], units[2 * one["offset"] :][: 2 * one["length"]].decode("utf-16-le", "surrogatepass"))
        for one in entities_of(text)
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/rooms", [("bot_command", "/rooms")]),
        ("/rooms@loggione_bot now", [("bot_command", "/rooms@loggione_bot")]),
        ("first /open, then /close.", [("bot_command", "/open"), ("bot_command", "/close")]),
        ("either/or and //no", []),
        ("/perché", []),
        ("/" + "x" * 65, []),
        ("🎭🎭 /rooms", [("bot_command", "/rooms")]),
        ("Città: «perché no?» /rooms #città", [("bot_command", "/rooms"), ("hashtag", "#città")]),
        ("👩‍🚀 @ada_1 spoke", [("mention", "@ada_1")]),
        ("mail ada@example.org", []),
        ("@abc is too short", []),
        ("#tag and ##no and a#b", [("hashtag", "#tag")]),
        ("#2026 #2026a", [("hashtag", "#2026a")]),
        ("see https://example.org/a?b=c#d.", [("url", "https://example.org/a?b=c#d")]),
        ("(http://127.0.0.1:8080/l/x)", [("url", "http://127.0.0.1:8080/l/x")]),
        ("https://t.me/@ada_1/start", [("url", "https://t.me/@ada_1/start")]),
        ("", []),
    ],
)
def test_texts_are_marked_as_telegram_marks_them(text: str, found: list[tuple[str, str]]) -> None:
    assert marked(text) == found


def test_offsets_count_an_emoji_as_two() -> None:
    assert entities_of("🎭 /rooms") == [{"type": "bot_command", "offset": 3, "length": 6}]
    assert utf16("è") == 1
    assert utf16("🎭") == 2


@given(st.text(alphabet=st.sampled_from("a1è🎭/@#._: \n\ud800") | st.characters()))
def test_marks_never_overlap_and_stay_within_the_text(text: str) -> None:
    end = 0
    for entity in entities_of(text):
        assert entity["offset"] >= end
        assert entity["length"] > 0
        end = entity["offset"] + entity["length"]
    assert end <= utf16(text)
