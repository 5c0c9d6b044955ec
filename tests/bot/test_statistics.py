"""/stats: a picture and three sentences, whatever there is to show."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from telegram import Message
from telegram.error import BadRequest

from bot.connection import make_bot
from bot.errors import NotDrawn
from bot.pictures import Statistics
from bot.pictures.sheet import draw_sheet
from bot.refusals import Speech
from bot.seals import Seal
from bot.statistics import Stats, sentences, statistics_of
from bot.visits import Visit
from rooms.ids import PersonId, RoomId
from rooms.measures import Measure, TalkTime
from rooms.moderation import Ban
from rooms.reviewing import Review, Reviewing
from rooms.room import RoomState
from tests.bot.easel import Easel
from tests.bot.flaky import Flaky, refusal
from tests.bot.forum import Forum, settings_for
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.groups import CAREERS
from tests.fakes.store import MemoryStore
from tests.fakes.talks import a_plan, a_room

MINUTE = timedelta(minutes=1)
CAPTION = 1024


def a_review(number: int, *, measured: bool = True, title: str = "") -> Review:
    """The talk of that many days ago, to which as many came."""
    plan = a_plan(title or f"Talk {number}", NOON - timedelta(days=number))
    room = replace(a_room(RoomState.ENDED, plan), id=RoomId(number))
    spoken = (TalkTime(PersonId(1), "Ada", 30 * MINUTE), TalkTime(PersonId(2), "Bruno", 10 * MINUTE))
    audience = ((timedelta(0), 1), (5 * MINUTE, number), (40 * MINUTE, 0))
    return Review(room, number, Measure(room.id, audience, spoken) if measured else None)


@pytest.mark.parametrize("number", [0, 1, 2, 20])
@pytest.mark.parametrize("measured", [True, False])
@pytest.mark.parametrize("speech", BOTH, ids=["en", "it"])
def test_any_number_of_talks_becomes_a_picture_and_fits_under_it(
    number: int, measured: bool, speech: Speech
) -> None:
    reviews = [a_review(one, measured=measured, title="<&>" * 66) for one in range(number, 0, -1)]
    picture = draw_sheet(statistics_of(reviews, "Careers", speech))
    assert Image.open(BytesIO(picture)).format in ("PNG", "JPEG")
    if reviews:
        assert 0 < len(" ".join(sentences(reviews, speech))) <= CAPTION


def test_three_sentences_say_how_it_went() -> None:
    reviews = [a_review(4), a_review(3), a_review(2, measured=False)]
    assert sentences(reviews, ENGLISH) == [
        "In the latest 3 talks, 3 said on average that they come.",
        "Best attended was “Talk 4”, with 4 people in the call.",
        "In “Talk 3”, Ada spoke longest: 75 % of the time.",
    ]
    assert sentences(reviews, ITALIAN) == [
        "Negli ultimi 3 incontri hanno detto che venivano, in media, in 3.",
        "Il più seguito è stato “Talk 4”, con 4 persone nella chat vocale.",
        "In “Talk 3” ha parlato più a lungo Ada: il 75 % del tempo.",
    ]


def test_one_talk_is_spoken_of_as_one() -> None:
    assert sentences([a_review(1)], ENGLISH)[:2] == [
        "In the latest talk 1 said that they come.",
        "Best attended was “Talk 1”, with 1 person in the call.",
    ]


def test_what_was_not_measured_is_said_to_be_so() -> None:
    assert sentences([a_review(1, measured=False)], ENGLISH)[1:] == [
        "How many were in the call was not measured yet.",
        "Who spoke how long was not measured yet.",
    ]
    silent = replace(a_review(1), measure=Measure(RoomId(1), ((timedelta(0), 0),), ()))
    assert sentences([silent], ENGLISH)[2] == "Who spoke how long was not measured yet."
    assert statistics_of([silent], "Careers", ENGLISH).shares == []


def test_the_picture_shows_the_latest_talk_that_was_measured() -> None:
    shown = statistics_of([a_review(4), a_review(3), a_review(2, measured=False)], "Careers", ENGLISH)
    assert [(talk.coming, talk.came) for talk in shown.talks] == [(4, 4), (3, 3), (2, None)]
    assert shown.audience == [(0.0, 1), (5.0, 3), (40.0, 0)]
    assert shown.shares == [("Ada", 0.75), ("Bruno", 0.25)]


async def an_ended_talk(forum: Forum) -> None:
    room = await forum.schedule()
    async with forum.store.writing() as records:
        await records.rooms.save(replace(room, state=RoomState.ENDED))


async def test_before_the_first_talk_there_is_a_sentence_alone(italian_forum: Forum) -> None:
    answer = await italian_forum.ask(italian_forum.chiara, "/stats")
    assert answer.text == "Qui non si è ancora tenuto nessun incontro: non c'è nulla da mostrare."


async def test_members_and_anonymous_admins_may_ask(forum: Forum) -> None:
    await an_ended_talk(forum)
    for answer in (
        await forum.ask(forum.chiara, "/stats"),
        await forum.reply_to(forum.say(forum.bruno, "/stats", sender_chat=forum.group.id)),
    ):
        assert answer.media is not None
        assert answer.media.kind == "photo"
        assert answer.text.startswith("In the latest talk nobody said that they come.")


async def test_the_banned_and_private_chats_get_none(forum: Forum) -> None:
    await an_ended_talk(forum)
    async with forum.store.writing() as records:
        chat = forum.customs().chat
        await records.bans.save(Ban(chat, PersonId(forum.chiara), "Chiara", "", None))
    assert "You are banned" in (await forum.ask(forum.chiara, "/stats")).text
    answer = await forum.ask(forum.ada, "/stats", forum.private(forum.ada))
    assert answer.text.startswith("Talks live in groups")


async def test_where_no_picture_can_be_drawn_the_sentences_stand_alone(forum: Forum) -> None:
    await an_ended_talk(forum)
    forum.easel.refused[Statistics] = NotDrawn()
    answer = await forum.ask(forum.chiara, "/stats")
    assert answer.media is None
    assert answer.text.startswith("In the latest talk nobody said that they come.")


async def test_where_no_pictures_may_be_sent_the_sentences_stand_alone() -> None:
    store = MemoryStore()
    async with store.writing() as records:
        room = await records.rooms.add(a_plan(), "key", NOON)
        await records.rooms.save(replace(room, state=RoomState.ENDED))
    chat = {"id": CAREERS.chat, "type": "supergroup", "title": "Careers"}
    said = {"message_id": 5, "date": 0, "chat": chat, "sender_chat": chat, "text": "/stats"}
    message = Message.de_json(said)
    assert message is not None
    stats = Stats(Reviewing(store, FakeClock()), Easel())
    async with Flaky().served() as telegram, make_bot(settings_for(telegram.address)) as bot:
        telegram.next("sendPhoto", refusal(400, "Bad Request: not enough rights to send photos to the chat"))
        await stats.stats(Visit(bot, message, CAREERS, ENGLISH, NOON, Seal("token")))
        [sent] = telegram.fields("sendMessage")
        assert sent["text"].startswith("In the latest talk nobody said that they come.")
        telegram.next("sendPhoto", refusal(400, "Bad Request: chat not found"))
        with pytest.raises(BadRequest):
            await stats.stats(Visit(bot, message, CAREERS, ENGLISH, NOON, Seal("token")))
