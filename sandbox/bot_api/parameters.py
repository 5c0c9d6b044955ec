"""A request's parameters, read one by one in the types that the methods want."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.bot_api.fields import parse_json
from sandbox.bot_api.refusals import bad_request

_NUMBER = re.compile(r"[+-]?\d+", re.ASCII)
_TRUE = frozenset({"true", "yes", "1"})
_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a request."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a request says, however it was encoded: every value is text, nested ones are JSON.

    A parameter that is not there and one that is empty are the same.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def within_object(self, values: Mapping[str, Any]) -> "Parameters":
        """What a nested object says, which may point to the same uploads."""
        return Parameters({name: text_of(value) for name, value in values.items()}, self.uploads)

    def __contains__(self, name: str) -> bool:
        return bool(self.texts.get(name))

    def text(self, name: str) -> str:
        """The value as it is."""
        return self.texts.get(name, "")

    def required(self, name: str) -> str:
        """The value, which must be there."""
        if name not in self:
            raise bad_request(f'parameter "{name}" is required')
        return self.texts[name]

    def flag(self, name: str) -> bool:
        """A truth value; whatever is not true is false."""
        return self.text(name).strip().lower() in _TRUE

    def integer(self, name: str, default: int = 0) -> int:
        """The number that the value begins with, 0 when it begins with none, as Telegram reads numbers."""
        text = self.text(name).strip()
        return number_in(text) if text else default

    def within(self, name: str, default: int, lowest: int, highest: int) -> int:
        """A number, brought into its bounds."""
        return min(max(self.integer(name, default), lowest), highest)

    def json(self, name: str, complaint: str) -> Any:
        """A nested value, None when it is not there; raises the complaint when it is no JSON."""
        return parse_json(self.text(name), complaint) if name in self else None

    def user(self, name: str = "user_id") -> int:
        """Somebody's id."""
        person = self.integer(name)
        if person <= 0:
            raise bad_request(f"invalid {name} specified")
        return person

    def upload(self, name: str) -> Upload | None:
        """The file that a parameter holds or points to by `attach://`, if any."""
        text = self.text(name)
        return self.uploads.get(text.removeprefix("attach://") if text.startswith("attach://") else name)


def number_in(text: str) -> int:
    """The number that a text begins with, 0 when it begins with none."""
    match = _NUMBER.match(text)
    return int(match[0]) if match and len(match[0]) <= _DIGITS else 0


def text_of(value: Any) -> str:
    """A JSON value as a parameter."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)
