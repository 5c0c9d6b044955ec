"""The menu of commands."""

from bot.menu import in_groups, in_private
from tests.bot.speeches import BOTH


def test_every_command_is_described_within_telegram_s_limits() -> None:
    for speech in BOTH:
        commands = in_groups(speech.words)
        assert [one.command for one in commands] == ["schedule", "rooms", "open", "close", "cancel", "help"]
        assert [one.command for one in in_private(speech.words)] == ["start", "help"]
        assert all(3 <= len(one.description) <= 100 for one in commands)
    english, italian = ([one.description for one in in_groups(speech.words)] for speech in BOTH)
    assert not set(english) & set(italian)
