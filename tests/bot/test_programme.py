"""The list of a group's talks."""

from dataclasses import replace
from datetime import timedelta

from bot.programme import MOST, listed
from bot.refusals import Speech
from rooms.recurrence import Recurrence
from rooms.room import RoomState
from tests.bot.forum import LANGUAGES, ROME, Forum, buttons, data_of, labels
from tests.bot.speeches import BOTH
from tests.fakes.clock import NOON
from tests.fakes.talks import ADA, MINUTE, a_plan, a_room

ENGLISH = Speech(LANGUAGES.of("en"), ROME)


async def test_anybody_sees_what_is_planned_with_a_link_to_the_programme(forum: Forum) -> None:
    await forum.schedule()
    answer = await forum.ask(forum.chiara, "/rooms")
    assert (
        answer.text
        == "Careers after 40\nWednesday 25 November 2026, 18:30 Europe/Rome, tomorrow\nhosted by Ada"
    )
    key = forum.store.records.groups.rows[forum.rooms()[0].plan.chat].programme_key
    assert buttons(answer) == [{"text": "🗓 Programme", "url": f"https://talks.example/g/{key}"}]


async def test_an_empty_programme_says_how_a_talk_is_planned(forum: Forum) -> None:
    answer = await forum.ask(forum.chiara, "/rooms")
    assert answer.text == "Nothing is on the programme. An admin plans a talk with /schedule."


async def test_in_private_it_says_where_talks_live(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/rooms", forum.private(forum.ada))
    assert answer.text.startswith("Talks live in groups")


def test_a_talk_on_air_says_until_when() -> None:
    room = a_room(RoomState.LIVE, a_plan(starts_at=NOON))
    assert listed([room], ENGLISH, NOON + MINUTE).endswith("\non now, until 13:45\nhosted by Ada")


def test_a_long_programme_is_cut_and_says_so() -> None:
    rooms = [
        a_room(plan=a_plan(f"Talk {number}", NOON + timedelta(days=number))) for number in range(1, MOST + 5)
    ]
    text = listed(rooms, ENGLISH, NOON)
    assert text.count("Talk ") == MOST
    assert text.endswith("The programme shows the rest.")


def test_titles_are_escaped() -> None:
    room = a_room(plan=replace(a_plan(), title="<i>&"))
    assert "&lt;i&gt;&amp;" in listed([room], ENGLISH, NOON)


async def test_the_list_is_of_one_topic_on_demand_and_by_button(forum: Forum) -> None:
    await forum.schedule("Talk one #careers | tomorrow 18:30")
    await forum.schedule("Talk two #sport | tomorrow 20:30")
    await forum.schedule("Talk three #careers | Friday 20:30")
    await forum.schedule("Talk four | Saturday 20:30")
    every = await forum.ask(forum.chiara, "/rooms")
    assert labels(every) == ["#careers", "#sport", "🗓 Programme"]
    for written in ("careers", "#careers", " #Careers "):
        some = await forum.ask(forum.chiara, f"/rooms {written}")
        assert titles(some.text) == ["Talk one #careers", "Talk three #careers"]
    assert labels(some) == ["All topics", "#sport", "🗓 Programme"]
    sport = data_of(some, "#sport")
    for _ in range(2):
        await forum.press(forum.daniele, some, sport)
    await forum.until(lambda: titles(some.text) == ["Talk two #sport"])
    await forum.tap(forum.daniele, some, "All topics")
    await forum.until(lambda: len(titles(some.text)) == 4)


async def test_a_topic_without_talks_is_told_from_an_empty_programme(italian_forum: Forum) -> None:
    answer = await italian_forum.ask(italian_forum.ada, "/rooms musica")
    assert answer.text == "Nel programma non c'è nulla su #musica."
    answer = await italian_forum.ask(italian_forum.ada, "/rooms a!b")
    assert answer.text.startswith("“#a!b” non può essere un ")


async def test_a_topic_that_no_talk_has_any_more_shows_all(forum: Forum) -> None:
    room = await forum.schedule("Talk one #careers | tomorrow 18:30")
    await forum.schedule("Talk two | tomorrow 20:30")
    every = await forum.ask(forum.chiara, "/rooms")
    async with forum.store.writing() as records:
        await records.rooms.remove(room.id)
    await forum.tap(forum.chiara, every, "#careers")
    await forum.until(lambda: titles(every.text) == ["Talk two"])


async def test_a_series_is_called_by_its_rhythm(forum: Forum) -> None:
    await forum.ask(forum.ada, "/rooms")
    tomorrow = NOON + timedelta(days=1)
    recurrence = Recurrence("FREQ=WEEKLY;BYDAY=WE", tomorrow.astimezone(ROME).replace(tzinfo=None), ROME)
    plan = replace(a_plan(starts_at=tomorrow), chat=forum.customs().chat, thread=None)
    draft = await forum.planning.propose(plan, ADA, recurrence=recurrence)
    await forum.planning.confirm(draft.id, ADA)
    answer = await forum.ask(forum.chiara, "/rooms")
    assert "hosted by Ada · 🔁 every Wednesday at 13:00" in answer.text


def titles(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("Talk ")]


def test_the_longest_titles_fit_a_message() -> None:
    rooms = [a_room(plan=a_plan("<&>" * 66, NOON + timedelta(days=number))) for number in range(1, MOST)]
    for speech in BOTH:
        text = listed(rooms, speech, NOON)
        assert len(text.striptags()) + text.count("\n") < 4096
