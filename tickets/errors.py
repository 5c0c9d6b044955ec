"""What can be wrong with numbers that strangers send."""


class Unsignable(ValueError):
    """What was sent to be signed blindly is no blinded value for this key; its text says why."""


class Unfit(ValueError):
    """A blind signature does not become a valid one; its text says why."""
