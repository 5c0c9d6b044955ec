"""What a decoder and whoever reads from it agree on; apart, so that a decoder starts fast."""

RATE = 48_000
"""Samples a second; the same as `voice.mixing.sound.RATE`, which would load numpy."""

LENGTH = "<q"
"""How the length in samples goes before them."""

UNKNOWN = -1
"""The length of what has none that anybody knows."""

LIVE_ARGUMENT = "--live"
"""Tells a decoder that bytes come no faster than they are heard."""
