"""Charts: bars and steps of a statistics picture, drawn by matplotlib; the words beside them are not its."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import MaxNLocator
from PIL import Image

from bot.pictures.faces import BUNDLED, Style
from bot.pictures.palettes import Colour, Palette

DPI = 100

FIGURES = 31
"""The size, in pixels, of numbers along an axis."""

PROMISED, KEPT = 0.62, 0.30
"""How thick the bars of those who said they come, and of those who came within them, are: shares of a row."""


@dataclass(frozen=True)
class Pair:
    """How many said that they come, and how many came; None when that was not measured."""

    promised: float
    kept: float | None = None


def rows_chart(pairs: Sequence[Pair], size: tuple[int, int], palette: Palette) -> Image.Image:
    """A lying bar for each pair, from the top, in rows of equal height; RGBA."""
    figure, axes = _blank(size, (0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_ylim(len(pairs) - 0.5, -0.5)
    axes.set_xlim(0, _most(pairs))
    places = range(len(pairs))
    axes.barh(places, [pair.promised for pair in pairs], PROMISED, color=_pale(palette))
    axes.barh(places, [pair.kept or 0 for pair in pairs], KEPT, color=_rgb(palette.glow))
    return _image(figure)


def columns_chart(pairs: Sequence[Pair], size: tuple[int, int], palette: Palette) -> Image.Image:
    """A standing bar for each pair, from the left, with numbers at the left edge; RGBA."""
    figure, axes = _blank(size, (0.07, 0.07, 0.93, 0.91))
    axes.set_xlim(-0.5, len(pairs) - 0.5)
    axes.set_ylim(0, _most(pairs))
    axes.set_xticks([])
    _number(axes, palette)
    places = range(len(pairs))
    axes.bar(places, [pair.promised for pair in pairs], PROMISED + 0.12, color=_pale(palette))
    axes.bar(places, [pair.kept or 0 for pair in pairs], KEPT + 0.06, color=_rgb(palette.glow))
    return _image(figure)


def steps_chart(points: Sequence[tuple[float, int]], size: tuple[int, int], palette: Palette) -> Image.Image:
    """How a number went over time, in steps, from points in order; RGBA.

    Room for a word is left at the end of the lower axis.
    """
    first, last = points[0][0], max(points[-1][0], points[0][0] + 1)
    times = [*(time for time, _ in points if time < last), last]
    counts = [count for time, count in points if time < last]
    figure, axes = _blank(size, (0.07, 0.17, 0.93, 0.79))
    axes.set_xlim(first, last)
    axes.set_ylim(0, max(1, *counts) * 1.12)
    _number(axes, palette)
    ticks = MaxNLocator(nbins=6, integer=True, min_n_ticks=1).tick_values(first, last)
    axes.set_xticks([tick for tick in ticks if first <= tick <= first + 0.84 * (last - first)])
    line, levels = _rgb(palette.glow), [*counts, counts[-1]]
    axes.fill_between(times, levels, step="post", color=(*line, 0.24), linewidth=0)
    axes.step(times, levels, where="post", color=line, linewidth=_points(5), solid_joinstyle="round")
    return _image(figure)


def _blank(size: tuple[int, int], place: tuple[float, float, float, float]) -> tuple[Figure, Axes]:
    figure = Figure((size[0] / DPI, size[1] / DPI), DPI, facecolor="none")
    return figure, figure.add_axes(place, facecolor="none")


def _number(axes: Axes, palette: Palette) -> None:
    """Whole numbers along the axes, and quiet lines at those of the standing one."""
    axes.yaxis.set_major_locator(MaxNLocator(nbins=4, integer=True))
    axes.spines[:].set_visible(False)
    axes.grid(axis="y", color=(*_rgb(palette.soft), 0.22), linewidth=_points(2))
    axes.set_axisbelow(True)
    axes.tick_params(length=0, pad=_points(14), colors=_rgb(palette.soft))
    font = FontProperties(fname=BUNDLED / f"{Style.PLAIN.value}.ttf", size=_points(FIGURES))
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font)


def _image(figure: Figure) -> Image.Image:
    raw = BytesIO()
    figure.savefig(raw, format="raw", dpi=DPI, transparent=True)
    size = round(figure.get_figwidth() * DPI), round(figure.get_figheight() * DPI)
    return Image.frombytes("RGBA", size, raw.getvalue())


def _most(pairs: Sequence[Pair]) -> float:
    return max(1, *(max(pair.promised, pair.kept or 0) for pair in pairs), 0)


def _points(pixels: float) -> float:
    """Pixels in points, of which 72 are an inch."""
    return pixels * 72 / DPI


def _rgb(colour: Colour) -> tuple[float, float, float]:
    return colour.red / 255, colour.green / 255, colour.blue / 255


def _pale(palette: Palette) -> tuple[float, float, float]:
    return _rgb(palette.pale)
