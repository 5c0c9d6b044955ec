"""Squares: a talk's cover as podcast apps want it, whole, on a blurred ground of its own."""

from io import BytesIO

from PIL import Image, ImageEnhance, ImageFilter, ImageOps

SIDE = 1400
"""Pixels; Apple takes 1400 to 3000."""

_QUALITY = 84
_BLUR = 6
"""Pixels, of a ground that is painted at an eighth of its size."""


def squared(cover: bytes) -> bytes:
    """The cover (JPEG, broader than high) as a JPEG of `SIDE` by `SIDE` pixels; some 40 ms of a core."""
    with Image.open(BytesIO(cover)) as opened:
        image = opened.convert("RGB")
    small = ImageOps.fit(image, (SIDE // 8, SIDE // 8)).filter(ImageFilter.GaussianBlur(_BLUR))
    ground = ImageEnhance.Brightness(small).enhance(0.6).resize((SIDE, SIDE), Image.Resampling.BICUBIC)
    whole = ImageOps.contain(image, (SIDE, SIDE), Image.Resampling.LANCZOS)
    ground.paste(whole, ((SIDE - whole.width) // 2, (SIDE - whole.height) // 2))
    jpeg = BytesIO()
    ground.save(jpeg, "JPEG", quality=_QUALITY, optimize=True)
    return jpeg.getvalue()
