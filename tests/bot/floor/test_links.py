"""/links: into the voice chat of a public group."""

from rooms.ports import Links
from tests.bot.forum import Forum, buttons
from tests.bot.parlour import Parlour
from tests.bot.stage import live

LINKS = Links("https://t.me/careers?videochat=abc", "https://t.me/careers?videochat")


async def test_everybody_gets_the_listeners_link(forum: Forum) -> None:
    async with live(forum) as talk:
        forum.calls.known_links[talk.room.id] = LINKS
        answer = await forum.ask(forum.chiara, "/links")
        assert answer.text == f"🎧 Come and listen: {LINKS.listeners}"
        assert buttons(answer) == []


async def test_the_speakers_link_goes_to_the_host_in_private(forum: Forum) -> None:
    async with live(forum) as talk:
        forum.calls.known_links[talk.room.id] = LINKS
        answer = await forum.ask(forum.ada, "/links")
        assert LINKS.speakers not in answer.text
        shown = await Parlour(forum, forum.ada).follow(answer)
        assert f"🎙 Who comes by this one may speak: {LINKS.speakers}" in shown.text
        told = await Parlour(forum, forum.chiara).start(f"links-{talk.room.id}")
        assert "Only the talk's host" in told.text


async def test_a_private_group_has_no_links(forum: Forum) -> None:
    async with live(forum) as talk:
        assert "This group is private" in (await forum.ask(forum.chiara, "/links")).text
        told = await Parlour(forum, forum.ada).start(f"links-{talk.room.id}")
        assert "This group is private" in told.text


async def test_without_a_talk_there_are_none(forum: Forum) -> None:
    assert "No talk is on here" in (await forum.ask(forum.ada, "/links")).text
