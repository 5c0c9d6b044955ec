"""The console's page as people use it: writing, pressing, being others."""

import asyncio

import pytest
from playwright.async_api import Page, expect

from sandbox.world.changes import ButtonPressed, MessagePosted
from sandbox.world.messages import Draft
from tests.browser import needs_chromium
from tests.deadline import DEADLINE
from tests.sandbox.chat_page import PHONE, ChatPage
from tests.sandbox.waiting import until

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
]

SCHEDULE = "/schedule Careers after 40 | in 1 minute | 10m"


async def test_a_newcomer_sends_the_command_that_is_offered(chat: ChatPage) -> None:
    await chat.open("ada")
    await chat.button(f"Try this: {SCHEDULE}").click()
    await chat.field.press("Enter")
    await chat.messages.filter(has_text=SCHEDULE).wait_for()
    assert chat.newest().text == SCHEDULE
    assert chat.newest().sender == chat.party.person("ada")
    assert await chat.field.input_value() == ""


async def test_a_slash_suggests_commands_and_shift_enter_breaks_the_line(chat: ChatPage) -> None:
    commands = [{"command": name, "description": "It"} for name in ("rooms", "settings", "roles")]
    await chat.bot_asks_telegram("setMyCommands", commands=commands)
    await chat.open("chiara")
    await chat.button("Commands").click()
    await expect(chat.page.get_by_role("option")).to_have_count(3)
    await chat.field.press_sequentially("roo")
    await expect(chat.page.get_by_role("option")).to_have_count(1)
    await chat.field.press("Tab")
    await chat.field.press("Shift+Enter")
    await chat.field.press_sequentially("please")
    await chat.field.press("Enter")
    await until(lambda: chat.newest().text == "/rooms\nplease")
    await chat.field.press_sequentially("/se")
    await chat.page.get_by_role("option", name="/settings").click()
    await until(lambda: chat.newest().text == "/settings")


async def test_a_command_in_a_text_is_sent_by_a_press(chat: ChatPage) -> None:
    await chat.open("bruno")
    chat.bot_says("Try /rooms@loggione_bot to see the talks")
    await chat.button("/rooms@loggione_bot").click()
    await until(lambda: chat.newest().text == "/rooms@loggione_bot")


async def test_a_page_that_the_bot_offers_opens_beside_and_is_told_who_comes(chat: ChatPage) -> None:
    world, bruno = chat.party.world, chat.party.person("bruno")
    private = world.society.private(bruno, chat.party.cast.bot)
    app = {"text": "Open the desk", "web_app": {"url": "http://127.0.0.1:9/desk"}}
    world.messages.post(private, chat.party.cast.bot, Draft("Here it is", keyboard=[[app]]))
    await chat.visit("bruno", private.id)
    opened: asyncio.Future[Page] = asyncio.get_running_loop().create_future()
    await chat.page.context.route("http://127.0.0.1:9/**", lambda route: route.fulfill(body="A desk"))
    chat.page.context.once("page", lambda page: opened.set_result(page))
    await chat.button("Open the desk").click()
    async with asyncio.timeout(DEADLINE):
        desk = await opened
    await desk.wait_for_url("http://127.0.0.1:9/desk#tgWebAppData=**")
    assert f"id%2522%253A{bruno}%252C" in desk.url


async def test_the_answer_to_a_button_is_a_toast_or_an_alert(chat: ChatPage) -> None:
    await chat.open("ada")
    chat.bot_answers(lambda press: {"text": f"You chose {press.data}.", "is_alert": press.data == "no"})
    chat.bot_says(
        "Shall I?", [{"text": "Yes", "callback_data": "yes"}, {"text": "No", "callback_data": "no"}]
    )
    await chat.button("Yes").click()
    await chat.page.get_by_role("status").get_by_text("You chose yes.").wait_for()
    await chat.button("No").click()
    await chat.page.get_by_role("dialog").get_by_text("You chose no.").wait_for()
    await chat.button("OK").click()
    assert await chat.page.get_by_role("dialog").count() == 0


async def test_a_button_is_busy_until_the_bot_has_answered(chat: ChatPage) -> None:
    await chat.open("ada")
    presses: list[ButtonPressed] = []
    chat.party.world.society.watch(
        lambda change: presses.append(change) if isinstance(change, ButtonPressed) else None
    )
    chat.bot_says("Shall I?", [{"text": "Yes", "callback_data": "yes"}])
    await chat.button("Yes").dblclick()
    await until(lambda: presses)
    assert await chat.button("Yes").get_attribute("aria-busy") == "true"
    chat.party.world.messages.answer(presses[0].query, "", is_alert=False, url="")
    await chat.page.locator(".key:not([aria-busy])").wait_for()
    assert len(presses) == 1


