"""A topic is the last #tag of a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.errors import TopicMalformed
from rooms.topics import split_topic


@pytest.mark.parametrize(
    ("title", "split"),
    [
        ("Careers after 40", ("Careers after 40", None)),
        ("Careers after 40 #Careers", ("Careers after 40", "careers")),
        ("#jazz Trane at   100", ("Trane at 100", "jazz")),
        ("C# for beginners", ("C# for beginners", None)),
        ("Issue #1 and more #perché", ("Issue #1 and more", "perché")),
        ("#only", ("", "only")),
        ("   ", ("", None)),
    ],
)
def test_the_last_tag_is_the_topic(title: str, split: tuple[str, str | None]) -> None:
    assert split_topic(title) == split


@pytest.mark.parametrize("title", ["A #b-c", "A #!", "A #" + "x" * 33, "A ##b"])
def test_a_tag_that_is_no_word_is_refused(title: str) -> None:
    with pytest.raises(TopicMalformed):
        split_topic(title)


@given(st.text())
def test_any_text_gives_a_folded_title_or_a_refusal(text: str) -> None:
    try:
        title, topic = split_topic(text)
    except TopicMalformed:
        return
    assert title == " ".join(title.split())
    assert topic is None or topic == topic.lower()
