"""Telegram's gate: an account signs in by code and password or by QR code, over a genuine kurigram client."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from pyrogram import Client, raw
from pyrogram.errors import RPCError, SeeOther, SessionPasswordNeeded
from pyrogram.handlers import RawUpdateHandler
from pyrogram.utils import compute_password_check

from voice.accounts.arrivals import Arrival, GateRefused, Invitation, PasswordNeeded
from voice.errors import AccountRefused
from voice.telegram.account import ANSWER, accepted, first_of, name_of

MIGRATIONS = 3
"""How often Telegram may send us on to another data centre for one question."""

CONNECTING = 30.0
"""Seconds within which Telegram must be reached, a new key included."""

HANGING_UP = 5.0
"""Seconds that a farewell may take."""


class Gate:
    """One try to sign in. Each method may raise `GateRefused`, and signs in or raises `PasswordNeeded`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._phone = ""
        self._code_hash = ""
        self._was_scanned = asyncio.Event()
        client.add_handler(RawUpdateHandler(self._hear))

    async def send_code(self, phone: str) -> str:
        """Have a code sent to a number's owner; tells by which way (auth.sendCode)."""
        self._phone = phone
        settings = raw.types.CodeSettings()
        api_id, api_hash = self._client.api_id, self._client.api_hash
        sent = await self._ask(
            raw.functions.auth.SendCode(
                phone_number=phone, api_id=api_id, api_hash=api_hash, settings=settings
            )
        )
        return self._sent(sent)

    async def send_code_otherwise(self) -> str:
        """Have the code sent by the next way; tells which (auth.resendCode)."""
        request = raw.functions.auth.ResendCode(phone_number=self._phone, phone_code_hash=self._code_hash)
        return self._sent(await self._ask(request))

    async def enter_code(self, code: str) -> Arrival:
        """Sign in by the code that came (auth.signIn)."""
        request = raw.functions.auth.SignIn(
            phone_number=self._phone, phone_code_hash=self._code_hash, phone_code=code
        )
        return await self._arrive(await self._ask(request))

    async def enter_password(self, password: str) -> Arrival:
        """Sign in by the password of two-step verification (auth.checkPassword, SRP 2048)."""
        challenge = await self._ask(raw.functions.account.GetPassword())
        proof = await asyncio.to_thread(compute_password_check, challenge, password)
        return await self._arrive(await self._ask(raw.functions.auth.CheckPassword(password=proof)))

    async def invite(self, but_for: list[int]) -> Invitation | Arrival:
        """An address to scan, of no use to the accounts `but_for`; or who has scanned the one before.

        https://core.telegram.org/api/qr-login
        """
        self._was_scanned.clear()
        api_id, api_hash = self._client.api_id, self._client.api_hash
        answer = await self._ask(
            raw.functions.auth.ExportLoginToken(api_id=api_id, api_hash=api_hash, except_ids=but_for)
        )
        for _ in range(MIGRATIONS):
            if not isinstance(answer, raw.types.auth.LoginTokenMigrateTo):
                break
            await self._move_to(answer.dc_id)
            answer = await self._ask(raw.functions.auth.ImportLoginToken(token=answer.token))
        if isinstance(answer, raw.types.auth.LoginTokenSuccess):
            return await self._arrive(answer.authorization)
        token = base64.urlsafe_b64encode(answer.token).decode().rstrip("=")
        return Invitation(f"tg://login?token={token}", answer.expires - self._client.server_time)

    async def await_scan(self, patience: float) -> bool:
        """Whether the QR code is scanned within so many seconds (updateLoginToken)."""
        try:
            async with asyncio.timeout(patience):
                await self._was_scanned.wait()
        except TimeoutError:
            return False
        return True

    async def log_out(self) -> None:
        """End the session at Telegram (auth.logOut)."""
        await self._ask(raw.functions.auth.LogOut())

    async def _ask(self, request: Any) -> Any:
        """Telegram's answer, from the data centre at which the account is at home."""
        for _ in range(MIGRATIONS):
            try:
                async with asyncio.timeout(ANSWER):
                    return await self._client.invoke(request, sleep_threshold=0)
            except SeeOther as error:
                await self._move_to(int(error.value))
            except SessionPasswordNeeded as error:
                challenge = await self._ask(raw.functions.account.GetPassword())
                raise PasswordNeeded(challenge.hint or "") from error
            except RPCError as error:
                raise GateRefused(name_of(error)) from error
            except (OSError, TimeoutError) as error:
                raise GateRefused("UNREACHABLE") from error
        raise GateRefused("NETWORK_MIGRATE")

    async def _move_to(self, centre: int) -> None:
        """Go to another data centre, with a key of its own."""
        client = self._client
        try:
            async with asyncio.timeout(CONNECTING):
                option = await client.get_dc_option(centre, ipv6=client.ipv6)
                await client.session.stop()
                client.session = await client.get_session(
                    dc_id=centre,
                    server_address=option.ip_address,
                    port=option.port,
                    export_authorization=False,
                    temporary=True,
                )
        except (OSError, TimeoutError, RPCError, ValueError) as error:
            raise GateRefused("UNREACHABLE") from error
        await client.storage.dc_id(centre)
        await client.storage.server_address(option.ip_address)
        await client.storage.port(option.port)
        await client.storage.auth_key(client.session.auth_key)

    def _sent(self, sent: Any) -> str:
        """By which way a code went: its TL type without the prefix, such as App, Sms, Call, EmailCode."""
        if not isinstance(sent, raw.types.auth.SentCode):
            raise GateRefused("SIGN_IN_UNSUPPORTED")
        way = type(sent.type).__name__.removeprefix("SentCodeType")
        if way in ("SetUpEmailRequired", "FirebaseSms"):
            raise GateRefused("SIGN_IN_UNSUPPORTED")
        self._code_hash = sent.phone_code_hash
        return way

    async def _arrive(self, authorization: Any) -> Arrival:
        if not isinstance(authorization, raw.types.auth.Authorization):
            raise GateRefused("PHONE_NUMBER_UNOCCUPIED")
        user = authorization.user
        await self._client.storage.user_id(user.id)
        await self._client.storage.is_bot(bool(user.bot))
        name = " ".join(part for part in (user.first_name, user.last_name) if part)
        session = await self._client.export_session_string()
        return Arrival(user.id, name or "an account without a name", bool(user.bot), session)

    async def _hear(self, _: Client, update: Any, _users: Any, _chats: Any) -> None:
        if isinstance(update, raw.types.UpdateLoginToken):
            self._was_scanned.set()


