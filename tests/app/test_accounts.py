"""Where accounts are kept and what opens them, the settings say; a sandbox asks for nothing."""

from pathlib import Path

import pytest

from app.accounts import USUAL, account_names, client_of, end_session, gate_of, sessions_of
from app.settings import Settings, read_settings
from tests.app.sessions import a_session
from tests.sandbox.account import RELAY, SPARE, scene_in
from voice.accounts.session_keys import SessionsRefused

KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="


def settings_of(folder: Path, **given: object) -> Settings:
    return read_settings(data=folder, api_id=7, api_hash="0" * 32, **given)


async def test_a_session_that_was_kept_is_the_clients(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    assert account_names(settings) == []
    sessions_of(settings).write("relay", a_session())
    assert account_names(settings) == ["relay"]
    client = client_of(settings, "relay")
    assert (client.session_string, client.in_memory, client.api_id) == (a_session(), True, 7)
    assert (tmp_path / "session.key").exists()


def test_a_key_in_the_settings_needs_no_file(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, session_key=KEY)
    sessions_of(settings).write("relay", a_session())
    assert not (tmp_path / "session.key").exists()
    with pytest.raises(SessionsRefused, match=r"session\.key, the key to the relay accounts, is gone"):
        client_of(settings_of(tmp_path), "relay")


@pytest.mark.parametrize(("accounts", "names"), [(1, [USUAL]), (2, [USUAL, "spare"])])
def test_a_sandbox_has_one_account_or_two_and_wants_no_session(
    tmp_path: Path, accounts: int, names: list[str]
) -> None:
    settings = settings_of(tmp_path, sandbox_mtproto=tmp_path / "socket", sandbox_accounts=accounts)
    assert list(account_names(settings)) == names
    assert all(client_of(settings, name).in_memory for name in names)


@pytest.mark.parametrize(("name", "number"), [(USUAL, RELAY), ("spare", SPARE)])
async def test_each_account_of_a_sandbox_is_itself(tmp_path: Path, name: str, number: int) -> None:
    async with scene_in(tmp_path) as scene:
        client = client_of(settings_of(tmp_path, sandbox_mtproto=scene.socket), name)
        await client.start()
        assert client.me.id == number
        await client.stop()


async def test_an_account_signs_in_and_out_over_a_sandbox(tmp_path: Path) -> None:
    async with scene_in(tmp_path) as scene:
        settings = settings_of(tmp_path / "data", sandbox_mtproto=scene.socket)
        async with gate_of(settings) as gate:
            await gate.send_code(f"99966{RELAY:05}")
            arrival = await gate.enter_code("12345")
        assert (arrival.person, arrival.name, arrival.is_bot) == (RELAY, "Relay", False)
        assert await end_session(settings, arrival.session)
