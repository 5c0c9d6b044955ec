"""Who may do what: one table of roles and actions."""

from dataclasses import dataclass
from enum import StrEnum

from rooms.errors.rights import NotAllowed
from rooms.ids import ChatId, PersonId


class Role(StrEnum):
    """What somebody is to a group and to one of its rooms."""

    ADMIN = "admin"
    HOST = "host"
    COHOST = "cohost"
    SPEAKER = "speaker"
    NEIGHBOUR = "neighbour"
    """An admin of another group that carries the talk in its call."""
    LISTENER = "listener"
    """A member of the group like any other, or of one that carries the talk."""
    BANNED = "banned"


class Action(StrEnum):
    """What somebody asks for.

    To schedule is to propose a draft, and to confirm or discard one, whoever proposed it; to change includes
    to postpone and to take back a change; to attend is to come, to take a ticket, to be reminded and to ask
    the host. To mind the stage is to let people speak, to mute and to remove them; to play is to bring sounds
    into the talk; to restream is to say which servers elsewhere get the sound; to close the
    gallery is to end that people listen unseen. To bridge is to have a talk carried in other groups' calls;
    to unbridge is to take it out of one's own group's again, and to mind the own is to mute those who take
    part through it, and to let them go.
    """

    SCHEDULE = "schedule"
    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"
    CHANGE = "change"
    INVITE = "invite"
    HAND_OVER = "hand_over"
    MIND_STAGE = "mind_stage"
    MIND_OWN = "mind_own"
    RAISE_HAND = "raise_hand"
    PLAY = "play"
    CLIP = "clip"
    BRIDGE = "bridge"
    UNBRIDGE = "unbridge"
    RESTREAM = "restream"
    CLOSE_GALLERY = "close_gallery"
    OPEN_GALLERY = "open_gallery"
    ATTEND = "attend"
    REPORT = "report"
    BAN = "ban"
    READ_LOG = "read_log"
    SET_UP = "set_up"
    SEE_STATISTICS = "see_statistics"


_EVERYBODYS = frozenset({Action.ATTEND, Action.RAISE_HAND, Action.REPORT, Action.SEE_STATISTICS})
_COHOSTS = _EVERYBODYS | {
    Action.OPEN,
    Action.CLOSE,
    Action.CHANGE,
    Action.INVITE,
    Action.MIND_STAGE,
    Action.MIND_OWN,
    Action.PLAY,
    Action.CLIP,
    Action.CLOSE_GALLERY,
}

_PERMITTED: dict[Role, frozenset[Action]] = {
    Role.ADMIN: frozenset(Action),
    Role.HOST: _COHOSTS | {Action.CANCEL, Action.HAND_OVER, Action.BRIDGE, Action.UNBRIDGE},
    Role.COHOST: _COHOSTS,
    Role.SPEAKER: _EVERYBODYS,
    Role.NEIGHBOUR: _EVERYBODYS | {Action.MIND_OWN, Action.UNBRIDGE},
    Role.LISTENER: _EVERYBODYS,
    Role.BANNED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks for something, as far as Telegram vouches for them at this moment.

    `chat` is the group of which they are an admin or a member; None: of the talk's own.
    """

    person: PersonId
    name: str
    is_admin: bool
    is_member: bool = True
    username: str | None = None
    chat: ChatId | None = None


def permits(roles: frozenset[Role], action: Action) -> bool:
    """Whether any of the roles carries the action; who is banned, and no admin, has no other role."""
    return any(action in _PERMITTED[role] for role in roles)


def demand(roles: frozenset[Role], action: Action) -> None:
    """Raise `NotAllowed` unless one of the roles carries the action."""
    if not permits(roles, action):
        raise NotAllowed(action)
