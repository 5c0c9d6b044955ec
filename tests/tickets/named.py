"""The four named variants of RFC 9474, section 5: the code does them all, and tickets are of the first."""

from tickets.variants import PSS_RANDOMIZED, Variant

VARIANTS = {
    "RSABSSA-SHA384-PSS-Randomized": PSS_RANDOMIZED,
    "RSABSSA-SHA384-PSSZERO-Randomized": Variant(0, is_randomized=True),
    "RSABSSA-SHA384-PSS-Deterministic": Variant(48, is_randomized=False),
    "RSABSSA-SHA384-PSSZERO-Deterministic": Variant(0, is_randomized=False),
}
