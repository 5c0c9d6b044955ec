"""Voice chats on the console's page: what a host and a member see in them, and do."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Route, TimeoutError, expect  # noqa: A004  # the library's own

from sandbox.world.entities import Media, Status, StoredFile
from sandbox.world.messages import Draft
from tests.browser import chromium, needs_chromium
from tests.interface import needs_interface
from tests.sandbox.chat_page import PHONE, ChatPage, chat_page
from tests.sandbox.sounds import RATE
from tests.sandbox.waiting import until

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
]

LOUD = 1000
"""Amplitude of what is clearly heard."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium(has_microphone=True) as opened:
        yield opened


@needs_interface
async def test_who_joins_with_a_microphone_is_connected_and_heard(chat: ChatPage) -> None:
    await chat.open("ada")
    chat.party.start_call()
    ada, call = chat.party.person("ada"), chat.party.call
    async with chat.party.listening("bruno") as bruno:
        await chat.panel.get_by_role("button", name="Join").click()
        await chat.panel.get_by_text("Connected. Your microphone is off.").wait_for()
        await chat.panel.get_by_role("button", name="Unmute").click()
        await chat.panel.get_by_text("Connected. Everybody hears you.").wait_for()
        await until(lambda: abs(bruno.heard(0)[-RATE:]).max(initial=0) > LOUD)
        await chat.participant("Ada").get_by_text("speaking").wait_for()
    await chat.panel.get_by_role("button", name="Leave").click()
    await until(lambda: ada not in call.participants)
    await chat.panel.get_by_role("button", name="Join").wait_for()


@needs_interface
async def test_scripted_people_are_heard_by_who_is_in_the_call(chat: ChatPage) -> None:
    await chat.open("chiara")
    chat.party.start_call()
    await chat.panel.get_by_role("button", name="Join").click()
    await chat.panel.get_by_text("Connected. Your microphone is off.").wait_for()
    await chat.panel.get_by_text("Let Bruno speak").click()
    await chat.panel.get_by_role("button", name="I drove a lorry").click()
    await chat.participant("Bruno").get_by_text("speaking").wait_for()
    await chat.hears()


@needs_interface
async def test_a_raised_hand_is_seen_and_an_admin_lets_speak(chat: ChatPage) -> None:
    await chat.open("chiara")
    chat.party.start_call()
    call, chiara, ada = chat.party.call, chat.party.person("chiara"), chat.party.person("ada")
    chat.party.world.calls.let_in_muted(call, ada, join_muted=True)
    await chat.panel.get_by_role("button", name="Join").click()
    await chat.panel.get_by_text("Connected as a listener").wait_for()
    assert await chat.panel.get_by_role("button", name="Unmute").count() == 0
    await chat.panel.get_by_role("button", name="Raise hand").click()
    await until(lambda: call.participants[chiara].raise_hand_rating is not None)
    await chat.become("Ada")
    await chat.participant("Chiara").get_by_text("hand raised, first in line").wait_for()
    await chat.button("Allow Chiara to speak").click()
    await until(lambda: call.participants[chiara].can_self_unmute)
    await chat.become("Chiara")
    await chat.panel.get_by_role("button", name="Unmute").click()
    await until(lambda: not call.participants[chiara].muted)


@needs_interface
async def test_without_a_microphone_one_joins_as_a_listener() -> None:
    async with chromium(has_microphone=False) as deaf, chat_page(deaf) as chat:
        await chat.open("chiara")
        chat.party.start_call()
        await chat.panel.get_by_role("button", name="Join").click()
        await chat.page.get_by_role("dialog", name="No microphone").wait_for()
        await chat.button("Join as a listener").click()
        await chat.panel.get_by_text("Connected as a listener, without a microphone.").wait_for()
        assert chat.party.is_connected("chiara")


