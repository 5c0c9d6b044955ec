"""What a board says: fourteen lines at most, to be read at a glance on a phone."""

from datetime import timedelta

from markupsafe import Markup

from bot import saying
from bot.boards.gallery import door_said, gallery_lines
from bot.boards.scene import MINUTE, OnBoard, Scene
from bot.words import Words, filled
from rooms.roles import Role
from rooms.room import RoomState

MOST_STANDING = 5
MOST_HANDS = 5
MOST_NAMES = 12
LONGEST_NAME = 32


def board_text(scene: Scene, words: Words) -> Markup:
    """The stage as it is, or, once the talk is over, who spoke."""
    title = Markup("🎙 <b>{}</b>").format(scene.room.plan.title)
    if scene.room.is_over:
        return Markup("\n").join([title, *_afterwards(scene, words)])
    lines = [title, _state(scene, words), Markup(""), *_stage(scene, words)]
    if scene.queue:
        lines += [Markup(""), _queue(scene, words)]
    if scene.playing is not None:
        lines.append(Markup("🎵 {}").format(short(scene.playing)))
    lines += gallery_lines(scene)
    return Markup("\n").join(lines)


def short(name: str) -> str:
    """A name as far as a line has room for it."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def turn_said(left: timedelta, words: Words) -> str:
    """How much of a turn is left: minutes, then half a minute, then nothing."""
    if not left:
        return words.gettext("time is up")
    return saying.length(up_to_minutes(left), words)


def up_to_minutes(left: timedelta) -> timedelta:
    """More than a minute in whole minutes."""
    return left if left < MINUTE else -(-left // MINUTE) * MINUTE


def _state(scene: Scene, words: Words) -> Markup:
    gettext = words.gettext
    if scene.room.state is RoomState.CLOSING:
        return Markup("<i>{}</i>").format(gettext("The talk is ending."))
    if scene.time_left:
        length = saying.length(scene.time_left, words)
        said = gettext("⏳ {length} left").format(length=length)
    else:
        said = gettext("⏳ time is up")
    recorded = gettext("🔴 recorded") if scene.room.plan.is_recorded else gettext("not recorded")
    return Markup("{} · {} · {}").format(said, recorded, door_said(scene, words))


def _stage(scene: Scene, words: Words) -> list[Markup]:
    if not scene.standing:
        return [Markup("<i>{}</i>").format(words.gettext("Nobody is on stage yet."))]
    shown = _foremost(scene)
    lines = [_line(one, words) for one in shown]
    others = len(scene.standing) - len(shown)
    if others:
        text = words.ngettext(
            "… and {number} other who may speak", "… and {number} others who may speak", others
        )
        lines.append(Markup("<i>{}</i>").format(text.format(number=others)))
    return lines


def _foremost(scene: Scene) -> list[OnBoard]:
    """Those who are shown, in their order: of many, who speaks comes before who does not."""
    ranked = sorted(scene.standing, key=lambda one: (not one.is_speaking, one.turn_left is None))
    chosen = {one.person for one in ranked[:MOST_STANDING]}
    return [one for one in scene.standing if one.person in chosen]


def _line(one: OnBoard, words: Words) -> Markup:
    pattern = Markup("<b>{}</b>") if one.is_speaking else Markup("{}")
    name = pattern.format(short(one.name))
    sign = "🗣" if one.is_speaking else "🔇" if one.is_muted else "▫️"
    parts = {Role.HOST: words.gettext("host"), Role.COHOST: words.gettext("co-host")}
    said = [parts[one.part]] if one.part in parts else []
    said += [f"⏱ {turn_said(one.turn_left, words)}"] if one.turn_left is not None else []
    return Markup(" · ").join([Markup("{} {}").format(sign, name), *(Markup("{}").format(it) for it in said)])


def _queue(scene: Scene, words: Words) -> Markup:
    names = Markup(" ").join(
        Markup("{}. {}").format(place, short(hand.name))
        for place, hand in enumerate(scene.queue[:MOST_HANDS], start=1)
    )
    others = len(scene.queue) - MOST_HANDS
    more = words.gettext("and {number} more").format(number=others) if others > 0 else ""
    return Markup("✋ {} {}").format(names, more).rstrip()


def _afterwards(scene: Scene, words: Words) -> list[Markup]:
    lines = [Markup("{}").format(words.gettext("This talk is over."))]
    if scene.spoke:
        names = ", ".join(short(name) for name in scene.spoke[:MOST_NAMES])
        if len(scene.spoke) > MOST_NAMES:
            names += " …"
        lines.append(filled(words.gettext("On stage: {names}"), names=names))
    return lines
