"""Somebody at the terminal who answers as planned, and a gate that answers as Telegram does."""

from collections import deque
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.login import Gate
from app.supervision import CannotRun
from tests.app.sessions import a_session
from voice.accounts.arrivals import Arrival, Invitation

PERSON = 4711
RELAY = Arrival(PERSON, "Loggione relay", False, a_session(person=PERSON))


class Somebody:
    """Types these answers, one after the other, then ends the input; remembers what was said."""

    def __init__(self, *answers: str) -> None:
        self._answers = deque(answers)
        self.heard: list[str] = []
        self.blind: list[str] = []
        """The questions that were answered without showing it."""

    @property
    def all_heard(self) -> str:
        return "\n".join(self.heard)

    def say(self, text: str) -> None:
        self.heard.append(text)

    async def ask(self, question: str) -> str:
        self.heard.append(question)
        if not self._answers:
            raise CannotRun("The input ended.")
        return self._answers.popleft()

    async def ask_secretly(self, question: str) -> str:
        self.blind.append(question)
        return await self.ask(question)

    @property
    def unsaid(self) -> Sequence[str]:
        return list(self._answers)


Step = str | Arrival | Invitation | Exception


@dataclass
class ScriptedGate:
    """Gives the next answer of the script of each method; remembers what was asked of it."""

    codes: list[Step] = field(default_factory=lambda: ["App"])
    otherwise: list[Step] = field(default_factory=list)
    sign_ins: list[Step] = field(default_factory=lambda: [RELAY])
    passwords: list[Step] = field(default_factory=lambda: [RELAY])
    invitations: list[Step] = field(default_factory=list)
    asked: list[tuple[str, object]] = field(default_factory=list)
    is_logged_out: bool = False
    is_open: bool = False

    async def send_code(self, phone: str) -> str:
        return str(self._answer("send_code", phone, self.codes))

    async def send_code_otherwise(self) -> str:
        return str(self._answer("otherwise", None, self.otherwise))

    async def enter_code(self, code: str) -> Arrival:
        return self._arrival("code", code, self.sign_ins)

    async def enter_password(self, password: str) -> Arrival:
        return self._arrival("password", password, self.passwords)

    async def invite(self, but_for: list[int]) -> Invitation | Arrival:
        step = self._answer("invite", list(but_for), self.invitations)
        assert isinstance(step, Invitation | Arrival)
        return step

    async def await_scan(self, patience: float) -> bool:
        self.asked.append(("await_scan", patience))
        return True

    async def log_out(self) -> None:
        self.is_logged_out = True

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Gate]:
        self.is_open = True
        yield self
        self.is_open = False

    def given(self, what: str) -> list[object]:
        return [value for name, value in self.asked if name == what]

    def _arrival(self, what: str, given: str, script: list[Step]) -> Arrival:
        step = self._answer(what, given, script)
        assert isinstance(step, Arrival)
        return step

    def _answer(self, what: str, given: object, script: list[Step]) -> Step:
        self.asked.append((what, given))
        step = script.pop(0)
        if isinstance(step, Exception):
            raise step
        return step