async def test_an_admin_starts_and_ends_the_voice_chat(chat: ChatPage) -> None:
    await chat.open("ada")
    await chat.button("Start a voice chat").click()
    await chat.sees("Ada started the voice chat")
    await chat.button("More about the voice chat").click()
    await chat.page.get_by_role("menuitem", name="End for all").click()
    await chat.button("End it").click()
    await chat.sees("Ada ended the voice chat")
    assert chat.party.chat.call is None
    await chat.become("Chiara")
    await chat.button("Start a voice chat").wait_for(state="detached")


async def test_a_planned_call_counts_down_and_an_admin_starts_it(chat: ChatPage) -> None:
    await chat.open("ada")
    plan(chat, minutes=12, seconds=30)
    countdown = chat.panel.get_by_role("timer")
    await countdown.get_by_text("12:2").wait_for()
    before = await countdown.inner_text()
    await expect(countdown).not_to_have_text(before)
    await chat.panel.get_by_role("button", name="Start now").click()
    await chat.sees("Ada started the voice chat")
    assert chat.party.call.is_active
    await chat.page.get_by_role("timer").first.wait_for(state="detached")


async def test_a_countdown_takes_no_focus_and_says_when_it_is_late(chat: ChatPage) -> None:
    await chat.page.clock.install(time=chat.party.world.society.now())
    await chat.open("ada")
    plan(chat, minutes=1)
    start = chat.panel.get_by_role("button", name="Start now")
    await start.focus()
    await chat.page.clock.fast_forward("01:05")
    await chat.panel.get_by_role("timer").get_by_text("Late by").wait_for()
    await expect(start).to_be_focused()


async def test_a_member_is_reminded_when_a_planned_call_begins(chat: ChatPage) -> None:
    await chat.open("chiara")
    plan(chat, hours=30)
    await chat.panel.get_by_role("timer").get_by_text("1 day").wait_for()
    assert await chat.button("Start now").count() == 0
    await chat.panel.get_by_role("button", name="Set reminder").click()
    await until(lambda: chat.party.call.subscribers == {chat.party.person("chiara")})
    await chat.panel.get_by_role("button", name="Cancel reminder").wait_for()
    chat.party.world.calls.start(chat.party.call, chat.party.person("ada"))
    await chat.page.get_by_role("status").get_by_text("“Careers after 40” has begun.").wait_for()


async def test_an_admin_plans_a_call_and_calls_it_off(chat: ChatPage) -> None:
    await chat.open("ada")
    await chat.button("Schedule a voice chat").click()
    await chat.page.get_by_label("Title, if it has one").fill("Careers after 40")
    await chat.button("Schedule").click()
    await chat.panel.get_by_role("heading", name="Careers after 40").wait_for()
    at = chat.party.call.schedule_date
    assert at is not None
    assert timedelta(minutes=8) < at - chat.party.world.society.now() < timedelta(minutes=11)
    await chat.button("More about the voice chat").click()
    await chat.page.get_by_role("menuitem", name="Call it off").click()
    await chat.page.get_by_role("dialog").get_by_role("button", name="Call it off").click()
    await chat.button("Schedule a voice chat").wait_for()
    assert chat.party.chat.call is None


async def test_an_admin_renames_a_call_and_lets_newcomers_in_muted(chat: ChatPage) -> None:
    await chat.open("ada")
    chat.party.start_call()
    await chat.button("More about the voice chat").click()
    await chat.page.get_by_role("menuitem", name="Edit title").click()
    await chat.page.get_by_role("dialog").get_by_role("textbox", name="Title").fill("An evening")
    await chat.button("Save").click()
    await chat.panel.get_by_role("heading", name="An evening").wait_for()
    switch = chat.panel.get_by_role("switch", name="New participants are muted")
    await expect(switch).not_to_be_checked()
    await switch.check()
    await until(lambda: chat.party.call.join_muted)
    chat.party.world.calls.let_in_muted(chat.party.call, chat.party.person("ada"), False)
    await expect(switch).not_to_be_checked()
    await chat.become("Chiara")
    await switch.wait_for(state="hidden")
    assert await chat.button("More about the voice chat").count() == 0


