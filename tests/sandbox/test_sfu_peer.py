"""What the voice server knows of somebody's speech: whether, how loud, and since when."""

import time

from sandbox.sfu import VoiceServer
from tests.sandbox.callers import Voice, calling
from tests.sandbox.sounds import tone
from tests.sandbox.waiting import until

CALL, ADA, BRUNO = 5, 1, 2


async def test_who_speaks_has_a_level_and_a_beginning(server: VoiceServer) -> None:
    before = time.time()
    async with calling(Voice(tone(440, 0.5), loops=True)) as ada, calling() as bruno:
        for person, caller in ((ADA, ada), (BRUNO, bruno)):
            await caller.accept(server.join_browser(CALL, person, await caller.offer()).sdp)
        await until(lambda: server.levels(CALL))
        assert list(server.levels(CALL)) == [ADA]
        assert 0 < server.levels(CALL)[ADA] <= 1
        began = server.spoke_at(CALL, ADA)
        assert began is not None
        assert before <= began <= time.time()
        assert server.spoke_at(CALL, BRUNO) is None
        server.allow(CALL, ADA, False)
        assert server.levels(CALL) == {}


async def test_a_pause_is_no_new_beginning(server: VoiceServer) -> None:
    async with calling(Voice(tone(440, 0.5), loops=True)) as ada:
        await ada.accept(server.join_browser(CALL, ADA, await ada.offer()).sdp)
        await until(lambda: server.speaking(CALL))
        began = server.spoke_at(CALL, ADA)
        server.allow(CALL, ADA, False)
        await until(lambda: not server.speaking(CALL))
        server.allow(CALL, ADA, True)
        await until(lambda: server.speaking(CALL))
        assert server.spoke_at(CALL, ADA) == began


async def test_nobody_speaks_where_nobody_is(server: VoiceServer) -> None:
    assert (server.spoke_at(CALL, ADA), server.faults_of(CALL, ADA)) == (None, None)
