"""Fields: what a request says, read with suspicion."""

import json
import re
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import TypeVar

from aiohttp import web

from sandbox.console.complaints import Complaint

Choice = TypeVar("Choice", bound=StrEnum)

WHOLE = re.compile(r"-?[0-9]{1,18}")

LARGEST = 256 * 1024
"""Bytes of a request's body that are read."""

LONGEST = 4096
"""Characters of a field, unless something else is said."""


class Fields:
    """The fields of a request; every reading raises `Complaint` when the field is not what it must be."""

    def __init__(self, given: Mapping[str, object]) -> None:
        self._given = given

    def whole(self, name: str) -> int:
        """A whole number, such as an id."""
        value = self._given.get(name)
        if isinstance(value, str) and WHOLE.fullmatch(value):
            return int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Complaint(400, f'"{name}" must be a whole number.')
        return value

    def whole_if_any(self, name: str) -> int | None:
        """A whole number, or None where there is none."""
        return None if self._given.get(name) is None else self.whole(name)

    def wholes(self, name: str) -> list[int]:
        """A list of whole numbers."""
        values = self._given.get(name)
        if not isinstance(values, list):
            raise Complaint(400, f'"{name}" must be a list of whole numbers.')
        return [Fields({name: value}).whole(name) for value in values]

    def number(self, name: str, least: float, most: float) -> float:
        """A number in a range."""
        value = self._given.get(name)
        if not isinstance(value, int | float) or isinstance(value, bool) or not least <= value <= most:
            raise Complaint(400, f'"{name}" must be a number from {least:g} to {most:g}.')
        return float(value)

    def words(self, name: str, longest: int = LONGEST) -> str:
        """A text with something in it, blanks around it cut off."""
        text = self._given.get(name)
        if not isinstance(text, str) or not text.strip():
            raise Complaint(400, f'"{name}" must be a text that is not empty.')
        if len(text) > longest:
            raise Complaint(400, f'"{name}" is longer than {longest} characters.')
        if any("\ud800" <= letter <= "\udfff" for letter in text):
            raise Complaint(400, f'"{name}" holds half a character.')
        return text.strip()

    def words_if_any(self, name: str, longest: int = LONGEST) -> str | None:
        """A text, or None where there is none or it is empty."""
        return None if self._given.get(name) in (None, "") else self.words(name, longest)

    def text(self, name: str, longest: int) -> str:
        """A text that may be empty."""
        return self.words_if_any(name, longest) or ""

    def one_of(self, name: str, choices: type[Choice]) -> Choice:
        """One of a few words."""
        try:
            return choices(self.words(name))
        except ValueError as error:
            offered = ", ".join(choices)
            raise Complaint(400, f'"{name}" must be one of {offered}.') from error

    def several(self, name: str, choices: Collection[str]) -> list[str]:
        """Any of some words."""
        values = self._given.get(name)
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise Complaint(400, f'"{name}" must be a list of words.')
        unknown = [one for one in values if one not in choices]
        if unknown:
            raise Complaint(400, f'"{name}" holds "{unknown[0][:40]}"; there is no such thing.')
        return values

    def parts(self, name: str) -> list["Fields"]:
        """A list of objects, each with fields of its own; empty where there is none."""
        values = self._given.get(name) or []
        if not isinstance(values, list) or not all(isinstance(one, dict) for one in values):
            raise Complaint(400, f'"{name}" must be a list of objects.')
        return [Fields(one) for one in values]

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self._given.get(name)
        if not isinstance(value, bool):
            raise Complaint(400, f'"{name}" must be true or false.')
        return value

    def has(self, name: str) -> bool:
        """Whether the field is there and not null."""
        return self._given.get(name) is not None


def asked(request: web.Request) -> Fields:
    """The fields of a GET request."""
    return Fields(request.query)


async def told(request: web.Request) -> Fields:
    """The fields of a POST request, a JSON object; raises `Complaint`.

    Other content types are refused: a form of any web page in the world could send those without asking.
    """
    if request.content_type != "application/json":
        raise Complaint(415, "Send JSON, with the content type application/json.")
    body = bytearray()
    async for piece in request.content.iter_any():
        body += piece
        if len(body) > LARGEST:
            raise Complaint(413, f"Send {LARGEST} bytes at most.")
    try:
        given = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Complaint(400, "The request is not JSON.") from error
    if not isinstance(given, dict):
        raise Complaint(400, "The request must be a JSON object.")
    return Fields(given)