async def test_a_link_that_the_bot_answers_with_is_opened_only_by_a_press(chat: ChatPage) -> None:
    await chat.open("ada")
    chat.bot_answers(lambda press: {"url": press.data})
    keys = [
        {"text": "Go", "callback_data": "https://example.org/x"},
        {"text": "Bad", "callback_data": "javascript:x()"},
    ]
    chat.bot_says("Where?", keys)
    await chat.button("Bad").click()
    await chat.button("Go").click()
    link = chat.page.get_by_role("dialog").get_by_role("link", name="Open")
    assert await link.get_attribute("href") == "https://example.org/x"
    assert "noopener" in str(await link.get_attribute("rel"))


async def test_a_deep_link_opens_the_private_chat_with_the_bot(chat: ChatPage) -> None:
    await chat.open("chiara")
    chat.bot_says("Remind me?", [{"text": "Remind me", "url": "https://t.me/loggione_bot?start=room-7"}])
    await chat.page.get_by_role("link", name="Remind me").click()
    await chat.messages.filter(has_text="/start room-7").wait_for()
    private = chat.party.world.society.chats[chat.party.person("chiara")]
    assert chat.newest(private).text == "/start room-7"
    assert len(chat.page.context.pages) == 1


async def test_markup_in_a_message_stays_text(chat: ChatPage) -> None:
    await chat.open("ada")
    hostile = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>"
    link = {"type": "text_link", "offset": 0, "length": 4, "url": "javascript:document.title='taken'"}
    chat.say("bruno", hostile, entities=[link])
    message = chat.messages.last
    await message.get_by_text(hostile).wait_for()
    assert await message.locator("img, script, a").count() == 0
    assert "taken" not in await chat.page.title()


async def test_entities_are_counted_in_utf_16_units_and_may_nest(chat: ChatPage) -> None:
    await chat.open("ada")
    nested = [{"type": "bold", "offset": 3, "length": 10}, {"type": "italic", "offset": 8, "length": 5}]
    chat.say("bruno", "🎙 Very warm words", entities=nested)
    await chat.messages.last.get_by_text("Very").wait_for()
    markup = await chat.messages.last.locator(".text").inner_html()
    assert markup == "🎙 <strong>Very <em>warm </em></strong>words"


async def test_being_somebody_else_keeps_the_place_and_everybodys_draft(chat: ChatPage) -> None:
    await chat.open("ada")
    await chat.field.fill("Dear all")
    await chat.become("Bruno")
    await chat.field.fill("Hello Ada")
    await chat.become("Ada")
    await expect(chat.field).to_have_value("Dear all")
    await chat.become("Bruno")
    await expect(chat.field).to_have_value("Hello Ada")
    assert f"as={chat.party.person('bruno')}&chat={chat.party.chat.id}" in chat.page.url


async def test_what_happens_elsewhere_takes_neither_focus_nor_selection(chat: ChatPage) -> None:
    await chat.open("ada")
    chat.bot_says("Shall I?", [{"text": "Yes", "callback_data": "yes"}])
    await chat.button("Yes").focus()
    select = "getSelection().selectAllChildren(document.querySelector('#messages .text'))"
    await chat.page.evaluate(select)
    chat.say("bruno", "Something new")
    await chat.sees("Something new")
    assert await chat.page.evaluate("document.activeElement.textContent") == "Yes"
    assert "Welcome" in await chat.page.evaluate("getSelection().toString()")


async def test_a_message_in_another_chat_is_marked_until_it_is_read(chat: ChatPage) -> None:
    await chat.open("chiara")
    circle = chat.page.get_by_role("navigation").get_by_role("button", name="Reading circle")
    await circle.click()
    chat.say("bruno", "Are you there?")
    forum = chat.page.get_by_role("navigation").get_by_role("button", name="Careers Forum")
    await forum.get_by_text("1 unread").wait_for()
    await forum.click()
    await forum.get_by_text("unread").wait_for(state="detached")


async def test_a_forum_is_read_and_written_by_topic(chat: ChatPage) -> None:
    await chat.open("bruno")
    await chat.page.get_by_role("navigation").get_by_role("button", name="Reading circle").click()
    await chat.button("Swap shelf").click()
    await chat.messages.filter(has_text="No spoilers").wait_for(state="detached")
    await chat.field.fill("Prendo io!")
    await chat.button("Send").click()
    await chat.messages.filter(has_text="Prendo io!").wait_for()
    readers = chat.party.world.society.chats[chat.party.cast.chats["readers"]]
    topics = {thread.id: thread.name for thread in readers.threads.values()}
    assert topics[chat.newest(readers).thread or 0] == "Swap shelf"


