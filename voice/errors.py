"""What ends the relay for good."""


class AccountRefused(Exception):
    """Telegram does not accept the relay account's session; only the operator can mend it."""
