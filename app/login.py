"""Logging a relay account in: the conversation with its owner, and the session that is kept of it."""

import re
from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, suppress
from typing import Protocol

from app.qr import drawn
from app.supervision import CannotRun
from app.terminal import Conversation
from app.troubles import duration
from voice.accounts.arrivals import Arrival, GateRefused, Invitation, PasswordNeeded
from voice.accounts.session_keys import SessionsRefused
from voice.accounts.sessions import Sessions, person_of
from voice.telegram.floods import flood_wait

WARNING = """\
A relay account is an ordinary Telegram account that Loggione uses: everybody sees it in the voice chats.
Telegram watches accounts that other programs than its own apps use, and may limit or ban them. So take an
account of its own for this, never the one you live by. Its session is kept on this machine, encrypted:
whoever has it and its key is that account. Use it on this machine alone.
"""

REFRESH = 30.0
"""Seconds after which a QR code is drawn anew at the latest; Telegram's last about as long."""

_WAYS: Mapping[str, str] = {
    "App": "in Telegram, to the devices on which the account is logged in",
    "Sms": "by SMS",
    "SmsWord": "by SMS, as a word",
    "SmsPhrase": "by SMS, as a few words",
    "Call": "by a phone call that says it",
    "FlashCall": "by a phone call: it is the number that calls",
    "MissedCall": "by a missed call: it is the last digits of the number that calls",
    "EmailCode": "by e-mail",
    "FragmentSms": "on fragment.com",
}

_SENTENCES: Mapping[str, str] = {
    "API_ID_INVALID": "Telegram does not know LOGGIONE_API_ID with LOGGIONE_API_HASH: copy both from "
    "my.telegram.org again.",
    "API_ID_PUBLISHED_FLOOD": "LOGGIONE_API_ID is one that was published, and Telegram lets nobody in with "
    "it: make one of your own on my.telegram.org.",
    "PHONE_NUMBER_BANNED": "Telegram has banned this number: take another account, or appeal to Telegram.",
    "PHONE_NUMBER_FLOOD": "This number has asked for too many codes: try again tomorrow.",
    "PHONE_NUMBER_UNOCCUPIED": "No Telegram account has this number: make one with an official app.",
    "PHONE_PASSWORD_FLOOD": "Somebody has tried too many passwords: try again tomorrow.",
    "PHONE_PASSWORD_PROTECTED": "This account asks for its password first, which only official apps can do: "
    "try --qr.",
    "SIGN_IN_UNSUPPORTED": "For this number Telegram asks for what only official apps can do: use one "
    "first, or try --qr.",
    "UNREACHABLE": "Telegram was not reached: see whether this machine is on the Internet, and "
    "whether TCP port 443 leaves it.",
    "USER_DEACTIVATED": "Telegram has closed this account: take another one.",
    "USER_DEACTIVATED_BAN": "Telegram has banned this account: take another one, or appeal to Telegram.",
}

_TOKEN = re.compile(r"\d+:[\w-]{20,}")
_PHONE = re.compile(r"[0-9]{7,15}")
_WRONG_PASSWORD = ("PASSWORD_HASH_INVALID", "SRP_ID_INVALID", "SRP_PASSWORD_CHANGED")


class Gate(Protocol):
    """Telegram's gate, as `voice.accounts.gate.Gate` has it: each method may raise `GateRefused`."""

    async def send_code(self, phone: str) -> str:
        """Have a code sent; by which way it goes."""

    async def send_code_otherwise(self) -> str:
        """Have it sent by the next way."""

    async def enter_code(self, code: str) -> Arrival:
        """Sign in; raises `PasswordNeeded`, too."""

    async def enter_password(self, password: str) -> Arrival:
        """Sign in."""

    async def invite(self, but_for: list[int]) -> Invitation | Arrival:
        """What to scan, or who has; raises `PasswordNeeded`, too."""

    async def await_scan(self, patience: float) -> bool:
        """Whether it is scanned within so many seconds."""

    async def log_out(self) -> None:
        """End the session again."""


OpenGate = Callable[[], AbstractAsyncContextManager[Gate]]


async def log_in(
    terminal: Conversation, sessions: Sessions, open_gate: OpenGate, name: str, by_qr: bool
) -> None:
    """Sign an account in and keep its session under a name; nothing is kept unless all went well.

    Raises:
        CannotRun: with what to do about it.
    """
    known = _known(sessions, name)
    terminal.say(WARNING)
    try:
        async with open_gate() as gate:
            sign_in = _SignIn(terminal, gate)
            arrival = await (sign_in.by_qr(list(known)) if by_qr else sign_in.by_phone())
            await _keep(sessions, gate, name, arrival, known)
    except GateRefused as refusal:
        raise CannotRun(sentence_of(refusal.name)) from refusal
    terminal.say(
        f"Logged in: {_printable(arrival.name)}, called {name!r} here. `loggione doctor` looks it over."
    )


