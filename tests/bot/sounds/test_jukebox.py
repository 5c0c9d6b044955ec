"""Who minds a talk that is on has sounds played in it, and notices read aloud."""

from collections.abc import AsyncIterator

import pytest

from rooms.errors.sounds import SoundUnreachable, VoiceMissing
from rooms.room import Room
from sandbox.world.entities import Message
from tests.bot.forum import Forum, labels
from tests.bot.sounds.records import SONG, a_file, a_live_talk, a_song, a_voice_message, titles
from tests.fakes.clock import settle

RADIO = "https://radio.example/live.mp3?key=secret"


@pytest.fixture
async def talk(forum: Forum) -> AsyncIterator[Room]:
    room = await a_live_talk(forum)
    async with forum.at_work():
        yield room


async def test_an_audio_file_is_played_by_answering_it(forum: Forum, talk: Room) -> None:
    sent = forum.say(forum.chiara, "", media=a_song(forum))
    answer = await forum.ask(forum.ada, "/play", reply_to=sent.id)
    (cue,) = forum.calls.played
    assert cue.title == "Bill Evans · Blue in Green"
    assert cue.path is not None
    assert cue.path.read_bytes() == SONG
    assert cue.path.parent.name == str(talk.id)
    assert "Blue in Green" in answer.text
    assert labels(answer) == ["⏸", "⏭", "🔉", "🔊", "⏹ Stop"]


@pytest.mark.usefixtures("talk")
async def test_a_voice_message_is_called_by_who_spoke_it(forum: Forum) -> None:
    sent = forum.say(forum.chiara, "", media=a_voice_message(forum))
    await forum.ask(forum.ada, "/play", reply_to=sent.id)
    assert titles(forum.calls.played) == ["Voice message from Chiara"]


@pytest.mark.usefixtures("talk")
async def test_a_file_is_played_by_the_command_in_its_caption(forum: Forum) -> None:
    song = a_file(forum, "document", "Waltz for Debby.flac", "audio/flac")
    await forum.ask(forum.ada, "/play", media=song)
    assert titles(forum.calls.played) == ["Waltz for Debby"]


@pytest.mark.usefixtures("talk")
async def test_an_address_is_played_and_what_may_be_secret_in_it_is_not_shown(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, f"/play {RADIO}")
    (cue,) = forum.calls.played
    assert (cue.url, cue.title, cue.path) == (RADIO, "live.mp3 · radio.example", None)
    assert "secret" not in answer.text
    await forum.ask(forum.ada, f"/play {RADIO} Night radio")
    assert titles(forum.calls.played)[1] == "Night radio"


@pytest.mark.usefixtures("talk")
async def test_what_comes_later_says_its_place(forum: Forum) -> None:
    await forum.ask(forum.ada, f"/play {RADIO} One")
    await settle()
    answer = await forum.ask(forum.ada, f"/play {RADIO} Two")
    assert answer.text == "🎵 Two comes as number 1."
    await settle()
    assert "number 2" in (await forum.ask(forum.ada, f"/play {RADIO} Three")).text


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("/play", "What shall I play?"),
        ("/play some jazz", "What shall I play?"),
        ("/play ftp://radio.example/a.mp3", "only http and https"),
        ("/play file:///etc/passwd", "only http and https"),
        ("/play https://", "only http and https"),
        ("/play https://[::1", "only http and https"),
        ("/pause", "Nothing plays at the moment."),
        ("/skip", "Nothing plays at the moment."),
        ("/volume loud", "How loud?"),
        ("/volume 900", "0 is silence"),
        ("/say", "What shall I say?"),
        ("/say " + "long " * 61, "I read 300 characters aloud at most; that is 304."),
    ],
)
@pytest.mark.usefixtures("talk")
async def test_what_cannot_be_done_is_answered_by_a_sentence(forum: Forum, asked: str, said: str) -> None:
    assert said in (await forum.ask(forum.ada, asked)).text
    assert not forum.calls.played


@pytest.mark.usefixtures("talk")
async def test_a_sound_that_the_relay_refuses_is_explained(forum: Forum) -> None:
    forum.calls.sound_refusal = SoundUnreachable("Night radio", "status 404")
    answer = await forum.ask(forum.ada, f"/play {RADIO} Night radio")
    assert answer.text.startswith("“Night radio” does not answer")
    forum.calls.sound_refusal = VoiceMissing("")
    assert "espeak-ng" in (await forum.ask(forum.ada, "/say Welcome")).text


@pytest.mark.usefixtures("talk")
async def test_only_who_minds_the_talk_plays_and_nothing_is_fetched_for_others(forum: Forum) -> None:
    sent = forum.say(forum.chiara, "", media=a_song(forum))
    answer = await forum.ask(forum.chiara, "/play", reply_to=sent.id)
    assert answer.text == "Only the talk's host, its co-hosts and the admins of this group can do that."
    assert not forum.sounds.exists()


async def test_without_a_talk_there_is_nothing_to_play_in(forum: Forum) -> None:
    assert "No talk is on here" in (await forum.ask(forum.ada, f"/play {RADIO}")).text


