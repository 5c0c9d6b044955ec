"""A genuine client at Telegram's gate: codes, passwords, QR codes, other data centres, all answers played."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pyrogram import Client, raw
from pyrogram.errors import (
    AuthKeyUnregistered,
    FloodWait,
    PhoneMigrate,
    PhoneNumberBanned,
    SessionPasswordNeeded,
)

from tests.app.sessions import a_session
from voice.accounts.arrivals import Arrival, GateRefused, Invitation, PasswordNeeded
from voice.accounts.gate import Gate, end_session, open_gate
from voice.accounts.sessions import person_of
from voice.telegram.account import make_client

AUTH = raw.types.auth
USER = raw.types.User(id=4711, is_self=True, access_hash=1, first_name="Loggione", last_name="relay")
SENT = AUTH.SentCode(type=AUTH.SentCodeTypeSms(length=5), phone_code_hash="hash")
WELCOME = AUTH.Authorization(user=USER)
NO_PASSWORD = {
    "new_algo": raw.types.PasswordKdfAlgoUnknown(),
    "new_secure_algo": raw.types.SecurePasswordKdfAlgoUnknown(),
    "secure_random": b"",
}


class PlayedSession:
    """What the client takes for its connection to a data centre: gives the next answer to each function."""

    def __init__(self, script: deque[Any], asked: list[Any], centre: int) -> None:
        self.auth_key = bytes([centre]) * 256
        self.centre = centre
        self.is_stopped = False
        self._script = script
        self._asked = asked

    async def stop(self) -> None:
        self.is_stopped = True

    async def invoke(self, query: Any, **_: Any) -> Any:
        if isinstance(query, raw.functions.help.GetConfig):
            return config()
        self._asked.append(query)
        answer = self._script.popleft()
        if isinstance(answer, Exception):
            raise answer
        return answer


class Telegram:
    """The script, what was asked, and the connections that were made."""

    def __init__(self, *script: Any) -> None:
        self.script = deque(script)
        self.asked: list[Any] = []
        self.sessions: list[PlayedSession] = []

    def client(self) -> Client:
        client = make_client(7, "0" * 32, a_session(person=1))

        async def get_session(dc_id: int = 2, **_: Any) -> PlayedSession:
            self.sessions.append(PlayedSession(self.script, self.asked, dc_id))
            return self.sessions[-1]

        client.get_session = get_session
        return client


@asynccontextmanager
async def at_gate(telegram: Telegram) -> AsyncIterator[tuple[Gate, Client]]:
    client = telegram.client()
    async with open_gate(client) as gate:
        yield gate, client
    assert not telegram.script, "not everything was asked"
    assert not client.is_connected


def config() -> Any:
    options = [
        raw.types.DcOption(id=number, ip_address=f"192.0.2.{number}", port=443, ipv6=False)
        for number in (2, 4)
    ]
    numbers = dict.fromkeys(
        name for name in raw.types.Config.__slots__ if name.endswith(("_max", "_ms", "_limit", "_decay"))
    )
    known: dict[str, Any] = dict.fromkeys(numbers, 0) | {
        "date": 0,
        "expires": 0,
        "test_mode": False,
        "this_dc": 2,
        "dc_options": options,
        "dc_txt_domain_name": "",
        "me_url_prefix": "",
        "channels_read_media_period": 0,
        "webfile_dc_id": 0,
    }
    return raw.types.Config(**known)


async def test_a_code_signs_in_and_gives_a_session_of_whom_it_is() -> None:
    telegram = Telegram(SENT, WELCOME)
    async with at_gate(telegram) as (gate, _):
        assert await gate.send_code("39065550100") == "Sms"
        arrival = await gate.enter_code("12345")
    assert (arrival.person, arrival.name, arrival.is_bot) == (4711, "Loggione relay", False)
    assert person_of(arrival.session) == 4711
    assert arrival.session not in repr(arrival)
    sign_in = telegram.asked[-1]
    assert (sign_in.phone_code_hash, sign_in.phone_code) == ("hash", "12345")


async def test_a_code_that_is_sent_otherwise_counts_from_then_on() -> None:
    call = AUTH.SentCode(type=AUTH.SentCodeTypeCall(length=5), phone_code_hash="another")
    telegram = Telegram(SENT, call, WELCOME)
    async with at_gate(telegram) as (gate, _):
        await gate.send_code("39065550100")
        assert await gate.send_code_otherwise() == "Call"
        await gate.enter_code("12345")
    assert [request.phone_code_hash for request in telegram.asked[1:]] == ["hash", "another"]


async def test_an_account_of_another_data_centre_is_followed_there() -> None:
    telegram = Telegram(PhoneMigrate(4), SENT, WELCOME)
    async with at_gate(telegram) as (gate, client):
        await gate.send_code("39065550100")
        await gate.enter_code("12345")
        assert [session.centre for session in telegram.sessions] == [2, 4]
        assert telegram.sessions[0].is_stopped
        assert await client.storage.dc_id() == 4
        assert await client.storage.auth_key() == bytes([4]) * 256
        assert await client.storage.server_address() == "192.0.2.4"


async def test_being_sent_round_in_circles_comes_to_an_end() -> None:
    telegram = Telegram(PhoneMigrate(4), PhoneMigrate(2), PhoneMigrate(4))
    async with at_gate(telegram) as (gate, _):
        with pytest.raises(GateRefused, match="NETWORK_MIGRATE"):
            await gate.send_code("39065550100")


async def test_a_data_centre_that_nobody_knows_is_not_reached() -> None:
    async with at_gate(Telegram(PhoneMigrate(9))) as (gate, _):
        with pytest.raises(GateRefused, match="UNREACHABLE"):
            await gate.send_code("39065550100")


async def test_a_password_is_asked_for_with_its_hint() -> None:
    challenge = raw.types.account.Password(has_password=True, hint="the dog", **NO_PASSWORD)
    async with at_gate(Telegram(SENT, SessionPasswordNeeded(), challenge)) as (gate, _):
        await gate.send_code("39065550100")
        with pytest.raises(PasswordNeeded) as needed:
            await gate.enter_code("12345")
    assert needed.value.hint == "the dog"


@pytest.mark.parametrize(
    ("error", "name"),
    [
        (PhoneNumberBanned(), "PHONE_NUMBER_BANNED"),
        (FloodWait(3), "FLOOD_WAIT_3"),
        (ConnectionError(), "UNREACHABLE"),
        (TimeoutError(), "UNREACHABLE"),
    ],
)
async def test_a_refusal_keeps_telegram_s_name(error: Exception, name: str) -> None:
    async with at_gate(Telegram(error)) as (gate, _):
        with pytest.raises(GateRefused) as refused:
            await gate.send_code("39065550100")
    assert refused.value.name == name


async def test_a_number_without_an_account_is_refused() -> None:
    async with at_gate(Telegram(SENT, AUTH.AuthorizationSignUpRequired())) as (gate, _):
        await gate.send_code("39065550100")
        with pytest.raises(GateRefused, match="PHONE_NUMBER_UNOCCUPIED"):
            await gate.enter_code("12345")


@pytest.mark.parametrize(
    "answer",
    [
        AUTH.SentCode(type=AUTH.SentCodeTypeSetUpEmailRequired(), phone_code_hash="x"),
        AUTH.SentCodeSuccess(authorization=WELCOME),
    ],
)
async def test_what_only_official_apps_can_do_is_refused(answer: Any) -> None:
    async with at_gate(Telegram(answer)) as (gate, _):
        with pytest.raises(GateRefused, match="SIGN_IN_UNSUPPORTED"):
            await gate.send_code("39065550100")


async def test_a_qr_code_is_shown_scanned_and_followed_to_its_data_centre() -> None:
    token = AUTH.LoginToken(expires=2_000_000_000, token=bytes(range(250, 256)))
    migrate = AUTH.LoginTokenMigrateTo(dc_id=4, token=b"moved")
    telegram = Telegram(token, migrate, AUTH.LoginTokenSuccess(authorization=WELCOME))
    async with at_gate(telegram) as (gate, client):
        invitation = await gate.invite([5])
        assert isinstance(invitation, Invitation)
        assert invitation.url == "tg://login?token=-vv8_f7_"
        assert invitation.seconds > 0
        async with asyncio.TaskGroup() as tasks:
            waiting = tasks.create_task(gate.await_scan(60.0))
            await client.handle_updates(raw.types.UpdateShort(update=raw.types.UpdateLoginToken(), date=0))
        assert waiting.result()
        arrival = await gate.invite([5])
    assert isinstance(arrival, Arrival)
    assert arrival.person == 4711
    assert telegram.asked[0].except_ids == [5]
    assert telegram.asked[-1].token == b"moved"
    assert [session.centre for session in telegram.sessions] == [2, 4]


async def test_a_qr_code_that_nobody_scans_expires() -> None:
    async with at_gate(Telegram()) as (gate, _):
        assert not await gate.await_scan(0.0)


@pytest.mark.parametrize(("answer", "was_open"), [(AUTH.LoggedOut(), True), (AuthKeyUnregistered(), False)])
async def test_a_session_is_ended_once(answer: Any, was_open: bool) -> None:
    telegram = Telegram(answer)
    client = telegram.client()
    assert await end_session(client) is was_open
    assert not client.is_connected


@pytest.mark.parametrize(
    ("error", "name"), [(FloodWait(9), "FLOOD_WAIT_9"), (ConnectionError(), "UNREACHABLE")]
)
async def test_a_session_that_could_not_be_ended_says_why(error: Exception, name: str) -> None:
    with pytest.raises(GateRefused, match=name):
        await end_session(Telegram(error).client())