async def test_replies_and_reactions_go_to_their_message(chat: ChatPage) -> None:
    await chat.open("daniele")
    said = chat.say("bruno", "Who comes on Thursday?")
    message = chat.messages.filter(has_text="Who comes on Thursday?")
    await message.hover()
    await message.get_by_role("button", name="React").click()
    await chat.button("Applause").click()
    await message.get_by_role("button", name="Applause, 1").wait_for()
    assert said.reactions[chat.party.person("daniele")] == [{"type": "emoji", "emoji": "👏"}]
    await message.hover()
    await message.get_by_role("button", name="Reply").click()
    await chat.field.fill("Io!")
    await chat.field.press("Enter")
    await until(lambda: chat.newest().text == "Io!")
    assert chat.newest().reply_to == said.id


async def test_the_reader_of_old_messages_is_not_torn_away(chat: ChatPage) -> None:
    await chat.open("ada")
    for number in range(40):
        chat.say("bruno", f"Line {number}")
    await chat.sees("Line 39")
    top = "document.querySelector('#history').scrollTop"
    assert await chat.page.evaluate(top) > 0
    await chat.page.evaluate(f"{top} = 100")
    await chat.button("Go to the end").wait_for()
    chat.say("bruno", "One more")
    await chat.button("1 new message, go to the end").wait_for()
    await chat.become("Bruno")
    await chat.page.locator(".is-mine").last.wait_for()
    assert await chat.page.evaluate(top) < 200
    await chat.button("1 new message, go to the end").click()
    await expect(chat.messages.last).to_be_in_viewport()
    assert await chat.page.evaluate(top) > 500


async def test_everything_fits_a_phone(chat: ChatPage) -> None:
    await chat.open("ada", PHONE)
    chat.bot_says("A" * 300, [{"text": "B" * 60, "callback_data": "b"}, {"text": "C", "callback_data": "c"}])
    chat.party.start_call()
    await chat.sees("A" * 300)
    await chat.panel.wait_for(state="hidden")
    width = "document.documentElement.scrollWidth"
    assert await chat.page.evaluate(width) == PHONE[0]
    assert await chat.page.evaluate("document.querySelector('#history').scrollWidth") <= PHONE[0]
    await chat.button("Show the voice chat").click()
    await chat.panel.wait_for()
    assert await chat.page.evaluate(width) == PHONE[0]
    await chat.button("Back to the chat").click()
    await chat.button("Back to the chats").click()
    await chat.page.get_by_role("navigation").get_by_role("button", name="Reading circle").wait_for()
    assert await chat.page.evaluate(width) == PHONE[0]


async def test_short_words_beside_the_sign_of_a_link_stay_on_one_line_on_a_phone(chat: ChatPage) -> None:
    await chat.open("ada", PHONE)
    keys = [{"text": "🗓 Programme", "url": "https://example.org/"}, {"text": "⚑", "callback_data": "c"}]
    chat.bot_says("Under the card", keys)
    await chat.sees("Under the card")
    boxes = [await chat.page.locator(".key").nth(number).bounding_box() for number in (0, 1)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0]["height"] == boxes[1]["height"] == 40


async def test_a_refusal_is_a_sentence_and_the_words_stay(chat: ChatPage) -> None:
    await chat.open("ada")
    await chat.field.fill("\u3164" + "x" * 4096)
    kept = await chat.field.input_value()
    assert len(kept) == 4096
    await chat.page.route(
        "**/api/messages", lambda route: route.fulfill(status=400, json={"error": "Too loud."})
    )
    chat.troubles.clear()
    await chat.field.press("Enter")
    await chat.page.get_by_role("status").get_by_text("Too loud.").wait_for()
    assert await chat.field.input_value() == kept
    chat.troubles.clear()


async def test_private_chats_are_opened_by_a_press(chat: ChatPage) -> None:
    await chat.open("daniele")
    posted: list[str] = []
    chat.party.world.society.watch(
        lambda change: posted.append(change.message.text) if isinstance(change, MessagePosted) else None
    )
    await chat.button("Write to Loggione Opens your private chat").click()
    await chat.messages.filter(has_text="/start").wait_for()
    assert posted == ["/start"]
