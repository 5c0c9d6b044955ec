"""Variants: the four named ones of RFC 9474, section 5; tickets are of the first."""

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
PSS_ZERO_RANDOMIZED = Variant(0, is_randomized=True)
PSS_DETERMINISTIC = Variant(48, is_randomized=False)
PSS_ZERO_DETERMINISTIC = Variant(0, is_randomized=False)

VARIANTS = {
    "RSABSSA-SHA384-PSS-Randomized": PSS_RANDOMIZED,
    "RSABSSA-SHA384-PSSZERO-Randomized": PSS_ZERO_RANDOMIZED,
    "RSABSSA-SHA384-PSS-Deterministic": PSS_DETERMINISTIC,
    "RSABSSA-SHA384-PSSZERO-Deterministic": PSS_ZERO_DETERMINISTIC,
}
"""By their names."""
