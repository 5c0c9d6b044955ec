"""The reports: all that a relay process may tell the main process, and the events that they carry."""

from datetime import timedelta

from rooms.ids import ChatId, RoomId
from rooms.outlets import OutletState
from rooms.playing import Playback
from rooms.ports import (
    BridgeChanged,
    CallEnded,
    CallEnlarged,
    CallEvent,
    CallRegained,
    Fault,
    Links,
    OutletChanged,
    PlaybackChanged,
    RecordingTorn,
    RelayRestarted,
    StageChanged,
)
from rooms.recordings import Gap
from rooms.stage import Stage
from voice.messages.message import Message


class TurnedAway(Message, frozen=True, tag=True):
    """Carries `AccountRefused`: the process ends, and another one would fare no better."""

    reason: str


class Resting(Message, frozen=True, tag=True):
    """Telegram asks the account to be quiet for so many seconds.

    Before commands are welcome the process ends, and no other is to try until then.
    """

    seconds: float


class Finished(Message, frozen=True, tag=True):
    """A finished recording."""

    path: str
    duration: timedelta
    gaps: tuple[Gap, ...]


class Planned(Message, frozen=True, tag=True):
    """Telegram's number of the planned call; None where another one is in its place."""

    call: int | None


class Checked(Message, frozen=True, tag=True):
    """What was found wrong."""

    faults: tuple[Fault, ...]


class Linked(Message, frozen=True, tag=True):
    """The links into the call, if it has any."""

    links: Links | None


class Clipped(Message, frozen=True, tag=True):
    """A clip's file, and how long it became."""

    path: str
    length: timedelta


Answer = Finished | Planned | Checked | Linked | Clipped


class Done(Message, frozen=True, tag=True):
    """The command of this id was carried out."""

    id: int
    answer: Answer | None = None


class Refused(Message, frozen=True, tag=True):
    """The command of this id met a `CallRefused` or a `SoundRefused`.

    `kind` is its class's name; `title` is of the sound, where it is one.
    """

    id: int
    kind: str
    chat: ChatId
    reason: str
    title: str = ""


class StageMoved(Message, frozen=True, tag=True):
    """Carries `StageChanged`."""

    room: RoomId
    stage: Stage


class Ended(Message, frozen=True, tag=True):
    """Carries `CallEnded`."""

    room: RoomId
    chat: ChatId | None = None


class Ousted(Message, frozen=True, tag=True):
    """The relay account cannot be in the room's call any more; the call goes on, and another account may."""

    room: RoomId


class Regained(Message, frozen=True, tag=True):
    """Carries `CallRegained`."""

    room: RoomId
    away: timedelta


class Enlarged(Message, frozen=True, tag=True):
    """Carries `CallEnlarged`."""

    room: RoomId
    chat: ChatId | None = None


class Spanned(Message, frozen=True, tag=True):
    """Carries `BridgeChanged`."""

    room: RoomId
    chat: ChatId
    trouble: str = ""


class Torn(Message, frozen=True, tag=True):
    """Carries `RecordingTorn`."""

    room: RoomId


class Turned(Message, frozen=True, tag=True):
    """Carries `PlaybackChanged`."""

    room: RoomId
    playback: Playback


class OutletMoved(Message, frozen=True, tag=True):
    """Carries `OutletChanged`."""

    room: RoomId
    name: str
    state: OutletState


class Sound(Message, frozen=True, tag=True):
    """Carries a `Packet`."""

    room: RoomId
    at: int
    opus: bytes
    level: int


Report = (
    TurnedAway
    | Resting
    | Done
    | Refused
    | StageMoved
    | Ended
    | Ousted
    | Regained
    | Enlarged
    | Spanned
    | Torn
    | Turned
    | OutletMoved
    | Sound
)


def event_of(  # as many as there are events
    report: StageMoved | Ended | Ousted | Regained | Enlarged | Spanned | Torn | Turned | OutletMoved,
) -> CallEvent:
    """The event that a report carries."""
    match report:
        case StageMoved(room=room, stage=stage):
            return StageChanged(room, stage)
        case Ended(room=room, chat=chat):
            return CallEnded(room, chat)
        case Ousted(room=room):
            return RelayRestarted(room)
        case Regained(room=room, away=away):
            return CallRegained(room, away)
        case Enlarged(room=room, chat=chat):
            return CallEnlarged(room, chat)
        case Spanned(room=room, chat=carrying, trouble=trouble):
            return BridgeChanged(room, carrying, trouble)
        case Torn(room=room):
            return RecordingTorn(room)
        case Turned(room=room, playback=playback):
            return PlaybackChanged(room, playback)
        case OutletMoved(room=room, name=name, state=state):
            return OutletChanged(room, name, state)
