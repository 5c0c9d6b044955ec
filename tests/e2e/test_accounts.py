"""What becomes of a talk when Telegram refuses the account that holds its call."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.e2e.evening.analysis import decode, find
from tests.e2e.evening.crowd import Json
from tests.e2e.evening.ears import listen_again, listening
from tests.e2e.test_crashes import LIKE, say, until_audible
from tests.e2e.theatre import Theatre, open_theatre, until

ADA = 10_002
"""The operator: her number in every sandbox."""


@asynccontextmanager
async def theatre(folder: Path, accounts: int) -> AsyncIterator[Theatre]:
    """The program with so many relay accounts, whose operator Ada is, who has written to the bot before."""
    settings = {"LOGGIONE_OPERATOR": str(ADA), "LOGGIONE_SANDBOX_ACCOUNTS": str(accounts)}
    async with open_theatre(folder, **settings) as theatre:
        assert theatre.person("ada") == ADA
        await theatre.crowd.follow(ADA, "https://t.me/loggione_bot?start=")
        yield theatre


async def see_alarm(theatre: Theatre, says: str) -> Json:
    """What the operator is told in private."""
    return await theatre.crowd.see(ADA, ADA, lambda one: says in one["text"])


async def test_another_account_takes_a_talk_over_and_the_operator_is_told(tmp_path: Path) -> None:
    async with theatre(tmp_path, accounts=2) as here:
        link = await here.hold("Takeover")
        async with listening(here.session, f"{link}/stream.ogg") as heard:
            await until_audible(heard)
            holder = "relay" if await here.is_in_call("relay") else "spare"
            other = {"relay": "spare", "spare": "relay"}[holder]
            await here.crowd.end_session(holder, "SESSION_REVOKED")

            async def is_taken_over() -> bool:
                return await here.is_in_call(other)

            await until(is_taken_over)
            await until_audible(heard)
            said, _ = await say(here, "chiara", 0)
        assert find(said, listen_again(heard, "ogg").sound).likeness > LIKE
        alarm = await see_alarm(here, "its session was ended from another device")
        assert f"The relay account {holder} cannot work (SESSION_REVOKED)" in alarm["text"]
        assert find(said, decode(await here.replay())).likeness > LIKE


async def test_without_another_account_the_group_is_told_why_and_the_rest_goes_on(tmp_path: Path) -> None:
    async with theatre(tmp_path, accounts=1) as here:
        link = await here.hold("Refused")
        await here.crowd.end_session("relay", "USER_DEACTIVATED_BAN")
        trouble = "Telegram does not let the relay account in any more"
        await here.crowd.see(ADA, here.group, lambda one: trouble in one["text"])
        await see_alarm(here, "Telegram has banned the account")
        async with here.session.get(link) as page:
            assert page.status == 200
        await here.crowd.write(ADA, here.group, "/rooms")
        await here.crowd.see(ADA, here.group, lambda one: one["is_bot"] and "Refused" in one["text"])
        await here.end(signal.SIGTERM)
        assert await refusal_to_start(here) == (2, True)


async def refusal_to_start(theatre: Theatre) -> tuple[int | None, bool]:
    """The status of a start, and whether it said what to do."""
    program = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "app", "run", env=theatre.environment, stderr=asyncio.subprocess.PIPE
    )
    async with asyncio.timeout(60):
        _, said = await program.communicate()
    return program.returncode, b"Telegram has banned the account" in said
