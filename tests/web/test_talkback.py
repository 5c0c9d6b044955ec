"""What pages send to the stage: taken from our own pages only, limited, and answered with a sentence."""

import logging
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import aiohttp
import pytest

from app import catalogues
from rooms.audience import Reaction
from rooms.plan import Admission
from rooms.questioning import PAUSE
from rooms.questions import Question, QuestionState
from rooms.room import RoomState
from rooms.shutting import Shutting
from tests.fakes.talks import ADA
from tests.web.house import KEY, House, an_ear, open_house, opus, settled
from web.pages import Pages
from web.talkback import LONGEST_BODY, QUESTIONS, QUESTIONS_OF_A_TICKET

OURS = {"Sec-Fetch-Site": "same-origin"}
BALLOT, OTHER_BALLOT = "b" * 20, "c" * 20


class Page:
    """A page that is open in a browser, and what it is answered."""

    def __init__(self, house: House, session: aiohttp.ClientSession) -> None:
        self.house = house
        self.session = session
        self.place = house.page

    async def send(self, deed: str, what: object, **headers: str) -> tuple[int, str]:
        async with self.session.post(f"{self.place}/{deed}", json=what, headers=headers or OURS) as answer:
            return answer.status, (await answer.text()).strip()

    async def fill_in(self, deed: str, fields: dict[str, str]) -> aiohttp.ClientResponse:
        """As a browser without a script."""
        headers = {**OURS, "Accept": "text/html,*/*"}
        return await self.session.post(
            f"{self.place}/{deed}", data=fields, headers=headers, allow_redirects=False
        )

    @property
    def questions(self) -> list[Question]:
        return list(self.house.store.records.questions.rows.values())

    async def show(self, text: str = "How do I start?") -> Question:
        assert (await self.send("questions", {"text": text}))[0] == 202
        (asked,) = [one for one in self.questions if one.text == text]
        async with self.house.store.writing() as records:
            await records.questions.save(replace(asked, state=QuestionState.SHOWN))
        return asked

    async def count(self) -> list[int]:
        await self.house.clock.advance(PAUSE)
        await settled()
        return [one.votes for one in self.questions]


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house() as house:
        await house.become(RoomState.LIVE)
        yield house


@pytest.fixture
async def page(house: House) -> AsyncIterator[Page]:
    async with aiohttp.ClientSession() as session:
        yield Page(house, session)


async def test_a_question_is_put_to_the_host(page: Page) -> None:
    assert await page.send("questions", {"text": "How do I <b>start</b>?"}) == (
        202,
        "Thank you. Who minds the talk reads your question, without a name, and decides whether it is shown.",
    )
    assert [one.text for one in page.questions] == ["How do I <b>start</b>?"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Write your question in words"),
        (" \n ", "Write your question in words"),
        ("x" * 301, "A question has 300 characters at most."),
        ("a\x00b", "signs in your question that cannot be shown"),
        ("a\u202eb", "signs in your question that cannot be shown"),
    ],
)
async def test_what_is_no_question_is_answered_with_a_sentence(page: Page, text: str, said: str) -> None:
    status, sentence = await page.send("questions", {"text": text})
    assert (status, said in sentence) == (400, True), sentence
    assert page.questions == []


@pytest.mark.parametrize(
    ("deed", "what"),
    [
        ("questions", {}),
        ("questions", []),
        ("questions", {"text": 7}),
        ("questions", {"text": "Why?", "name": "Ada"}),
        ("votes", {"question": "x", "ballot": BALLOT}),
        ("votes", {"question": 1, "ballot": "short"}),
        ("votes", {"question": 1}),
        ("reactions", {"reaction": "boo", "ballot": BALLOT}),
        ("reactions", {"reaction": "heart", "ballot": "x" * 1000}),
    ],
)
async def test_what_is_not_understood_is_said_to_be_so(page: Page, deed: str, what: object) -> None:
    await page.show("Why?")
    (question,) = page.questions
    if isinstance(what, dict) and what.get("question") == 1:
        what = {**what, "question": question.id}
    assert (await page.send(deed, what))[0] == 400


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff\xfe", b'{"text": "\\ud800"}', b"text=hi", b"null", b'{"text":"a","text":"b"}x']
)
async def test_bytes_that_are_no_json_do_no_harm(page: Page, body: bytes) -> None:
    headers = {**OURS, "Content-Type": "application/json"}
    async with page.session.post(f"{page.place}/questions", data=body, headers=headers) as answer:
        assert answer.status == 400
    assert page.questions == []


