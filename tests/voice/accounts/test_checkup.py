"""A look at an account ends with what it may do, or with Telegram's name of what is in the way."""

from pathlib import Path
from typing import Any

import pytest
from pyrogram.errors import (
    AuthKeyDuplicated,
    AuthKeyUnregistered,
    FloodWait,
    SessionRevoked,
    UserDeactivated,
    UserDeactivatedBan,
)

from rooms.ids import ChatId
from sandbox.session import sandbox_client
from sandbox.world.entities import Membership, Status
from tests.app.sessions import a_session
from tests.sandbox.account import ADA, RELAY, scene_in
from voice.accounts.arrivals import GateRefused
from voice.accounts.checkup import look_over
from voice.telegram.account import make_client


class Refusing:
    """A connection over which Telegram refuses whatever is asked."""

    auth_key = bytes(256)

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def invoke(self, query: Any, **_: Any) -> Any:  # noqa: ARG002
        raise self._error

    async def stop(self) -> None:
        pass


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (AuthKeyDuplicated(), "AUTH_KEY_DUPLICATED"),
        (AuthKeyUnregistered(), "AUTH_KEY_UNREGISTERED"),
        (SessionRevoked(), "SESSION_REVOKED"),
        (UserDeactivated(), "USER_DEACTIVATED"),
        (UserDeactivatedBan(), "USER_DEACTIVATED_BAN"),
        (FloodWait(5), "FLOOD_WAIT_5"),
        (ConnectionError(), "UNREACHABLE"),
        (TimeoutError(), "UNREACHABLE"),
    ],
)
async def test_what_is_in_the_way_keeps_telegram_s_name(error: Exception, name: str) -> None:
    client = make_client(7, "0" * 32, a_session())

    async def get_session(**_: Any) -> Refusing:
        return Refusing(error)

    client.get_session = get_session
    with pytest.raises(GateRefused) as refused:
        await look_over(client, [])
    assert refused.value.name == name
    assert not client.is_connected


async def test_rights_are_told_group_by_group(tmp_path: Path) -> None:
    async with scene_in(tmp_path) as scene:
        society = scene.world.society
        plain = society.create_group("Plain", ADA, is_super=False)
        society.set_member(plain, Membership(RELAY), ADA)
        foreign = society.create_group("Foreign", ADA)
        client = sandbox_client(scene.socket)
        seen = await look_over(client, [ChatId(chat.id) for chat in (scene.chat, plain, foreign)])
    assert seen.name == "Relay"
    assert list(seen.may_manage.values()) == [True, False, None]
    assert not client.is_connected


async def test_an_owner_may_manage_everything(tmp_path: Path) -> None:
    async with scene_in(tmp_path) as scene:
        scene.become(Membership(RELAY, Status.CREATOR))
        seen = await look_over(sandbox_client(scene.socket), [ChatId(scene.chat.id)])
    assert seen.may_manage == {scene.chat.id: True}
