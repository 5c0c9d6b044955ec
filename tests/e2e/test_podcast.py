"""What was said in a talk is heard from the group's podcast, by an app that knows nothing of us."""

import sqlite3
from pathlib import Path

import feedparser

from tests.e2e.evening.analysis import RATE, decode, find
from tests.e2e.test_crashes import LIKE, say
from tests.e2e.theatre import Theatre


async def test_a_replay_is_heard_from_the_podcast(theatre: Theatre) -> None:
    await theatre.hold("Podcast")
    await say(theatre, "bruno", 0)
    posted = decode(await theatre.replay())
    address = f"{theatre.web}/g/{_programme_key(theatre)}/podcast.rss"
    (entry,) = feedparser.parse(await _got(theatre, address)).entries
    (enclosure,) = entry.enclosures
    assert (entry.title, enclosure.type) == ("Podcast", "audio/mpeg")
    content = await _got(theatre, enclosure.href)
    assert len(content) == int(enclosure.length)
    assert find(posted[RATE:-RATE], decode(content)).likeness > LIKE
    assert (await _got(theatre, entry.image.href)).startswith(b"\xff\xd8")


def _programme_key(theatre: Theatre) -> str:
    database = Path(theatre.environment["LOGGIONE_DATA"]) / "loggione.db"
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        (key,) = connection.execute("SELECT programme_key FROM groups").fetchone()
    connection.close()
    return str(key)


async def _got(theatre: Theatre, address: str) -> bytes:
    async with theatre.session.get(address) as answer:
        assert answer.status == 200
        return await answer.read()
