"""The forms: whoever joins in the middle of either hears what is said from there on."""

import io

import av
import numpy as np
import pytest

from containers.opus import PACKET, RATE
from tests.voice.sounds import strength
from tests.web.house import opus
from web.forms import FORMS, Form


def chunks_of(form: Form, packets: tuple[bytes, ...], at: int) -> list[bytes]:
    return [form.chunk(packets[n : n + 5], at + n * PACKET) for n in range(0, len(packets), 5)]


@pytest.mark.parametrize("kind", [kind for kind, form in FORMS.items() if form.codec is None])
def test_a_joiner_hears_the_rest_at_the_room_s_time(kind: str) -> None:
    form = FORMS[kind]()
    stream = form.head("Uno") + b"".join(chunks_of(form, opus(440, 2), 90 * RATE)[5:]) + form.farewell()
    with av.open(io.BytesIO(stream), "r", format="ogg" if kind == "ogg" else "webm") as container:
        frames = list(container.decode(audio=0))
    sound = np.concatenate([frame.to_ndarray()[0] for frame in frames])
    assert frames[0].time == pytest.approx(90.5, abs=0.02)
    assert strength((sound[9600:] * 32767).astype(np.int16), 440) == pytest.approx(8000, rel=0.05)


def test_players_show_the_title() -> None:
    form = FORMS["ogg"]()
    stream = form.head("Perché no?") + form.chunk(opus(440, 0.1), 0) + form.farewell()
    with av.open(io.BytesIO(stream), "r", format="ogg") as container:
        assert container.streams.audio[0].metadata["TITLE"] == "Perché no?"
