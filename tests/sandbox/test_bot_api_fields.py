"""Fields of nested JSON: their types, and Telegram's words when they are wrong."""

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.bot_api.fields import Fields, parse_json
from sandbox.world.errors import ApiError


def complaint_of(act: Callable[[], Any]) -> str:
    with pytest.raises(ApiError) as refused:
        act()
    assert refused.value.status == 400
    return refused.value.description.removeprefix("Bad Request: ")


@pytest.mark.parametrize(
    "text", ["{", "[1,]", '"\\ud800"', '{"a": "\\udfff"}', "1" * 5000, "[" * 100_000, ""]
)
def test_what_is_no_json_is_refused(text: str) -> None:
    assert complaint_of(lambda: parse_json(text, "can't parse it")) == "can't parse it"


def test_numbers_may_come_as_text_and_texts_as_numbers() -> None:
    fields = Fields({"a": "12", "b": 12})
    assert (fields.integer("a"), fields.text("b")) == (12, "12")


def test_what_is_not_there_has_a_default() -> None:
    fields = Fields({"null": None})
    assert (fields.text("null"), fields.integer("x", 3), fields.flag("x"), fields.items("x")) == (
        "",
        3,
        False,
        [],
    )
    assert "null" not in fields


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        (lambda fields: fields.required_text("x"), 'Can\'t find field "x"'),
        (lambda fields: fields.required_integer("x"), 'Can\'t find field "x"'),
        (lambda fields: fields.fields("x"), 'Can\'t find field "x"'),
        (lambda fields: fields.text("list"), 'Field "list" must be of type String'),
        (lambda fields: fields.text("true"), 'Field "true" must be of type String'),
        (lambda fields: fields.integer("true"), 'Field "true" must be of type Number'),
        (lambda fields: fields.integer("float"), 'Field "float" must be a valid Number'),
        (lambda fields: fields.integer("huge"), 'Field "huge" must be a valid Number'),
        (lambda fields: fields.integer("word"), 'Field "word" must be a valid Number'),
        (lambda fields: fields.flag("word"), 'Field "word" must be of type Boolean'),
        (lambda fields: fields.items("word"), 'Field "word" must be of type Array'),
        (lambda fields: fields.fields("word"), 'Field "word" must be of type Object'),
    ],
)
def test_wrong_types_are_complained_of_in_context(read: Callable[[Fields], Any], expected: str) -> None:
    values = {"list": [], "true": True, "float": 1.5, "huge": 2**31, "word": "word"}
    assert complaint_of(lambda: read(Fields(values, "can't parse it: "))) == f"can't parse it: {expected}"
    assert complaint_of(lambda: read(Fields(values))) == expected[0].lower() + expected[1:]
