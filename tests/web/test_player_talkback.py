"""Talking back from the page: asked, voted and felt in a browser, with and without a script."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.async_api import Browser, Page, expect

from rooms.audience import Murmur, Reaction
from rooms.questioning import PAUSE
from rooms.questions import Question, QuestionState
from rooms.room import RoomState
from rooms.shutting import Shutting
from tests.browser import needs_chromium
from tests.deadline import DEADLINE
from tests.fakes.talks import ADA
from tests.web.browsing import a_page
from tests.web.house import House

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]


def questions(house: House) -> list[Question]:
    return list(house.store.records.questions.rows.values())


async def until_asked(house: House, text: str) -> Question:
    async with asyncio.timeout(DEADLINE):
        while not (found := [one for one in questions(house) if one.text == text]):
            await house.store.committed.next_ring().wait()
    return found[0]


async def decide(house: House, question: Question, state: QuestionState) -> None:
    async with house.store.writing() as records:
        await records.questions.save(replace(question, state=state))


async def ask(house: House, page: Page, text: str = "Why <b>now</b>?") -> Question:
    await page.fill("#ask-text", text)
    await page.click("#ask button")
    return await until_asked(house, text)


async def test_a_question_is_asked_shown_voted_for_and_answered(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page, a_page(browser, house.page) as other:
        question = await ask(house, page)
        await expect(page.locator("#ask-said")).to_contain_text("Who minds the talk reads your question")
        await expect(page.locator("#ask-text")).to_have_value("")
        await expect(page.locator("#questions li")).to_have_count(0)
        await decide(house, question, QuestionState.SHOWN)
        for one in (page, other):
            await expect(one.locator("#questions .words")).to_have_text("Why <b>now</b>?")
        vote = page.locator("#questions button")
        await vote.focus()
        await page.keyboard.press("Enter")
        await expect(vote).to_have_attribute("aria-pressed", "true")
        await house.clock.advance(PAUSE)
        await expect(other.locator("#questions .votes")).to_have_text("1")
        await expect(vote).to_be_focused()
        await expect(other.locator("#questions button")).to_have_attribute("aria-pressed", "false")
        await vote.click()
        await expect(vote).to_have_attribute("aria-pressed", "false")
        await house.clock.advance(PAUSE)
        await expect(other.locator("#questions .votes")).to_have_text("0")
        await decide(house, question, QuestionState.ON_STAGE)
        await expect(other.locator("#questions .state")).to_have_text("on stage now")
        await decide(house, question, QuestionState.DONE)
        await expect(other.locator("#questions .state")).to_have_text("answered")
        await expect(other.locator("#questions button")).to_have_count(0)
        for one in (page, other):
            assert (
                await one.evaluate(
                    "document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"
                )
                == "{}{}"
            )


async def test_a_no_is_said_in_a_sentence_and_what_was_written_stays(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await page.fill("#ask-text", "Is \u202e this all right?")
        await page.click("#ask button")
        await expect(page.locator("#ask-said")).to_contain_text("signs in your question that cannot be shown")
        await expect(page.locator("#ask-text")).to_have_value("Is \u202e this all right?")


async def test_what_many_feel_is_shown_and_one_press_a_burst_counts(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        applause = page.locator('#reactions button[value="applause"]')
        await applause.click()
        await expect(applause).to_have_attribute("aria-disabled", "true")
        await house.clock.advance(timedelta(seconds=10))
        await expect(applause.locator(".felt")).to_have_text("")
        house.stages.set_murmur(house.room.id, Murmur(1000, ((Reaction.APPLAUSE, 20),)))
        await expect(page.locator("#crowd")).to_have_text("More than 1,000 are listening.")
        await expect(applause.locator(".felt")).to_have_text("> 20")
        await expect(applause).to_have_attribute("aria-label", "Applause: more than 20")
        house.stages.set_murmur(house.room.id, Murmur())
        await expect(page.locator("#crowd")).to_be_hidden()


async def test_when_the_talk_is_over_nothing_more_is_asked_or_felt(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await expect(page.locator("#reactions")).to_be_visible()
        await house.become(RoomState.CLOSING)
        await expect(page.locator("#reactions")).to_be_hidden()
        await expect(page.locator("#ask")).to_be_hidden()
        await expect(page.locator("#asked")).to_be_hidden()


async def test_a_page_whose_gallery_is_closed_says_so(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page) as page:
        await expect(page.locator("#ask")).to_be_visible()
        await Shutting(house.store, house.clock).close(house.room.id, ADA)
        await expect(page.locator("h1")).to_have_text("The gallery is closed")


async def test_without_a_script_the_forms_do_it(browser: Browser, house: House) -> None:
    async with a_page(browser, house.page, java_script_enabled=False) as page:
        question = await ask(house, page, "Without a script?")
        await expect(page.locator("h1")).to_have_text("Your question is with the host")
        await decide(house, question, QuestionState.SHOWN)
        await page.click("text=Back to the talk")
        await page.click("#questions button")
        await expect(page.locator("#questions .words")).to_have_text("Without a script?")
        await house.clock.advance(PAUSE)
        assert [one.votes for one in questions(house)] == [1]
