"""The deadline by which what a test waits for must have happened, on a machine that is busy with others."""

DEADLINE = 60.0
"""Seconds. Whoever waits that long has found a fault, not a slow machine."""

PAGE_DEADLINE = 1000 * DEADLINE
"""The same in milliseconds, as browsers count."""
