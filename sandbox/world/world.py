"""The world: a society, what it says and whom it calls, in one place for all doors."""

from collections.abc import Callable
from datetime import datetime

from sandbox.world.calls import Calls
from sandbox.world.discussions import Discussions
from sandbox.world.messages import Messages
from sandbox.world.society import Society, wall_clock


class World:
    """The one truth behind every door."""

    def __init__(self, now: Callable[[], datetime] = wall_clock) -> None:
        self.society = Society(now)
        self.messages = Messages(self.society)
        self.discussions = Discussions(self.society, self.messages)
        self.calls = Calls(self.society, self.messages)
