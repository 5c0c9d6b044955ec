"""What is known of a command and of where it was said."""

from datetime import UTC, datetime

import pytest
from telegram import CallbackQuery, Chat, Message, MessageEntity, User
from telegram.error import BadRequest

from bot.connection import make_bot
from bot.visits import answer, argument_of, command_of, thread_of
from tests.bot.flaky import Flaky, refusal
from tests.bot.forum import settings_for


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


async def test_an_answer_that_comes_too_late_is_no_error_and_any_other_objection_is() -> None:
    async with Flaky().served() as telegram:
        bot = make_bot(settings_for(telegram.address))
        async with bot:
            query = CallbackQuery("1", User(1, "Ada", is_bot=False), "chat")
            query.set_bot(bot)
            telegram.next("answerCallbackQuery", refusal(400, "Bad Request: query is too old and response"))
            await answer(query, "x" * 500, is_alert=True)
            telegram.next("answerCallbackQuery", refusal(400, "Bad Request: MESSAGE_TOO_LONG"))
            with pytest.raises(BadRequest):
                await answer(query, "x", is_alert=True)
    assert len(telegram.fields("answerCallbackQuery")[0]["text"]) == 200
