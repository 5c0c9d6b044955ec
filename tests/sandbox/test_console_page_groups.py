"""The console's page as hosts and members use it: pictures, pins, topics, contacts, keyboards, rights."""

import pytest
from playwright.async_api import expect

from sandbox.world.entities import Membership, Status
from sandbox.world.messages import Draft
from tests.browser import needs_chromium
from tests.sandbox.chat_page import PHONE, ChatPage
from tests.sandbox.pictures import PNG
from tests.sandbox.waiting import until

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
]


async def test_a_picture_keeps_its_ratio_is_opened_by_a_press_and_changes_at_once(chat: ChatPage) -> None:
    await chat.open("chiara")
    message = chat.bot_shows(PNG, (1280, 640), text="Careers after 40\nOn Thursday, #careers")
    picture = chat.page.get_by_role("img", name="Picture from Loggione: Careers after 40")
    await picture.wait_for()
    box = await picture.bounding_box()
    assert box is not None
    assert box["width"] / box["height"] == pytest.approx(2, rel=0.02)
    assert await chat.messages.last.locator(".tag").inner_text() == "#careers"
    before = str(await picture.get_attribute("src"))
    chat.party.world.messages.rework(message, Draft("Changed", media=chat.photo(PNG, (600, 600))))
    changed = chat.page.get_by_role("img", name="Picture from Loggione: Changed")
    await changed.wait_for()
    assert await changed.get_attribute("src") != before
    await changed.click()
    viewer = chat.page.get_by_role("dialog", name="Picture")
    await viewer.get_by_role("img").wait_for()
    await chat.page.keyboard.press("Escape")
    await viewer.wait_for(state="detached")


async def test_a_picture_that_is_gone_is_said_to_be(chat: ChatPage) -> None:
    await chat.open("chiara")
    media = chat.photo(PNG, (300, 200))
    del chat.party.world.messages.files[media.file.file_id]
    chat.party.world.messages.post(chat.party.chat, chat.party.cast.bot, Draft("Look", media=media))
    await chat.sees("This picture is gone.")
    chat.bot_shows(b"no picture", (300, 200))
    await chat.sees("This picture cannot be shown.")


async def test_pins_are_shown_newest_first_and_led_to(chat: ChatPage) -> None:
    world, ada = chat.party.world, chat.party.person("ada")
    rules = chat.say("ada", "Rules of the house\nBe kind.")
    for number in range(30):
        chat.say("bruno", f"Line {number}")
    card = chat.bot_shows(PNG, (1280, 640), text="\nCareers after 40\nOn Thursday")
    for message in (rules, card):
        world.messages.pin(chat.party.chat, message, ada)
    await chat.open("ada")
    bar = chat.page.locator("#pins")
    await bar.get_by_role("button", name="Pinned message 2 of 2 Careers after 40").click()
    await expect(bar.get_by_role("button", name="Pinned message 1 of 2 Rules of the house")).to_be_visible()
    assert await bar.locator("img").count() == 0
    await bar.get_by_role("button", name="Pinned message 1 of 2").click()
    await expect(chat.messages.filter(has_text="Be kind.").first).to_be_in_viewport()
    assert await bar.locator("img").count() == 1
    await chat.button("Unpin").click()
    await bar.get_by_role("button", name="Pinned message Rules of the house").wait_for()
    assert chat.party.chat.pinned == [rules.id]


async def test_a_pin_in_another_chat_is_told_in_that_chat_s_words(chat: ChatPage) -> None:
    world, ada = chat.party.world, chat.party.person("ada")
    lounge = world.society.chats[chat.party.cast.chats["lounge"]]
    message = world.messages.post(lounge, ada, Draft("Sunday at nine"))
    world.messages.pin(lounge, message, ada)
    await chat.open("ada")
    await chat.page.get_by_role("button", name="Gazette lounge").get_by_text("“Sunday at nine”").wait_for()


