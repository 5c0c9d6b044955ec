"""The gallery's covers: drawn once, as announced, and without a word to Telegram."""

import asyncio
from dataclasses import replace

import pytest

from bot.card_pictures import cover_of
from bot.covers import KEPT, AnnouncedCovers
from bot.errors import NotDrawn
from bot.pictures import Cover, Dressed, Order, Squared
from rooms.errors.gallery import NoCover
from rooms.room import Room
from tests.bot.forum import LANGUAGES, settings_for
from tests.bot.opened import opened
from tests.fakes.groups import CAREERS
from tests.fakes.talks import a_plan, a_room


class Sketchbook:
    """Notes what is to be drawn, and takes a moment for it."""

    def __init__(self) -> None:
        self.orders: list[Order] = []
        self.is_broken = False

    async def warm_up(self) -> None:
        """It is."""

    async def draw(self, order: Order) -> bytes:
        self.orders.append(order)
        await asyncio.sleep(0)
        if self.is_broken:
            raise NotDrawn
        return f"{type(order).__name__} {len(self.orders)}".encode()


@pytest.fixture
def covers() -> AnnouncedCovers:
    return AnnouncedCovers(settings_for("http://127.0.0.1", "token"), LANGUAGES)


def titled(title: str) -> Room:
    return a_room(plan=a_plan(title))


async def test_a_thousand_who_look_at_once_cost_one_drawing(covers: AnnouncedCovers) -> None:
    sketchbook = Sketchbook()
    with covers.by(sketchbook):
        seen = await asyncio.gather(*(covers.cover(a_room(), CAREERS) for _ in range(1000)))
    assert set(seen) == {b"Cover 1"}
    assert sketchbook.orders == [cover_of(opened())], "it is the announcement's"


async def test_what_changes_on_it_is_drawn_anew(covers: AnnouncedCovers) -> None:
    with covers.by(Sketchbook()):
        seen = [await covers.cover(titled(title), CAREERS) for title in ("One", "Two", "One")]
    assert seen == [b"Cover 1", b"Cover 2", b"Cover 1"]


async def test_a_host_s_own_picture_is_the_one_that_was_announced(covers: AnnouncedCovers) -> None:
    room = replace(a_room(), plan=replace(a_plan(), cover="a-file"))
    with covers.by(Sketchbook()) as atelier:
        assert await covers.cover(room, CAREERS) == b"Cover 1", "nothing is got from Telegram for a listener"
        await atelier.draw(Dressed(b"a photo", cover_of(opened(room=room))))
        assert await covers.cover(room, CAREERS) == b"Dressed 2"


async def test_only_the_latest_are_kept(covers: AnnouncedCovers) -> None:
    sketchbook = Sketchbook()
    with covers.by(sketchbook):
        for number in range(KEPT + 1):
            await covers.cover(titled(f"Talk {number}"), CAREERS)
        await covers.cover(titled("Talk 0"), CAREERS)
    assert len(sketchbook.orders) == KEPT + 2
    assert all(isinstance(order, Cover) for order in sketchbook.orders)


async def test_while_nothing_can_be_drawn_there_is_none(covers: AnnouncedCovers) -> None:
    with pytest.raises(NoCover):
        await covers.cover(a_room(), CAREERS)
    sketchbook = Sketchbook()
    sketchbook.is_broken = True
    with covers.by(sketchbook):
        with pytest.raises(NoCover):
            await covers.cover(a_room(), CAREERS)
        sketchbook.is_broken = False
        assert await covers.cover(a_room(), CAREERS) == b"Cover 2"


async def test_a_square_one_is_made_of_it_and_once(covers: AnnouncedCovers) -> None:
    sketchbook = Sketchbook()
    with covers.by(sketchbook):
        seen = [await covers.square(a_room(), CAREERS) for _ in range(3)]
    assert seen == [b"Squared 2"] * 3
    assert sketchbook.orders[1] == Squared(b"Cover 1")


async def test_there_is_no_square_one_while_the_bot_is_down(covers: AnnouncedCovers) -> None:
    with pytest.raises(NoCover):
        await covers.square(a_room(), CAREERS)