@pytest.mark.usefixtures("talk")
async def test_a_file_that_bots_may_not_fetch_is_refused_by_its_size(forum: Forum) -> None:
    huge = a_file(forum, "audio", "opera.mp3", "audio/mpeg", bytes(20 * 1024 * 1024 + 1))
    sent = forum.say(forum.chiara, "", media=huge)
    assert "20 MB at most" in (await forum.ask(forum.ada, "/play", reply_to=sent.id)).text


@pytest.mark.usefixtures("talk")
async def test_the_same_file_is_fetched_once(forum: Forum) -> None:
    sent = forum.say(forum.chiara, "", media=a_song(forum))
    for _ in range(2):
        await forum.ask(forum.ada, "/play", reply_to=sent.id)
        await settle()
    one, other = forum.calls.played
    assert one.path == other.path


async def test_what_plays_rests_goes_on_is_skipped_and_stopped(forum: Forum, talk: Room) -> None:
    for title in ("One", "Two"):
        await forum.ask(forum.ada, f"/play {RADIO} {title}")
        await settle()
    assert "/resume" in (await forum.ask(forum.ada, "/pause")).text
    await settle()
    assert forum.stages.playback(talk.id).is_paused
    assert "goes on" in (await forum.ask(forum.ada, "/resume")).text
    assert (await forum.ask(forum.ada, "/skip")).text == "🎵 Two is on."
    await settle()
    assert "the last one" in (await forum.ask(forum.ada, "/skip")).text
    await forum.ask(forum.ada, f"/play {RADIO} Three")
    await settle()
    assert "Nothing plays any more" in (await forum.ask(forum.ada, "/stop")).text
    await settle()
    assert forum.stages.playback(talk.id).now is None


@pytest.mark.usefixtures("talk")
async def test_the_volume_is_set_and_told(forum: Forum) -> None:
    assert (await forum.ask(forum.ada, "/volume 60%")).text == "🔊 Sounds are at 60 %."
    await settle()
    assert (await forum.ask(forum.ada, "/volume")).text == "🔊 Sounds are at 60 %."


@pytest.mark.usefixtures("talk")
async def test_a_notice_is_read_aloud_in_the_group_s_language(forum: Forum) -> None:
    await forum.ask(forum.ada, "/say We begin\n in a minute.")
    assert forum.calls.said == [("We begin in a minute.", "en")]


async def send(forum: Forum, person: int, **more: object) -> Message:
    return await forum.ask(person, "", forum.private(person), **more)


@pytest.mark.usefixtures("talk")
async def test_a_sound_sent_in_private_is_played_once_that_was_confirmed(forum: Forum) -> None:
    asked = await send(forum, forum.ada, media=a_song(forum))
    assert asked.text == "Shall I play Bill Evans · Blue in Green?"
    assert labels(asked) == ["▶️ In Careers after 40"]
    assert not forum.calls.played
    await forum.tap(forum.ada, asked, "▶️ In Careers after 40")
    assert titles(forum.calls.played) == ["Bill Evans · Blue in Green"]
    assert "⏭" in labels(asked)


@pytest.mark.usefixtures("talk")
async def test_a_forwarded_sound_is_taken_in_private(forum: Forum) -> None:
    origin = {"type": "user", "date": 1, "sender_user": forum.chiara}
    asked = await send(forum, forum.ada, media=a_voice_message(forum), origin=origin)
    assert asked.text == "Shall I play Voice message from Chiara?"


@pytest.mark.usefixtures("talk")
async def test_rights_are_asked_anew_when_it_is_confirmed(forum: Forum) -> None:
    asked = await send(forum, forum.bruno, media=a_song(forum))
    forum.group.members[forum.bruno].status = forum.group.members[forum.chiara].status
    answer = await forum.tap(forum.bruno, asked, "▶️ In Careers after 40")
    assert answer.text.startswith("Only the talk's host")
    assert not forum.calls.played


@pytest.mark.usefixtures("talk")
async def test_who_minds_no_talk_hears_when_a_sound_can_be_played(forum: Forum) -> None:
    assert (await send(forum, forum.chiara, media=a_song(forum))).text == (
        "I can play that while a talk is on that you mind."
    )


@pytest.mark.usefixtures("talk")
async def test_a_document_that_is_no_sound_is_not_taken(forum: Forum) -> None:
    slides = a_file(forum, "document", "slides.pdf", "application/pdf")
    assert "/help shows what I can do" in (await send(forum, forum.ada, media=slides)).text


async def test_a_button_of_the_remote_works_for_who_minds_the_talk_alone(forum: Forum, talk: Room) -> None:
    remote = await forum.ask(forum.ada, f"/play {RADIO} One")
    await settle()
    assert (await forum.tap(forum.chiara, remote, "⏸")).text.startswith("Only the talk's host")
    await forum.tap(forum.ada, remote, "⏸")
    await settle()
    assert forum.stages.playback(talk.id).is_paused
    await forum.tap(forum.ada, remote, "🔊")
    await settle()
    assert forum.stages.playback(talk.id).volume == 120
    await forum.tap(forum.ada, remote, "⏹")
    await settle()
    assert forum.stages.playback(talk.id).now is None
