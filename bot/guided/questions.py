"""What a guided dialogue says: the question of each step with its buttons, and the whole at the end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from babel.lists import format_list
from markupsafe import Markup

from bot import saying
from bot.aspects import Aspect, name_of
from bot.aspects.asking import choices_for, question_about
from bot.callbacks import button, mark
from bot.choices import option_label
from bot.dialogues import Question, stop_key
from bot.echoes import Draft, described, how_to_write, question
from bot.guided.sheet import STEPS, Sheet
from bot.keyboards import Key, key, rows
from bot.refusals import Speech
from bot.scheduling import pairs
from bot.times import When
from bot.wishes import Place
from bot.words import Words
from rooms.appointments import Invited
from rooms.group import Group
from rooms.ids import ChatId, ThreadId
from rooms.roles import Role

OTHERS = (Aspect.SEATS, Aspect.ADMISSION, Aspect.RECORDING, Aspect.LANGUAGE, Aspect.COVER)
"""What is only asked for by a button at the end."""

DONE, OFF = "done", "off."


@button("pick")
@dataclass(frozen=True, slots=True)
class Pick:
    """The answer to what is asked for now."""

    aspect: Aspect
    value: str


@button("turn")
@dataclass(frozen=True, slots=True)
class TurnTo:
    """Ask me for this again."""

    aspect: Aspect


@button("back")
@dataclass(frozen=True, slots=True)
class Back:
    """Ask for the one before; `aspect` is asked for now."""

    aspect: Aspect


@button("keep")
@dataclass(frozen=True, slots=True)
class Keep:
    """What I said of this before is right; go on."""

    aspect: Aspect


@button("go")
@dataclass(frozen=True, slots=True)
class Announce:
    """Put it on the programme."""


@button("resume")
@dataclass(frozen=True, slots=True)
class Resume:
    """Go on with the talk that is planned already."""


@button("anew")
@dataclass(frozen=True, slots=True)
class Anew:
    """Drop that talk, and plan one for this group; thread 0 is none."""

    group: ChatId
    thread: ThreadId


def which(sheet: Sheet, group: Group, rival: Group, thread: ThreadId | None, words: Words) -> Question:
    """Whether the talk that is planned for a group goes on, or gives way to one for the rival group."""
    title = sheet.wish.title
    text = words.gettext(
        "You are planning “{title}” for {group}, and it is not announced yet. Shall we go on with it, or "
        "drop it and plan a talk for {rival}?"
    )
    going_on = words.gettext("Go on with “{title}”").format(title=_short(title))
    anew = words.gettext("Drop it, plan for {group}").format(group=_short(rival.title))
    return Question(
        text.format(title=title, group=group.title, rival=rival.title),
        rows([key(going_on, Resume())], [key(anew, Anew(rival.chat, thread or ThreadId(0)))]),
    )


def ask(sheet: Sheet, place: Place, speech: Speech, now: datetime, problem: str = "") -> Question:
    """What is asked now; `problem` is said before it."""
    if sheet.asks is None:
        asked = _whole(sheet, place, speech, now)
    else:
        asked = _step(sheet, sheet.asks, place, speech)
    if not problem:
        return asked
    return Question(Markup("⚠️ {}\n\n{}").format(problem, Markup("{}").format(asked.text)), asked.keyboard)


def _step(sheet: Sheet, aspect: Aspect, place: Place, speech: Speech) -> Question:
    words = speech.words
    back = [_back(aspect, words)] if _has_before(sheet, aspect) else []
    ways = [*back, stop_key(words)]
    if sheet.doubt is not None:
        keys = [
            key(option_label(one, speech), Pick(Aspect.WHEN, str(number)))
            for number, one in enumerate(sheet.doubt.options)
        ]
        asking = question if keys else how_to_write
        return Question(asking(sheet.doubt.kind, words), rows(*([one] for one in keys), ways))
    if sheet.pending:
        return Question(_which_part(sheet, words), rows(_parts(words), ways))
    text = _question(sheet, aspect, place, words)
    if aspect is Aspect.PEOPLE:
        return Question(_so_far(text, sheet, words), rows(*_people_rows(sheet, words), ways))
    kept = [_keep(sheet, aspect, speech)] if aspect in sheet.said else []
    keys = [key(label, Pick(aspect, value)) for label, value in choices_for(aspect, place.group, words)]
    return Question(text, rows(kept, *pairs(keys), ways))


def _question(sheet: Sheet, aspect: Aspect, place: Place, words: Words) -> str:
    """What is asked; the first question says what all of them are about."""
    text = question_about(aspect, place.group, words)
    if sheet.said or aspect is not STEPS[0]:
        return text
    heading = words.gettext("A talk in {group}, step by step.").format(group=place.group.title)
    return f"{heading}\n\n{text}"


def _has_before(sheet: Sheet, aspect: Aspect) -> bool:
    return sheet.is_whole or aspect is not STEPS[0] or not sheet.is_settled


def _back(aspect: Aspect, words: Words) -> Key:
    return key(words.gettext("← Back"), Back(aspect))


def _keep(sheet: Sheet, aspect: Aspect, speech: Speech) -> Key:
    text = speech.words.gettext("Keep: {value}")
    value = _short(_value(sheet, aspect, speech) or speech.words.gettext("as it is"))
    return key(text.format(value=value), Keep(aspect))


def _value(sheet: Sheet, aspect: Aspect, speech: Speech) -> str:
    wish = sheet.wish
    match aspect:
        case Aspect.TITLE:
            return wish.title
        case Aspect.TOPIC:
            return f"#{wish.topic}" if wish.topic else ""
        case Aspect.WHEN if isinstance(wish.when, When):
            return option_label(wish.when, speech)
        case Aspect.LENGTH:
            return saying.length(wish.duration, speech.words)
        case Aspect.DESCRIPTION:
            return wish.description
        case _:
            return ""


def _short(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= 40 else f"{folded[:39]}…"


def _which_part(sheet: Sheet, words: Words) -> str:
    names = format_list([one.name for one in sheet.pending], locale=words.locale)
    return words.gettext("What part shall {names} have?").format(names=names)


def _parts(words: Words) -> Sequence[Key]:
    return [
        key(words.gettext("Speaker"), Pick(Aspect.PEOPLE, Role.SPEAKER)),
        key(words.gettext("Co-host"), Pick(Aspect.PEOPLE, Role.COHOST)),
    ]


def part(role: Role, words: Words) -> str:
    """What a role is called."""
    return words.gettext("co-host") if role is Role.COHOST else words.gettext("speaker")


def _so_far(text: str, sheet: Sheet, words: Words) -> str:
    if not sheet.wish.people:
        return text
    names = [f"{one.name} ({part(role, words)})" for role, one in sheet.wish.people]
    so_far = words.gettext("So far: {names}.").format(names=format_list(names, locale=words.locale))
    return f"{text}\n\n{so_far}"


def _people_rows(sheet: Sheet, words: Words) -> Iterator[Sequence[Key]]:
    for _role, one in sheet.wish.people:
        yield [key(f"✖ {one.name}", Pick(Aspect.PEOPLE, f"{OFF}{mark_of(one)}"))]
    done = words.gettext("That is all") if sheet.wish.people else words.gettext("Nobody else")
    yield [key(done, Pick(Aspect.PEOPLE, DONE))]


def mark_of(one: Invited) -> str:
    """A word that stands for a person on a button, and for nobody else: places move when one is taken off."""
    return mark(f"{one.person or ''} {one.username or ''} {one.name}")


def _whole(sheet: Sheet, place: Place, speech: Speech, now: datetime) -> Question:
    """All that was said, with a button to change each of it."""
    wish, words = sheet.wish, speech.words
    if not isinstance(wish.when, When):
        raise TypeError("a whole without its time")
    draft = Draft(wish.plan(place, wish.when.instant), wish.recurrence, wish.people)
    asked = words.gettext("Is it right so? Every button changes something.")
    text = Markup("\n").join([*described(draft, speech, now), Markup(""), Markup("{}").format(asked)])
    keys = [key(f"✎ {name_of(one, words)}", TurnTo(one)) for one in (*STEPS, *OTHERS)]
    return Question(
        text, rows([key(words.gettext("✅ Announce it"), Announce())], *pairs(keys), [stop_key(words)])
    )
