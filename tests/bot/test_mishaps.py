"""When something goes wrong in a handler."""

import pytest

from tests.bot.forum import Forum

APOLOGY = "Something went wrong on our side. Please try again in a moment."


async def test_a_bug_is_apologised_for_and_logged_with_its_traceback_but_without_words(
    forum: Forum, caplog: pytest.LogCaptureFixture
) -> None:
    await forum.ask(forum.ada, "/rooms")
    forum.store.is_broken = True
    answer = await forum.ask(forum.ada, "/schedule My secret title | tomorrow 18:30")
    assert answer.text == APOLOGY
    assert "Traceback" in caplog.text
    assert "secret" not in caplog.text


async def test_a_bug_behind_a_button_is_an_alert(forum: Forum) -> None:
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    forum.store.is_broken = True
    answer = await forum.tap(forum.ada, echo, "Confirm")
    assert (answer.text, answer.is_alert) == (APOLOGY, True)


async def test_a_refusal_is_no_event_for_the_log(forum: Forum, caplog: pytest.LogCaptureFixture) -> None:
    await forum.ask(forum.chiara, "/schedule Careers | tomorrow 18:30")
    assert "Traceback" not in caplog.text


async def test_after_a_mishap_the_chat_is_served_as_before(forum: Forum) -> None:
    forum.store.is_broken = True
    await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30")
    forum.store.is_broken = False
    assert "Shall I announce it?" in (await forum.ask(forum.ada, "/schedule A | tomorrow 18:30")).text
