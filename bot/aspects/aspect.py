"""The aspects of a talk, and what each is called."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.words import Words

Change = Mapping[str, Any]
"""New values by the fields of a `bot.wishes.Wish`."""


class Aspect(StrEnum):
    """One thing that can be said of a talk; the values stand in buttons and links."""

    TITLE = "title"
    TOPIC = "topic"
    WHEN = "when"
    LENGTH = "length"
    DESCRIPTION = "text"
    PEOPLE = "people"
    SEATS = "seats"
    ADMISSION = "who"
    RECORDING = "rec"
    LANGUAGE = "lang"
    COVER = "cover"


def name_of(aspect: Aspect, words: Words) -> str:
    """What it is called on a button."""
    gettext = words.gettext
    return {
        Aspect.TITLE: gettext("Title"),
        Aspect.TOPIC: gettext("Topic"),
        Aspect.WHEN: gettext("When"),
        Aspect.LENGTH: gettext("How long"),
        Aspect.DESCRIPTION: gettext("Description"),
        Aspect.PEOPLE: gettext("People"),
        Aspect.SEATS: gettext("Seats"),
        Aspect.ADMISSION: gettext("Who may listen"),
        Aspect.RECORDING: gettext("Recording"),
        Aspect.LANGUAGE: gettext("Language"),
        Aspect.COVER: gettext("Cover picture"),
    }[aspect]
