"""Variants: how a message is made ready and encoded; tickets are of one (RFC 9474, section 5)."""

from dataclasses import dataclass

HASH = "sha384"
"""Of messages, and within the mask of the encoding."""

PREFIX = 32
"""Random bytes before a message that is to be randomized (RFC 9474, section 4.1)."""


@dataclass(frozen=True, slots=True)
class Variant:
    """How a message is made ready, and how many bytes of salt its encoding has."""

    salt_length: int
    is_randomized: bool


PSS_RANDOMIZED = Variant(48, is_randomized=True)
"""RSABSSA-SHA384-PSS-Randomized."""
