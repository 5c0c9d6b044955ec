"""The remote: the message that shows what plays in a talk, with buttons to control it."""

from dataclasses import dataclass

from markupsafe import Markup
from telegram import InlineKeyboardMarkup

from bot import refusals, saying
from bot.callbacks import button
from bot.keyboards import key, rows
from bot.refusals import Speech
from bot.words import Words, filled
from rooms.errors import sounds
from rooms.errors.sounds import SoundRefused
from rooms.ids import RoomId
from rooms.playing import LOUDEST, Playback

STEP = 20
"""Per cent by which a tap makes sounds louder or softer."""

MOST_WAITING = 3
"""Titles of what comes next that are shown."""


@button("rest")
@dataclass(frozen=True, slots=True)
class Rest:
    """Let what plays rest, or go on."""

    room: RoomId
    is_paused: bool


@button("next")
@dataclass(frozen=True, slots=True)
class Next:
    """Go on with the next sound."""

    room: RoomId


@button("vol")
@dataclass(frozen=True, slots=True)
class Louder:
    """Make sounds louder by so many per cent, or softer."""

    room: RoomId
    by: int


@button("hush")
@dataclass(frozen=True, slots=True)
class Hush:
    """Play nothing any more."""

    room: RoomId


@button("play")
@dataclass(frozen=True, slots=True)
class PlayThis:
    """Play in this talk what the message above carries."""

    room: RoomId


def remote_text(playback: Playback, former: str | None, speech: Speech) -> Markup:
    """What plays and what comes next; `former` is the title of the sound before, for what became of it."""
    words = speech.words
    lines = [*_now(playback, words), *_next(playback, words)]
    if playback.error is not None:
        lines.append(Markup("⚠️ {}").format(_mishap(playback.error, former or "…", speech)))
    return Markup("\n").join(lines)


def remote_keys(room: RoomId, playback: Playback, words: Words) -> InlineKeyboardMarkup | None:
    """Pause or go on, skip, softer, louder, stop."""
    if playback.now is None and not playback.queue:
        return None
    rest = key("▶️" if playback.is_paused else "⏸", Rest(room, not playback.is_paused))
    loudness = [key("🔉", Louder(room, -STEP)), key("🔊", Louder(room, STEP))]
    return rows([rest, key("⏭", Next(room)), *loudness, key(f"⏹ {words.gettext('Stop')}", Hush(room))])


def turned(volume: int, by: int) -> int:
    """The volume after a tap, in per cent."""
    return min(LOUDEST, max(0, volume + by))


def _now(playback: Playback, words: Words) -> list[Markup]:
    if playback.now is None:
        return [Markup("🎵 <i>{}</i>").format(words.gettext("Nothing plays."))]
    title = Markup("🎵 <b>{}</b>").format(playback.now)
    said = [] if playback.length is None else [saying.length(playback.length, words)]
    said.append(words.gettext("volume {volume} %").format(volume=playback.volume))
    if playback.is_paused:
        said.append(words.gettext("paused"))
    return [title, Markup("{}").format(" · ".join(said))]


def _next(playback: Playback, words: Words) -> list[Markup]:
    if not playback.queue:
        return []
    shown = Markup("\n").join(
        Markup("{}. {}").format(place, title)
        for place, title in enumerate(playback.queue[:MOST_WAITING], start=1)
    )
    lines = [Markup("\n{}").format(words.gettext("Comes next:")), shown]
    others = len(playback.queue) - MOST_WAITING
    if others > 0:
        text = words.ngettext("… and {number} more", "… and {number} more", others)
        lines.append(filled(text, number=others))
    return lines


def _mishap(error: str, title: str, speech: Speech) -> str:
    """Why a sound was not played to its end."""
    kind = getattr(sounds, error, SoundRefused)
    return refusals.sentence(kind(title) if issubclass(kind, SoundRefused) else SoundRefused(title), speech)
