"""JSON values within parameters: parsed, and read field by field with Telegram's complaints."""

import json
import re
from collections.abc import Mapping
from typing import Any

from sandbox.bot_api.refusals import bad_request
from sandbox.world.errors import ApiError

_INTEGER = re.compile(r"[+-]?\d{1,19}$", re.ASCII)
_FURTHEST = 2**31


def parse_json(text: str, complaint: str) -> Any:
    """The value that a JSON text stands for; raises the complaint as a bad request."""
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise bad_request(complaint) from error
    return value


class Fields:
    """A JSON object whose fields are read by name; every reader raises `ApiError` on a wrong type.

    `context` is put before each complaint, such as "can't parse inline keyboard button: ".
    """

    def __init__(self, values: Mapping[str, Any], context: str = "") -> None:
        self._values = values
        self._context = context

    def __contains__(self, name: str) -> bool:
        return self._values.get(name) is not None

    def complain(self, text: str) -> ApiError:
        """A complaint in this object's context."""
        if self._context:
            return bad_request(self._context + text)
        return bad_request(text[:1].lower() + text[1:])

    def text(self, name: str) -> str:
        """A text, empty when it is not there; numbers are taken as text."""
        value = self._values.get(name)
        if value is None:
            return ""
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise self.complain(f'Field "{name}" must be of type String')
        return str(value)

    def required_text(self, name: str) -> str:
        """A text that must be there."""
        self._require(name)
        return self.text(name)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number of 32 bits, as number or text."""
        value = self._values.get(name)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, (str, int, float)):
            raise self.complain(f'Field "{name}" must be of type Number')
        if not _INTEGER.match(str(value)) or not -_FURTHEST <= int(value) < _FURTHEST:
            raise self.complain(f'Field "{name}" must be a valid Number')
        return int(value)

    def required_integer(self, name: str) -> int:
        """A whole number that must be there."""
        self._require(name)
        return self.integer(name)

    def flag(self, name: str) -> bool:
        """A truth value, false when it is not there."""
        value = self._values.get(name)
        if value is None:
            return False
        if not isinstance(value, bool):
            raise self.complain(f'Field "{name}" must be of type Boolean')
        return value

    def fields(self, name: str) -> "Fields":
        """A nested object that must be there."""
        self._require(name)
        value = self._values[name]
        if not isinstance(value, dict):
            raise self.complain(f'Field "{name}" must be of type Object')
        return Fields(value, self._context)

    def items(self, name: str) -> list[Any]:
        """A nested array, empty when it is not there."""
        value = self._values.get(name)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.complain(f'Field "{name}" must be of type Array')
        return value

    def _require(self, name: str) -> None:
        if name not in self:
            raise self.complain(f'Can\'t find field "{name}"')
