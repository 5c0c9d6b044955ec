"""Telegram's HTML: what its tags mark, where, and what it complains of."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.bot_api.hypertext import parse_html
from sandbox.world.errors import ApiError
from sandbox.world.markup import utf16


def marks(source: str) -> list[tuple[str, int, int]]:
    return [(one["type"], one["offset"], one["length"]) for one in parse_html(source)[1]]


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"), ("strong", "bold"), ("i", "italic"), ("em", "italic"), ("u", "underline"),
        ("ins", "underline"), ("s", "strikethrough"), ("strike", "strikethrough"), ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"), ("code", "code"), ("pre", "pre"), ("blockquote", "blockquote"),
    ],
)  # fmt: skip
def test_each_tag_marks_its_kind(tag: str, kind: str) -> None:
    assert parse_html(f"a <{tag}>bc</{tag.upper()}> d") == (
        "a bc d",
        [{"type": kind, "offset": 2, "length": 2}],
    )


def test_offsets_count_utf16_units() -> None:
    assert marks("🎭🎭<b>é🎭</b>") == [("bold", 4, 3)]


def test_tags_nest() -> None:
    assert marks("<b>a<i>b</i></b>") == [("italic", 1, 1), ("bold", 0, 2)]


def test_an_empty_tag_marks_nothing() -> None:
    assert parse_html("<b></b>x") == ("x", [])


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("&lt;b&gt; &amp; &quot;", '<b> & "'),
        ("&amp;lt;", "&lt;"),
        ("&lt", "<"),
        ("&#65;&#x42;", "AB"),
        ("&#x1F3AD;", "🎭"),
        ("&nbsp; &apos; &; & &#; &#x;", "&nbsp; &apos; &; & &#; &#x;"),
        ("&#0; &#99999999;", "&#0; &#99999999;"),
    ],
)
def test_references_are_resolved_and_others_stay(source: str, text: str) -> None:
    assert parse_html(source)[0] == text


@pytest.mark.parametrize(
    ("source", "url"),
    [
        ('<a href="https://example.org/a?b=1&amp;c=2">x</a>', "https://example.org/a?b=1&c=2"),
        ("<a href='example.org'>x</a>", "http://example.org/"),
        ("<a href = \"https://example.org\" title='>'>x</a>", "https://example.org/"),
        ("<a>example.org</a>", "http://example.org/"),
        ('<a href="tg://resolve?domain=x">x</a>', "tg://resolve?domain=x"),
    ],
)
def test_links_keep_their_address(source: str, url: str) -> None:
    [entity] = parse_html(source)[1]
    assert (entity["type"], entity["url"]) == ("text_link", url)


def test_a_link_to_nowhere_is_plain_text() -> None:
    assert parse_html('<a href="http://localhost:80/">x</a>') == ("x", [])


def test_a_user_link_mentions() -> None:
    [entity] = parse_html('<a href="tg://user?id=42">Ada</a>')[1]
    assert entity == {"type": "text_mention", "offset": 0, "length": 3, "user": {"id": 42}}


@pytest.mark.parametrize(
    ("source", "entity"),
    [
        ('<pre><code class="language-python">x</code></pre>', {"type": "pre", "language": "python"}),
        ('<code class="language-python"><pre>x</pre></code>', {"type": "pre", "language": "python"}),
        ('<code class="language-python">x</code>', {"type": "code"}),
        ("<code class=plain>x</code>", {"type": "code"}),
        ('<span class="tg-spoiler">x</span>', {"type": "spoiler"}),
        ("<blockquote expandable>x</blockquote>", {"type": "expandable_blockquote"}),
        ('<tg-emoji emoji-id="5368324170671202286">x</tg-emoji>', None),
    ],
)
def test_attributes_make_a_difference(source: str, entity: dict[str, Any] | None) -> None:
    expected = [] if entity is None else [entity | {"offset": 0, "length": 1}]
    assert parse_html(source) == ("x", expected)


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("è <br/>", 'Unsupported start tag "br/" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=a_b>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<a ='x'>x</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<i><b>x</b>", 'Can\'t find end tag corresponding to start tag "i"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<tg-emoji emoji-id='y'>x</tg-emoji>", "Invalid custom emoji identifier specified"),
        (
            "&#xD83D;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched "
            "surrogate code units",
        ),
    ],
)
def test_complaints_are_telegrams(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {complaint}"


@given(st.text(alphabet="<>/&;#x='\" ab🎭", max_size=40))
def test_whatever_comes_is_read_or_refused(source: str) -> None:
    try:
        text, entities = parse_html(source)
    except ApiError:
        return
    assert all(0 <= one["offset"] < one["offset"] + one["length"] <= utf16(text) for one in entities)