async def test_a_link_leads_into_a_topic_and_closed_ones_take_no_words(chat: ChatPage) -> None:
    readers = chat.party.world.society.chats[chat.party.cast.chats["readers"]]
    shelf = next(thread for thread in readers.threads.values() if thread.name == "Swap shelf")
    book = next(thread for thread in readers.threads.values() if thread.name == "Book of the month")
    book.is_closed = True
    await chat.visit("daniele", readers.id, place=f"&thread={shelf.id}")
    await chat.messages.filter(has_text="Regalo").wait_for()
    assert await chat.messages.filter(has_text="No spoilers").count() == 0
    chat.party.world.messages.post(readers, chat.party.person("bruno"), Draft("Psst!", thread=book.id))
    await chat.button("Book of the month (closed) 1 unread").click()
    await chat.sees("This topic is closed.")
    assert await chat.field.is_hidden()
    assert chat.page.url.endswith(f"&thread={book.id}")


async def test_a_picture_a_contact_and_a_name_are_sent_by_mouse(chat: ChatPage) -> None:
    await chat.open("bruno", PHONE)
    await chat.button("Attach").click()
    async with chat.page.expect_file_chooser() as chosen:
        await chat.page.get_by_role("menuitem", name="Picture").click()
    await (await chosen.value).set_files({"name": "me.png", "mimeType": "image/png", "buffer": PNG})
    dialog = chat.page.get_by_role("dialog", name="Send a picture")
    await dialog.get_by_role("textbox", name="Caption").fill("Me, at work")
    await dialog.get_by_role("button", name="Send").click()
    await chat.page.get_by_role("img", name="Picture from Bruno: Me, at work").wait_for()
    assert chat.newest().media is not None
    chat.bot_shows(PNG, (1280, 640), text="Wide")
    await chat.page.get_by_role("img", name="Picture from Loggione: Wide").wait_for()
    assert await chat.page.evaluate("document.querySelector('#history').scrollWidth") <= PHONE[0]
    await chat.button("Attach").click()
    await chat.page.get_by_role("menuitem", name="Contact").click()
    await chat.page.get_by_role("dialog").get_by_role("button", name="Chiara").click()
    await until(lambda: (chat.newest().contact or {}).get("first_name") == "Chiara")
    chat.party.world.society.people[chat.party.person("daniele")].username = ""
    chat.say("ada", "Who is next?")
    await chat.sees("Who is next?")
    await chat.field.press_sequentially("Ask @dan")
    await chat.page.get_by_role("option", name="Daniele").click()
    await chat.field.press("Enter")
    await until(lambda: chat.newest().text == "Ask Daniele")
    (entity,) = chat.newest().entities
    assert (entity["type"], entity["offset"], entity["length"]) == ("text_mention", 4, 7)


async def test_a_bots_keyboard_and_its_wish_are_answered(chat: ChatPage) -> None:
    private = chat.party.world.society.private(chat.party.person("ada"), chat.party.cast.bot)
    await chat.visit("ada", private.id)
    rows = [[{"text": "#careers"}], [{"text": "My number", "request_contact": True}]]
    markup = {"keyboard": rows, "input_field_placeholder": "A topic"}
    post = chat.party.world.messages.post
    post(private, chat.party.cast.bot, Draft("Which topic?", letters=markup))
    await expect(chat.field).to_have_attribute("placeholder", "A topic")
    await chat.button("#careers").click()
    await until(lambda: chat.newest(private).text == "#careers")
    await chat.button("My number").click()
    await chat.button("Send it").click()
    await until(lambda: (chat.newest(private).contact or {}).get("user_id") == private.id)
    asked = post(private, chat.party.cast.bot, Draft("The title?", letters={"force_reply": True}))
    await chat.sees("Reply to Loggione")
    await chat.button("#careers").wait_for(state="detached")
    await chat.field.fill("Careers after 40")
    await chat.field.press("Enter")
    await until(lambda: chat.newest(private).reply_to == asked.id)