async def test_what_is_sent_as_something_else_or_too_long_is_not_read(page: Page) -> None:
    for kind, body, status in (
        ("text/plain", b'{"text": "Why?"}', 400),
        ("multipart/form-data; boundary=x", b"--x--", 400),
        ("application/json", b'{"text": "' + b"x" * LONGEST_BODY + b'"}', 413),
    ):
        headers = {**OURS, "Content-Type": kind}
        async with page.session.post(f"{page.place}/questions", data=body, headers=headers) as answer:
            assert answer.status == status
    assert page.questions == []


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"X-Nothing": "says so"},
    ],
)
async def test_only_our_own_pages_send_anything(page: Page, headers: dict[str, str]) -> None:
    status, said = await page.send("questions", {"text": "Why?"}, **headers)
    assert (status, "from the talk's own page only" in said) == (403, True)
    assert page.questions == []


async def test_a_browser_that_tells_its_origin_only_is_believed(page: Page) -> None:
    assert (await page.send("questions", {"text": "Why?"}, Origin=page.house.url))[0] == 202
    assert (await page.send("questions", {"text": "And so?"}, Origin="http://127.0.0.1"))[0] == 202


async def test_a_flood_of_questions_is_stopped_kindly_and_forgotten_after_minutes(page: Page) -> None:
    for number in range(QUESTIONS.times):
        assert (await page.send("questions", {"text": f"Number {number}?"}))[0] == 202
    status, said = await page.send("questions", {"text": "One more?"})
    assert (status, said) == (
        429,
        "That was sent very often from here. Try again in a few minutes.",
    )
    await page.house.clock.advance(timedelta(minutes=5))
    assert (await page.send("questions", {"text": "Now?"}))[0] == 202


async def test_each_page_votes_once_and_takes_it_back(page: Page) -> None:
    question = await page.show()
    for ballot in (BALLOT, BALLOT, OTHER_BALLOT):
        assert await page.send("votes", {"question": question.id, "ballot": ballot}) == (204, "")
    assert await page.count() == [2]
    await page.send("votes", {"question": question.id, "ballot": BALLOT, "wants": False})
    assert await page.count() == [1]


async def test_what_cannot_be_voted_for_says_so(page: Page) -> None:
    status, said = await page.send("votes", {"question": 1, "ballot": BALLOT})
    assert (status, said) == (409, "This question cannot be voted for any more.")


async def test_reactions_are_felt_when_many_have_them_and_only_while_the_talk_is_live(page: Page) -> None:
    for number in range(6):
        what = {"reaction": "applause", "ballot": f"{number:020}"}
        assert await page.send("reactions", what) == (204, "")
    await page.house.clock.advance(timedelta(seconds=10))
    assert page.house.stages.murmur(page.house.room.id).reactions == ((Reaction.APPLAUSE, 5),)
    await page.house.become(RoomState.OPENING)
    assert (await page.send("reactions", {"reaction": "heart", "ballot": BALLOT}))[0] == 409


async def test_without_a_script_forms_do_the_same(page: Page) -> None:
    answer = await page.fill_in("questions", {"text": "Perché?"})
    shown = await answer.text()
    assert answer.status == 202
    assert "Your question is with the host" in shown
    assert f'<a href="/l/{KEY}">' in shown
    question = await page.show("Shown?")
    answer = await page.fill_in("votes", {"question": str(question.id), "ballot": BALLOT})
    assert (answer.status, answer.headers["Location"]) == (303, f"/l/{KEY}")
    assert sum(await page.count()) == 1
    answer = await page.fill_in("questions", {"text": " "})
    assert (answer.status, "<h1>There is no question</h1>" in await answer.text()) == (400, True)


async def test_the_page_has_forms_that_its_policy_permits_and_a_new_ballot_each_time(page: Page) -> None:
    question = await page.show("Is <i>this</i> safe?")
    ballots = set()
    for _ in range(2):
        async with page.session.get(page.place) as answer:
            shown = await answer.text()
            assert "form-action 'self'" in answer.headers["Content-Security-Policy"]
            assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "Is &lt;i&gt;this&lt;/i&gt; safe?" in shown
        assert f'name="question" value="{question.id}"' in shown
        assert f'method="post" action="/l/{KEY}/questions"' in shown
        ballots |= set(re.findall(r'name="ballot" value="([^"]{16,64})"', shown))
    assert len(ballots) == 4, "one for reactions and one for the question, on each of two pages"


async def test_no_answer_sets_a_cookie_or_may_be_kept(page: Page) -> None:
    for deed, what in (("questions", {"text": "Why?"}), ("votes", {}), ("reactions", {})):
        async with page.session.post(f"{page.place}/{deed}", json=what, headers=OURS) as answer:
            assert "Set-Cookie" not in answer.headers
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["Referrer-Policy"] == "no-referrer"