@asynccontextmanager
async def open_gate(client: Client) -> AsyncIterator[Gate]:
    """A gate on a client that is connected until the block ends.

    Raises:
        GateRefused: Telegram cannot be reached, or does not accept the client's key.
    """
    gate = Gate(client)
    try:
        try:
            async with asyncio.timeout(CONNECTING):
                await client.connect()
                await client.initialize()
        except RPCError as error:
            raise GateRefused(name_of(error)) from error
        except (OSError, TimeoutError) as error:
            raise GateRefused("UNREACHABLE") from error
        yield gate
    finally:
        await _hang_up(client)


async def end_session(client: Client) -> bool:
    """End a client's session, not started yet, at Telegram (auth.logOut); False when it had ended before.

    Raises:
        GateRefused: Telegram was not reached, or wants a pause.
    """
    was_open, reason = True, None
    try:
        async with accepted(client):
            await _log_out(client)
    except* AccountRefused:
        was_open = False
    except* RPCError as group:
        reason = name_of(first_of(group))
    except* (OSError, TimeoutError):
        reason = "UNREACHABLE"
    if reason is not None:
        raise GateRefused(reason)
    return was_open


async def _log_out(client: Client) -> None:
    try:
        async with asyncio.timeout(CONNECTING):
            await client.connect()
            await client.invoke(raw.functions.auth.LogOut(), sleep_threshold=0)
    finally:
        await _hang_up(client)


async def _hang_up(client: Client) -> None:
    """Let go of the connection, which kurigram may not give up by itself once it is lost."""
    with suppress(OSError, TimeoutError):
        async with asyncio.timeout(HANGING_UP):
            if client.is_initialized:
                await client.terminate()
            if client.is_connected:
                await client.disconnect()
