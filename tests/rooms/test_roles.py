"""One table says who may do what."""

import pytest

from rooms.errors.rights import NotAllowed
from rooms.roles import Action, Role, demand, permits

EVERYBODYS = {Action.ATTEND, Action.RAISE_HAND, Action.REPORT, Action.SEE_STATISTICS}
MINDING = EVERYBODYS | {
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


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        (Role.ADMIN, set(Action)),
        (Role.HOST, MINDING | {Action.CANCEL, Action.HAND_OVER, Action.BRIDGE, Action.UNBRIDGE}),
        (Role.COHOST, MINDING),
        (Role.SPEAKER, EVERYBODYS),
        (Role.NEIGHBOUR, EVERYBODYS | {Action.MIND_OWN, Action.UNBRIDGE}),
        (Role.LISTENER, EVERYBODYS),
        (Role.BANNED, set()),
    ],
)
def test_each_role_carries_its_actions_and_no_others(role: Role, actions: set[Action]) -> None:
    assert {action for action in Action if permits(frozenset({role}), action)} == actions


@pytest.mark.parametrize("action", list(Action))
def test_who_has_no_role_may_do_nothing(action: Action) -> None:
    with pytest.raises(NotAllowed, match=action):
        demand(frozenset(), action)


def test_of_several_roles_one_that_permits_is_enough() -> None:
    demand(frozenset({Role.LISTENER, Role.HOST}), Action.CANCEL)
