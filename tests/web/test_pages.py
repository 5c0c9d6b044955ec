"""The pages in both languages, and what they never show."""

from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path

import pytest

from app.catalogues import load
from rooms.ids import PersonId
from rooms.listening import View
from rooms.plan import Admission
from rooms.receipts import Entry
from rooms.room import Room, RoomState
from rooms.stage import OnStage, Stage
from storage.receipt import HOLDINGS
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.store import MemoryStore
from tests.fakes.talks import a_plan
from tests.web.bills import a_talk
from web.bills import Bill
from web.pages import Pages

TEXTS = Path(__file__).parents[2] / "web" / "texts"
LANGUAGES = ("en", "it")


RECEIPT = [Entry(holding, 7) for holding in HOLDINGS]
PAGES = Pages(load(TEXTS), "0123456789abcdef", "https://talks.example")


async def a_room(state: RoomState = RoomState.LIVE, title: str = "Careers after 40") -> Room:
    async with MemoryStore().writing() as records:
        return replace(await records.rooms.add(a_plan(title), "listen-key", NOON), state=state)


async def page_of(language: str, state: RoomState = RoomState.LIVE, title: str = "Careers after 40") -> str:
    return PAGES.room(View(await a_room(state, title), Stage(), CAREERS), language)


@pytest.mark.parametrize(
    ("state", "english", "italian"),
    [
        (RoomState.SCHEDULED, "Upcoming", "In arrivo"),
        (RoomState.OPENING, "Doors open", "Porte aperte"),
        (RoomState.LIVE, "Live", "In diretta"),
        (RoomState.CLOSING, "Ending", "Si chiude"),
        (RoomState.ENDED, "Over", "Concluso"),
        (RoomState.CANCELLED, "Cancelled", "Annullato"),
        (RoomState.MISSED, "Did not take place", "Non si è tenuto"),
    ],
)
async def test_a_room_s_state_is_told_in_both_languages(state: RoomState, english: str, italian: str) -> None:
    assert f">{english}</span>" in await page_of("en", state)
    assert f">{italian}</span>" in await page_of("it", state)


async def test_a_room_shows_title_host_topic_group_and_the_group_s_time() -> None:
    page = await page_of("en")
    for text in ("Careers after 40", "Hosted by Ada", "#careers", "Careers Forum", "Europe/Rome"):
        assert text in page
    assert "Tuesday 24 November 2026, 14:00" in page
    assert "martedì 24 novembre 2026, 14:00" in await page_of("it")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_names_and_titles_are_shown_as_they_are_and_run_as_nothing(language: str) -> None:
    evil = "</script><script>alert(1)</script>"
    room = await a_room(title=evil)
    room = replace(room, plan=replace(room.plan, host_name=evil))
    page = PAGES.room(View(room, Stage((OnStage(PersonId(1), evil),)), CAREERS), language)
    page += PAGES.programme(Bill(replace(CAREERS, title=evil), [room], evil), language)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


async def test_without_javascript_there_is_a_player_while_there_is_sound() -> None:
    page = await page_of("en")
    assert '<source src="/l/listen-key/stream.ogg" type="audio/ogg; codecs=opus">' in page
    assert '<source src="/l/listen-key/stream.mp3" type="audio/mpeg">' in page
    assert '<a href="/l/listen-key/stream.mp3">stream.mp3</a>' in page
    assert "<audio controls" not in await page_of("en", RoomState.SCHEDULED)
    assert "<audio controls" not in await page_of("en", RoomState.ENDED)


async def test_a_room_s_page_does_not_give_away_the_programme_s_link_or_who_is_who() -> None:
    stage = Stage((OnStage(PersonId(987654321), "Bruno"),))
    page = PAGES.room(View(await a_room(), stage, CAREERS), "en")
    assert CAREERS.programme_key not in page
    assert "987654321" not in page
    assert str(CAREERS.chat) not in page


async def test_the_stage_is_told_in_the_reader_s_language() -> None:
    stage = Stage(
        (
            OnStage(PersonId(1), "Ada", is_muted=False, is_speaking=True),
            OnStage(PersonId(2), "Bruno", hand=1),
            OnStage(PersonId(3), "Chiara"),
        )
    )
    page = PAGES.room(View(await a_room(), stage, None), "it")
    for text in ("parla", "ha la mano alzata", "microfono spento"):
        assert f'<span class="does">{text}</span>' in page


async def test_the_programme_tells_now_from_next() -> None:
    later = replace(await a_room(RoomState.SCHEDULED, "Reading aloud"), listen_key="other-key")
    later = later.moved_to(NOON + timedelta(days=2), NOON)
    page = PAGES.programme(Bill(CAREERS, [await a_room(), later]), "en")
    assert page.index("On now") < page.index("Careers after 40") < page.index("Next")
    assert page.index("Next") < page.index("Reading aloud")
    assert 'href="/l/other-key"' in page
    assert "Thursday 26 November 2026, 13:00" in page


def test_an_empty_programme_says_so() -> None:
    assert "Nothing is planned" in PAGES.programme(Bill(CAREERS, []), "en")
    assert "non è previsto nulla" in PAGES.programme(Bill(CAREERS, []), "it")