async def test_the_link_alone_says_nothing_in_a_room_for_members(page: Page) -> None:
    question = await page.show()
    await page.house.change(admission=Admission.MEMBERS)
    for deed, what in (
        ("questions", {"text": "Why?"}),
        ("votes", {"question": question.id, "ballot": BALLOT}),
        ("reactions", {"reaction": "heart", "ballot": BALLOT}),
    ):
        assert (await page.send(deed, what))[0] == 403
    async with page.session.get(page.place) as answer:
        assert question.text not in await answer.text()


async def test_a_ticket_asks_so_often_and_votes_once_whatever_ballots_it_draws(page: Page) -> None:
    question = await page.show()
    await page.house.change(admission=Admission.MEMBERS)
    seats = page.house.server._seats
    place = seats.show(page.house.room, b"number of the ticket")
    page.place = f"{page.house.page}/seats/{place}"
    for ballot in (BALLOT, OTHER_BALLOT):
        assert (await page.send("votes", {"question": question.id, "ballot": ballot}))[0] == 204
    again = seats.show(page.house.room, b"number of the ticket")
    page.place = f"{page.house.page}/seats/{again}"
    assert (await page.send("votes", {"question": question.id, "ballot": BALLOT}))[0] == 204
    assert await page.count() == [1]
    answers = [
        (await page.send("questions", {"text": f"Number {number}?"}))[0]
        for number in range(QUESTIONS_OF_A_TICKET + 1)
    ]
    assert answers == [202] * QUESTIONS_OF_A_TICKET + [429]
    page.place = f"{page.house.page}/seats/{place}"
    assert (await page.send("questions", {"text": "From a lost place?"}))[0] == 409


async def test_sentences_are_in_the_language_of_who_sent_it() -> None:
    texts = catalogues.load(catalogues.WEB_TEXTS)
    async with open_house(catalogues=texts) as house, aiohttp.ClientSession() as session:
        page = Page(house, session)
        _, said = await page.send("questions", {"text": ""}, **OURS, **{"Accept-Language": "it"})
    assert said == Pages(texts, "", house.url).sentence("wordless", "it")[1]


async def test_a_closed_gallery_ends_streams_tells_pages_and_takes_nothing_more(page: Page) -> None:
    house = page.house
    async with (
        page.session.get(f"{house.page}/events") as events,
        an_ear(page.session, f"{house.page}/stream.ogg") as ear,
    ):
        await house.murmuring.heard()
        await house.play(opus(440, 0.2))
        await Shutting(house.store, house.clock).close(house.room.id, ADA)
        with pytest.raises(aiohttp.ClientPayloadError):
            await ear.listen_to_the_end()
        assert b"event: closed\ndata: {}\n\n" in await events.content.read()
    for path in ("", "/events", "/stream.ogg", "/talk.ics"):
        async with page.session.get(house.page + path) as answer:
            assert answer.status == 410
            assert "An admin of the group has closed the gallery" in await answer.text()
    assert (await page.send("questions", {"text": "Why?"}))[0] == 410


async def test_a_closed_gallery_s_talk_stays_on_the_programme_without_its_link(page: Page) -> None:
    house = page.house
    closed = await Shutting(house.store, house.clock).close(house.room.id, ADA)
    programme = f"{house.url}/g/{(await programme_key(house))}"
    for path in ("", "/calendar.ics", "/feed.atom"):
        async with page.session.get(programme + path) as answer:
            shown = await answer.text()
        assert house.room.plan.title in shown
        for key in (KEY, closed.listen_key):
            assert f"/l/{key}" not in shown.replace("\r\n ", "")


async def programme_key(house: House) -> str:
    (group,) = house.store.records.groups.rows.values()
    return group.programme_key


async def test_who_talks_back_is_written_down_nowhere(
    page: Page, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    question = await page.show("A canary question?")
    canaries = {"User-Agent": "canary-agent", "Cookie": "canary=1", "X-Forwarded-For": "203.0.113.77"}
    for deed, what in (
        ("questions", {"text": "A canary in the mine?"}),
        ("votes", {"question": question.id, "ballot": "canary-ballot-of-mine"}),
        ("reactions", {"reaction": "heart", "ballot": "canary-ballot-of-mine"}),
        ("questions", {"canary": "x"}),
    ):
        await page.send(deed, what, **OURS, **canaries)
    await page.count()
    told = caplog.text + "".join(capfd.readouterr())
    for canary in ("canary", "203.0.113.77", "127.0.0.1", KEY):
        assert canary not in told
    on_record = repr(page.house.store.records.tables)
    for canary in ("canary-agent", "canary-ballot", "203.0.113.77", "127.0.0.1"):
        assert canary not in on_record
