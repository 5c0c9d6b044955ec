"""The pool: several relay accounts as one; a call that one of them loses is taken over by another."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from rooms.errors.calls import (
    CallRefused,
    CallUnreachable,
    NoAccount,
    RelayElsewhere,
    RelayLacksRights,
    RelayNotInChat,
    RelayResting,
)
from rooms.ids import ChatId, RoomId
from rooms.ports import Fault, RelayRestarted
from voice.errors import AccountRefused
from voice.messages.commands import Check, Close, Command, Open, Plan, Unplan
from voice.messages.reports import Answer, Checked, Ousted, Report
from voice.pool.child import Patience
from voice.pool.desks import CallDesk, FloorDesk, SoundDesk
from voice.pool.homes import Homes
from voice.pool.relay import Relay
from voice.pool.standing import Condition, Standing
from voice.recording.salvage import salvage

log = logging.getLogger(__name__)

_NOT_THERE = (Fault.NOT_IN_CHAT, Fault.LACKS_RIGHTS)
"""What another account may do better."""

_ITS_OWN = (RelayNotInChat, RelayLacksRights, RelayElsewhere)
"""Refusals that another account need not meet."""

ABSENCE = 6.0
"""Seconds for which an account may be down before another one takes over its calls."""

LOOK_EVERY = 1.0
"""Seconds between two looks at who is down."""

Trouble = Callable[[str, str], None]
"""Told the name of an account with which something is wrong, and why: see `app.troubles`."""


class Pool(CallDesk, FloorDesk, SoundDesk):
    """The ports over any number of relay accounts, each with processes of its own, as long as `run` runs.

    A call is opened by the account that had it last; by another one if that is not in the group, may not
    manage calls there, was thrown out, is down, or is told by Telegram to rest or that it is refused. When
    all of them are refused, what was recorded is finished all the same.
    """

    def __init__(
        self,
        commands: Mapping[str, Sequence[str]],
        environment: Mapping[str, str] | None = None,
        patience: Patience = Patience(),  # noqa: B008  it is immutable
        trouble: Trouble = lambda _name, _reason: None,
        recordings: Path = Path("recordings"),
    ) -> None:
        """Take the command of each account's relay process, by the account's name; see `Relay`.

        `recordings` is the folder under which those record, each room in its own.
        """
        super().__init__()
        self._recordings = recordings
        self.is_up = asyncio.Event()
        """Set once an account takes commands."""
        self._trouble = trouble
        self._members = {
            name: _Member(name, self, command, environment, patience) for name, command in commands.items()
        }
        for name, member in self._members.items():
            member.troubled = partial(trouble, name)
        self._homes = Homes(self._members)
        self.refused = self._homes.refused
        """The accounts that Telegram refuses, and why."""

    @property
    def pids(self) -> Mapping[str, int]:
        """The number of the process that takes commands for each account that is up."""
        return {name: one.pid for name, one in self._members.items() if one.pid is not None}

    @property
    def homes(self) -> Mapping[RoomId, str]:
        """Which account has the call of each room that is open."""
        return self._homes.known

    @property
    def standings(self) -> Mapping[str, Standing]:
        """How each account stands now."""
        return {name: self._standing(member) for name, member in self._members.items()}

    async def run(self) -> None:
        """Keep every account at work, for ever.

        Raises:
            AccountRefused: Telegram refuses all of them; its reason for the last.
        """
        async with asyncio.TaskGroup() as lives:
            ways_up = [lives.create_task(self._await_up(member)) for member in self._members.values()]
            working = [lives.create_task(self._keep(member)) for member in self._members.values()]
            watching = lives.create_task(self._watch())
            await asyncio.wait(working)
            for task in (*ways_up, watching):
                task.cancel()
        raise AccountRefused(next(reversed(self.refused.values())))

    async def ask(self, command: Command, chat: ChatId, patience: float) -> Answer | None:
        """Have the account whose business it is carry out a command; see `Desk`."""
        match command:
            case Open(opening=opening):
                return await self._open(command, opening.room, chat, patience)
            case Check():
                return await self._check(command, chat, patience)
            case Plan() | Unplan():
                return await self._by_anybody(command, chat, patience)
            case Close(room=room):
                answer = await self._close(command, room, chat, patience)
                self._homes.close(room)
                return answer
            case _:
                return await self._homes.holder(command.room, chat).ask(command, chat, patience)  # type: ignore[union-attr]  # all others have one

    def oust(self, room: RoomId, name: str) -> None:
        """An account cannot be in a room's call, which goes on: another one is to be, or it says why not."""
        log.warning("the relay account %s lost the call of room %s", name, room)
        self._homes.oust(room, name)
        if not self._homes.fit(room):
            self._homes.readmit(room)  # asked anew, they refuse until that is mended
        self._bulletin.post(RelayRestarted(room))

    async def _open(self, command: Command, room: RoomId, chat: ChatId, patience: float) -> Answer | None:
        async def ask(member: "_Member") -> Answer | None:
            answer = await member.ask(command, chat, patience)
            self._homes.settle(room, chat, member.name)
            return answer

        try:
            return await self._first_to(ask, self._homes.fit(room, chat), chat, self._homes.home(room))
        except _ITS_OWN:
            self._homes.readmit(room)  # the others cannot: who was thrown out may have been let in again
            raise

    async def _close(self, command: Command, room: RoomId, chat: ChatId, patience: float) -> Answer | None:
        """Have the call ended and the recording finished; where no account is left, the latter at least."""
        try:
            holder = self._homes.holder(room, chat)
        except NoAccount:
            log.warning("no account is left to end the call of room %s: its recording is finished", room)
            return await salvage(self._recordings / str(room), patience)
        return await holder.ask(command, chat, patience)

    async def _by_anybody(self, command: Command, chat: ChatId, patience: float) -> Answer | None:
        async def ask(member: "_Member") -> Answer | None:
            answer = await member.ask(command, chat, patience)
            self._homes.prefer(chat, member.name)
            return answer

        return await self._first_to(ask, self._homes.fit(chat=chat), chat)

    async def _check(self, command: Command, chat: ChatId, patience: float) -> Answer | None:
        """The faults of the account that would hold the call: of one that is there, if any is."""
        answers = []
        for member in self._homes.fit(chat=chat):
            answer = await member.ask(command, chat, patience)
            if isinstance(answer, Checked) and not set(_NOT_THERE) & set(answer.faults):
                return answer
            answers.append(answer)
        if not answers:
            raise self._homes.nobody(chat)
        return answers[0]

    async def _first_to(
        self,
        ask: "Callable[[_Member], Awaitable[Answer | None]]",
        members: Sequence["_Member"],
        chat: ChatId,
        home: str | None = None,
    ) -> Answer | None:
        """The answer of the first who can give one; else the refusal of the first who was asked."""
        refusals: list[CallRefused] = []
        for member in members:
            try:
                return await ask(member)
            except _ITS_OWN as refusal:
                refusals.append(refusal)
            except RelayResting as refusal:
                refusals.append(refusal)
                if member.name == home:  # it is in the call, and may not see to something else there
                    break
            except CallUnreachable as refusal:
                refusals.append(refusal)
                if member.is_up.is_set():
                    break
        raise refusals[0] if refusals else self._homes.nobody(chat)

    def _standing(self, member: "_Member") -> Standing:
        if member.name in self.refused:
            return Standing(Condition.REFUSED, self.refused[member.name])
        if member.rests_for:
            return Standing(Condition.RESTING, seconds=member.rests_for)
        return Standing(Condition.UP if member.is_up.is_set() else Condition.STARTING)

    async def _watch(self) -> None:
        """Note how the accounts stand, and let others take over what one had that is down for long."""
        noted: dict[str, Condition] = {}
        while True:
            for name, standing in self.standings.items():
                if noted.get(name) is not standing.condition:
                    log.info("the relay account %s is %s", name, standing.condition)
                    noted[name] = standing.condition
                member = self._members[name]
                if member.down_for > ABSENCE or (member.down_for and member.rests_for):
                    self._hand_over(name)
            await asyncio.sleep(LOOK_EVERY)

    def _hand_over(self, name: str) -> None:
        """Let another account take over the calls of this one, if there is one that can."""
        can_others = any(one.is_up.is_set() and not one.rests_for for one in self._members.values())
        if can_others and self._homes.vacate(name):
            log.warning("the relay account %s is down: another one takes over", name)
            self._bulletin.post(RelayRestarted())

    async def _keep(self, member: "_Member") -> None:
        """Keep an account at work until Telegram refuses it; then the others take over what it had."""
        try:
            await member.run()
        except AccountRefused as refusal:
            reason = str(refusal)
            log.error("Telegram refuses the relay account %s: %s", member.name, reason)
            self.refused[member.name] = reason
            self._trouble(member.name, reason)
            self._homes.vacate(member.name)
            self._bulletin.post(RelayRestarted())

    async def _await_up(self, member: "_Member") -> None:
        await member.is_up.wait()
        self.is_up.set()


class _Member(Relay):
    """An account of the pool: its sound and its events are the pool's."""

    def __init__(
        self,
        name: str,
        pool: Pool,
        command: Sequence[str],
        environment: Mapping[str, str] | None,
        patience: Patience,
    ) -> None:
        super().__init__(command, environment, patience)
        self.name = name
        self._pool = pool
        self._airwaves = pool._airwaves  # noqa: SLF001  what is heard of all is one
        self._bulletin = pool._bulletin  # noqa: SLF001
        self._continuity = pool._continuity  # noqa: SLF001

    def _hear(self, report: Report) -> None:
        if isinstance(report, Ousted):
            self._pool.oust(report.room, self.name)
        else:
            super()._hear(report)
