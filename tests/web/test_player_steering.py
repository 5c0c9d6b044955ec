"""Steering by MediaSource: near the live edge by the rate, by jumps only from far, farther on bad lines."""

from typing import Any

import pytest
from playwright.async_api import Browser

from tests.browser import needs_chromium
from tests.web.browsing import a_page, with_module
from tests.web.house import House

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

STAGE = """
({ Steering }, [steps]) => {
    performance.now = () => now;
    let now = 0;
    const audio = Object.assign(new EventTarget(), { currentTime: 10, readyState: 4, paused: false });
    const told = [];
    const tell = (...news) => told.push(news);
    const steering = new Steering(audio, tell, new AbortController().signal);
    const buffered = (edge) => ({ length: 1, start: () => 9, end: () => edge });
    return steps.map(([deed, value]) => {
        if (deed === "has") steering.follow(buffered(audio.currentTime + value));
        if (deed === "is at") audio.currentTime = value;
        if (deed === "runs dry") audio.dispatchEvent(new Event("waiting"));
        if (deed === "is calm for") now += value * 1000;
        const { currentTime: at, playbackRate: rate } = audio;
        return { at, rate, target: steering.target, told: told.at(-1) };
    });
}
"""
"""An audio element on a stage of its own, with time made by the test."""


async def steered(browser: Browser, house: House, *steps: tuple[str, float]) -> list[dict[str, Any]]:
    """How it was after each step; "has": so many seconds are there to be played."""
    async with a_page(browser, house.page) as page:
        seen: list[dict[str, Any]] = await with_module(
            page, "steering.js", STAGE, [list(one) for one in steps]
        )
    return seen


async def test_it_plays_faster_when_far_and_slower_when_near_and_never_by_much(
    browser: Browser, house: House
) -> None:
    seen = await steered(browser, house, *(("has", seconds) for seconds in (0.3, 0.34, 0.5, 1.4, 0.2, 0.01)))
    rates = [one["rate"] for one in seen]
    assert rates[:2] == [1, 1]
    assert rates[2] == pytest.approx(1.04)
    assert rates[3] == pytest.approx(1.08), "at most"
    assert rates[4] == pytest.approx(0.98)
    assert rates[5] == pytest.approx(0.96), "at least: 4 in 100"
    assert {one["at"] for one in seen} == {10}, "without a jump"


async def test_it_jumps_from_far_behind_and_to_sound_that_is_there(browser: Browser, house: House) -> None:
    (far,) = await steered(browser, house, ("has", 2.0))
    fallen = (await steered(browser, house, ("is at", 5.0), ("has", 8.0)))[-1]
    assert far["at"] == pytest.approx(11.7)
    assert fallen["at"] == pytest.approx(12.7)
    assert far["told"] == ["playing", pytest.approx(0.3)]


async def test_it_stays_farther_behind_after_each_time_that_it_ran_dry_and_comes_back_when_it_is_calm(
    browser: Browser, house: House
) -> None:
    dry = [("runs dry", 0.0)]
    calm = [("is calm for", 31.0), ("has", 0.3)]
    seen = await steered(browser, house, *dry, ("has", 0.3), *dry, *calm, *calm, *dry * 20)
    targets = [round(one["target"], 1) for one in seen]
    assert targets[:3] == [0.3, 0.3, 0.4], "what is dry before it began is no complaint"
    assert targets[4] == 0.3
    assert targets[6] == 0.3, "and no closer than that"
    assert targets[-1] == 1.0
