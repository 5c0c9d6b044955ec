"""What a remote says, in both languages, and its buttons."""

from datetime import timedelta

import pytest

from bot.refusals import Speech
from bot.sounds.remote import remote_keys, remote_text, turned
from rooms.ids import RoomId
from rooms.playing import LONGEST_QUEUE, Playback
from tests.bot.speeches import BOTH, ENGLISH

LONG = Playback("x" * 100, timedelta(), timedelta(hours=2), ("y" * 100,) * LONGEST_QUEUE, 80, is_paused=True)


def test_it_says_what_plays_and_what_comes_next() -> None:
    text = remote_text(Playback("<One>", length=timedelta(minutes=3), queue=("Two", "Three")), None, ENGLISH)
    assert text == ("🎵 <b>&lt;One&gt;</b>\n3 minutes · volume 100 %\n\nComes next:\n1. Two\n2. Three")


def test_it_says_that_nothing_plays() -> None:
    assert "Nothing plays." in remote_text(Playback(), None, ENGLISH)
    assert remote_keys(RoomId(1), Playback(), ENGLISH.words) is None


@pytest.mark.parametrize("speech", BOTH, ids=["en", "it"])
def test_the_longest_fits_a_message_and_a_glance(speech: Speech) -> None:
    text = remote_text(LONG, "z" * 100, speech)
    assert len(text) < 1000
    assert text.count("\n") < 12


@pytest.mark.parametrize(
    "error", ["SoundRefused", "SoundUnreachable", "AddressForbidden", "NoSuchError", "Clash"]
)
def test_whatever_became_of_the_sound_before_is_a_sentence(error: str) -> None:
    text = remote_text(Playback(error=error), None, ENGLISH)
    assert text.splitlines()[-1].startswith("⚠️ ")
    assert "“…”" in text


def test_the_first_button_pauses_or_lets_go_on() -> None:
    labels = []
    for is_paused in (False, True):
        keyboard = remote_keys(RoomId(1), Playback("One", is_paused=is_paused), ENGLISH.words)
        assert keyboard is not None
        labels.append([key.text for key in keyboard.inline_keyboard[0]])
    assert labels == [["⏸", "⏭", "🔉", "🔊", "⏹ Stop"], ["▶️", "⏭", "🔉", "🔊", "⏹ Stop"]]


@pytest.mark.parametrize(
    ("volume", "by", "after"), [(100, 20, 120), (190, 20, 200), (10, -20, 0), (0, 20, 20)]
)
def test_a_tap_turns_the_volume_within_its_bounds(volume: int, by: int, after: int) -> None:
    assert turned(volume, by) == after
