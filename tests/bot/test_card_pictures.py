"""What a card's picture shows, and when it has to be another one."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.card_pictures import cover_of, mark_of, picture_of
from bot.connection import make_bot
from bot.errors import NotDrawn
from bot.letters import Opened
from bot.pictures import Cover, Dressed
from rooms.ids import NOBODY
from rooms.room import RoomState
from sandbox.world.entities import StoredFile
from tests.bot.desk import open_desk
from tests.bot.easel import Easel
from tests.bot.flaky import refusal
from tests.bot.forum import Forum, served, settings_for
from tests.bot.opened import opened
from tests.bot.speeches import ITALIAN
from tests.fakes.talks import HOUR, a_plan, a_room


def with_plan(**changes: object) -> Opened:
    return opened(room=a_room(plan=replace(a_plan(), **changes)))  # type: ignore[arg-type]


def test_it_says_what_the_card_says_in_the_group_s_language() -> None:
    cover = cover_of(opened())
    assert (cover.title, cover.when, cover.zone) == (
        "Careers after 40", "Tuesday 24 November 2026, 14:00", "Europe/Rome",
    )  # fmt: skip
    assert (cover.hosts, cover.group, cover.topic, cover.badge) == (
        "hosted by Ada", "Careers Forum", "careers", None,
    )  # fmt: skip
    assert cover_of(opened(speech=ITALIAN)).when == "martedì 24 novembre 2026, 14:00"


@pytest.mark.parametrize(
    ("state", "badge"),
    [(RoomState.SCHEDULED, None), (RoomState.OPENING, "Live"), (RoomState.LIVE, "Live"),
     (RoomState.CLOSING, None),
     (RoomState.ENDED, "Over"), (RoomState.CANCELLED, "Cancelled"), (RoomState.MISSED, "Missed")],
)  # fmt: skip
def test_a_badge_tells_the_state(state: RoomState, badge: str | None) -> None:
    assert cover_of(opened(room=a_room(state))).badge == badge


def test_its_mark_is_another_one_whenever_the_picture_would_be() -> None:
    marks = {
        mark_of(one)
        for one in (
            opened(), with_plan(title="Other"), with_plan(starts_at=a_plan().starts_at + HOUR),
            with_plan(host_name="Bruno"), with_plan(topic=None), with_plan(cover="a-file"),
            with_plan(cover="b-file"),
            opened(room=a_room(RoomState.LIVE)), opened(speech=ITALIAN),
        )
    }  # fmt: skip
    assert len(marks) == 9


def test_its_mark_stays_where_only_the_words_change() -> None:
    same = {
        mark_of(one)
        for one in (opened(), opened(coming=(1, 2, 3)), with_plan(description="x"), with_plan(seats=3))
    }
    assert same == {mark_of(opened())}


async def test_it_is_a_jpeg_of_a_landscape_whoever_hosts() -> None:
    async with open_desk() as desk:
        for letter in (opened(), with_plan(host=NOBODY, host_name=""), with_plan(title="長い" * 100)):
            image = Image.open(BytesIO(await picture_of(desk.bot, desk.easel, letter)))
            assert image.format == "JPEG"
            assert image.width > image.height


async def test_the_host_s_own_picture_is_dressed_and_one_that_is_gone_is_drawn() -> None:
    async with open_desk() as desk:
        drawn = await picture_of(desk.bot, desk.easel, with_plan())
        desk.telegram.next(
            "getFile", refusal(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        )
        assert await picture_of(desk.bot, desk.easel, with_plan(cover="gone")) == drawn


async def test_a_file_that_is_no_picture_is_drawn_over_and_one_that_is_one_is_dressed() -> None:
    forum = Forum()
    photo = BytesIO()
    Image.new("RGB", (640, 480), "purple").save(photo, "JPEG")
    for name, content in (("text", b"no picture"), ("photo", photo.getvalue())):
        forum.world.messages.keep(StoredFile(name, f"unique-{name}", content))
    async with served(forum.api) as address, make_bot(settings_for(address)) as bot:
        drawn = await picture_of(bot, Easel(), with_plan())
        assert await picture_of(bot, Easel(), with_plan(cover="text")) == drawn
        dressed = await picture_of(bot, Easel(), with_plan(cover="photo"))
    assert dressed != drawn
    assert Image.open(BytesIO(dressed)).format == "JPEG"


async def test_a_picture_that_nobody_survives_is_drawn_over() -> None:
    forum, easel = Forum(), Easel()
    forum.world.messages.keep(StoredFile("bomb", "unique-bomb", b"bomb"))
    easel.refused[Dressed] = NotDrawn()
    async with served(forum.api) as address, make_bot(settings_for(address)) as bot:
        assert await picture_of(bot, easel, with_plan(cover="bomb")) == await picture_of(
            bot, easel, with_plan()
        )
        easel.refused[Cover] = NotDrawn()
        with pytest.raises(NotDrawn):
            await picture_of(bot, easel, with_plan(cover="bomb"))
