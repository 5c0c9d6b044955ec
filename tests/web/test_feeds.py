"""Calendars and feeds over HTTP: whose they are, what they hold, how long they are good for."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import aiohttp
import feedparser
import pytest

from rooms.plan import Admission
from rooms.room import RoomState
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.web.bills import read_by_icalendar
from tests.web.house import KEY, UNTRANSLATED, House, asked, open_house
from web.feeds import Feeds
from web.headers import ALWAYS
from web.podcast import Premises

PROGRAMME = f"/g/{CAREERS.programme_key}"
FEEDS = {
    f"/l/{KEY}/talk.ics": "text/calendar; charset=utf-8",
    f"{PROGRAMME}/calendar.ics": "text/calendar; charset=utf-8",
    f"{PROGRAMME}/feed.atom": "application/atom+xml; charset=utf-8",
    f"{PROGRAMME}/topics/careers/calendar.ics": "text/calendar; charset=utf-8",
    f"{PROGRAMME}/topics/careers/feed.atom": "application/atom+xml; charset=utf-8",
}
DAY = timedelta(days=1)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with open_house(public_url="https://talks.example") as house:
        yield house


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def got(session: aiohttp.ClientSession, house: House, path: str) -> bytes:
    async with session.get(house.url + path) as answer:
        assert answer.status == 200
        return await answer.read()


async def titles(session: aiohttp.ClientSession, house: House, path: str = PROGRAMME) -> list[str]:
    events = read_by_icalendar(await got(session, house, f"{path}/calendar.ics"))
    entries = feedparser.parse(await got(session, house, f"{path}/feed.atom")).entries
    assert len(entries) == len(events)
    return [str(event["SUMMARY"]) for event in events]


@pytest.mark.parametrize(("path", "content_type"), FEEDS.items())
async def test_a_feed_is_dressed_like_all_else_and_may_be_kept_shortly(
    house: House, session: aiohttp.ClientSession, path: str, content_type: str
) -> None:
    async with session.get(house.url + path) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"] == content_type
        assert answer.headers["Cache-Control"] == "private, max-age=300"
        assert answer.headers["Last-Modified"] == "Tue, 24 Nov 2026 12:00:00 GMT"
        assert answer.headers["Strict-Transport-Security"]
        assert "Set-Cookie" not in answer.headers
        for name in ALWAYS.keys() - {"Cache-Control"}:
            assert answer.headers[name] == ALWAYS[name]


async def test_a_talk_s_file_is_called_after_it(house: House, session: aiohttp.ClientSession) -> None:
    async with session.get(f"{house.page}/talk.ics") as answer:
        assert 'filename="2026-11-24-careers-after-40.ics"' in answer.headers["Content-Disposition"]
    async with session.get(f"{house.url}{PROGRAMME}/topics/careers/feed.atom") as answer:
        assert 'filename="careers-forum-careers.atom"' in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("path", FEEDS)
async def test_whoever_has_the_latest_gets_nothing_new(
    house: House, session: aiohttp.ClientSession, path: str
) -> None:
    async with session.get(house.url + path) as answer:
        tag = answer.headers["ETag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        async with session.get(house.url + path, headers={"If-None-Match": known}) as answer:
            assert answer.status == 304
            assert answer.headers["ETag"] == tag
            assert await answer.read() == b""
    for known in ('"other"', "nonsense", tag.strip('"')):
        async with session.get(house.url + path, headers={"If-None-Match": known}) as answer:
            assert answer.status == 200


@pytest.mark.parametrize("path", FEEDS)
async def test_a_change_is_a_new_edition(house: House, session: aiohttp.ClientSession, path: str) -> None:
    async with session.get(house.url + path) as answer:
        tag = answer.headers["ETag"]
    await house.change(title="Jobs after 40")
    async with session.get(house.url + path, headers={"If-None-Match": tag}) as answer:
        assert answer.status == 200
        assert "Jobs after 40" in await answer.text()


async def test_a_date_alone_never_hides_a_change(house: House, session: aiohttp.ClientSession) -> None:
    """A draft may be older than the latest change that somebody has seen, and be confirmed after it."""
    path = f"{house.url}{PROGRAMME}/calendar.ics"
    async with session.get(path) as answer:
        date = answer.headers["Last-Modified"]
    await house.plan("another", title="Older, and confirmed only now")
    async with session.get(path, headers={"If-Modified-Since": date}) as answer:
        assert answer.status == 200


@pytest.mark.parametrize("path", FEEDS)
async def test_head_gives_the_same_header_and_no_body(
    house: House, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = "Tue, 24 Nov 2026 12:00:00 GMT"  # the same for both, whenever they are answered
    monkeypatch.setattr("aiohttp.web_response.rfc822_formatted_time", lambda: second)
    answers = [
        await asked(house, f"{method} {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        for method in ("GET", "HEAD")
    ]
    heads = [answer.split(b"\r\n\r\n", maxsplit=1)[0] for answer in answers]
    assert heads[0] == heads[1]
    assert second.encode() in heads[0]
    assert answers[1].endswith(b"\r\n\r\n")


async def test_links_that_never_were_and_revoked_ones_look_alike(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with house.store.writing() as records:
        await records.groups.save(replace(CAREERS, programme_key="another"))
    await house.revoke()
    seen = set()
    for path in (*FEEDS, "/g/never-was/calendar.ics", "/l/never-was/talk.ics", "/g/another/nothing.ics"):
        async with session.get(house.url + path) as answer:
            seen.add((answer.status, await answer.text(), answer.headers["Cache-Control"]))
    ((status, _, cache),) = seen
    assert (status, cache) == (404, "no-store")
    assert await titles(session, house, "/g/another") == []


async def test_ids_outlive_a_revoked_address(house: House, session: aiohttp.ClientSession) -> None:
    (before,) = read_by_icalendar(await got(session, house, f"{PROGRAMME}/calendar.ics"))
    async with house.store.writing() as records:
        await records.groups.save(replace(CAREERS, programme_key="another"))
    (after,) = read_by_icalendar(await got(session, house, "/g/another/calendar.ics"))
    assert before["UID"] == after["UID"]


async def test_a_topic_has_feeds_of_its_own(house: House, session: aiohttp.ClientSession) -> None:
    await house.plan("books", title="Reading aloud", topic="caffè")
    assert await titles(session, house) == ["Careers after 40", "Reading aloud"]
    assert await titles(session, house, f"{PROGRAMME}/topics/caff%C3%A8") == ["Reading aloud"]
    assert await titles(session, house, f"{PROGRAMME}/topics/Careers") == ["Careers after 40"]
    assert await titles(session, house, f"{PROGRAMME}/topics/nothing") == []


async def test_drafts_are_in_no_feed(house: House, session: aiohttp.ClientSession) -> None:
    await house.plan("draft", RoomState.DRAFT, title="Not yet")
    assert await titles(session, house) == ["Careers after 40"]
    async with session.get(f"{house.url}/l/draft/talk.ics") as answer:
        assert answer.status == 404


@pytest.mark.parametrize("state", [RoomState.CANCELLED, RoomState.MISSED, RoomState.ENDED])
async def test_what_is_over_or_off_stays_for_thirty_days(
    house: House, session: aiohttp.ClientSession, state: RoomState
) -> None:
    await house.become(state)
    await house.clock.advance(30 * DAY + house.room.plan.starts_at - NOON)
    assert await titles(session, house) == ["Careers after 40"]
    await house.clock.advance(house.room.plan.duration)
    assert await titles(session, house) == []


async def test_a_cancelled_talk_stays_until_long_after_it_was_to_be(
    house: House, session: aiohttp.ClientSession
) -> None:
    await house.plan("later", RoomState.CANCELLED, title="Cancelled", starts_at=NOON + 200 * DAY)
    await house.clock.advance(229 * DAY)
    assert await titles(session, house) == ["Cancelled"]


async def test_a_programme_of_any_length_is_there_to_the_end(
    house: House, session: aiohttp.ClientSession
) -> None:
    for number in range(250):
        await house.plan(f"more-{number}", starts_at=NOON + (number + 1) * DAY)
    assert len(await titles(session, house)) == 251


async def test_what_was_written_is_not_kept_longer_than_it_is_true(
    house: House, session: aiohttp.ClientSession
) -> None:
    for number in range(130):
        assert await titles(session, house, f"{PROGRAMME}/topics/{number}") == []
    await house.plan("zero", topic="0", title="Nought")
    assert await titles(session, house, f"{PROGRAMME}/topics/0") == ["Nought"]


async def test_the_latest_hundred_are_not_written_again(house: House) -> None:
    feeds = Feeds(house.gallery, house.clock, UNTRANSLATED, Premises(house.url, f"{house.url}/podcast.jpg"))
    key = CAREERS.programme_key
    written = [await feeds.programme(key, str(number), "calendar.ics") for number in range(130)]
    again = [await feeds.programme(key, str(number), "calendar.ics") for number in range(30, 130)]
    assert all(one is another for one, another in zip(written[30:], again, strict=True))
    assert await feeds.programme(key, "29", "calendar.ics") is not written[29]


async def test_a_feed_speaks_the_group_s_language_whoever_asks(
    house: House, session: aiohttp.ClientSession
) -> None:
    async with session.get(f"{house.page}/talk.ics", headers={"Accept-Language": "it"}) as answer:
        assert "Hosted by Ada" in await answer.text()
        assert "Vary" not in answer.headers


async def test_a_talk_that_is_not_open_can_be_put_in_a_calendar(
    house: House, session: aiohttp.ClientSession
) -> None:
    await house.change(admission=Admission.MEMBERS)
    (event,) = read_by_icalendar(await got(session, house, f"/l/{KEY}/talk.ics"))
    assert "for members of the group" in event["DESCRIPTION"]
