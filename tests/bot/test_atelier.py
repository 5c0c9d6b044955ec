"""The process that draws: its pictures, its deaths, and that it never outlives the bot."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from bot.atelier import TRIES, Atelier, Patience, open_atelier
from bot.errors import NotDrawn, PictureUnusable
from bot.pictures import Dressed, Order, Statistics
from bot.pictures.painting import draw_cover, dress_cover
from bot.pictures.sheet import draw_sheet
from tests.bot.pictures.gallery import a_cover, encoded
from tests.bot.pictures.ledger import AUDIENCE, LABELS, SHARES, TALKS

PHOTO = encoded(Image.new("RGB", (640, 480), "purple"), "JPEG")
COUNTED = Statistics(LABELS, TALKS, AUDIENCE, SHARES)

DIES_OF_ANYTHING = """
import socket, sys
open(sys.argv[1], "a").write("x")
with socket.socket(fileno=int(sys.argv[2])) as link:
    link.sendall(bytes(5))
    link.recv(1)
"""


shared = pytest.mark.asyncio(loop_scope="module")
"""For tests of one atelier that is at work already; they find and leave a process that is well."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def atelier() -> AsyncIterator[Atelier]:
    async with open_atelier() as atelier:
        await atelier.warm_up()
        yield atelier


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def at_work(atelier: Atelier) -> int:
    """The number of its process, which is there."""
    assert atelier.pid is not None
    assert is_there(atelier.pid)
    return atelier.pid


@shared
async def test_it_draws_what_is_asked_for(atelier: Atelier) -> None:
    assert await atelier.draw(a_cover()) == draw_cover(a_cover())
    assert await atelier.draw(Dressed(PHOTO, a_cover())) == dress_cover(PHOTO, a_cover())
    assert await atelier.draw(COUNTED) == draw_sheet(COUNTED)


@shared
async def test_whoever_asks_side_by_side_gets_their_own_picture_from_one_process(atelier: Atelier) -> None:
    covers = [a_cover(f"Talk {number}") for number in range(8)]
    pid = at_work(atelier)
    assert await asyncio.gather(*map(atelier.draw, covers)) == [draw_cover(cover) for cover in covers]
    assert at_work(atelier) == pid


@shared
@pytest.mark.parametrize("photo", [b"", b"no picture", PHOTO[:200], b"x" * 1_000_000])
async def test_a_photo_that_is_none_is_refused_and_the_process_goes_on(
    atelier: Atelier, photo: bytes
) -> None:
    pid = at_work(atelier)
    with pytest.raises(PictureUnusable):
        await atelier.draw(Dressed(photo, a_cover()))
    assert await atelier.draw(a_cover()) == draw_cover(a_cover())
    assert at_work(atelier) == pid


@shared
async def test_a_photo_of_many_megabytes_arrives_whole(atelier: Atelier) -> None:
    photo = encoded(Image.effect_noise((3000, 3000), 200), "PNG")
    assert len(photo) > 5_000_000
    assert await atelier.draw(Dressed(photo, a_cover())) == dress_cover(photo, a_cover())


@shared
async def test_a_bug_in_drawing_is_told_with_its_place_and_the_process_goes_on(atelier: Atelier) -> None:
    pid = at_work(atelier)
    with pytest.raises(RuntimeError, match=r"painting\.py"):
        await atelier.draw(a_cover(title=None))  # type: ignore[arg-type]
    assert at_work(atelier) == pid


@shared
async def test_a_process_that_is_killed_while_it_draws_is_replaced_and_the_picture_drawn_anew(
    atelier: Atelier,
) -> None:
    async with asyncio.TaskGroup() as group:
        first = at_work(atelier)
        os.kill(first, signal.SIGSTOP)  # it takes the order and cannot draw
        drawing = [group.create_task(atelier.draw(a_cover(title))) for title in ("One", "Two")]
        await asyncio.sleep(0)
        os.kill(first, signal.SIGKILL)
        assert await asyncio.gather(*drawing) == [draw_cover(a_cover(title)) for title in ("One", "Two")]
        assert at_work(atelier) != first
        assert not is_there(first)


@shared
async def test_a_process_that_died_unnoticed_is_replaced(atelier: Atelier) -> None:
    first = at_work(atelier)
    os.kill(first, signal.SIGABRT)
    assert await atelier.draw(a_cover()) == draw_cover(a_cover())
    assert at_work(atelier) != first


