"""The commands: all that the main process may ask of a relay process, each answered by its id."""

from datetime import datetime, timedelta

from rooms.ids import ChatId, PersonId, RoomId
from rooms.playing import Cue
from rooms.ports import Opening
from voice.messages.message import Message


class Begin(Message, frozen=True, tag=True):
    """Connect the relay account: no other process has it any more. Done when commands are welcome."""

    id: int


class Open(Message, frozen=True, tag=True):
    """Be in the call as the opening says.

    `began` is when the room's clock began, in seconds of the machine's monotonic clock.
    """

    id: int
    opening: Opening
    began: float


class GoLive(Message, frozen=True, tag=True):
    """Let the talk begin."""

    id: int
    room: RoomId


class Close(Message, frozen=True, tag=True):
    """End the call and finish the recording."""

    id: int
    room: RoomId


class Plan(Message, frozen=True, tag=True):
    """Plan the chat's call; answered by its number."""

    id: int
    room: RoomId
    chat: ChatId
    title: str
    at: datetime


class Unplan(Message, frozen=True, tag=True):
    """Take back a planned call."""

    id: int
    chat: ChatId
    call: int


class Check(Message, frozen=True, tag=True):
    """See what would keep a talk from being held in the chat; answered by the faults."""

    id: int
    chat: ChatId


class LetSpeak(Message, frozen=True, tag=True):
    """Let somebody unmute, or make them a listener."""

    id: int
    room: RoomId
    person: PersonId
    may_speak: bool


class Silence(Message, frozen=True, tag=True):
    """Mute somebody, or with None everybody."""

    id: int
    room: RoomId
    person: PersonId | None


class LowerHand(Message, frozen=True, tag=True):
    """Lower somebody's hand."""

    id: int
    room: RoomId
    person: PersonId


class AskLinks(Message, frozen=True, tag=True):
    """Tell the links into the call."""

    id: int
    room: RoomId


class Play(Message, frozen=True, tag=True):
    """Put a sound behind those that wait."""

    id: int
    room: RoomId
    cue: Cue


class Say(Message, frozen=True, tag=True):
    """Read a notice aloud."""

    id: int
    room: RoomId
    text: str
    language: str


class Pause(Message, frozen=True, tag=True):
    """Let what plays rest, or go on."""

    id: int
    room: RoomId
    is_paused: bool


class Skip(Message, frozen=True, tag=True):
    """Go on with the next sound."""

    id: int
    room: RoomId


class Stop(Message, frozen=True, tag=True):
    """Play nothing any more."""

    id: int
    room: RoomId


class SetVolume(Message, frozen=True, tag=True):
    """How loud sounds are, in per cent."""

    id: int
    room: RoomId
    volume: int


class Cut(Message, frozen=True, tag=True):
    """Make a clip of the last so much; answered by its file."""

    id: int
    room: RoomId
    length: timedelta


class Ping(Message, frozen=True, tag=True):
    """Are you there?"""

    id: int


Command = (
    Begin
    | Open
    | GoLive
    | Close
    | Plan
    | Unplan
    | Check
    | LetSpeak
    | Silence
    | LowerHand
    | AskLinks
    | Play
    | Say
    | Pause
    | Skip
    | Stop
    | SetVolume
    | Cut
    | Ping
)
