"""The sandbox lets its account in by number, code and password, as Telegram does."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from pyrogram import raw
from pyrogram.errors import RPCError
from pyrogram.utils import compute_password_check

from sandbox.mtproto.entrance import CODE, number_of
from tests.sandbox.account import RELAY, Account, Scene, account_on, scene_in

FUNCTIONS = raw.functions.auth


@pytest.fixture
async def scene(tmp_path: Path) -> AsyncIterator[Scene]:
    async with scene_in(tmp_path) as scene:
        yield scene


@pytest.fixture
async def account(scene: Scene) -> AsyncIterator[Account]:
    async with account_on(scene) as account:
        yield account


async def send_code(account: Account, number: str = number_of(RELAY)) -> Any:
    settings = raw.types.CodeSettings()
    return await account.ask(
        FUNCTIONS.SendCode(phone_number=number, api_id=1, api_hash="0" * 32, settings=settings)
    )


def sign_in(code_hash: str, code: str = CODE, number: str = number_of(RELAY)) -> Any:
    return FUNCTIONS.SignIn(phone_number=number, phone_code_hash=code_hash, phone_code=code)


async def prove(account: Account, password: str) -> Any:
    challenge = await account.ask(raw.functions.account.GetPassword())
    return FUNCTIONS.CheckPassword(password=compute_password_check(challenge, password))


async def test_the_right_code_lets_the_account_in(account: Account) -> None:
    sent = await send_code(account)
    welcome = await account.ask(sign_in(sent.phone_code_hash))
    assert welcome.user.id == RELAY


async def test_wrong_codes_and_numbers_are_refused(account: Account) -> None:
    sent = await send_code(account)
    assert await account.refused(sign_in(sent.phone_code_hash, "54321")) == "PHONE_CODE_INVALID"
    assert await account.refused(sign_in("another")) == "PHONE_CODE_EXPIRED"
    assert await account.refused(sign_in(sent.phone_code_hash, number="39065550100")) == "PHONE_CODE_EXPIRED"
    with pytest.raises(RPCError, match="PHONE_NUMBER_INVALID"):
        await send_code(account, "12")


async def test_a_number_of_nobody_may_sign_up(account: Account) -> None:
    sent = await send_code(account, "39065550100")
    answer = await account.ask(sign_in(sent.phone_code_hash, number="39065550100"))
    assert isinstance(answer, raw.types.auth.AuthorizationSignUpRequired)


async def test_a_code_is_sent_by_two_ways(account: Account) -> None:
    sent = await send_code(account)
    again = FUNCTIONS.ResendCode(phone_number=number_of(RELAY), phone_code_hash=sent.phone_code_hash)
    assert isinstance((await account.ask(again)).type, raw.types.auth.SentCodeTypeSms)
    assert await account.refused(again) == "SEND_CODE_UNAVAILABLE"


async def test_a_password_is_proved_without_being_sent(scene: Scene, account: Account) -> None:
    scene.world.society.people[RELAY].password = "perché no?"
    sent = await send_code(account)
    assert await account.refused(sign_in(sent.phone_code_hash)) == "SESSION_PASSWORD_NEEDED"
    assert await account.refused(await prove(account, "wrong")) == "PASSWORD_HASH_INVALID"
    proof = await prove(account, "perché no?")
    assert (await account.ask(proof)).user.id == RELAY
    assert await account.refused(proof) == "SRP_ID_INVALID"


async def test_who_has_no_password_has_nothing_to_prove(account: Account) -> None:
    assert not (await account.ask(raw.functions.account.GetPassword())).has_password


async def test_the_account_may_log_out(account: Account) -> None:
    assert isinstance(await account.ask(FUNCTIONS.LogOut()), raw.types.auth.LoggedOut)