async def test_a_process_that_is_stuck_is_replaced() -> None:
    async with open_atelier(patience=Patience(drawing=2.0)) as atelier:
        await atelier.warm_up()
        first = at_work(atelier)
        os.kill(first, signal.SIGSTOP)
        assert await atelier.draw(a_cover()) == draw_cover(a_cover())
        assert not is_there(first)


@shared
async def test_nobody_gets_the_picture_of_somebody_who_went_away(atelier: Atelier) -> None:
    async with asyncio.TaskGroup() as group:
        pid = at_work(atelier)
        impatient = group.create_task(atelier.draw(a_cover("One")))
        await asyncio.sleep(0)
        impatient.cancel()
        assert await atelier.draw(a_cover("Two")) == draw_cover(a_cover("Two"))
        assert at_work(atelier) == pid


async def test_a_picture_of_which_every_process_dies_is_given_up_and_says_so(tmp_path: Path) -> None:
    born = tmp_path / "born"
    async with open_atelier([sys.executable, "-c", DIES_OF_ANYTHING, str(born)]) as atelier:
        with pytest.raises(NotDrawn, match="does not get through"):
            await atelier.draw(a_cover())
    assert len(born.read_text()) == TRIES


DIES_OF_BOMBS = """
import sys
from bot.pictures import __main__ as child

def drawn(order, draw=child.drawn):
    return sys.exit() if getattr(order, "photo", b"") == b"bomb" else draw(order)

child.drawn = drawn
child.main()
"""


async def test_what_waits_behind_a_picture_that_kills_is_drawn() -> None:
    async with open_atelier([sys.executable, "-c", DIES_OF_BOMBS]) as atelier, asyncio.TaskGroup() as group:
        bomb = group.create_task(refused(atelier, Dressed(b"bomb", a_cover())))
        behind = [group.create_task(atelier.draw(a_cover(title))) for title in ("One", "Two")]
    assert bomb.result()
    assert [one.result() for one in behind] == [draw_cover(a_cover(title)) for title in ("One", "Two")]


async def refused(atelier: Atelier, order: Order) -> bool:
    """Whether it is given up."""
    try:
        await atelier.draw(order)
    except NotDrawn:
        return True
    return False


@pytest.mark.parametrize("command", [("/nowhere/at/all",), (sys.executable, "-c", "")])
async def test_where_no_process_can_be_started_it_says_so_and_only_when_a_picture_is_wanted(
    command: tuple[str, ...],
) -> None:
    async with open_atelier(command) as atelier:
        await atelier.warm_up()
        with pytest.raises(NotDrawn):
            await atelier.draw(a_cover())


async def test_the_process_ends_with_the_atelier_even_in_the_middle_of_a_picture() -> None:
    async with open_atelier() as atelier:
        await atelier.warm_up()
        idle = at_work(atelier)
    assert not is_there(idle)
    async with open_atelier() as atelier, asyncio.TaskGroup() as group:
        await atelier.warm_up()
        busy = at_work(atelier)
        os.kill(busy, signal.SIGSTOP)
        group.create_task(atelier.draw(a_cover())).cancel()
    assert not is_there(busy)


@shared
async def test_it_hears_no_ctrl_c(atelier: Atelier) -> None:
    assert os.getpgid(at_work(atelier)) != os.getpgid(0)


ORPHANING = """
import asyncio, os, signal
from bot.atelier import open_atelier

async def main():
    async with open_atelier() as atelier:
        {warm_up}
        os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    "warm_up",
    [
        "await atelier.warm_up()",
        "asyncio.ensure_future(atelier.warm_up()); await asyncio.sleep(0.3)",
    ],
    ids=["at rest", "while it warms up"],
)
def test_a_killed_bot_leaves_no_process_behind_and_nothing_is_printed(warm_up: str) -> None:
    program = ORPHANING.format(warm_up=warm_up)
    parent = subprocess.run(  # ends when nobody holds its pipes any more, the orphan included
        [sys.executable, "-c", program], capture_output=True, check=False, timeout=60
    )
    assert parent.returncode == -signal.SIGKILL
    assert parent.stdout + parent.stderr == b""


def test_the_bot_itself_imports_nothing_that_draws() -> None:
    heavy = {"PIL", "numpy", "matplotlib", "fontTools"}
    program = f"import sys, bot.application; sys.exit(bool({heavy!r} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
