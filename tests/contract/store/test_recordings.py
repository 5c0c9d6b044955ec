"""What every Store must do with recordings, what was made of them, and where they stand in chats."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from rooms.consents import Consent
from rooms.ids import ChatId, MessageId, PersonId
from rooms.posts import HEAD, Post
from rooms.recordings import Part, Recording, Track, Turn
from rooms.records import Store
from tests.contract.store.talks import new_room
from tests.fakes.clock import NOON
from tests.fakes.talks import CHAT, HOUR, MINUTE, OTHER_CHAT

ADA, BRUNO = PersonId(42), PersonId(43)


async def test_a_mastered_recording_reads_back_with_all_that_was_made_of_it(store: Store) -> None:
    room = await new_room(store)
    parts = (Part(Path("1.ogg"), timedelta(0), HOUR), Part(Path("2.ogg"), HOUR, MINUTE))
    recording = Recording(room.id, Path("talk.ogg"), HOUR + MINUTE, (), parts, Path("w.png"), NOON, 3)
    async with store.writing() as records:
        await records.recordings.save(recording)
    async with store.reading() as records:
        assert await records.recordings.find(room.id) == recording


async def test_tracks_and_turns_go_with_their_recording(store: Store) -> None:
    room = await new_room(store)
    turns = [Turn(ADA, "Ada", timedelta(0), MINUTE), Turn(BRUNO, "Bruno", MINUTE, MINUTE)]
    async with store.writing() as records:
        await records.recordings.save(Recording(room.id, Path("talk.ogg"), HOUR))
        for person, name in ((BRUNO, "Bruno"), (ADA, "Ada")):
            await records.recordings.save_track(Track(room.id, person, name, Path(f"{person}.ogg")))
        await records.recordings.save_turns(room.id, turns)
        assert [track.name for track in await records.recordings.tracks(room.id)] == ["Ada", "Bruno"]
        assert await records.recordings.turns(room.id) == turns
        await records.recordings.remove_track(room.id, ADA)
        assert [track.name for track in await records.recordings.tracks(room.id)] == ["Bruno"]
        await records.recordings.remove(room.id)
        assert await records.recordings.tracks(room.id) == []
        assert await records.recordings.turns(room.id) == []


async def test_a_group_s_recordings_come_latest_first(store: Store) -> None:
    early, late = await new_room(store), await new_room(store, starts_in=5 * HOUR)
    other = await new_room(store, OTHER_CHAT)
    async with store.writing() as records:
        for room in (early, late, other):
            await records.recordings.save(Recording(room.id, Path("talk.ogg"), HOUR))
        assert [one.room for one in await records.recordings.of(CHAT)] == [late.id, early.id]


async def test_a_voice_is_found_in_all_recordings_in_which_it_is_or_may_be(store: Store) -> None:
    """Of one that was never mastered nobody knows."""
    spoken, silent, unknown = [await new_room(store, starts_in=number * HOUR) for number in (1, 2, 3)]
    elsewhere = await new_room(store, OTHER_CHAT, 4 * HOUR)
    async with store.writing() as records:
        for room in (spoken, silent, unknown, elsewhere):
            edition = 0 if room is unknown else 1
            await records.recordings.save(Recording(room.id, Path("talk.ogg"), HOUR, edition=edition))
        for room in (spoken, elsewhere):
            await records.recordings.save_turns(room.id, [Turn(ADA, "Ada", timedelta(0), MINUTE)] * 2)
        await records.recordings.save_turns(silent.id, [Turn(BRUNO, "Bruno", timedelta(0), MINUTE)])
        assert await records.recordings.with_voice(CHAT, ADA) == [unknown.id, spoken.id]
        assert await records.recordings.with_voice(None, ADA) == [elsewhere.id, unknown.id, spoken.id]


async def test_who_was_forgotten_spoke_without_a_name(store: Store) -> None:
    room = await new_room(store)
    bruno = Turn(BRUNO, "Bruno", MINUTE, MINUTE)
    async with store.writing() as records:
        await records.recordings.save(Recording(room.id, Path("talk.ogg"), HOUR))
        await records.recordings.save_turns(room.id, [Turn(ADA, "Ada", timedelta(0), MINUTE), bruno])
        await records.traces.erase_person(ADA)
        assert await records.recordings.turns(room.id) == [
            Turn(PersonId(0), "", timedelta(0), MINUTE),
            bruno,
        ]


async def test_posts_are_found_by_room_and_by_message(store: Store) -> None:
    room = await new_room(store)
    head = Post(room.id, HEAD, CHAT, MessageId(7), 1)
    part, clip = replace(head, place=1, message=MessageId(8)), replace(head, place=-1, message=MessageId(5))
    async with store.writing() as records:
        for post in (replace(head, message=MessageId(6), edition=None), head, part, clip):
            await records.posts.save(post)
        assert await records.posts.of(room.id) == [clip, head, part]
        assert await records.posts.at(CHAT, MessageId(8)) == part
        assert await records.posts.at(CHAT, MessageId(6)) is None
        assert await records.posts.at(OTHER_CHAT, MessageId(8)) is None
        await records.posts.remove(room.id, 1)
        await records.posts.remove(room.id, 1)
        assert await records.posts.of(room.id) == [clip, head]
        await records.rooms.remove(room.id)
        assert await records.posts.of(room.id) == []


async def test_messages_stay_behind_when_a_group_becomes_another_chat_and_answers_follow(
    store: Store,
) -> None:
    room = await new_room(store)
    consent = Consent(CHAT, ADA, "Ada", agrees=True, at=NOON)
    async with store.writing() as records:
        await records.posts.save(Post(room.id, HEAD, CHAT, MessageId(7), 1))
        await records.consents.save(consent)
        await records.groups.renumber(CHAT, ChatId(-100999))
        assert await records.posts.of(room.id) == []
        assert await records.consents.of(ChatId(-100999)) == [replace(consent, chat=ChatId(-100999))]


async def test_answers_are_kept_by_group_and_person_and_a_question_is_one_without(store: Store) -> None:
    asked = Consent(CHAT, ADA, "Ada", agrees=None, at=NOON)
    other = Consent(OTHER_CHAT, ADA, "Ada", agrees=False, at=NOON)
    async with store.writing() as records:
        await records.consents.save(asked)
        assert await records.consents.find(CHAT, ADA) == asked
        answered = replace(asked, agrees=True, at=NOON + MINUTE)
        for consent in (answered, other, Consent(CHAT, BRUNO, "Bruno", agrees=False, at=NOON)):
            await records.consents.save(consent)
        assert [consent.person for consent in await records.consents.of(CHAT)] == [ADA, BRUNO]
        assert await records.consents.by(ADA) == [other, answered]
        assert await records.consents.find(OTHER_CHAT, BRUNO) is None
