"""Notices: what groups and people must be told, kept until it was delivered."""

from dataclasses import dataclass
from enum import StrEnum

from rooms.ids import ChatId, PersonId, RoomId, ThreadId
from rooms.room import Room


class NoticeKind(StrEnum):
    """The kinds of notices; what they say is written when they are sent, from the room as it then is."""

    CARD = "card"
    """The announcement; sent once per room and chat, pinned, its message id kept."""
    REFRESH = "refresh"
    """The announcement is edited to show the room's present state; nothing happens where none was sent."""
    REMINDER = "reminder"
    """To the group, or to somebody who asked for it."""
    STARTED = "started"
    """The talk begins; `detail` is "late" when that is after its time."""
    ENDING = "ending"
    CHANGED = "changed"
    """The talk has another plan; `detail` is the old start (ISO 8601, UTC) if that is another one now."""
    CANCELLED = "cancelled"
    MISSED = "missed"
    REPLAY = "replay"
    """What the chat has of a talk's recording is brought to what is on record: posted, replaced, taken down.

    `detail` is `rooms.keeping.AS_IT_IS` or `WITHHELD` where it could not be mastered.
    """
    TROUBLE = "trouble"
    """The call cannot be opened or was lost; `detail` holds the class name of the refusal."""
    GREEN_ROOM = "green_room"
    """The host is told what was checked before the talk; `detail` names the faults, blank-separated."""
    INTERRUPTED = "interrupted"
    """Somebody closed the call in mid-talk: the host may reopen it with a tap."""
    LOST = "lost"
    """The host is told that the relay fell out of the call and is back; `detail` is for how many seconds."""
    ENLARGED = "enlarged"
    """The host is told that of a call only its whole mix is heard; `detail` is the title of the group whose
    call it is, empty for the talk's own.
    """
    BARRED = "barred"
    """The host is told that a group's call cannot be joined that is to carry the talk.

    `detail` is the class name of the refusal, and the title of the group.
    """
    LET_IN = "let_in"
    """The host is told that it was joined after all; `detail` is the title of the group."""
    TORN = "torn"
    """The host is told that the disk does not take the recording."""
    RECORDED = "recorded"
    """Everybody who came late is told that the talk is recorded and carried outside."""
    ON_STAGE = "on_stage"
    """Somebody may speak now, and is asked once whether their voice may be kept on a track of its own.

    In a group `detail` is the instant (ISO 8601) at which those were asked whom it concerns.
    """
    FLOOR = "floor"
    """Somebody who is not in the call may speak now: they are told to come."""
    TURN = "turn"
    """A speaker's turn is nearly over; `detail` is when it is (ISO 8601, UTC)."""
    CLIP = "clip"
    """A piece of a recording, posted to the chat; `detail` is a `rooms.clipping.Clip` as text."""
    BRIDGE = "bridge"
    """A group's admins are asked whether the talk may be carried in their group's call too, with buttons.

    `detail` is a `rooms.bridges.BridgeNews`, and the number and the title of the group that carries it.
    """
    OUTLET = "outlet"
    """Who added an outlet hears how it does; `detail` is an `OutletState` and the outlet's name."""
    ALARM = "alarm"
    """The operator is told what only they can mend; about no room, `detail` is the sentence."""
    INVITATION = "invitation"
    """Somebody is asked to speak or to mind the talk, with buttons; `detail` is the appointment's id."""
    ANSWERED = "answered"
    """The host is told what somebody answered; `detail` is the appointment's id."""
    SEATED = "seated"
    """Somebody on the waiting list has a seat now."""
    UNSEATED = "unseated"
    """Somebody who had a seat is on the waiting list: there are fewer of them now."""
    ASKED = "asked"
    """A question from the gallery waits to be read; `detail` is its number."""
    SHOWN = "shown"
    """A question from the gallery, of which the host approves, is told in the group; `detail` as above."""
    GALLERY = "gallery"
    """Somebody closed the gallery, or opened it again; `detail` is "closed" or "open"."""
    QUESTION = "question"
    """Somebody asks the host, without a name; `detail` is the question."""
    REPORT = "report"
    """Somebody reports a talk to an admin; `detail` is who, and why, `person` their number."""
    DIGEST = "digest"
    """What comes in the next seven days; about no room."""
    THREAD_CLOSED = "thread_closed"
    """The forum topic made for the talk is closed; nothing is said."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to be told in a chat, about a room (all but a digest and an alarm).

    `person` is who is named in `detail`, where somebody is: whoever is forgotten is told of no more.
    """

    chat: ChatId
    thread: ThreadId | None
    room: RoomId | None
    kind: NoticeKind
    detail: str = ""
    person: PersonId | None = None


def notice_of(room: Room, kind: NoticeKind, detail: str = "") -> Notice:
    """A notice about a room, for its own chat and thread."""
    return Notice(room.plan.chat, room.own_thread or room.plan.thread, room.id, kind, detail)


def notice_to(chat: ChatId, room: Room, kind: NoticeKind, detail: str = "") -> Notice:
    """A notice about a room for another chat: a person's, or one in which its card is copied."""
    return Notice(chat, None, room.id, kind, detail)


@dataclass(frozen=True, slots=True)
class Letter:
    """A notice on its way: leased by the one who delivers it."""

    id: int
    notice: Notice
    attempts: int
