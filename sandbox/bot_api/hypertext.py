"""Telegram's HTML: parse_mode "HTML" with its tags, references and complaints (TDLib, parse_html)."""

import re
from dataclasses import dataclass, field
from typing import Any

from sandbox.bot_api.links import BadLink, check_link, linked_user
from sandbox.bot_api.refusals import bad_request
from sandbox.world.errors import ApiError
from sandbox.world.markup import utf16

Entity = dict[str, Any]

_KINDS = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "tg-spoiler": "spoiler",
    "span": "spoiler", "code": "code", "pre": "pre", "a": "text_link", "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*));?")
_LONGEST_REFERENCE = 10
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_NAME_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(slots=True)
class _Tag:
    """A tag that is open: its argument, where its text begins in UTF-16 units and in the pieces."""

    name: str
    argument: str
    offset: int
    pieces: int


@dataclass(slots=True)
class _Reader:
    source: str
    at: int = 0
    length: int = 0
    pieces: list[str] = field(default_factory=list)
    open: list[_Tag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source[self.at] == "<":
                self._read_tag()
            else:
                self._read_text()
        if self.open:
            raise _complaint(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return "".join(self.pieces), self.entities

    def _read_text(self) -> None:
        if self.source[self.at] == "&":
            piece, self.at = _dereference(self.source, self.at)
        else:
            end = next((at for at in range(self.at, len(self.source)) if self.source[at] in "<&"), None)
            piece, self.at = self.source[self.at : end], len(self.source) if end is None else end
        self.pieces.append(piece)
        self.length += utf16(piece)

    def _read_tag(self) -> None:
        begin = self.at
        if self.source.startswith("</", begin):
            self._close_tag(begin)
            return
        self.at += 1
        name = self._take(_TAG_NAME).lower()
        if self._is_over():
            raise self._complain("Unclosed start tag", begin)
        if name not in _KINDS:
            raise self._complain(f'Unsupported start tag "{name}"', begin)
        argument = self._read_attributes(name, begin)
        if name == "span" and argument != "spoiler":
            raise self._complain('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Tag(name, argument, self.length, len(self.pieces)))

    def _read_attributes(self, tag: str, begin: int) -> str:
        argument = ""
        while True:
            self._take(_SPACE)
            if self._is_over():
                raise self._complain("Unclosed start tag", begin)
            if self.source[self.at] == ">":
                self.at += 1
                return argument
            name = self._take(_ATTRIBUTE_NAME)
            if not name:
                raise self._complain(f'Empty attribute name in the tag "{tag}"', begin)
            value = self._read_value(tag, begin)
            argument = _argument_of(tag, name, value, argument)

    def _read_value(self, tag: str, begin: int) -> str | None:
        self._take(_SPACE)
        if self.source[self.at : self.at + 1] != "=":
            return None
        self.at += 1
        self._take(_SPACE)
        if self._is_over():
            raise self._complain(f'Unclosed start tag "{tag}"', begin)
        if self.source[self.at] in "'\"":
            return self._read_literal(begin)
        token_begin = self.at
        token = self._take(_NAME_TOKEN).lower()
        if not self._is_over() and self.source[self.at] != ">" and not self.source[self.at].isspace():
            raise self._complain("Unexpected end of name token", token_begin)
        return token

    def _read_literal(self, begin: int) -> str:
        quote, value = self.source[self.at], ""
        self.at += 1
        while not self._is_over() and self.source[self.at] != quote:
            if self.source[self.at] == "&":
                piece, self.at = _dereference(self.source, self.at)
            else:
                piece, self.at = self.source[self.at], self.at + 1
            value += piece
        self.at += 1
        if self._is_over():
            raise self._complain("Unclosed start tag", begin)
        return value

    def _close_tag(self, begin: int) -> None:
        if not self.open:
            raise self._complain("Unexpected end tag", begin)
        self.at += 2
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACE)
        if self.source[self.at : self.at + 1] != ">":
            raise self._complain("Unclosed end tag", begin)
        self.at += 1
        tag = self.open.pop()
        if name not in ("", tag.name):
            where = len(self.source[:begin].encode())
            raise _complaint(
                f'Unmatched end tag at byte offset {where}, expected "</{tag.name}>", found "</{name}>"'
            )
        if self.length > tag.offset:
            self._mark(tag)

    def _mark(self, tag: _Tag) -> None:
        entity: Entity = {"type": _KINDS[tag.name], "offset": tag.offset, "length": self.length - tag.offset}
        if tag.name == "a":
            self._mark_link(entity, tag.argument or "".join(self.pieces[tag.pieces :]))
        elif tag.name in ("pre", "code"):
            self._mark_code(entity, tag.argument)
        elif tag.name == "blockquote" and tag.argument:
            self.entities.append(entity | {"type": "expandable_blockquote"})
        elif tag.name == "tg-emoji":
            if not tag.argument.isdecimal() or not int(tag.argument):
                raise _complaint("Invalid custom emoji identifier specified")
        else:
            self.entities.append(entity)

    def _mark_link(self, entity: Entity, address: str) -> None:
        person = linked_user(address)
        if person is not None:
            self.entities.append(entity | {"type": "text_mention", "user": {"id": person}})
            return
        try:
            self.entities.append(entity | {"url": check_link(address)})
        except BadLink:
            return

    def _mark_code(self, entity: Entity, language: str) -> None:
        """A code within a pre of the same extent, or around it, is one pre that may name its language."""
        last = self.entities[-1] if self.entities else {}
        extent = ("offset", "length")
        is_pair = {last.get("type"), entity["type"]} == {"pre", "code"} and all(
            last[name] == entity[name] for name in extent
        )
        language = language or last.get("language", "") if is_pair else language
        if is_pair and language:
            self.entities.pop()
            entity["type"] = "pre"
        self.entities.append(entity | ({"language": language} if language else {}))

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.at)
        taken = match[0] if match else ""
        self.at += len(taken)
        return taken

    def _is_over(self) -> bool:
        return self.at >= len(self.source)

    def _complain(self, text: str, at: int) -> ApiError:
        return _complaint(f"{text} at byte offset {len(self.source[:at].encode())}")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """The text without its tags, and what they mark.

    Args:
        source: HTML with Telegram's tags only.

    Returns:
        The text, and entities in the Bot API's shape, offsets in UTF-16 units, in the order of their ends.
        A `text_mention` names its user by id alone.

    Raises:
        ApiError: "can't parse entities: …", with Telegram's reason and byte offset.
    """
    return _Reader(source).read()


def _argument_of(tag: str, name: str, value: str | None, before: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id"):
            return value or ""
        case "code", "class" if value and value.startswith("language-"):
            return value.removeprefix("language-")
        case "span", "class" if value and value.startswith("tg-"):
            return value.removeprefix("tg-")
        case "blockquote", "expandable":
            return "expandable"
    return before


def _dereference(source: str, at: int) -> tuple[str, int]:
    """What a reference at a place stands for, and where to go on; what is none is an ampersand."""
    match = _REFERENCE.match(source, at)
    if match is None:
        return "&", at + 1
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return (_NAMED[name], match.end()) if name in _NAMED else ("&", at + 1)
    digits, radix = (hexadecimal, 16) if hexadecimal is not None else (decimal, 10)
    is_short = len(match[0].rstrip(";")) < _LONGEST_REFERENCE
    code = int(digits, radix) if digits and is_short else 0
    if not 0 < code < 0x10FFFF:
        return "&", at + 1
    if 0xD800 <= code <= 0xDFFF:
        raise _complaint(
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
            "surrogate code units"
        )
    return chr(code), match.end()


def _complaint(text: str) -> ApiError:
    return bad_request(f"can't parse entities: {text}")