async def test_a_switch_that_another_sets_back_at_once_shows_that(chat: ChatPage) -> None:
    async def set_and_set_back(route: Route) -> None:
        for is_muted in (True, False):  # the page hears of the second alone
            chat.party.world.calls.let_in_muted(chat.party.call, chat.party.person("ada"), is_muted)
        await asyncio.sleep(0.2)
        await route.fulfill(json={})

    await chat.open("ada")
    chat.party.start_call()
    switch = chat.panel.get_by_role("switch", name="New participants are muted")
    await expect(switch).not_to_be_checked()
    await chat.page.route("**/call/settings", set_and_set_back)
    await switch.check()
    await expect(switch).not_to_be_checked()


async def test_an_admin_mutes_lowers_a_hand_and_removes(chat: ChatPage) -> None:
    await chat.open("ada")
    party = chat.party
    party.start_call()
    bruno, call = party.person("bruno"), party.call
    party.world.calls.join(call, bruno, 0, muted=False)
    await choose(chat, "Bruno", "Mute")
    await until(lambda: not call.participants[bruno].can_self_unmute)
    party.world.calls.raise_hand(call, bruno, bruno, True)
    await chat.page.get_by_text("Bruno wants to speak").wait_for()
    await choose(chat, "Bruno", "Lower hand")
    await until(lambda: call.participants[bruno].raise_hand_rating is None)
    await choose(chat, "Bruno", "Allow to speak")
    await until(lambda: call.participants[bruno].can_self_unmute)
    await choose(chat, "Bruno", "Remove from the group")
    await chat.button("Remove").click()
    await until(lambda: party.chat.members[bruno].status is Status.KICKED)
    await expect(chat.participant("Bruno")).to_have_count(0)
    assert bruno not in call.participants


async def test_a_member_has_no_power_over_others(chat: ChatPage) -> None:
    await chat.open("chiara")
    chat.party.start_call()
    for key in ("ada", "bruno"):
        chat.party.world.calls.join(chat.party.call, chat.party.person(key), 0, muted=True)
    await chat.participant("Bruno").wait_for()
    assert await chat.participant("Bruno").get_by_role("button").count() == 0
    await chat.participant("Ada").get_by_text("admin", exact=True).wait_for()


async def test_the_relay_account_is_one_like_others_and_marked(chat: ChatPage) -> None:
    await chat.open("ada")
    party = chat.party
    party.start_call()
    party.world.calls.join(party.call, party.cast.relay, 0, muted=False)
    relay = chat.participant("Loggione relay")
    await relay.get_by_text("relay account").wait_for()
    await relay.get_by_role("button", name="More about Loggione relay").wait_for()


@needs_interface
async def test_hands_are_taken_in_order_and_lowered_by_their_owners(chat: ChatPage) -> None:
    party = chat.party
    await chat.open("chiara")
    party.start_call()
    party.world.calls.let_in_muted(party.call, party.person("ada"), True)
    daniele = party.person("daniele")
    party.world.calls.join(party.call, daniele, 0, muted=True)
    party.world.calls.raise_hand(party.call, daniele, daniele, True)
    await chat.panel.get_by_role("button", name="Join").click()
    await chat.panel.get_by_role("button", name="Raise hand").click()
    await chat.panel.get_by_text("Your hand is up, second in line").wait_for()
    await chat.panel.get_by_role("button", name="Lower hand").click()
    await chat.panel.get_by_text("Connected as a listener").wait_for()
    assert party.call.participants[party.person("chiara")].raise_hand_rating is None
    party.world.calls.set_muted(party.call, party.person("ada"), party.person("chiara"), False)
    await chat.page.get_by_role("status").get_by_text("you may unmute now").wait_for()
    await chat.panel.get_by_role("button", name="Unmute").wait_for()


