"""Edits: what was said of a talk becomes another plan, and what people are told about it."""

from collections.abc import Callable
from dataclasses import replace

from markupsafe import Markup

from bot import saying
from bot.amending.scopes import Scope
from bot.aspects import Aspect, Change
from bot.errors import AspectNotUnderstood, RhythmFixed
from bot.refusals import Speech
from bot.times import Every, When
from bot.words import Words, filled
from rooms.changing import Changing, Outcome
from rooms.ids import RoomId
from rooms.plan import Plan
from rooms.roles import Asker
from rooms.room import Room


def edit_of(change: Change) -> Callable[[Plan], Plan]:
    """The edit of a plan that a change asks for, its time settled.

    Raises:
        RhythmFixed: it names a series where one moment is wanted.
        AspectNotUnderstood: it names people, who are asked by /invite.
    """
    fields = dict(change)
    when = fields.pop("when", None)
    if "people" in fields:
        names = ", ".join(one.name for _role, one in fields["people"])
        raise AspectNotUnderstood(Aspect.PEOPLE, names)
    if isinstance(when, Every):
        raise RhythmFixed
    if isinstance(when, When):
        fields["starts_at"] = when.instant
    return lambda plan: replace(plan, **fields)


async def apply(changing: Changing, room: RoomId, scope: Scope, asker: Asker, change: Change) -> Outcome:
    """Change one talk, or all that follow it too.

    Raises:
        What `edit_of`, `Changing.change` and `Changing.change_following` raise.
    """
    edit = edit_of(change)
    if scope is Scope.FOLLOWING:
        return await changing.change_following(room, asker, edit)
    return await changing.change(room, asker, edit)


def changed(before: Room, outcome: Outcome, scope: Scope, speech: Speech) -> Markup:
    """What became of a change, and who hears of it when."""
    gettext, room = speech.words.gettext, outcome.room
    if not outcome.is_changed:
        return filled(gettext("{title} is like that already."), title=_bold(room))
    is_moved = before.plan.starts_at != room.plan.starts_at
    if scope is Scope.FOLLOWING:
        text = gettext("{title} and all that follow are changed. This one: {when}.")
    elif is_moved:
        text = gettext("{title} is moved to {when}.")
    else:
        text = gettext("{title} is changed.")
    when = saying.moment(room.plan.starts_at, speech.zone, speech.words)
    said = filled(text, title=_bold(room), when=when)
    return said + Markup(" {}").format(_told(outcome, speech.words))


def _told(outcome: Outcome, words: Words) -> str:
    if not outcome.is_told:
        return words.gettext("The announcement shows it.")
    if not outcome.is_held:
        return words.gettext("The announcement shows it; I tell everybody concerned now.")
    return words.gettext("The announcement shows it; in a minute I tell everybody concerned.")


def _bold(room: Room) -> Markup:
    return Markup("<b>{}</b>").format(room.plan.title)
