"""Topics in buttons: a tag is too long for one, so that a number stands for it."""

from zlib import crc32

from bot.errors import WishGone
from rooms.topics import TopicPolicy


def mark_of_topic(tag: str) -> int:
    """A number by which a topic of a group's list is found again, whatever else is put on the list."""
    return crc32(tag.encode()) or 1


def topic_marked(mark: int, policy: TopicPolicy) -> str:
    """The topic of the list that has this mark; raises `WishGone` when it was taken off."""
    for tag in policy.tags:
        if mark_of_topic(tag) == mark:
            return tag
    raise WishGone
