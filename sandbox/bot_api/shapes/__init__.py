"""What the world's records look like in the Bot API's JSON."""

from typing import Any

Json = dict[str, Any]
"""An object of the Bot API."""
