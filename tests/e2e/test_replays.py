"""A talk's replay comes once, with what was said in it, though the program is killed while it is made."""

import signal
from pathlib import Path

from tests.e2e.evening.analysis import decode, find
from tests.e2e.evening.crowd import Json
from tests.e2e.test_crashes import LIKE, say
from tests.e2e.theatre import Theatre, is_audio, until


async def test_a_replay_is_posted_once_though_the_program_is_killed_as_it_is_made(theatre: Theatre) -> None:
    ada, group = theatre.person("ada"), theatre.group
    await theatre.hold("Replay")
    said, _at = await say(theatre, "ada", 0)
    await theatre.crowd.write(ada, group, "/clip 10s A word")
    clip = await theatre.crowd.see(ada, group, is_audio)
    assert "A word" in clip["text"]
    await theatre.crowd.write(ada, group, "/close")
    folder = Path(theatre.environment["LOGGIONE_DATA"]) / "recordings" / "1"

    async def is_being_mastered() -> bool:
        return any(folder.rglob("*.part")) or (folder / "replay.json").exists()

    await until(is_being_mastered)
    await theatre.end(signal.SIGKILL)
    await theatre.start()
    replay = await theatre.crowd.see(ada, group, lambda one: is_audio(one) and one["id"] != clip["id"])
    assert find(said, decode(await theatre.crowd.fetch(replay["media"]["url"]))).likeness > LIKE
    messages = (await theatre.crowd.chat(ada, group))["messages"]
    assert len([one for one in messages if is_audio(one)]) == 2
    [head] = [one for one in messages if "Replay of" in one["text"]]
    assert _is_picture(head)
    assert "/consent" in next(one["text"] for one in messages if "is on" in one["text"])


def _is_picture(message: Json) -> bool:
    return (message["media"] or {}).get("kind") == "photo"
