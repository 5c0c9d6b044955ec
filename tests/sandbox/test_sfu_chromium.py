"""A real browser joins with its microphone, is heard and hears."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page

from sandbox.sfu import VoiceServer
from tests.browser import chromium, needs_chromium
from tests.interface import needs_interface
from tests.sandbox.callers import Voice, calling
from tests.sandbox.sounds import RATE, tone
from tests.sandbox.waiting import until

pytestmark = [
    needs_chromium,
    pytest.mark.asyncio(loop_scope="module"),
    needs_interface,
]

CALL, ADA, BRUNO = 5, 1, 2

JOIN = """async (isSilent) => {
    const connection = new RTCPeerConnection();
    const humming = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()[0];
    const silent = humming.clone();
    silent.enabled = false;  // sent on as digital silence
    const { sender } = connection.addTransceiver(isSilent ? silent : humming, { direction: "sendonly" });
    window.hum = () => sender.replaceTrack(humming);
    window.hush = () => sender.replaceTrack(silent);
    for (let ear = 0; ear < 2; ear++) connection.addTransceiver("audio", { direction: "recvonly" });
    const context = new AudioContext();
    window.ears = [];
    connection.ontrack = ({ track }) => {
        const stream = new MediaStream([track]);
        const player = new Audio();
        player.srcObject = stream;  // Chromium decodes only what is played
        player.muted = true;
        player.play();
        const ear = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
        context.createMediaStreamSource(stream).connect(ear);
        window.ears.push(ear);
    };
    window.pitch = () => window.ears.map((ear) => {
        const bins = new Float32Array(ear.frequencyBinCount);
        ear.getFloatFrequencyData(bins);
        const loudest = bins.indexOf(Math.max(...bins));
        return bins[loudest] > -40 ? loudest * context.sampleRate / ear.fftSize : 0;
    });
    await connection.setLocalDescription();
    const sdp = await window.join(connection.localDescription.sdp);
    await connection.setRemoteDescription({ type: "answer", sdp });
    window.connection = connection;
}"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium(has_microphone=True) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser: Browser) -> AsyncIterator[Page]:
    page = await browser.new_page()
    await page.route("http://localhost/**", lambda route: route.fulfill(body="<!doctype html>"))
    await page.goto("http://localhost/")
    yield page
    await page.close()


async def test_a_browser_is_heard_and_hears(page: Page) -> None:
    async with VoiceServer() as server, calling(Voice(tone(440, 1), loops=True), ears=1) as bruno:
        await bruno.accept(server.join_browser(CALL, BRUNO, await bruno.offer()).sdp)
        await page.expose_function("join", lambda offer: server.join_browser(CALL, ADA, offer).sdp)
        await page.evaluate(JOIN, False)
        await until(lambda: server.connected(CALL) == {ADA, BRUNO})
        await until(lambda: abs(bruno.heard(0)[-RATE:]).max(initial=0) > 1000)
        await page.wait_for_function("window.pitch().some((pitch) => Math.abs(pitch - 440) < 10)")
        await page.evaluate("window.connection.close()")
        await until(lambda: server.connected(CALL) == {BRUNO})


async def test_a_browser_with_an_open_microphone_speaks_only_while_something_is_heard(page: Page) -> None:
    async with VoiceServer() as server, calling(ears=1) as bruno:
        await bruno.accept(server.join_browser(CALL, BRUNO, await bruno.offer()).sdp)
        await page.expose_function("join", lambda offer: server.join_browser(CALL, ADA, offer).sdp)
        await page.evaluate(JOIN, True)
        await until(lambda: server.speaking(CALL) or len(bruno.heard(0)) > RATE)
        assert server.speaking(CALL) == frozenset()
        await page.evaluate("window.hum()")
        await until(lambda: server.speaking(CALL) == {ADA})
        await page.evaluate("window.hush()")
        await until(lambda: server.speaking(CALL) == frozenset())
