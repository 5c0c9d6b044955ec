"""Formatted text: parse_mode or entities in, what a message keeps out."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.bot_api.formatting import Formatted, read_formatted
from sandbox.bot_api.parameters import Parameters
from sandbox.world.errors import ApiError
from sandbox.world.markup import utf16


def read(text: str, **more: Any) -> Formatted:
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in more.items()}
    return read_formatted(Parameters({"text": text, **texts}), "text", "entities")


def html(text: str) -> Formatted:
    return read(text, parse_mode="HTML")


def entity(kind: str, offset: int, length: int, **more: Any) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


def complaint(text: str, **more: Any) -> str:
    with pytest.raises(ApiError) as refused:
        read(text, **more)
    assert refused.value.status == 400
    return refused.value.description.removeprefix("Bad Request: ")


def test_plain_text_keeps_its_signs() -> None:
    assert read("1 < 2 & <b>") == Formatted("1 < 2 & <b>", [])


def test_what_is_plain_to_see_is_found() -> None:
    found = read("/rooms #jobs @ada_rossi https://example.org/a").entities
    assert [one["type"] for one in found] == ["bot_command", "hashtag", "mention", "url"]


def test_html_and_what_is_plain_to_see_stand_side_by_side() -> None:
    assert html("<b>/rooms</b> #jobs").entities == [
        entity("bold", 0, 6),
        entity("bot_command", 0, 6),
        entity("hashtag", 7, 5),
    ]


@pytest.mark.parametrize("tag", ["code", "pre", 'a href="https://example.org/"'])
def test_nothing_is_found_within_code_and_links(tag: str) -> None:
    [only] = html(f"<{tag}>/rooms #jobs</{tag.split(maxsplit=1)[0]}>").entities
    assert only["type"] in ("code", "pre", "text_link")


def test_formatting_ends_before_code_and_begins_anew_behind_it() -> None:
    assert html("<b>a<code>b</code>c</b>").entities == [
        entity("bold", 0, 1),
        entity("code", 1, 1),
        entity("bold", 2, 1),
    ]


def test_doubled_tags_mark_once() -> None:
    assert html("<b><b>x</b></b>").entities == [entity("bold", 0, 1)]


def test_space_around_a_text_goes_and_offsets_follow() -> None:
    assert html("\n\n <b>x</b> y \n") == Formatted("x y", [entity("bold", 0, 1)])
    assert html("<b>x\n\n</b>") == Formatted("x", [entity("bold", 0, 1)])


def test_space_that_an_entity_begins_with_stays() -> None:
    assert html("  <code>  x</code>").text == "  x"


def test_control_signs_become_spaces_and_carriage_returns_go() -> None:
    assert read("a\x00b\r\nc\td").text == "a b\nc d"


def test_listed_entities_are_taken() -> None:
    listed = [
        entity("bold", 0, 2),
        entity("pre", 3, 1, language="py"),
        entity("text_link", 5, 1, url="example.org"),
        entity("text_mention", 7, 1, user={"id": 5, "first_name": "X", "is_bot": False}),
        entity("url", 0, 1),
        entity("italic", 1, 0),
    ]
    assert read("ab c d e", entities=listed).entities == [
        entity("bold", 0, 2),
        entity("pre", 3, 1, language="py"),
        entity("text_link", 5, 1, url="http://example.org/"),
        entity("text_mention", 7, 1, user={"id": 5}),
    ]


def test_parse_mode_wins_over_listed_entities() -> None:
    assert read("<i>x</i>", parse_mode="html", entities=[entity("bold", 0, 1)]).entities == [
        entity("italic", 0, 1)
    ]


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("{", "can't parse entities JSON object"),
        ([1], "can't parse MessageEntity: expected an Object"),
        ([{"length": 1, "type": "bold"}], "can't parse MessageEntity: Can't find field \"offset\""),
        (
            [entity("bold", True, 1)],
            'can\'t parse MessageEntity: Field "offset" must be of type Number',
        ),
        ([entity("", 0, 1)], "can't parse MessageEntity: Type is not specified"),
        ([entity("shout", 0, 1)], "can't parse MessageEntity: Unsupported type specified"),
        ([entity("bold", -1, 1)], "receive an entity with incorrect offset -1"),
        ([entity("bold", 0, -1)], "receive an entity with incorrect length -1"),
        (
            [entity("bold", 3, 9)],
            "entity beginning at UTF-16 offset 3 ends after the end of the text at UTF-16 offset 12",
        ),
        ([entity("bold", 1, 1)], "entity begins in a middle of a UTF-16 symbol at offset 1"),
        ([entity("bold", 0, 1)], "entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol"),
        ([entity("text_link", 2, 1, url="localhost")], "entity URL 'localhost' is invalid: Wrong HTTP URL"),
    ],
)
def test_wrong_entities_are_refused(listed: Any, expected: str) -> None:
    assert complaint("🎭xyz", entities=listed) == expected


def test_other_modes_are_refused_honestly() -> None:
    assert complaint("*x*", parse_mode="MarkdownV2") == (
        "can't parse entities: this sandbox reads parse_mode HTML only"
    )
    assert complaint("x", parse_mode="BBCode") == "unsupported parse_mode"


def test_what_is_too_long_to_parse_is_refused() -> None:
    assert complaint("é" * 16385) == "text is too long"


@given(
    st.text(alphabet="ab \n🎭#", max_size=12),
    st.lists(
        st.tuples(
            st.sampled_from(["bold", "italic", "code", "pre", "blockquote"]),
            st.integers(0, 14),
            st.integers(0, 14),
        )
    ),
)
def test_entities_always_fit_the_text_that_is_kept(text: str, listed: list[tuple[str, int, int]]) -> None:
    try:
        kept = read(text, entities=[entity(*one) for one in listed])
    except ApiError:
        return
    assert kept.text == kept.text.rstrip()
    for one in kept.entities:
        assert 0 <= one["offset"] < one["offset"] + one["length"] <= utf16(kept.text)
