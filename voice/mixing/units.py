"""Units: the rates and sizes in which the relay process, and whoever reads its recordings, counts sound."""

RATE = 48_000
"""Samples a second."""

FRAME = 480
"""Samples in 10 ms, the native library's unit."""

SLOT = 960
"""Samples in 20 ms, the unit of mixing and encoding."""

SLOT_SECONDS = SLOT / RATE
