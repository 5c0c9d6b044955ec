"""A cover on a square ground: whole, in the middle, and the size that podcast apps take."""

from io import BytesIO

from PIL import Image

from bot.pictures.squares import SIDE, squared


def a_cover() -> bytes:
    image = Image.new("RGB", (1280, 720), (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, 640, 720))
    jpeg = BytesIO()
    image.save(jpeg, "JPEG", quality=95)
    return jpeg.getvalue()


def test_the_whole_cover_is_in_the_middle_of_a_darker_ground_of_its_own() -> None:
    with Image.open(BytesIO(squared(a_cover()))) as image:
        assert (image.format, image.size, image.mode) == ("JPEG", (SIDE, SIDE), "RGB")
        near_left, near_right = image.getpixel((20, SIDE // 2)), image.getpixel((SIDE - 20, SIDE // 2))
        ground = image.getpixel((20, 20))
    assert near_left[2] > 180 > near_left[0]  # type: ignore[index]
    assert near_right[0] > 180 > near_right[2]  # type: ignore[index]
    assert 60 < ground[2] < 180  # type: ignore[index]


def test_the_same_cover_gives_the_same_picture() -> None:
    assert squared(a_cover()) == squared(a_cover())
