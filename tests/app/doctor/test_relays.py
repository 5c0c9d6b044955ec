"""Relay accounts are looked at over a genuine client, and every refusal of Telegram's has its own advice."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from app.accounts import sessions_of
from app.doctor.findings import Finding
from app.doctor.known import KnownGroup
from app.doctor.relays import check_accounts
from sandbox.world.entities import Membership, Status
from tests.app.doctor.cases import case_of
from tests.app.sessions import a_session
from tests.sandbox.account import RELAY, Scene, scene_in


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene_in(tmp_path) as scene:
        yield scene


async def examined(scene: Scene, folder: Path) -> Sequence[Finding]:
    groups = [KnownGroup(scene.chat.id, "Careers", [])]
    return await check_accounts(case_of(folder, groups=groups, sandbox_mtproto=scene.socket))


async def test_an_account_that_telegram_accepts_and_that_may_manage_calls_is_well(
    scene: Scene, tmp_path: Path
) -> None:
    account, call = await examined(scene, tmp_path)
    assert account.line == "ok  relay account relay: Telegram accepts its session, and it is Relay"
    assert call.line == "ok  call in Careers: relay may manage it"


@pytest.mark.parametrize(
    ("membership", "said"),
    [
        (Membership(RELAY), "relay is in the group and may not manage video chats. Make it an admin"),
        (Membership(RELAY, Status.ADMINISTRATOR), "may not manage video chats. Make it an admin"),
        (Membership(RELAY, Status.LEFT), "relay is not in the group. Add it to the group"),
        (Membership(RELAY, Status.KICKED), "relay is not in the group. Add it to the group"),
    ],
)
async def test_what_it_lacks_in_a_group_is_told(
    scene: Scene, tmp_path: Path, membership: Membership, said: str
) -> None:
    scene.become(membership)
    account, call = await examined(scene, tmp_path)
    assert account.is_well
    assert said in call.line
    assert not call.is_well


@pytest.mark.parametrize("function", ["updates.GetState", "users.GetFullUser", "messages.GetDialogs"])
async def test_a_pause_that_telegram_asks_for_is_told_in_minutes(
    scene: Scene, tmp_path: Path, function: str
) -> None:
    scene.door.floods[function] = 61
    findings = await examined(scene, tmp_path)
    assert any("FLOOD_WAIT_61" in one.line and "for 2 minutes" in one.line for one in findings)


async def test_accounts_that_are_missing_or_locked_are_told(tmp_path: Path) -> None:
    (finding,) = await check_accounts(case_of(tmp_path))
    assert "LOGGIONE_API_ID and LOGGIONE_API_HASH missing" in finding.line
    case = case_of(tmp_path, api_id=7, api_hash="0" * 32)
    (finding,) = await check_accounts(case)
    assert "none is logged in here. Run `loggione login`." in finding.line
    sessions_of(case.settings).write("relay", a_session())
    (tmp_path / "session.key").chmod(0o640)
    (finding,) = await check_accounts(case)
    assert finding.subject == "relay account relay"
    assert "its session cannot be opened." in finding.line
    assert f"run `chmod 600 {tmp_path / 'session.key'}`" in finding.line
