"""A message of ours says what is true now, and is edited no faster than Telegram takes it."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from markupsafe import Markup
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, ChatMigrated, Forbidden, RetryAfter, TelegramError, TimedOut
from telegram.ext import ExtBot

from bot.connection import make_bot
from bot.keyboards import rows
from bot.live_pages import PACE, PATIENCE, LivePage, Page, rewrite
from bot.seals import Seal
from rooms.ids import MessageId
from tests.bot.flaky import Flaky, refusal
from tests.bot.forum import settings_for
from tests.fakes.talks import CHAT

ONE: Page = Markup("One & all"), None
TWO: Page = Markup("<b>Two</b>"), rows([InlineKeyboardButton("Three", callback_data="three")])
SEAL = Seal("token")


@dataclass
class Pen:
    """Writes, or fails as it is told to."""

    failures: list[TelegramError] = field(default_factory=list)
    strokes: int = 0

    async def write(self) -> None:
        self.strokes += 1
        if self.failures:
            raise self.failures.pop(0)


@pytest.fixture
def pen() -> Pen:
    return Pen()


async def test_a_page_is_written_once_and_then_the_pace_is_kept(pen: Pen) -> None:
    live = LivePage("the board")
    assert not live.says(ONE)
    assert await live.show(ONE, pen.write) == PACE
    assert live.says(ONE)
    assert await live.show(ONE, pen.write) is None
    assert pen.strokes == 1


async def test_other_words_and_other_buttons_are_another_page(pen: Pen) -> None:
    live = LivePage("the board", ONE)
    assert await live.show((ONE[0], TWO[1]), pen.write) == PACE
    assert await live.show(TWO, pen.write) == PACE
    assert await live.show(ONE, pen.write) == PACE
    assert pen.strokes == 3


async def test_what_a_message_is_known_to_say_is_not_written(pen: Pen) -> None:
    assert await LivePage("the remote", ONE).show(ONE, pen.write) is None
    assert pen.strokes == 0


async def test_a_flood_is_waited_out_for_as_long_as_telegram_says(pen: Pen) -> None:
    pen.failures.append(RetryAfter(timedelta(seconds=37)))
    live = LivePage("the board")
    assert await live.show(ONE, pen.write) == timedelta(seconds=37)
    assert not live.says(ONE)
    assert await live.show(ONE, pen.write) == PACE


async def test_pauses_grow_while_telegram_does_not_answer_and_begin_anew(pen: Pen) -> None:
    live = LivePage("the board")
    pen.failures += [TimedOut() for _ in range(20)]
    pauses = [await live.show(ONE, pen.write) for _ in range(20)]
    assert pauses[:5] == [timedelta(seconds=seconds) for seconds in (2, 4, 8, 16, 32)]
    assert set(pauses[5:]) == {PATIENCE}
    assert await live.show(ONE, pen.write) == PACE
    pen.failures.append(TimedOut())
    assert await live.show(TWO, pen.write) == timedelta(seconds=2)


@pytest.mark.parametrize(
    "no", [BadRequest("message to edit not found"), Forbidden("bot was kicked"), ChatMigrated(-1007)]
)
async def test_a_message_that_is_not_taken_is_not_tried_again(pen: Pen, no: TelegramError) -> None:
    pen.failures.append(no)
    live = LivePage("the board")
    with pytest.raises(type(no)):
        await live.show(ONE, pen.write)
    assert not live.says(ONE)


@dataclass
class Chat:
    """A chat with a message of ours, number 7."""

    telegram: Flaky
    bot: ExtBot[bool]

    async def rewrite(self, page: Page) -> None:
        await rewrite(self.bot, CHAT, MessageId(7), page, SEAL)


@pytest.fixture
async def chat() -> AsyncIterator[Chat]:
    async with Flaky().served() as telegram, make_bot(settings_for(telegram.address)) as bot:
        yield Chat(telegram, bot)


async def test_a_message_is_edited_with_buttons_sealed_for_its_chat(chat: Chat) -> None:
    await chat.rewrite(TWO)
    (fields,) = chat.telegram.fields("editMessageText")
    assert (int(fields["chat_id"]), fields["message_id"], fields["text"]) == (CHAT, "7", "<b>Two</b>")
    keyboard = InlineKeyboardMarkup.de_json(json.loads(fields["reply_markup"]))
    assert SEAL.open(str(keyboard.inline_keyboard[0][0].callback_data), CHAT) == "three"


async def test_a_message_without_buttons_loses_those_it_had(chat: Chat) -> None:
    await chat.rewrite(ONE)
    (fields,) = chat.telegram.fields("editMessageText")
    assert "reply_markup" not in fields


async def test_a_message_that_says_so_already_is_no_error(chat: Chat) -> None:
    chat.telegram.next("editMessageText", refusal(400, "Bad Request: message is not modified"))
    await chat.rewrite(ONE)


async def test_a_message_that_is_gone_is_one(chat: Chat) -> None:
    chat.telegram.next("editMessageText", refusal(400, "Bad Request: message to edit not found"))
    with pytest.raises(BadRequest):
        await chat.rewrite(ONE)


async def test_a_flood_is_raised_at_once(chat: Chat) -> None:
    chat.telegram.next("editMessageText", refusal(429, "Too Many Requests: retry after 1", retry_after=1))
    with pytest.raises(RetryAfter):
        await chat.rewrite(ONE)
