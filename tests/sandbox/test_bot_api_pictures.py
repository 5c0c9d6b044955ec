"""Pictures: what sizes a photo has, and what is no photo."""

import io

import pytest
from PIL import Image

from sandbox.bot_api.parameters import Upload
from sandbox.bot_api.pictures import make_photo
from sandbox.bot_api.shapes.messages import write_file
from sandbox.world.entities import Media
from sandbox.world.errors import ApiError
from tests.sandbox.pictures import GIF, PNG, picture


def photo(content: bytes) -> Media:
    return make_photo(Upload("card.png", "image/png", content))


def sizes(media: Media) -> list[tuple[int, int]]:
    return [(one.details["width"], one.details["height"]) for one in (*media.smaller, media)]


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((3, 2), [(3, 2)]),
        ((90, 90), [(90, 90)]),
        ((400, 200), [(90, 45), (320, 160), (400, 200)]),
        ((400, 20), [(90, 4), (320, 16), (400, 20)]),
        ((720, 1280), [(51, 90), (180, 320), (450, 800), (720, 1280)]),
        ((2000, 1000), [(90, 45), (320, 160), (800, 400), (1280, 640), (2000, 1000)]),
    ],
)
def test_a_photo_has_smaller_copies_and_itself_as_the_biggest(
    size: tuple[int, int], expected: list[tuple[int, int]]
) -> None:
    assert sizes(photo(picture(*size))) == expected


def test_the_copies_are_pictures_of_just_that_size() -> None:
    content = picture(400, 200)
    media = photo(content)
    assert media.file.content == content
    for one in media.smaller:
        with Image.open(io.BytesIO(one.file.content)) as opened:
            assert (opened.format, opened.size) == ("JPEG", (one.details["width"], one.details["height"]))
        assert one.file.mime_type == "image/jpeg"


def test_a_copy_is_made_when_it_is_wanted_and_its_size_known_since() -> None:
    media = photo(picture(400, 200, "JPEG"))
    small = media.smaller[0].file
    assert (small.size, media.file.size) == (None, len(media.file.content))
    assert "file_size" not in write_file(small)
    assert small.content is small.content
    assert write_file(small)["file_size"] == small.size == len(small.content)


def test_every_size_has_an_id_of_its_own() -> None:
    media = photo(picture(400, 200))
    ids = [one.file.file_id for one in (*media.smaller, media)]
    assert len(set(ids)) == 3
    assert all(id_.startswith("AgAC") for id_ in ids)


def test_transparency_does_no_harm() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (100, 100), (0, 0, 0, 0)).save(written, "PNG")
    assert sizes(photo(written.getvalue())) == [(90, 90), (100, 100)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "file must be non-empty"),
        (b"text", "IMAGE_PROCESS_FAILED"),
        (PNG[:40], "IMAGE_PROCESS_FAILED"),
        (picture(200, 200)[:-60], "IMAGE_PROCESS_FAILED"),
        (picture(200, 200, "JPEG")[:-60], "IMAGE_PROCESS_FAILED"),
        (GIF[:6] + b"\xff\x7f\x10\x00", "PHOTO_INVALID_DIMENSIONS"),
        (GIF[:6] + b"\x15\x00\x01\x00", "PHOTO_INVALID_DIMENSIONS"),
    ],
)
def test_not_everything_is_a_photo(content: bytes, expected: str) -> None:
    with pytest.raises(ApiError, match=f"^Bad Request: {expected}$"):
        photo(content)


def test_a_photo_is_not_too_long_for_its_width() -> None:
    assert sizes(photo(picture(20, 1))) == [(20, 1)]
    for size in ((21, 1), (9500, 501)):
        with pytest.raises(ApiError, match="PHOTO_INVALID_DIMENSIONS"):
            photo(picture(*size))
