"""Who may do what: one table of roles and actions."""

from dataclasses import dataclass
from enum import StrEnum

from rooms.errors import NotAllowed
from rooms.ids import PersonId


class Role(StrEnum):
    """What somebody is to a group and to one of its rooms."""

    ADMIN = "admin"
    HOST = "host"
    MEMBER = "member"


class Action(StrEnum):
    """What somebody asks for.

    To schedule is to propose a draft, and to confirm or discard one, whoever proposed it.
    """

    SCHEDULE = "schedule"
    OPEN = "open"
    CLOSE = "close"
    CANCEL = "cancel"


_PERMITTED: dict[Role, frozenset[Action]] = {
    Role.ADMIN: frozenset(Action),
    Role.HOST: frozenset({Action.OPEN, Action.CLOSE, Action.CANCEL}),
    Role.MEMBER: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asks for something, as far as Telegram vouches for them at this moment."""

    person: PersonId
    name: str
    is_admin: bool

    def roles(self, host: PersonId | None = None) -> frozenset[Role]:
        """The roles towards a room of this host, or towards the group when no room is meant."""
        roles = {Role.MEMBER}
        if self.is_admin:
            roles.add(Role.ADMIN)
        if host is not None and self.person == host:
            roles.add(Role.HOST)
        return frozenset(roles)


def permits(roles: frozenset[Role], action: Action) -> bool:
    """Whether any of the roles carries the action."""
    return any(action in _PERMITTED[role] for role in roles)


def require(asker: Asker, action: Action, host: PersonId | None = None) -> None:
    """Raise `NotAllowed` unless the asker may do the action to a room of this host."""
    if not permits(asker.roles(host), action):
        raise NotAllowed(action)
