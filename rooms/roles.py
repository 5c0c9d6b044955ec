"""Who may do what: one table of roles and actions."""

from dataclasses import dataclass
from enum import StrEnum

from rooms.errors import NotAllowed
from rooms.ids import PersonId


class Role(StrEnum):
    """What somebody is to a group and to one of its rooms."""

    ADMIN = "admin"
    HOST = "host"
    COHOST = "cohost"
    SPEAKER = "speaker"
    LISTENER = "listener"
    """A member of the group like any other."""
    BANNED = "banned"


class Action(StrEnum):
    """What somebody asks for.

    To schedule is to propose a draft, and to confirm or discard one, whoever proposed it; to change includes
    to postpone and to take back a change; to attend is to come, to be reminded and to ask the host.
    """

    SCHEDULE = "schedule"
    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"
    CHANGE = "change"
    INVITE = "invite"
    HAND_OVER = "hand_over"
    ATTEND = "attend"
    REPORT = "report"
    BAN = "ban"
    READ_LOG = "read_log"
    SET_UP = "set_up"
    SEE_STATISTICS = "see_statistics"


_EVERYBODYS = frozenset({Action.ATTEND, Action.REPORT, Action.SEE_STATISTICS})
_COHOSTS = _EVERYBODYS | {Action.OPEN, Action.CLOSE, Action.CHANGE, Action.INVITE}

_PERMITTED: dict[Role, frozenset[Action]] = {
    Role.ADMIN: frozenset(Action),
    Role.HOST: _COHOSTS | {Action.CANCEL, Action.HAND_OVER},
    Role.COHOST: _COHOSTS,
    Role.SPEAKER: _EVERYBODYS,
    Role.LISTENER: _EVERYBODYS,
    Role.BANNED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks for something, as far as Telegram vouches for them at this moment."""

    person: PersonId
    name: str
    is_admin: bool
    is_member: bool = True
    username: str | None = None


def permits(roles: frozenset[Role], action: Action) -> bool:
    """Whether any of the roles carries the action; who is banned, and no admin, has no other role."""
    return any(action in _PERMITTED[role] for role in roles)


def demand(roles: frozenset[Role], action: Action) -> None:
    """Raise `NotAllowed` unless one of the roles carries the action."""
    if not permits(roles, action):
        raise NotAllowed(action)
