"""Sounds that people send in a forum while a talk is on."""

from collections.abc import Sequence
from dataclasses import replace

from rooms.outlets import OutletState
from rooms.playing import Cue
from rooms.ports import OutletChanged
from rooms.room import Room
from sandbox.bot_api.files import make_file
from sandbox.bot_api.parameters import Upload
from sandbox.world.entities import Media
from tests.bot.forum import Forum

SONG = b"RIFF" + bytes(2000)


def a_file(forum: Forum, kind: str, name: str, mime_type: str = "", content: bytes = SONG) -> Media:
    """A file of this kind ("audio", "voice", "document") that somebody can send."""
    file = forum.world.messages.keep(make_file(kind, Upload(name, mime_type, content)))
    return Media(kind, file)


def a_song(forum: Forum, title: str = "Blue in Green", performer: str = "Bill Evans") -> Media:
    song = a_file(forum, "audio", "track01.mp3", "audio/mpeg")
    return replace(song, details={"title": title, "performer": performer, "duration": 10})


def a_voice_message(forum: Forum) -> Media:
    return a_file(forum, "voice", "voice.ogg", "audio/ogg")


async def a_live_talk(forum: Forum, words: str = "Careers after 40 | in 10 minutes | 45m") -> Room:
    """On for a while; within `forum.at_work()` what happens in its call is seen."""
    room = await forum.schedule(words)
    await forum.conducting.start(room.id)
    return forum.store.records.rooms.rows[room.id]


def titles(cues: Sequence[Cue]) -> list[str]:
    return [cue.title for cue in cues]


def outlet(forum: Forum, room: Room, name: str, state: OutletState) -> None:
    forum.calls.tell(OutletChanged(room.id, name, state))
