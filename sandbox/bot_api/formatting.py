"""Formatted text: from a text with parse_mode or entities to what a message keeps."""

import re
from dataclasses import dataclass
from typing import Any

from sandbox.bot_api.fields import Fields
from sandbox.bot_api.hypertext import Entity, parse_html
from sandbox.bot_api.links import BadLink, check_link
from sandbox.bot_api.parameters import Parameters
from sandbox.bot_api.refusals import bad_request
from sandbox.world.markup import entities_of, utf16

LONGEST_SOURCE = 32768
"""Bytes of a text before its entities are parsed."""

_PLAIN = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
_BLOCKS = frozenset({"blockquote", "expandable_blockquote"})
_CODE = frozenset({"code", "pre"})
_OPAQUE = frozenset({"code", "pre", "text_link", "text_mention"})
_FOUND = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number"}
)
_FURTHEST = 1_000_000
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities in the Bot API's shape, sorted, offsets in UTF-16 units."""

    text: str
    entities: list[Entity]


def read_formatted(parameters: Parameters, text_name: str, entities_name: str) -> Formatted:
    """A text parameter with the formatting that comes with it.

    Args:
        parameters: of a request; `parse_mode` wins over entities.
        text_name: such as "text" or "caption".
        entities_name: such as "entities" or "caption_entities".

    Raises:
        ApiError: the text is longer than can be parsed, or the formatting is wrong.
    """
    source = parameters.text(text_name)
    if len(source.encode()) > LONGEST_SOURCE:
        raise bad_request("text is too long")
    source = _CONTROL.sub(" ", source.replace("\r", ""))
    mode = parameters.text("parse_mode").lower()
    if not source or mode in ("", "none"):
        complaint = f"can't parse {entities_name} JSON object"
        listed = parameters.json(entities_name, complaint)
        return finish(source, _read_entities(source, listed if isinstance(listed, list) else []))
    if mode == "html":
        return finish(*parse_html(source))
    if mode in ("markdown", "markdownv2"):
        raise bad_request("can't parse entities: this sandbox reads parse_mode HTML only")
    raise bad_request("unsupported parse_mode")


def finish(text: str, entities: list[Entity]) -> Formatted:
    """What is kept: trimmed, nothing within code, and with the entities that are plain to see."""
    text, entities = _trim(text, entities)
    marked = _cut_around_code(_without_doubles(entities))
    opaque = [entity for entity in marked if entity["type"] in _OPAQUE]
    marked += [entity for entity in entities_of(text) if not any(_touch(entity, other) for other in opaque)]
    return Formatted(text, sorted(marked, key=lambda entity: (entity["offset"], -entity["length"])))


def _read_entities(text: str, listed: list[Any]) -> list[Entity]:
    entities = [entity for value in listed if (entity := _read_entity(value)) is not None]
    length = utf16(text)
    for entity in entities:
        if not 0 <= entity["offset"] <= _FURTHEST:
            raise bad_request(f"receive an entity with incorrect offset {entity['offset']}")
        if not 0 <= entity["length"] <= _FURTHEST:
            raise bad_request(f"receive an entity with incorrect length {entity['length']}")
        if entity["offset"] + entity["length"] > length:
            raise bad_request(
                f"entity beginning at UTF-16 offset {entity['offset']} ends after the end of the text at "
                f"UTF-16 offset {entity['offset'] + entity['length']}"
            )
        _refuse_half_signs(text, entity)
    return entities


def _refuse_half_signs(text: str, entity: Entity) -> None:
    units, begin, end = text.encode("utf-16-le"), entity["offset"], entity["offset"] + entity["length"]
    try:
        units[: 2 * begin].decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at offset {begin}") from error
    try:
        units[2 * begin : 2 * end].decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise bad_request(
            f"entity beginning at UTF-16 offset {begin} ends in a middle of a UTF-16 symbol"
        ) from error


def _read_entity(value: Any) -> Entity | None:
    context = "can't parse MessageEntity: "
    if not isinstance(value, dict):
        raise bad_request(f"{context}expected an Object")
    fields = Fields(value, context)
    entity: Entity = {
        "offset": fields.required_integer("offset"),
        "length": fields.required_integer("length"),
    }
    kind = fields.text("type")
    if not kind:
        raise fields.complain("Type is not specified")
    if kind in _FOUND:
        return None
    return entity | {"type": kind} | _details(kind, fields)


def _details(kind: str, fields: Fields) -> Entity:
    if kind in _PLAIN or kind in _BLOCKS or kind == "code":
        return {}
    if kind == "pre":
        language = fields.text("language")
        return {"language": language} if language else {}
    if kind == "text_link":
        try:
            return {"url": check_link(fields.required_text("url"))}
        except BadLink as error:
            raise bad_request(f"entity URL '{fields.text('url')}' is invalid: {error}") from error
    if kind == "text_mention":
        return {"user": {"id": fields.fields("user").required_integer("id")}}
    raise fields.complain("Unsupported type specified")


def _trim(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the white space around it; what an entity begins with stays."""
    text = text.rstrip(" \n")
    first = min((entity["offset"] for entity in entities), default=len(text))
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[lead:]
    end = utf16(text)
    moved = [entity | {"offset": entity["offset"] - lead} for entity in entities]
    cut = [entity | {"length": min(entity["length"], end - entity["offset"])} for entity in moved]
    return text, [entity for entity in cut if entity["length"] > 0]


def _without_doubles(entities: list[Entity]) -> list[Entity]:
    kept: list[Entity] = []
    for entity in entities:
        if entity not in kept:
            kept.append(entity)
    return kept


def _cut_around_code(entities: list[Entity]) -> list[Entity]:
    """Code holds nothing else: plain formatting ends before it and begins anew behind it."""
    code: list[Entity] = []
    for entity in entities:
        if entity["type"] in _CODE and not any(_touch(entity, other) for other in code):
            code.append(entity)
    kept = list(code)
    for entity in entities:
        if entity["type"] in _BLOCKS:
            kept.append(entity)
        elif entity["type"] in _PLAIN:
            kept.extend(_pieces_around(entity, code))
        elif entity["type"] not in _CODE and not any(_touch(entity, other) for other in code):
            kept.append(entity)
    return kept


def _pieces_around(entity: Entity, holes: list[Entity]) -> list[Entity]:
    at, end, pieces = entity["offset"], _end(entity), list[Entity]()
    for hole in sorted(holes, key=lambda one: int(one["offset"])):
        if _touch(entity, hole):
            pieces.append(entity | {"offset": at, "length": hole["offset"] - at})
            at = max(at, _end(hole))
    pieces.append(entity | {"offset": at, "length": end - at})
    return [piece for piece in pieces if piece["length"] > 0]


def _touch(one: Entity, other: Entity) -> bool:
    return bool(one["offset"] < _end(other) and other["offset"] < _end(one))


def _end(entity: Entity) -> int:
    return int(entity["offset"]) + int(entity["length"])
