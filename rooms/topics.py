"""Topics: a plain tag on a talk, written as #tag anywhere in its title, and which tags a group allows."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from rooms.errors.talks import TooManyTopics, TopicMalformed, TopicNotAllowed
from rooms.ids import ThreadId

MOST = 40
"""Topics on a group's list at most."""

_TAG = re.compile(r"(?:^|\s)#(\S+)")
_WELL_FORMED = re.compile(r"\w{1,32}")

READY_SETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "professional": ("profession", "career", "job_opportunities", "updates"),
        "sport": ("matches", "training", "transfers", "fans"),
        "music": ("concerts", "new_releases", "listening", "musicians"),
        "study": ("lectures", "exams", "homework", "research"),
    }
)
"""Lists of topics to begin with, in English; "professional" is what LinkedIn's audio rooms allowed."""


def read_tag(text: str) -> str:
    """One tag as somebody writes it, with or without #; spaces become underscores, letters small.

    Raises:
        TopicMalformed: it is not 1 to 32 letters, digits or underscores.
    """
    tag = "_".join(text.strip().removeprefix("#").split())
    if not _WELL_FORMED.fullmatch(tag):
        raise TopicMalformed(text.strip())
    return tag.lower()


def split_topic(title: str) -> tuple[str, str | None]:
    """Take the last #tag out of a title.

    Returns:
        The title without the tag, inner white space folded, and the tag in lower case or None.

    Raises:
        TopicMalformed: the tag is not 1 to 32 letters, digits or underscores.
    """
    tags = list(_TAG.finditer(title))
    if not tags:
        return " ".join(title.split()), None
    last = tags[-1]
    tag = last.group(1)
    if not _WELL_FORMED.fullmatch(tag):
        raise TopicMalformed(tag)
    rest = title[: last.start()] + " " + title[last.end() :]
    return " ".join(rest.split()), tag.lower()


@dataclass(frozen=True, slots=True)
class TopicPolicy:
    """Which tags a group's talks may have: any at all, with some suggested, or those on the list only.

    `threads` says in which forum topic a tag's talks are announced.
    """

    tags: tuple[str, ...] = ()
    is_closed: bool = False
    threads: Mapping[str, ThreadId] = field(default_factory=dict)

    def check(self, topic: str | None) -> None:
        """Refuse a topic that the group does not allow; raises `TopicNotAllowed`."""
        if self.is_closed and self.tags and topic not in self.tags:
            raise TopicNotAllowed(topic, self.tags)

    def with_tags(self, *tags: str) -> "TopicPolicy":
        """The list with more tags at its end; raises `TooManyTopics`."""
        joined = tuple(dict.fromkeys((*self.tags, *tags)))
        if len(joined) > MOST:
            raise TooManyTopics(MOST)
        return replace(self, tags=joined)

    def without(self, tag: str) -> "TopicPolicy":
        """The list without a tag and its thread."""
        tags = tuple(other for other in self.tags if other != tag)
        return replace(self, tags=tags).mapped(tag, None)

    def mapped(self, tag: str, thread: ThreadId | None) -> "TopicPolicy":
        """The tag's talks are announced in this forum topic, or wherever they were asked for."""
        threads = {key: other for key, other in self.threads.items() if key != tag}
        if thread is not None:
            threads[tag] = thread
        return replace(self, threads=threads)


ANY_TOPIC = TopicPolicy()
"""What a group begins with."""
