"""What a board says of the gallery: whether it is open, what is heard of it, and what it asks."""

from markupsafe import Markup

from bot.boards.scene import Scene
from bot.words import Words
from rooms.audience import Reaction
from rooms.questions import Question, QuestionState

LONGEST_ASKED = 100

_SIGNS = {Reaction.APPLAUSE: "👏", Reaction.HEART: "❤️", Reaction.LAUGHTER: "😄", Reaction.WONDER: "😮"}


def door_said(scene: Scene, words: Words) -> str:
    """Whether people may listen unseen; how many do only when they are many."""
    if not scene.room.is_gallery_open:
        return words.gettext("gallery closed")
    if scene.murmur.crowd is None:
        return words.gettext("👂 gallery open")
    return words.gettext("👂 gallery open, more than {number} there").format(number=scene.murmur.crowd)


def gallery_lines(scene: Scene) -> list[Markup]:
    """What many feel, and the one question that is on stage, or that most want to hear answered."""
    felt = [f"{_SIGNS[reaction]} {step}+" for reaction, step in scene.murmur.reactions]
    lines = [Markup("  ").join(felt)] if felt else []
    return lines + [_line(question) for question in scene.asked[:1]]


def _line(question: Question) -> Markup:
    """A question as far as a line has room for it, and how many want it answered."""
    text = question.text
    short = text if len(text) <= LONGEST_ASKED else f"{text[: LONGEST_ASKED - 1].rstrip()}…"
    pattern = Markup("❓ <b>{}</b>") if question.state is QuestionState.ON_STAGE else Markup("❓ {}")
    votes = Markup(" (▲ {})").format(question.votes) if question.votes else Markup("")
    return pattern.format(short) + votes
