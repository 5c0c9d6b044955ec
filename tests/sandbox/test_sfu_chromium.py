"""A real browser joins with its microphone, is heard and hears."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page

from app.machine import has_voice_interface
from sandbox.sfu import VoiceServer
from tests.browser import chromium, needs_chromium
from tests.sandbox.callers import Voice, calling
from tests.sandbox.sounds import RATE, tone
from tests.sandbox.waiting import until

pytestmark = [
    needs_chromium,
    pytest.mark.skipif(not has_voice_interface(), reason="Chromium needs an interface besides loopback, too"),
]

CALL, ADA, BRUNO = 5, 1, 2

JOIN = """async () => {
    const connection = new RTCPeerConnection();
    const microphone = await navigator.mediaDevices.getUserMedia({ audio: true });
    connection.addTransceiver(microphone.getAudioTracks()[0], { direction: "sendonly" });
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


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with chromium(has_microphone=True) as browser:
        page = await browser.new_page()
        await page.route("http://localhost/**", lambda route: route.fulfill(body="<!doctype html>"))
        await page.goto("http://localhost/")
        yield page


async def test_a_browser_is_heard_and_hears(page: Page) -> None:
    async with VoiceServer() as server, calling(Voice(tone(440, 1), loops=True), ears=1) as bruno:
        await bruno.accept(server.join_browser(CALL, BRUNO, await bruno.offer()).sdp)
        await page.expose_function("join", lambda offer: server.join_browser(CALL, ADA, offer).sdp)
        await page.evaluate(JOIN)
        await until(lambda: server.connected(CALL) == {ADA, BRUNO})
        await until(lambda: abs(bruno.heard(0)[-RATE:]).max(initial=0) > 1000)
        await page.wait_for_function("window.pitch().some((pitch) => Math.abs(pitch - 440) < 10)")
        await page.evaluate("window.connection.close()")
        await until(lambda: server.connected(CALL) == {BRUNO})