def test_the_programme_of_a_topic_shows_that_one_and_leads_to_the_others() -> None:
    rooms = [a_talk(1), a_talk(2, topic="books", title="Reading aloud")]
    page = PAGES.programme(Bill(CAREERS, rooms, "books"), "en")
    assert "Reading aloud" in page
    assert "Careers after 40" not in page
    address = f"/g/{CAREERS.programme_key}"
    assert f'<a href="{address}/topics/books" aria-current="page">#books</a>' in page
    assert f'<a href="{address}/topics/careers">#careers</a>' in page
    assert f'<a href="{address}">All topics</a>' in page


def test_the_programme_tells_which_talks_are_not_for_all() -> None:
    admissions = (Admission.OPEN, Admission.MEMBERS, Admission.INVITED)
    rooms = [a_talk(number, admission=admission) for number, admission in enumerate(admissions)]
    page = PAGES.programme(Bill(CAREERS, rooms), "en")
    assert page.count(">For members</span>") == 1
    assert page.count(">For those who were invited</span>") == 1


@pytest.mark.parametrize("topic", [None, "books"])
def test_the_programme_offers_its_calendar_and_its_feed(topic: str | None) -> None:
    bill = Bill(CAREERS, [], topic)
    page = PAGES.programme(bill, "en")
    assert f'href="webcal://talks.example{bill.path}/calendar.ics"' in page
    assert f'<a href="{bill.path}/calendar.ics">' in page
    assert f'<a href="{bill.path}/feed.atom">' in page
    for kind in ('text/calendar" title="Careers Forum', 'application/atom+xml" title="Careers Forum'):
        assert f'<link rel="alternate" type="{kind}' in page


async def test_a_talk_can_be_put_in_a_calendar_until_it_begins() -> None:
    button = '<p id="calendar" class="buttons"{}><a class="button" href="/l/listen-key/talk.ics">'
    assert button.format("") in await page_of("en", RoomState.SCHEDULED)
    assert button.format(" hidden") in await page_of("en", RoomState.LIVE)


def test_a_room_shows_what_it_is_about() -> None:
    room = a_talk(description="One\n<b>two</b>")
    assert '<p class="about">One\n&lt;b&gt;two&lt;/b&gt;</p>' in PAGES.room(View(room, Stage(), None), "en")
    assert 'class="about"' not in PAGES.room(View(a_talk(), Stage(), None), "en")


@pytest.mark.parametrize(
    ("admission", "sentence"),
    [
        (Admission.MEMBERS, "This talk is for members of the group: take part in its voice chat"),
        (
            Admission.INVITED,
            "This talk is for those who were invited: take part in the voice chat",
        ),
    ],
)
def test_a_room_that_is_not_open_says_for_whom_it_is_and_has_nothing_to_hear(
    admission: Admission, sentence: str
) -> None:
    stage = Stage((OnStage(PersonId(1), "Bruno"),))
    page = PAGES.room(View(a_talk(state=RoomState.LIVE, admission=admission), stage, CAREERS), "en")
    assert f'<p class="status">{sentence}' in page
    assert f'<meta property="og:description" content="{sentence}' in page
    assert "<audio controls" not in page
    assert "Bruno" not in page
    assert '<p id="elsewhere" hidden>' in page
    assert '<span id="unseen" hidden>' in page


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_page_loads_anything_from_elsewhere_or_has_a_style_or_script_of_its_own(
    language: str,
) -> None:
    pages = [PAGES.front(language), PAGES.privacy(RECEIPT, language), PAGES.plain("unknown", language)]
    pages += [await page_of(language), PAGES.programme(Bill(CAREERS, [await a_room()]), language)]
    for page in pages:
        assert "style=" not in page
        assert "<style" not in page
        assert 'src="http' not in page
        assert 'href="http' not in page.replace('href="https://talks.example/oembed?', "")
        assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_receipt_tells_of_every_table_and_column_in_the_reader_s_language(language: str) -> None:
    page = unescape(PAGES.privacy(RECEIPT, language))
    words = load(TEXTS)[language]
    for holding in HOLDINGS:
        for text in (holding.what, holding.why, holding.until, holding.seen_by, holding.fate):
            assert words.gettext(text) in page or not text
        assert f"<code>{holding.table}</code>" in page
        for field in holding.fields:
            assert f'{words.gettext(field.what)} <code lang="en">{field.name}</code>' in page


def test_the_receipt_has_numbers_but_for_those_that_would_tell_of_listeners() -> None:
    (few,) = [holding for holding in HOLDINGS if holding.table == "ticket_holders"]
    (guests,) = [holding for holding in HOLDINGS if holding.table == "guests"]
    told = {
        rows: PAGES.privacy([Entry(holding, rows)], "en")
        for holding, rows in ((few, None), (few, 20), (guests, 1), (guests, 12))
    }
    for rows, text in ((None, "few rows, or none"), (20, "more than 20 rows"), (1, "1 row"), (12, "12 rows")):
        assert f'<p class="rows">{text}</p>' in told[rows]


def test_every_sentence_is_translated() -> None:
    for name in (
        "unknown",
        "full",
        "too_early",
        "over",
        "broken",
        "wrong_method",
        "unreadable",
        "members",
        "invited",
    ):
        assert PAGES.sentence(name, "it") != PAGES.sentence(name, "en")
