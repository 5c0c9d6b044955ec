"""Topics in buttons."""

import pytest

from bot.aspects.topics import mark_of_topic, topic_marked
from bot.errors import WishGone
from rooms.topics import TopicPolicy


def test_a_topic_is_found_again_wherever_it_stands_on_the_list() -> None:
    mark = mark_of_topic("jobs")
    for tags in (("jobs",), ("career", "jobs"), ("jobs", "career")):
        assert topic_marked(mark, TopicPolicy(tags)) == "jobs"


def test_one_that_was_taken_off_is_gone() -> None:
    with pytest.raises(WishGone):
        topic_marked(mark_of_topic("jobs"), TopicPolicy(("career",)))
