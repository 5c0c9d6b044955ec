"""Topics: a plain tag on a talk, written as #tag anywhere in its title."""

import re

from rooms.errors import TopicMalformed

_TAG = re.compile(r"(?:^|\s)#(\S+)")
_WELL_FORMED = re.compile(r"\w{1,32}")


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
