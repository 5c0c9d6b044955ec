"""`make evening`: plays an evening, hears it, and ends with 0 only if it truly happened."""

import asyncio
import sys
from pathlib import Path

import aiohttp

from app.machine import has_voice_interface
from tests.e2e.evening.critics import Verdict, judge
from tests.e2e.evening.house import free_ports, open_house
from tests.e2e.evening.report import tell, write
from tests.e2e.evening.script import Evening, Play

FOLDER = Path("var/evening")
LONGEST = 120.0
"""Seconds that the evening may last."""


async def play(data: Path) -> tuple[Evening, str]:
    """Play an evening; gives what is left of it, and in words what cut it short."""
    web, console = free_ports(2)
    async with open_house(data, web, console) as house, aiohttp.ClientSession() as session:
        performance = Play(house, session)
        try:
            async with asyncio.timeout(LONGEST):
                await performance.perform()
        except (TimeoutError, RuntimeError, StopIteration, KeyError, aiohttp.ClientError) as error:
            return performance.evening, f"{type(error).__name__} {error}".strip()
        performance.evening.seen["everything ends cleanly when told to"] = await house.end()
        return performance.evening, ""


def main() -> int:
    """Play, judge, report; the exit status."""
    if not has_voice_interface():
        print("The voice needs a network interface besides loopback, and this machine has none that is up.")
        return 2
    print("An evening is played on the sandbox; it takes about a minute ...", flush=True)
    for old in ("evening.json", "evening.ogg"):
        (FOLDER / old).unlink(missing_ok=True)
    evening, interruption = asyncio.run(play(FOLDER))
    if interruption:
        verdict = Verdict({**evening.seen, f"the evening goes on ({interruption})": False})
    else:
        verdict = judge(evening)
    write(verdict, evening.recording, FOLDER)
    print(tell(verdict))
    print(f"\n{'The evening happened.' if verdict.is_good else 'The evening did not go as it should.'}")
    print(f"See {FOLDER}/evening.json and listen to {FOLDER}/evening.ogg.")
    return 0 if verdict.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