@needs_interface
async def test_a_scripted_listener_is_said_not_to_be_heard(chat: ChatPage) -> None:
    party = chat.party
    await chat.open("ada")
    party.start_call()
    party.world.calls.let_in_muted(party.call, party.person("ada"), True)
    await chat.panel.get_by_text("Let Bruno speak").click()
    await chat.panel.get_by_role("button", name="I drove a lorry").click()
    await chat.page.get_by_role("status").get_by_text("Bruno is muted by admins").wait_for()
    chat.troubles.clear()
    await chat.button("Raise Bruno's hand").click()
    await chat.panel.get_by_text("Bruno's hand is up.").wait_for()
    await chat.button("Allow Bruno to speak").click()
    await chat.panel.get_by_role("button", name="I drove a lorry").click()
    await chat.participant("Bruno").get_by_text("speaking").wait_for()
    await expect(chat.participant("Bruno")).to_have_attribute("style", re.compile(r"--level: 0?\.[1-9]"))


async def test_members_are_invited_and_the_links_of_a_public_group_copied(chat: ChatPage) -> None:
    await chat.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await chat.open("ada")
    party = chat.party
    party.chat.username = "careers_forum"
    party.start_call()
    party.world.calls.join(party.call, party.person("bruno"), 0, muted=True)
    await chat.button("Invite members").click()
    dialog = chat.page.get_by_role("dialog")
    assert await dialog.get_by_role("checkbox", name="Bruno").count() == 0
    await dialog.get_by_role("button", name="Copy link for speakers").click()
    await chat.sees("Copied.")
    copied = await chat.page.evaluate("navigator.clipboard.readText()")
    assert copied == f"https://t.me/careers_forum?videochat={party.call.invite_hash}"
    await dialog.get_by_role("checkbox", name="Chiara").check()
    await dialog.get_by_role("button", name="Invite", exact=True).click()
    await chat.sees("Ada invited Chiara to the voice chat")


@needs_interface
async def test_who_follows_the_speakers_link_may_unmute(chat: ChatPage) -> None:
    party = chat.party
    party.chat.username = "careers_forum"
    party.start_call()
    party.world.calls.let_in_muted(party.call, party.person("ada"), True)
    link = party.world.calls.link(party.call, party.person("ada"), may_speak=True)
    await chat.visit("chiara", party.cast.chats["lounge"])
    lounge = party.world.society.chats[party.cast.chats["lounge"]]
    text_link = {"type": "text_link", "offset": 0, "length": 4, "url": link}
    party.world.messages.post(lounge, party.person("ada"), Draft("Come", entities=[text_link]))
    await chat.page.get_by_role("link", name="Come").click()
    await chat.panel.get_by_role("button", name="Join").click()
    await chat.panel.get_by_text("Connected. Your microphone is off.").wait_for()
    assert party.call.participants[party.person("chiara")].can_self_unmute


async def test_a_board_that_is_edited_moves_neither_the_reader_nor_its_buttons(chat: ChatPage) -> None:
    await chat.open("ada")
    board = chat.bot_says("The stage", [{"text": "✋ Hand (0)", "callback_data": "hand"}])
    for number in range(40):
        chat.say("bruno", f"Line {number}")
    await chat.sees("Line 39")
    line = chat.messages.filter(has_text="Line 25")  # "Line 20" is also "Line 2" told at 00:37
    await line.evaluate("element => element.scrollIntoView({block: 'center'})")
    await chat.button("Go to the end").wait_for()
    place = "element => Math.round(element.getBoundingClientRect().top)"
    before = await line.evaluate(place)
    button = await chat.page.get_by_role("button", name="✋ Hand").element_handle()
    assert button is not None
    for number in range(1, 6):
        edit(chat, board.id, "The stage\n" + "Somebody\n" * number, f"✋ Hand ({number})")
        await chat.button(f"✋ Hand ({number})").wait_for(state="attached")
    assert abs(await line.evaluate(place) - before) <= 1
    assert await button.evaluate("element => element.isConnected && element.textContent") == "✋ Hand (5)"


