"""Asks for an aspect of a talk: the question, and what may be tapped instead of writing."""

from collections.abc import Sequence
from datetime import timedelta
from gettext import NullTranslations

from babel import Locale

from bot import saying
from bot.aspects.aspect import Aspect, Change
from bot.aspects.topics import mark_of_topic, topic_marked
from bot.cards import admission
from bot.errors import ButtonUnknown
from bot.words import Words
from rooms.group import Group
from rooms.plan import Admission
from rooms.topics import TopicPolicy

NONE = "none"

_LENGTHS = tuple(timedelta(minutes=minutes) for minutes in (30, 45, 60, 90, 120))
_SEATS = (10, 20, 50, 100)
_LANGUAGES = ("en", "it")
_ANY = Words("en", NullTranslations())
"""For where only the values count, not what they are called."""

Choices = Sequence[tuple[str, str]]
"""Labels of buttons, and the values that they carry."""


def question_about(aspect: Aspect, group: Group, words: Words) -> str:
    """What to ask for."""
    gettext = words.gettext
    if aspect is Aspect.TOPIC:
        return _which_topic(group.topics, words)
    return {
        Aspect.TITLE: gettext("What is the talk called?"),
        Aspect.WHEN: gettext(
            "When does it begin? Write it like “tomorrow 18:30”, “Friday at 9pm”, or “every Thursday 18:30” "
            "for a series."
        ),
        Aspect.LENGTH: gettext("How long does it last? Tap it, or write it."),
        Aspect.DESCRIPTION: gettext("What is it about? Write a few lines for the announcement."),
        Aspect.PEOPLE: gettext(
            "Who else speaks, or minds it with you? Write @name, or share a contact; I ask them once the "
            "talk is announced."
        ),
        Aspect.SEATS: gettext("How many can take part in the call? Those who come later wait for a seat."),
        Aspect.ADMISSION: gettext("Who may listen?"),
        Aspect.RECORDING: gettext("Shall it be recorded?"),
        Aspect.LANGUAGE: gettext("In which language is it held? Tap it, or write it."),
        Aspect.COVER: gettext("Send me a picture for the announcement, or let me draw one."),
    }[aspect]


def choices_for(aspect: Aspect, group: Group, words: Words) -> Choices:
    """What may be tapped."""
    gettext = words.gettext
    match aspect:
        case Aspect.TOPIC:
            return _topics(group.topics, words)
        case Aspect.LENGTH:
            return [(saying.length(one, words), str(one // timedelta(minutes=1))) for one in _LENGTHS]
        case Aspect.DESCRIPTION:
            return [(gettext("No description"), NONE)]
        case Aspect.SEATS:
            return [(gettext("No limit"), NONE), *((str(number), str(number)) for number in _SEATS)]
        case Aspect.ADMISSION:
            return [(admission(one, words), one) for one in Admission]
        case Aspect.RECORDING:
            return [(gettext("Yes, record it"), "1"), (gettext("No recording"), "0")]
        case Aspect.LANGUAGE:
            return [*((_language(code, words), code) for code in _LANGUAGES), (gettext("Do not say"), NONE)]
        case Aspect.COVER:
            return [(gettext("Draw one for me"), NONE)]
        case _:
            return []


def chosen(aspect: Aspect, value: str, group: Group) -> Change:
    """What a tapped value says; raises `ButtonUnknown` for one that was never offered."""
    if value not in [offered for _label, offered in choices_for(aspect, group, _ANY)]:
        raise ButtonUnknown
    match aspect:
        case Aspect.TOPIC:
            return {"topic": None if value == NONE else topic_marked(int(value), group.topics)}
        case Aspect.LENGTH:
            return {"duration": timedelta(minutes=int(value))}
        case Aspect.DESCRIPTION:
            return {"description": ""}
        case Aspect.SEATS:
            return {"seats": None if value == NONE else int(value)}
        case Aspect.ADMISSION:
            return {"admission": Admission(value)}
        case Aspect.RECORDING:
            return {"is_recorded": value == "1"}
        case Aspect.LANGUAGE:
            return {"language": None if value == NONE else value}
        case _:
            return {"cover": None}


def _which_topic(policy: TopicPolicy, words: Words) -> str:
    if not policy.tags:
        return words.gettext("What is its topic? Write one, or leave it out.")
    if policy.is_closed:
        return words.gettext("What is its topic? Tap one.")
    return words.gettext("What is its topic? Tap one, or write another.")


def _topics(policy: TopicPolicy, words: Words) -> Choices:
    tags = [(f"#{tag}", f"{mark_of_topic(tag)}") for tag in policy.tags]
    is_free = not (policy.is_closed and policy.tags)
    return [*tags, (words.gettext("No topic"), NONE)] if is_free else tags


def _language(code: str, words: Words) -> str:
    return str(Locale.parse(code).get_display_name(words.locale)).capitalize()
