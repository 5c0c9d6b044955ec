"""Directions: in which order the pieces of a line stand when scripts that run left and right meet in it.

The Unicode bidirectional algorithm (UAX 9) without explicit controls, which `clusters.clean` takes away.
"""

import unicodedata
from collections.abc import Sequence
from typing import TypeVar

LEFTWARDS = {"R", "AL"}
"""Bidirectional classes of letters that are read from right to left."""

Piece = TypeVar("Piece")


def runs_leftwards(text: str) -> bool:
    """Whether a paragraph is read from right to left: its first letter decides (UAX 9, P2 and P3)."""
    letters = (unicodedata.bidirectional(character) for character in text)
    return next((letter in LEFTWARDS for letter in letters if letter == "L" or letter in LEFTWARDS), False)


def levels(clusters: Sequence[str], *, leftwards: bool) -> list[int]:
    """The embedding level of each cluster (UAX 9, rules W and N): even runs to the right, odd to the left."""
    kinds = _without_neutrals(_kinds(clusters), "R" if leftwards else "L")
    right = 2 if leftwards else 0
    return [{"L": right, "R": 1, "N": 2}[kind] for kind in kinds]


def in_sight(pieces: Sequence[tuple[int, Piece]]) -> list[Piece]:
    """Pieces with their levels, put in the order in which they stand from left to right (UAX 9, L2)."""
    order = list(pieces)
    for level in range(max((level for level, _ in order), default=0), 0, -1):
        start = 0
        while start < len(order):
            end = start
            while end < len(order) and order[end][0] >= level:
                end += 1
            order[start:end] = reversed(order[start:end])
            start = end + 1
    return [piece for _, piece in order]


def _kinds(clusters: Sequence[str]) -> list[str]:
    """L, R, N for a number after letters that run left, or O for what takes its neighbours' direction."""
    kinds: list[str] = []
    strong = "L"
    for place, cluster in enumerate(clusters):
        kind = unicodedata.bidirectional(cluster[0])
        if kind in LEFTWARDS:
            strong = "R"
        elif kind == "L":
            strong = "L"
        if kind in LEFTWARDS or kind == "L":
            kinds.append(strong)
        elif _is_number(clusters, place):
            kinds.append("N" if strong == "R" else "L")
        else:
            kinds.append("O")
    return kinds


def _is_number(clusters: Sequence[str], place: int) -> bool:
    """A digit, or what stands between two digits (18:30), or beside one (40%)."""
    kind = unicodedata.bidirectional(clusters[place][0])
    before = unicodedata.bidirectional(clusters[place - 1][0]) if place else ""
    after = unicodedata.bidirectional(clusters[place + 1][0]) if place + 1 < len(clusters) else ""
    digits = {"EN", "AN"}
    return (
        kind in digits
        or (kind in ("CS", "ES") and before in digits and after in digits)
        or (kind == "ET" and (before in digits or after in digits))
    )


def _without_neutrals(kinds: list[str], base: str) -> list[str]:
    """Neutrals between two of one direction take it; others take the paragraph's (UAX 9, N1 and N2)."""
    resolved = list(kinds)
    start = 0
    while start < len(resolved):
        end = start
        while end < len(resolved) and resolved[end] == "O":
            end += 1
        if end > start:
            before = _direction(resolved[start - 1]) if start else base
            after = _direction(resolved[end]) if end < len(resolved) else base
            resolved[start:end] = [before if before == after else base] * (end - start)
        start = end + 1
    return resolved


def _direction(kind: str) -> str:
    return "R" if kind == "N" else kind
