"""QR codes in the terminal hold what they were made of."""

import segno

from app.qr import drawn

URL = "tg://login?token=AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA"

LIGHT = {"█": (0, 0), "▀": (0, 1), "▄": (1, 0), " ": (1, 1)}
"""The upper and the lower module of each character; 1 is dark."""


def test_a_code_is_drawn_module_by_module_with_its_quiet_zone() -> None:
    modules = [list(row) for row in segno.make_qr(URL).matrix_iter(border=4)]
    rows: list[list[int]] = []
    for line in drawn(URL).splitlines():
        pairs = [LIGHT[character] for character in line.removeprefix("\x1b[97;40m").removesuffix("\x1b[0m")]
        rows += [[upper for upper, _ in pairs], [lower for _, lower in pairs]]
    assert rows[: len(modules)] == modules
