"""Typing slips: which known word an unknown one was meant to be, if only one can have been meant."""

from collections.abc import Iterable

_SHORTEST = 5
"""Shorter words differ from too many others by one letter."""
_TWO_SLIPS_FROM = 8
"""From this length on two slips are still recognised."""


def slips(one: str, other: str) -> int:
    """How many letters were added, dropped, changed or swapped with their neighbour (string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        earlier, before, row = before, row, [i]
        for j, target in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != target))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]


def meant_by(word: str, known: Iterable[str]) -> tuple[str, ...]:
    """The known words nearest to `word`: none when all are too far, several for a toss-up.

    Two slips count only in long words that begin alike, and only when no other word is within three.
    """
    if len(word) < _SHORTEST:
        return ()
    far = 3 if len(word) >= _TWO_SLIPS_FROM else 1
    near = [
        (distance, other)
        for other in known
        if len(other) >= _SHORTEST - 1
        and abs(len(other) - len(word)) <= far
        and len(set(other).symmetric_difference(word)) <= 2 * far  # a slip changes two letters at most
        and (distance := slips(word, other)) <= far
    ]
    best = min((distance for distance, _ in near), default=far)
    if best == 1:
        return tuple(other for distance, other in near if distance == 1)
    if best == 2:
        return tuple(other for _, other in near if other[0] == word[0])
    return ()
