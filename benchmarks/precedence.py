"""Precedence: what is measured is served before all else, for a busy machine is not a slow program."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress


@contextmanager
def precedence() -> Iterator[None]:
    """This thread, and all that it starts within the block, come before other programs, if that is permitted.

    By the real-time class SCHED_RR (sched(7)): nice values do not count between terminals of a desktop.
    """
    _rank(os.SCHED_RR, 1)
    try:
        yield
    finally:
        _rank(os.SCHED_OTHER, 0)


def _rank(policy: int, priority: int) -> None:
    with suppress(PermissionError):
        os.sched_setscheduler(0, policy, os.sched_param(priority))
