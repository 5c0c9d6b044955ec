"""A topic is the last #tag of a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rooms.errors.talks import TooManyTopics, TopicMalformed, TopicNotAllowed
from rooms.ids import ThreadId
from rooms.topics import MOST, READY_SETS, TopicPolicy, read_tag, split_topic


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


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Jazz", "jazz"),
        (" #Job Opportunities ", "job_opportunities"),
        ("perché", "perché"),
        ("x" * 32, "x" * 32),
    ],
)
def test_a_tag_may_be_written_as_people_do(text: str, tag: str) -> None:
    assert read_tag(text) == tag


@pytest.mark.parametrize("text", ["", "#", "a-b", "x" * 33, "a#b", "<b>"])
def test_what_is_no_tag_is_refused(text: str) -> None:
    with pytest.raises(TopicMalformed):
        read_tag(text)


def test_an_open_list_suggests_and_a_closed_one_refuses() -> None:
    TopicPolicy(("jazz",)).check("blues")
    closed = TopicPolicy(("jazz", "soul"), is_closed=True)
    closed.check("jazz")
    for topic in ("blues", None):
        with pytest.raises(TopicNotAllowed) as refused:
            closed.check(topic)
        assert (refused.value.topic, refused.value.allowed) == (topic, ("jazz", "soul"))


def test_a_closed_list_without_tags_would_forbid_everything_and_forbids_nothing() -> None:
    TopicPolicy(is_closed=True).check("jazz")


def test_a_list_grows_at_its_end_without_doubles_up_to_a_bound() -> None:
    assert TopicPolicy(("jazz",)).with_tags("soul", "jazz").tags == ("jazz", "soul")
    with pytest.raises(TooManyTopics):
        TopicPolicy().with_tags(*(f"tag{number}" for number in range(MOST + 1)))


def test_a_tag_that_is_taken_off_takes_its_thread_along() -> None:
    policy = TopicPolicy(("jazz", "soul")).mapped("jazz", ThreadId(7)).mapped("soul", ThreadId(8))
    assert policy.mapped("jazz", None).threads == {"soul": 8}
    assert policy.without("jazz") == TopicPolicy(("soul",), threads={"soul": ThreadId(8)})


@pytest.mark.parametrize("tags", READY_SETS.values(), ids=READY_SETS)
def test_the_ready_sets_are_tags(tags: tuple[str, ...]) -> None:
    assert [read_tag(tag) for tag in tags] == list(tags)
