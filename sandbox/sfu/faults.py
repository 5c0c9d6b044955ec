"""Faults: what a bad network does to packets, on demand."""

import random
from dataclasses import dataclass, field


@dataclass(slots=True)
class Faults:
    """Knobs that may be turned at any time.

    `loss` is a share from 0 to 1, `jitter` seconds of random delay; in a `black_hole` nothing comes or goes.
    """

    loss: float = 0.0
    jitter: float = 0.0
    black_hole: bool = False
    _random: random.Random = field(default_factory=random.Random, repr=False)

    def swallow(self) -> bool:
        """Whether a packet is lost now."""
        return self.black_hole or (self.loss > 0 and self._random.random() < self.loss)

    def delay(self) -> float:
        """Seconds by which a packet is late now."""
        return self._random.uniform(0, self.jitter) if self.jitter else 0.0