def sentence_of(reason: str) -> str:
    """What Telegram's refusal of a sign-in means, and what to do."""
    wait = flood_wait(reason)
    if wait:
        return f"Telegram has had too many tries and asks for a pause: try again in {duration(wait)}."
    return _SENTENCES.get(
        reason, f"Telegram does not let this account in ({reason}): try again later, or try --qr."
    )


def _known(sessions: Sessions, name: str) -> dict[int, str]:
    """The accounts that are logged in, by their numbers; see that another one of this name may be kept."""
    try:
        sessions.demand_new(name)
        sessions.check()
    except SessionsRefused as refused:
        raise CannotRun(str(refused)) from refused
    known = {}
    for other in sessions.names():
        with suppress(SessionsRefused):  # one that is damaged keeps no other out
            known[person_of(sessions.read(other))] = other
    return known


async def _keep(
    sessions: Sessions, gate: Gate, name: str, arrival: Arrival, known: Mapping[int, str]
) -> None:
    """Keep the session, or end it again and say why."""
    try:
        if arrival.is_bot:
            raise CannotRun("That is a bot, and bots cannot take part in calls: log in an ordinary account.")
        if arrival.person in known:
            there = known[arrival.person]
            raise CannotRun(f"{_printable(arrival.name)} is logged in here already, as {there!r}.")
        try:
            sessions.write(name, arrival.session)
        except SessionsRefused as refused:
            raise CannotRun(str(refused)) from refused
    except CannotRun:
        with suppress(GateRefused):
            await gate.log_out()
        raise


class _SignIn:
    """One account's way through the gate; what is mistyped is asked for again."""

    def __init__(self, terminal: Conversation, gate: Gate) -> None:
        self._terminal = terminal
        self._gate = gate
        self._phone = ""

    async def by_phone(self) -> Arrival:
        """By its number, the code that is sent to it, and its password if it has one."""
        self._tell(await self._send_code())
        while True:
            code = await self._terminal.ask("The code (Enter alone to have it sent another way):")
            try:
                if code:
                    return await self._gate.enter_code(_code(code))
                self._tell(await self._gate.send_code_otherwise())
            except PasswordNeeded as needed:
                return await self._by_password(needed.hint)
            except GateRefused as refusal:
                await self._try_again(refusal)

    async def by_qr(self, but_for: list[int]) -> Arrival:
        """By codes that are drawn until one is scanned; each lives for about half a minute."""
        self._terminal.say(
            "On the account's phone open Telegram, Settings, Devices, Link Desktop Device, and scan:"
        )
        try:
            while True:
                invitation = await self._gate.invite(but_for)
                if isinstance(invitation, Arrival):
                    return invitation
                self._terminal.say(drawn(invitation.url))
                await self._gate.await_scan(min(max(invitation.seconds, 1.0), REFRESH))
        except PasswordNeeded as needed:
            return await self._by_password(needed.hint)

    async def _send_code(self) -> str:
        """Have a code sent to a number that is asked for until it is one; by which way it goes."""
        while True:
            typed = await self._terminal.ask(
                "The account's phone number, with the country's code, such as +39 06 555 0100:"
            )
            if _TOKEN.fullmatch(typed):
                raise CannotRun(
                    "That is a bot's token, and bots cannot take part in calls: use an ordinary account."
                )
            self._phone = _bare(typed)
            try:
                if _PHONE.fullmatch(self._phone):
                    return await self._gate.send_code(self._phone)
            except GateRefused as refusal:
                if refusal.name != "PHONE_NUMBER_INVALID":
                    raise
            self._terminal.say("That is no phone number: try again.")

    async def _try_again(self, refusal: GateRefused) -> None:
        """Say what was wrong with a code, and have a new one sent if need be."""
        match refusal.name:
            case "PHONE_CODE_INVALID" | "PHONE_CODE_EMPTY":
                self._terminal.say("That is not the code: try again.")
            case "PHONE_CODE_EXPIRED":
                self._terminal.say("That code has expired.")
                self._tell(await self._gate.send_code(self._phone))
            case "SEND_CODE_UNAVAILABLE":
                self._terminal.say("There is no other way: wait for the code that was sent.")
            case _:
                raise refusal

    async def _by_password(self, hint: str) -> Arrival:
        self._terminal.say("The account has two-step verification.")
        about = f" (your hint: {_printable(hint)})" if hint else ""
        while True:
            password = await self._terminal.ask_secretly(f"Its password{about}:")
            try:
                if password:
                    return await self._gate.enter_password(password)
            except GateRefused as refusal:
                if refusal.name not in _WRONG_PASSWORD:
                    raise
            self._terminal.say("That is not the password: try again.")

    def _tell(self, way: str) -> None:
        self._terminal.say(f"Telegram has sent a code {_WAYS.get(way, 'to you')}.")


def _bare(typed: str) -> str:
    """A number without what people write between its digits."""
    return re.sub(r"[\s()./+-]", "", typed)


def _code(typed: str) -> str:
    """A code as Telegram wants it; some are words, which stay as they are."""
    return _bare(typed) if _bare(typed).isdecimal() else typed


def _printable(text: str) -> str:
    """Words of others, without what would steer the terminal."""
    return "".join(character for character in text if character.isprintable())
