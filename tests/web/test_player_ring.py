"""The ring, with time made by the test: what it plays at any jitter and drift, whatever the machine does."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.browser import needs_chromium

pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs_chromium]

RING = (Path(__file__).parents[2] / "web" / "player" / "ring.js").read_text()

STAGE = """
async ({ ring, seconds, jitter, drift, stall, silence, blocks, hertz, since }) => {
    globalThis.currentTime = 0;
    globalThis.sampleRate = 48000;
    globalThis.AudioWorkletProcessor = class { constructor() { this.port = { postMessage: () => {} }; } };
    let Ring;
    globalThis.registerProcessor = (_name, made) => (Ring = made);
    const address = URL.createObjectURL(new Blob([ring], { type: "text/javascript" }));
    await import(address);
    const node = new Ring();

    let seed = 7;
    const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
    const RATE = 48000, PACKET = 960, CHUNK = 2;
    const tone = (at) => Math.cos((2 * Math.PI * hertz * at) / RATE);

    // What is on its way: packets two by two, each pair as late as the network makes it, in order.
    const way = [];
    let last = 0;
    for (let chunk = -8; chunk < (seconds * RATE) / (PACKET * CHUNK); chunk++) {
        const whole = ((chunk + 1) * CHUNK * PACKET) / RATE / (1 + drift);
        let due = Math.max(whole, 0) + random() * jitter;
        if (stall && whole > stall[0] && whole < stall[0] + stall[1]) due = stall[0] + stall[1];
        due = last = Math.max(last, due);
        if (silence && whole > silence[0] && whole < silence[0] + silence[1]) continue;
        for (let part = 0; part < CHUNK; part++) {
            const at = 48000 + (chunk * CHUNK + part) * PACKET;
            way.push({ due, at });
        }
    }

    const out = new Float32Array(128);
    const seen = [];
    let worst = 0;
    let previous = 0;
    let given = 0;
    for (let burst = 0; currentTime < seconds - 1; burst++) {
        for (; way[given]?.due <= currentTime; given++) {
            const { at } = way[given];
            const samples = Float32Array.from({ length: PACKET }, (_, place) => tone(at + place));
            node.write({ at, samples });
        }
        for (let block = 0; block < blocks; block++) {
            node.process([], [[out]]);
            for (const sample of out) {
                if (currentTime > since) worst = Math.max(worst, Math.abs(sample - previous));
                previous = sample;
            }
            globalThis.currentTime += 128 / RATE;
        }
        seen.push([currentTime, node.behind / RATE, node.rate, node.underruns, node.jumps, node.isDry]);
    }
    return { seen, worst };
}
"""
"""The ring on a stage of its own, fed with a tone; a sound card plays `blocks` at a time.

What comes out is looked at for clicks once `since` seconds are over.
"""

STEEPEST = 0.0131 * 1.1
"""Between two samples of a tone of 100 Hz, and a little; more would be a click."""


async def played(browser: Browser, seconds: float = 60, **how: Any) -> dict[str, Any]:
    """What the ring did in the end and, once ten seconds were over, on the way."""
    page = await browser.new_page()
    settings = {
        "jitter": 0,
        "drift": 0,
        "stall": None,
        "silence": None,
        "blocks": 8,
        "hertz": 100,
        "since": 2,
    }
    told = await page.evaluate(STAGE, {"ring": RING, "seconds": seconds, **settings, **how})
    await page.close()
    settled = [one for one in told["seen"] if one[0] > 10]
    _, behind, _, underruns, jumps, is_dry = told["seen"][-1]
    return {
        "behind": behind,
        "farthest": max(one[1] for one in settled),
        "rates": (min(one[2] for one in settled), max(one[2] for one in settled)),
        "underruns": underruns,
        "jumps": jumps,
        "is_dry": is_dry,
        "click": told["worst"],
    }


async def test_on_a_calm_network_it_is_a_tenth_of_a_second_behind(browser: Browser) -> None:
    ring = await played(browser)
    assert ring["behind"] == pytest.approx(0.1, abs=0.01)
    assert (ring["underruns"], ring["jumps"], ring["is_dry"]) == (0, 0, False)
    assert ring["click"] < STEEPEST


@pytest.mark.parametrize("jitter", [0.02, 0.06])
async def test_jitter_costs_a_little_delay_and_no_sound(browser: Browser, jitter: float) -> None:
    ring = await played(browser, 180, jitter=jitter)
    assert (ring["underruns"], ring["jumps"]) == (0, 0)
    assert ring["farthest"] < 0.17
    assert ring["click"] < STEEPEST


async def test_much_jitter_is_learnt(browser: Browser) -> None:
    ring = await played(browser, 120, jitter=0.2)
    assert ring["underruns"] <= 5, "until it knows"
    assert ring["jumps"] <= 5
    assert ring["farthest"] < 0.4


@pytest.mark.parametrize("drift", [-0.0005, 0.0005])
async def test_drift_is_taken_up_by_resampling(browser: Browser, drift: float) -> None:
    """Five in ten thousand, more than clocks differ: in three minutes it would be 90 ms."""
    ring = await played(browser, 180, drift=drift)
    assert (ring["underruns"], ring["jumps"]) == (0, 0)
    assert ring["behind"] == pytest.approx(0.1, abs=0.02)
    assert ring["rates"][0] == pytest.approx(1 + drift, abs=0.001)
    assert ring["click"] < STEEPEST


@pytest.mark.parametrize("drift", [-0.0003, 0.0003])
async def test_ten_minutes_of_drift_and_jitter_together(browser: Browser, drift: float) -> None:
    """Longer than any delay could hide: these are 180 ms."""
    ring = await played(browser, 600, drift=drift, jitter=0.06)
    assert (ring["underruns"], ring["jumps"], ring["is_dry"]) == (0, 0, False)
    assert ring["farthest"] < 0.17
    assert ring["click"] < STEEPEST


async def test_after_a_stall_it_is_near_the_live_edge_again_and_nothing_clicks(browser: Browser) -> None:
    ring = await played(browser, 60, stall=[20, 3])
    assert ring["underruns"] == 1
    assert ring["behind"] == pytest.approx(0.1, abs=0.03)
    assert ring["click"] < 2 * STEEPEST, "it fades out, and in again"


async def test_sound_begins_and_ends_within_five_milliseconds_and_never_at_once(browser: Browser) -> None:
    """What is torn is as loud as can be, and not a wave that may happen to be at zero."""
    ring = await played(browser, 30, stall=[20, 3], hertz=0, since=0)
    assert ring["underruns"] == 1
    assert ring["click"] == pytest.approx(1 / 240, rel=0.01)


@pytest.mark.parametrize("pause", [0.5, 10])
async def test_what_is_missing_of_the_room_is_silent(browser: Browser, pause: float) -> None:
    ring = await played(browser, 60, silence=[20, pause])
    assert ring["behind"] == pytest.approx(0.1, abs=0.03)
    assert not ring["is_dry"]


async def test_a_sound_card_that_plays_large_pieces_is_served(browser: Browser) -> None:
    """64 blocks are 170 ms: on some phones, by Bluetooth."""
    ring = await played(browser, 60, blocks=64)
    assert ring["underruns"] <= 2
    assert not ring["is_dry"]
