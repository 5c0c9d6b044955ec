"""Several relay accounts as one: what one of them cannot do, or can do no more, another does."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from rooms.errors.calls import (
    CallUnreachable,
    NoAccount,
    RelayDiskRefused,
    RelayElsewhere,
    RelayLacksRights,
    RelayNotInChat,
    RelayResting,
)
from rooms.ids import ChatId, RoomId
from rooms.ports import CallEnded, CallEvent, CallRegained, Fault, Opening, RecordingTorn, RelayRestarted
from tests.deadline import DEADLINE
from tests.sandbox.waiting import until
from tests.voice.mastering.tape import ADA, tape_talk
from tests.voice.understudy import cast_of, quiet_of
from voice.errors import AccountRefused
from voice.pool.child import Patience
from voice.pool.pool import Pool
from voice.pool.standing import Condition

ROOM, CHAT = RoomId(7), ChatId(-1001)
UNDERSTUDY = [sys.executable, "-m", "tests.voice.understudy"]
QUICK = Patience(calm=0.0)


class Company:
    """A pool of two accounts, and what is told of it."""

    def __init__(self, folder: Path, names: tuple[str, ...] = ("anna", "bea")) -> None:
        self.troubles: list[tuple[str, str]] = []
        self._folder = folder
        self._names = names
        for name in names:
            (folder / name).mkdir()
        commands = {name: [*UNDERSTUDY, str(folder / name / name)] for name in names}
        self.recordings = folder / "recordings"
        told = lambda name, reason: self.troubles.append((name, reason))  # noqa: E731
        self.pool = Pool(commands, None, QUICK, told, self.recordings)

    def opening(self, title: str = "Talk", room: RoomId = ROOM) -> Opening:
        return Opening(room, CHAT, title, is_live=False)

    async def all_up(self) -> None:
        await until(lambda: len(self.pool.pids) == len(self._names))

    def quieten(self, name: str) -> None:
        """From now on Telegram lets no process of the account in."""
        quiet_of(self._folder / name / name).touch()

    def knocks(self, name: str) -> int:
        """How often Telegram was asked to let the account in since."""
        return len(quiet_of(self._folder / name / name).read_text().splitlines())

    def cast(self, name: str) -> list[int]:
        """All processes of the account that there were, in order."""
        came = cast_of(self._folder / name / name)
        return [int(line) for line in came.read_text().splitlines()] if came.exists() else []

    def condition(self, name: str) -> Condition:
        return self.pool.standings[name].condition

    def kill(self, name: str) -> None:
        os.kill(self.pool.pids[name], signal.SIGKILL)


@asynccontextmanager
async def at_work(company: Company) -> AsyncIterator[AsyncIterator[CallEvent]]:
    async with asyncio.TaskGroup() as tasks:
        run = tasks.create_task(company.pool.run())
        async with company.pool.events() as events:
            await company.all_up()
            yield events
        run.cancel()


async def next_of(events: AsyncIterator[CallEvent], kind: type[CallEvent]) -> CallEvent:
    async with asyncio.timeout(DEADLINE):
        while not isinstance(event := await anext(events), kind):
            pass
    return event


@pytest.fixture
def company(tmp_path: Path) -> Company:
    return Company(tmp_path)


async def test_a_call_is_opened_by_an_account_that_is_in_the_group(company: Company) -> None:
    async with at_work(company):
        await company.pool.open(company.opening("not anna"))
        await company.pool.open(company.opening("not bea", RoomId(8)))
        assert company.pool.homes == {ROOM: "bea", RoomId(8): "anna"}


async def test_who_had_a_call_keeps_it(company: Company) -> None:
    async with at_work(company):
        await company.pool.open(company.opening("not anna"))
        await company.pool.open(company.opening())
        assert company.pool.homes == {ROOM: "bea"}


async def test_where_no_account_may_the_first_refusal_is_told(company: Company) -> None:
    async with at_work(company):
        with pytest.raises(RelayLacksRights):
            await company.pool.open(company.opening("refuse"))


async def test_an_account_that_is_thrown_out_is_followed_by_another(company: Company) -> None:
    async with at_work(company) as events:
        await company.pool.open(company.opening("not anna"))
        await company.pool.go_live(ROOM)  # of which the understudy is thrown out
        await next_of(events, RelayRestarted)
        await company.pool.open(company.opening())
        assert company.pool.homes == {ROOM: "anna"}


async def test_when_all_are_thrown_out_they_are_asked_anew_and_nobody_closed_the_call(
    company: Company,
) -> None:
    async with at_work(company) as events, asyncio.timeout(DEADLINE):
        for title in ("not anna", "not bea"):
            await company.pool.open(company.opening(title))
            await company.pool.go_live(ROOM)  # of which bea is thrown out, and then anna
            while not isinstance(event := await anext(events), RelayRestarted):
                assert event != CallEnded(ROOM)
        with pytest.raises(RelayElsewhere):
            await company.pool.open(company.opening("elsewhere"))
        await company.pool.open(company.opening())
        assert company.pool.homes == {ROOM: "anna"}


async def test_what_an_account_cannot_have_that_is_elsewhere_another_opens(company: Company) -> None:
    async with at_work(company):
        await company.pool.open(company.opening("anna elsewhere"))
        assert company.pool.homes == {ROOM: "bea"}


async def test_an_account_that_telegram_refuses_is_told_of_once_and_loses_its_calls(company: Company) -> None:
    async with at_work(company) as events:
        await company.pool.open(company.opening("not bea"))
        await company.pool.open(company.opening("log out anna"))
        await next_of(events, RelayRestarted)
        assert company.pool.homes == {ROOM: "bea"}
        assert company.troubles == [("anna", "SESSION_REVOKED")]
        assert company.pool.refused == {"anna": "SESSION_REVOKED"}


async def test_when_telegram_refuses_all_of_them_there_is_nothing_left_to_do(company: Company) -> None:
    with pytest.RaisesGroup(pytest.RaisesExc(AccountRefused, match="SESSION_REVOKED")):
        async with at_work(company), asyncio.timeout(DEADLINE):
            with pytest.raises(CallUnreachable):
                await company.pool.open(company.opening("log out"))
            await asyncio.Event().wait()


async def test_the_death_of_one_leaves_the_other_s_calls_alone(company: Company) -> None:
    async with at_work(company) as events:
        await company.pool.open(company.opening("not anna"))
        company.kill("anna")
        await next_of(events, RelayRestarted)
        await company.all_up()
        assert company.pool.homes == {ROOM: "bea"}
        await company.pool.open(company.opening())


async def test_what_is_missing_when_another_account_has_taken_over_is_told_once(company: Company) -> None:
    async with at_work(company) as events:
        await company.pool.open(company.opening("not anna"))
        company.kill("bea")
        await next_of(events, RelayRestarted)
        await company.pool.open(company.opening("three seconds later"))
        regained = await next_of(events, CallRegained)
        assert regained == CallRegained(ROOM, timedelta(seconds=4) - 2 * timedelta(milliseconds=20))
        await company.pool.open(company.opening("three seconds later"))
        company.pool._bulletin.post(CallEnded(ROOM))
        while (event := await anext(events)) != CallEnded(ROOM):
            assert not isinstance(event, CallRegained)


async def test_what_is_closed_after_a_restart_anybody_closes(company: Company) -> None:
    async with at_work(company):
        assert await company.pool.close(ROOM) is not None


async def test_the_fault_of_one_account_is_none_where_another_is_well(company: Company) -> None:
    async with at_work(company):
        assert await company.pool.check(CHAT) == (Fault.NOT_IN_CHAT, Fault.DISK_FULL)


async def test_who_was_thrown_out_is_asked_again_where_the_others_are_not_in_the_group(
    company: Company,
) -> None:
    async with at_work(company) as events:
        await company.pool.open(company.opening("not anna"))
        await company.pool.go_live(ROOM)  # of which bea is thrown out
        await next_of(events, RelayRestarted)
        with pytest.raises(RelayNotInChat):
            await company.pool.open(company.opening("not anna"))
        await company.pool.open(company.opening("not anna"))  # somebody has let her in again
        assert company.pool.homes == {ROOM: "bea"}


async def test_a_call_that_an_account_may_not_open_yet_another_opens(company: Company) -> None:
    async with at_work(company):
        await company.pool.open(company.opening("rest anna"))
        assert company.pool.homes == {ROOM: "bea"}
        assert (company.condition("anna"), company.condition("bea")) == (Condition.RESTING, Condition.UP)
        assert 690 < company.pool.standings["anna"].seconds <= 700
        await company.pool.open(company.opening("rest anna", RoomId(8)))
        assert company.troubles == [("anna", "FLOOD_WAIT_700")]


async def test_who_has_a_call_keeps_it_while_it_rests(company: Company) -> None:
    async with at_work(company):
        await company.pool.open(company.opening("not bea"))
        with pytest.raises(RelayResting):
            await company.pool.open(company.opening("rest anna"))
        await company.pool.open(company.opening())
        assert company.pool.homes == {ROOM: "anna"}


async def test_a_call_that_a_resting_account_falls_out_of_is_not_over(tmp_path: Path) -> None:
    company = Company(tmp_path, ("anna",))
    async with at_work(company) as events:
        await company.pool.open(company.opening())
        with pytest.raises(RelayResting):
            await company.pool.open(company.opening("rest anna"))
        await company.pool.go_live(ROOM)  # of which anna falls out
        assert isinstance(await next_of(events, RelayRestarted), RelayRestarted)
        await company.pool.open(company.opening())


async def test_an_account_that_is_not_let_in_yet_is_not_tried_before_its_time(company: Company) -> None:
    company.quieten("anna")
    async with asyncio.TaskGroup() as tasks:
        run = tasks.create_task(company.pool.run())
        await until(lambda: company.condition("anna") is Condition.RESTING)
        await until(lambda: company.condition("bea") is Condition.UP)
        await company.pool.open(company.opening())
        assert company.pool.homes == {ROOM: "bea"}
        await until(lambda: len(company.cast("anna")) == 2)
        for _ in range(100):  # time enough to knock, for one that does not wait
            await company.pool.open(company.opening())
        assert company.knocks("anna") == 1
        assert company.troubles == [("anna", "FLOOD_WAIT_700")]
        run.cancel()


async def test_an_only_account_that_is_not_let_in_yet_says_so_at_once(tmp_path: Path) -> None:
    company = Company(tmp_path, ("anna",))
    company.quieten("anna")
    async with asyncio.TaskGroup() as tasks:
        run = tasks.create_task(company.pool.run())
        await until(lambda: company.condition("anna") is Condition.RESTING)
        async with asyncio.timeout(DEADLINE):
            with pytest.raises(RelayResting, match=r"FLOOD_WAIT_(700|699)"):
                await company.pool.open(company.opening())
        run.cancel()


async def test_the_calls_of_an_account_that_is_not_let_in_again_another_takes_over(company: Company) -> None:
    async with at_work(company) as events:
        await company.pool.open(company.opening("not bea"))
        company.quieten("anna")
        company.kill("anna")
        await next_of(events, RelayRestarted)
        await company.pool.open(company.opening())
        assert company.pool.homes == {ROOM: "bea"}


async def all_refused(company: Company) -> None:
    """Telegram logs the only account out."""
    with pytest.RaisesGroup(pytest.RaisesExc(AccountRefused, match="SESSION_REVOKED")):
        async with at_work(company), asyncio.timeout(DEADLINE):
            with pytest.raises(CallUnreachable):
                await company.pool.open(company.opening("log out"))
            await asyncio.Event().wait()
    assert company.condition("anna") is Condition.REFUSED


async def test_where_all_are_refused_a_recording_is_finished_all_the_same(tmp_path: Path) -> None:
    company = Company(tmp_path, ("anna",))
    tape_talk(company.recordings / str(ROOM), 3, {ADA: [(0, 3)]})
    await all_refused(company)
    first = await company.pool.close(ROOM)
    assert first is not None
    assert (first.room, first.path) == (ROOM, company.recordings / str(ROOM) / "talk.ogg")
    assert round(first.duration.total_seconds()) == 3
    assert await company.pool.close(ROOM) == first


async def test_where_all_are_refused_that_is_what_is_said(tmp_path: Path) -> None:
    company = Company(tmp_path, ("anna",))
    await all_refused(company)
    with pytest.raises(NoAccount, match="SESSION_REVOKED"):
        await company.pool.open(company.opening())
    assert await company.pool.close(ROOM) is None, "nothing was recorded"
    assert await company.pool.check(CHAT) == (Fault.RELAY_DOWN,)


async def test_a_disk_that_refuses_is_an_operators_business(company: Company) -> None:
    async with at_work(company):
        with pytest.raises(RelayDiskRefused):
            await company.pool.open(company.opening("disk full"))
        assert company.troubles == [("anna", "DISK_REFUSES")]


async def test_a_recording_that_the_disk_does_not_take_is_the_operator_s_and_the_host_s(
    company: Company,
) -> None:
    async with at_work(company) as events:
        await company.pool.open(company.opening("torn"))
        assert await next_of(events, RecordingTorn) == RecordingTorn(ROOM)
        assert company.troubles == [("anna", "DISK_REFUSES")]
