"""How an account is treated: its session ended, or asked to wait."""

import pytest

from sandbox.mtproto.standing import ENDS, Standing
from sandbox.world.errors import CallError


def error_of(standing: Standing, function: str = "phone.JoinGroupCall") -> tuple[int, str]:
    with pytest.raises(CallError) as refused:
        standing.check(function)
    return refused.value.code, refused.value.name


def test_who_is_in_good_standing_may_ask_everything() -> None:
    Standing(900).check("phone.JoinGroupCall")


def test_a_flood_is_for_the_functions_whose_names_begin_so() -> None:
    standing = Standing(900, {"phone.Join": 30})
    assert error_of(standing) == (420, "FLOOD_WAIT_30")
    standing.check("phone.LeaveGroupCall")
    assert error_of(Standing(900, {"": 5}), "updates.GetState") == (420, "FLOOD_WAIT_5")


@pytest.mark.parametrize(("end", "code"), ENDS.items())
def test_a_session_that_ended_meets_its_end_everywhere(end: str, code: int) -> None:
    assert error_of(Standing(900, {"": 5}, end), "help.GetConfig") == (code, end)
