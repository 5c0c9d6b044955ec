"""The menu of commands, by place and rights."""

from bot.guide import in_groups, in_private, permitted
from bot.menu import as_commands
from rooms.roles import Role
from tests.bot.forum import Forum
from tests.bot.speeches import BOTH
from tests.deadline import DEADLINE
from tests.sandbox.waiting import until


def test_every_command_is_described_within_telegram_s_limits_and_in_its_language() -> None:
    described = []
    for speech in BOTH:
        commands = as_commands([*in_groups(speech.words), *in_private(speech.words)])
        assert all(3 <= len(one.description) <= 256 for one in commands)
        described.append({one.description for one in commands})
    assert not described[0] & described[1]


def test_members_are_offered_what_members_may() -> None:
    words = BOTH[0].words
    roles = frozenset({Role.LISTENER})
    names = [one.command for one in permitted(in_groups(words), roles, may_schedule=False)]
    assert {"rooms", "hand", "links", "stats", "help"} <= set(names)
    assert {"schedule", "stage", "speaker", "listener", "mute", "turn", "ban"}.isdisjoint(names)
    assert "schedule" in [one.command for one in permitted(in_groups(words), roles, may_schedule=True)]


async def test_telegram_is_told_by_language_place_and_rights(forum: Forum) -> None:
    def menus() -> dict[tuple[str, str], list[str]]:
        return {
            (scope, language): [one["command"] for one in commands]
            for (scope, language), commands in forum.menus().items()
        }

    await until(lambda: len(forum.menus()) == 6, DEADLINE)
    for language in ("", "it"):
        assert "settings" in menus()["all_chat_administrators", language]
        assert "settings" not in menus()["all_group_chats", language]
        assert menus()["all_private_chats", language][0] == "start"
