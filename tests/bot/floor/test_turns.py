"""/turn, and what becomes of a turn that is over."""

from datetime import timedelta

import pytest

from bot.floor.turns import read_turn
from bot.times import DurationNotUnderstood
from tests.bot.forum import Forum, labels
from tests.bot.stage import live

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("written", "language", "length"),
    [
        ("3m", "en", 3 * MINUTE),
        ("3 minuti", "it", 3 * MINUTE),
        ("3 minuti", "en", 3 * MINUTE),
        ("OFF", "en", timedelta()),
        ("mai", "it", timedelta()),
    ],
)
def test_a_length_is_read_in_either_language(written: str, language: str, length: timedelta) -> None:
    assert read_turn(written, language) == length


def test_other_words_are_no_length() -> None:
    with pytest.raises(DurationNotUnderstood):
        read_turn("a while", "en")


async def test_a_talks_turns_are_set_shown_and_taken_back(forum: Forum) -> None:
    async with live(forum) as talk:
        assert "as long as they take" in (await forum.ask(forum.ada, "/turn")).text
        assert (await forum.ask(forum.ada, "/turn 3m")).text.startswith("⏱ A turn lasts 3 minutes")
        assert talk.on_record.turn == 3 * MINUTE
        assert "as long as they take" in (await forum.ask(forum.ada, "/turn off")).text


async def test_a_turn_that_is_too_short_or_unreadable_is_a_sentence(forum: Forum) -> None:
    async with live(forum) as talk:
        answer = await forum.ask(forum.ada, "/turn 5s")
        assert answer.text == "A turn lasts from 1 minute to 1 hour; that would be 5 seconds."
        assert "a while" in (await forum.ask(forum.ada, "/turn a while")).text
        assert "Only the talk's host" in (await forum.ask(forum.chiara, "/turn 3m")).text
        assert talk.on_record.turn is None


async def test_the_board_counts_a_turn_down_and_offers_a_minute_more_or_thanks(forum: Forum) -> None:
    async with live(forum) as talk:
        await forum.ask(forum.ada, "/turn 2m")
        await talk.seen(talk.standing("chiara"))
        await forum.ask(forum.ada, "/speaker Chiara")
        await talk.board("🔇 Chiara · ⏱ 2 minutes")
        board = await talk.board("🔇 Chiara · ⏱ time is up")
        assert "⏱ +1 min for Chiara" in labels(board)
        answer = await forum.tap(forum.ada, board, "⏱ +1 min for Chiara")
        assert answer.text == "⏱ One minute more."
        await talk.board("🔇 Chiara · ⏱ 1 minute")
        board = await talk.board("🔇 Chiara · ⏱ time is up")
        answer = await forum.tap(forum.bruno, board, "🙏 Thank you")
        assert answer.text == "👂 Chiara listens from now on."
        assert talk.speakers == set()
        await talk.board("Nobody is on stage yet.")


async def test_a_speaker_hears_in_private_that_the_turn_ends(forum: Forum) -> None:
    private = forum.private(forum.chiara)
    async with live(forum) as talk:
        forum.say(forum.chiara, "/start", private)
        await forum.heard("gallery", private)
        await forum.ask(forum.ada, "/turn 1m")
        await talk.seen(talk.standing("chiara"))
        await forum.ask(forum.ada, "/speaker Chiara")
        await talk.pass_time(30)
        await forum.heard("30 seconds of your turn are left", private)
        await talk.pass_time(30)
        await forum.heard("Your turn is over", private)
