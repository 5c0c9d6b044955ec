"""Who may do what."""

import pytest

from rooms.errors import NotAllowed
from rooms.ids import PersonId
from rooms.roles import Action, Asker, require
from tests.fakes.talks import ADA, CHIARA

DANIELE = PersonId(45)


@pytest.mark.parametrize("action", list(Action))
def test_an_admin_may_do_everything(action: Action) -> None:
    require(ADA, action, host=DANIELE)


@pytest.mark.parametrize("action", [Action.OPEN, Action.CLOSE, Action.CANCEL])
def test_a_host_minds_the_own_room_and_no_other(action: Action) -> None:
    host = Asker(DANIELE, "Daniele", is_admin=False)
    require(host, action, host=DANIELE)
    with pytest.raises(NotAllowed, match=action):
        require(host, action, host=ADA.person)
    with pytest.raises(NotAllowed):
        require(host, Action.SCHEDULE, host=DANIELE)


@pytest.mark.parametrize("action", list(Action))
def test_a_member_may_only_look(action: Action) -> None:
    with pytest.raises(NotAllowed):
        require(CHIARA, action)
