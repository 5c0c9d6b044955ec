"""The pen: writes words and lays charts onto a statistics picture."""

from dataclasses import dataclass

from PIL import Image

from bot.pictures.drawing import draw_line, draw_plate
from bot.pictures.faces import Style
from bot.pictures.palettes import Colour, Palette
from bot.pictures.typesetting import ELLIPSIS, Line, Typesetter

WORDS = 34
"""The size of most words, in pixels: ten or eleven on a phone."""

SAMPLE = 24
"""How wide and high the sample of a colour is, in pixels."""


@dataclass(frozen=True)
class Pen:
    """Writes on one picture, in its colours; `at` is a point of a baseline."""

    image: Image.Image
    palette: Palette
    typesetter: Typesetter

    def write(self, text: str, at: tuple[float, float], colour: Colour, width: float) -> None:
        """Write a line from this point on, shortened to this width."""
        self.draw(self._line(text, width), at, colour)

    def write_before(self, text: str, at: tuple[float, float], colour: Colour, width: float) -> float:
        """Write a line that ends at this point, shortened to this width; returns how wide it is."""
        line = self._line(text, width)
        self.draw(line, (at[0] - line.width, at[1]), colour)
        return line.width

    def draw(self, line: Line, at: tuple[float, float], colour: Colour) -> None:
        """Write a line that is set already."""
        draw_line(self.image, line, at, colour)

    def put(self, chart: Image.Image, at: tuple[int, int]) -> None:
        """Lay a chart down with its upper left corner here."""
        self.image.paste(chart, at, chart)

    def swatch(self, at: tuple[float, float], colour: Colour) -> None:
        """A sample of a colour, standing on this point."""
        box = (at[0], at[1] - SAMPLE, at[0] + SAMPLE, at[1])
        draw_plate(self.image, box, 5, colour)

    def _line(self, text: str, width: float) -> Line:
        """The line; three dots for a name in a script for which no font is at hand."""
        line = self.typesetter.fitted(text, Style.PLAIN, (WORDS,), width)
        return line if line.runs else self.typesetter.fitted(ELLIPSIS, Style.PLAIN, (WORDS,), width)
