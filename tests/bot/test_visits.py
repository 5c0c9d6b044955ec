"""What is known of a command and of where it was said."""

from datetime import UTC, datetime

import pytest
from telegram import Chat, Message, MessageEntity

from bot.visits import argument_of, command_of, thread_of


def a_message(text: str | None, command: int = 0, offset: int = 0, thread: int | None = None) -> Message:
    entities = [MessageEntity(MessageEntity.BOT_COMMAND, offset, command)] if command else []
    date, chat = datetime(2026, 11, 24, tzinfo=UTC), Chat(-1, "supergroup")
    return Message(1, date, chat, text=text, entities=entities, message_thread_id=thread)


@pytest.mark.parametrize(
    ("text", "length", "command", "argument"),
    [
        ("/schedule A | b", 9, "schedule", "A | b"),
        ("/Schedule@loggione_bot  A ", 22, "schedule", "A"),
        ("/schedule\nA\n| b", 9, "schedule", "A\n| b"),
        ("/schedule", 9, "schedule", ""),
        ("no command", 0, "", "no command"),
        (None, 0, "", ""),
    ],
)
def test_command_and_argument(text: str | None, length: int, command: str, argument: str) -> None:
    message = a_message(text, length)
    assert (command_of(message), argument_of(message)) == (command, argument)


def test_a_command_in_mid_sentence_is_none() -> None:
    assert command_of(a_message("see /schedule", 9, 4)) == ""


def test_only_a_forum_s_topic_is_a_thread() -> None:
    message = a_message("x", thread=5)
    assert thread_of(message) is None
    with message._unfrozen():
        message.is_topic_message = True
    assert thread_of(message) == 5