async def test_a_board_that_grows_at_the_end_stays_in_view(chat: ChatPage) -> None:
    await chat.open("ada")
    board = chat.bot_says("The stage", [{"text": "✋ Hand (0)", "callback_data": "hand"}])
    await chat.button("✋ Hand (0)").wait_for()
    edit(chat, board.id, "The stage\n" + "Somebody\n" * 20, "✋ Hand (1)")
    await expect(chat.button("✋ Hand (1)")).to_be_in_viewport()
    assert await chat.button("Go to the end").is_hidden()


async def test_a_replay_has_its_name_and_a_player(chat: ChatPage) -> None:
    await chat.open("chiara")
    file = StoredFile("AwAC1", "u1", b"OggS", "careers.ogg", "audio/ogg")
    chat.party.world.messages.keep(file)
    details = {"duration": 2700, "title": "Careers after 40 (1 of 2)", "performer": "Ada, Bruno"}
    chat.party.world.messages.post(
        chat.party.chat, chat.party.cast.bot, Draft("", media=Media("audio", file, details))
    )
    message = chat.messages.last
    await message.get_by_text("Careers after 40 (1 of 2)").wait_for()
    await message.get_by_text("Ada, Bruno").wait_for()
    await message.get_by_text("45 minutes").wait_for()
    assert await message.locator("audio").get_attribute("aria-label") == "Careers after 40 (1 of 2)"


async def test_an_owner_makes_a_group_public_on_its_page(chat: ChatPage) -> None:
    await chat.open("ada")
    await chat.button("About").click()
    await chat.button("Public link").click()
    await chat.page.get_by_role("dialog").get_by_role("textbox").fill("careers_forum")
    await chat.button("Save").click()
    await chat.about.get_by_text("@careers_forum").wait_for()


async def test_a_call_with_many_states_fits_a_phone(chat: ChatPage) -> None:
    await chat.open("ada", PHONE)
    party = chat.party
    party.start_call()
    party.world.calls.retitle(party.call, party.person("ada"), "A title as long as titles are: " + "x" * 33)
    party.world.calls.let_in_muted(party.call, party.person("ada"), True)
    for key in ("ada", "bruno", "chiara"):
        party.world.calls.join(party.call, party.person(key), 0, muted=True)
    party.world.calls.raise_hand(party.call, party.person("chiara"), party.person("chiara"), True)
    await chat.page.get_by_text("Chiara wants to speak").wait_for()
    await chat.button("Show the voice chat").click()
    await chat.participant("Chiara").wait_for()
    assert await chat.page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    assert await chat.page.evaluate("document.querySelector('.voice .side-body').scrollWidth") <= PHONE[0]
    await chat.button("More about Chiara").click()
    await expect(chat.page.get_by_role("menuitem", name="Lower hand")).to_be_in_viewport()


def plan(chat: ChatPage, **ahead: float) -> None:
    """Ada plans a call."""
    party = chat.party
    at = party.world.society.now() + timedelta(**ahead)
    party.world.calls.create(party.chat, party.person("ada"), "Careers after 40", at)


def edit(chat: ChatPage, message: int, text: str, key: str) -> None:
    """The bot edits what it wrote, and the words of its button."""
    messages = chat.party.world.messages
    draft = Draft(text, keyboard=[[{"text": key, "callback_data": "hand"}]])
    messages.rework(chat.party.chat.messages[message], draft)


MOST_TRIES = 5
SHORT = 5000
"""Milliseconds."""


async def choose(chat: ChatPage, name: str, deed: str) -> None:
    """Somebody does something about a participant, by the menu, which news of the call may close."""
    entry = chat.page.get_by_role("menuitem", name=deed)
    for _ in range(MOST_TRIES):
        await chat.button(f"More about {name}").click()
        with suppress(TimeoutError):
            await entry.click(timeout=SHORT)
            return
        await chat.page.keyboard.press("Escape")
    raise AssertionError(f"the menu has no {deed!r} that stays")
