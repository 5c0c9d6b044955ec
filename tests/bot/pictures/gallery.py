"""Covers and faces that the tests of pictures share."""

from functools import cache
from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import Image, ImageStat

from bot.pictures import Cover
from bot.pictures.faces import Faces
from bot.pictures.typesetting import Line, Typesetter

OURS_ALONE = Typesetter(Faces(folders=()))
"""A machine with no fonts but the bundled ones."""

TITLES = (
    "Q",
    "Jazz",
    "Careers after 40",
    "Perché la città più bella è quella che non c'è",
    "ÁÉÍÓÚ ÀÈÌÒÙ gjpqy ÁÉÍÓÚ gjpqy ÂÊÎÔÛ gjpqy ÄËÏÖÜ",
    "How to ask for a raise without losing your temper, your manager, or your weekend",
    "Карьера после сорока: как начать заново",
    "Το θέατρο και η πόλη",  # noqa: RUF001
    "四十岁之后的职业生涯：重新开始的勇气",  # noqa: RUF001
    "كيف تبدأ مسيرة مهنية جديدة بعد الأربعين",
    "קריירה אחרי 40: איך להתחיל מחדש?",
    "🎭 Theatre night 🎶 with friends 👩‍👩‍👧‍👦🇮🇹",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "W" * 200,
    "word " * 40,
    "\u202eevil\u202c\n\tZ̷̢̧̛a̷̷̢l̵g̶o̴\u200b\x00",
)


def a_cover(
    title: str = "Careers after 40", topic: str | None = "careers", badge: str | None = None
) -> Cover:
    return Cover(
        title=title,
        when="Thursday 26 November 2026, 18:30",
        zone="Europe/Rome",
        hosts="hosted by Ada Rossi",
        group="Milano Product People",
        topic=topic,
        badge=badge,
    )


def opened(picture: bytes) -> Image.Image:
    image = Image.open(BytesIO(picture))
    image.load()
    return image


def encoded(image: Image.Image, form: str) -> bytes:
    content = BytesIO()
    image.save(content, form)
    return content.getvalue()


def have_glyphs(line: Line) -> bool:
    """Whether the font of each run has all of its letters: asked of the font files anew."""
    silent = {"\u200c", "\u200d", "\ufe0f"}
    for run in line.runs:
        points = points_of(run.face.path)
        if any(ord(character) not in points for character in run.text if character not in silent):
            return False
    return True


@cache
def points_of(path: Path) -> frozenset[int]:
    with TTFont(path, fontNumber=0) as font:
        return frozenset(font.getBestCmap())


def folder_with(font: Path, name: str, folder: Path) -> Path:
    """A folder of fonts in which this file is known by another name."""
    (folder / name).write_bytes(font.read_bytes())
    return folder


def mean(image: Image.Image) -> float:
    """How bright an image is on average, 0 to 255."""
    return float(ImageStat.Stat(image.convert("L")).mean[0])
