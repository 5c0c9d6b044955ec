"""MP3: players show the title, and hear what follows."""

import io

import av
import pytest

from containers import mp3
from tests.web.house import opus
from web.copyist.copying import Copying
from web.copyist.messages import Codec


@pytest.mark.parametrize("title", ["Perché no?", "🎭 " * 40 + "È", "", "x" * 300])
def test_players_show_the_title(title: str) -> None:
    copying = Copying(Codec.MP3)
    frames = [frame for n, packet in enumerate(opus(440, 1)) for _, frame in copying.take(n * 960, packet)]
    stream = mp3.head(title) + b"".join(frames)
    with av.open(io.BytesIO(stream), "r", format="mp3") as container:
        assert container.metadata.get("title", "") == title
        assert sum(frame.samples for frame in container.decode(audio=0)) >= 38 * mp3.MP3_FRAME
