"""The finished covers: JPEGs of the right size, always the same, from any thread."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from bot.pictures.backdrop import HEIGHT, WIDTH
from bot.pictures.painting import MOST_BYTES, draw_cover, dress_cover
from tests.bot.pictures.gallery import TITLES, a_cover, encoded, mean, opened

NOISE = encoded(
    Image.fromarray(np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8), "RGB"), "PNG"
)


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title[:20])
def test_a_cover_is_a_jpeg_as_telegram_likes_it(title: str) -> None:
    content = draw_cover(a_cover(title, badge="Live"))
    image = opened(content)
    assert image.format == "JPEG"
    assert image.mode == "RGB"
    assert image.size == (1280, 720)
    assert len(content) <= MOST_BYTES


def test_equal_covers_are_the_same_bytes_and_others_are_not() -> None:
    assert draw_cover(a_cover()) == draw_cover(a_cover())
    variants = [
        a_cover(),
        a_cover("Careers after 41"),
        a_cover(badge="Live"),
        a_cover(topic=None),
        replace(a_cover(), when="Thursday 26 November 2026, 19:30"),
        replace(a_cover(), zone="Europe/Paris"),
        replace(a_cover(), hosts="hosted by Bruno"),
        replace(a_cover(), group="Another group"),
    ]
    assert len({draw_cover(cover) for cover in variants}) == len(variants)


def test_covers_drawn_by_many_threads_at_once_are_the_same() -> None:
    covers = [a_cover(title, topic) for title in TITLES for topic in ("one", "two", None)]
    alone = [draw_cover(cover) for cover in covers]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(draw_cover, covers)) == alone


def test_the_same_talk_in_another_state_keeps_its_colours() -> None:
    before, after = opened(draw_cover(a_cover())), opened(draw_cover(a_cover(badge="Cancelled")))
    corner = (1100, 0, WIDTH, HEIGHT)
    assert mean(before.crop(corner)) == pytest.approx(mean(after.crop(corner)), abs=3)


def test_a_photo_is_dressed_in_the_same_words() -> None:
    photo = encoded(Image.new("RGB", (900, 900), "teal"), "PNG")
    content = dress_cover(photo, a_cover())
    image = opened(content)
    assert image.format == "JPEG"
    assert image.size == (1280, 720)
    assert content == dress_cover(photo, a_cover())
    assert content != dress_cover(photo, a_cover("Another"))


def test_even_noise_stays_within_the_weight() -> None:
    assert len(dress_cover(NOISE, a_cover())) <= MOST_BYTES