async def test_an_admin_writes_as_the_group_and_as_themselves_again(chat: ChatPage) -> None:
    await chat.open("ada")
    await chat.button("You write as Ada. Press to write as the group, anonymously").click()
    await chat.sees("nobody sees who you are")
    await chat.field.fill("Be kind.")
    await chat.field.press("Enter")
    await chat.messages.last.get_by_text("anonymous admin").wait_for()
    assert chat.newest().sender_chat == chat.party.chat.id
    await chat.button("You write as Careers Forum. Press to write as yourself").click()
    await until(lambda: not chat.party.chat.members[chat.party.person("ada")].is_anonymous)


async def test_an_owner_promotes_removes_and_brings_back(chat: ChatPage) -> None:
    await chat.open("ada")
    await chat.button("About").click()
    members, bruno, bot = chat.party.chat.members, chat.party.person("bruno"), chat.party.cast.bot
    await chat.about.locator("summary", has_text="Bruno").click()
    await chat.about.get_by_label("Pin messages").and_(chat.page.locator(":visible")).check()
    chat.say("chiara", "Something else")
    await chat.sees("Something else")
    await chat.button("Make admin").click()
    await until(lambda: members[bruno].rights == {"can_pin_messages"})
    await chat.about.locator("summary", has_text="Loggione").first.click()
    await chat.about.get_by_role("button", name="Remove", exact=True).click()
    await chat.sees("Ada removed Loggione")
    assert members[bot].status is Status.LEFT
    await chat.about.get_by_text("Bring somebody in").click()
    await chat.button("Bring in Loggione").click()
    await until(lambda: members[bot].status is Status.MEMBER)


async def test_a_group_is_upgraded_and_its_people_stay_where_they_are(chat: ChatPage) -> None:
    choir = chat.party.cast.chats["choir"]
    await chat.visit("ada", choir)
    await chat.button("About").click()
    await chat.button("Make it a supergroup").click()
    await chat.button("Upgrade").click()
    await chat.sees("Ada made this group a supergroup")
    new = chat.party.world.society.upgraded[choir]
    await expect(chat.page).to_have_url(
        f"{chat.page.url.split('#')[0]}#as={chat.party.person('ada')}&chat={new}"
    )
    await chat.about.get_by_text("Thursday choir").wait_for()


async def test_a_channel_is_read_by_all_and_written_by_admins(chat: ChatPage) -> None:
    gazette = chat.party.cast.chats["gazette"]
    await chat.visit("chiara", gazette)
    await chat.sees("Only admins write in this channel.")
    await chat.become("Ada")
    await chat.field.fill("Tonight!")
    await chat.field.press("Enter")
    await chat.messages.filter(has_text="Tonight!").wait_for()
    await chat.listed("Gazette lounge").get_by_text("unread").wait_for()


async def test_a_message_is_deleted_and_the_bot_blocked(chat: ChatPage) -> None:
    await chat.open("ada")
    said = chat.say("bruno", "Buy my things")
    message = chat.messages.filter(has_text="Buy my things")
    await message.hover()
    await message.get_by_role("button", name="More").click()
    await chat.page.get_by_role("menuitem", name="Delete").click()
    await message.wait_for(state="detached")
    assert said.id not in chat.party.chat.messages
    private = chat.party.world.society.private(chat.party.person("ada"), chat.party.cast.bot)
    await chat.listed("Loggione").click()
    await chat.button("Block the bot").click()
    await chat.button("Unblock and start again").click()
    await until(lambda: any(one.text == "/start" for one in private.messages.values()))
    assert private.members[chat.party.cast.bot].status is Status.MEMBER


async def test_who_adds_the_bot_by_a_link_chooses_the_group(chat: ChatPage) -> None:
    bot, group = chat.party.cast.bot, chat.party.chat
    group.members[bot] = Membership(bot, Status.LEFT)
    await chat.open("ada")
    address = "https://t.me/loggione_bot?startgroup=hello&admin=manage_video_chats+pin_messages"
    chat.say("bruno", f"Add it: {address}")
    await chat.page.get_by_role("link", name=address).click()
    await chat.page.get_by_role("dialog").get_by_role("button", name="Careers Forum").click()
    await chat.messages.filter(has_text="/start@loggione_bot hello").wait_for()
    assert group.members[bot].rights == {"can_manage_video_chats", "can_pin_messages"}
