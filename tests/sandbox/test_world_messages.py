"""Messages are posted, edited, deleted, pinned, reacted to and pressed as in Telegram."""

from datetime import timedelta

import pytest

from sandbox.world.changes import (
    ButtonAnswered,
    ButtonPressed,
    MessageDeleted,
    MessageEdited,
    MessagePinned,
    MessagePosted,
    MessageReacted,
)
from sandbox.world.entities import Media, Membership, Message, Status, StoredFile
from sandbox.world.errors import ApiError
from sandbox.world.messages import Draft, sender_chat_for
from tests.sandbox.neighbours import ADA, BOT, CHIARA, NOON, STRANGER, Neighbourhood

BUTTONS = [[{"text": "Confirm", "callback_data": "yes"}]]


@pytest.fixture
def street() -> Neighbourhood:
    return Neighbourhood()


def say(street: Neighbourhood, text: str = "Good evening") -> Message:
    return street.messages.post(street.group, ADA, Draft(text))


def test_a_message_is_kept_dated_and_told(street: Neighbourhood) -> None:
    message = say(street)
    assert (message.sender, message.date, message.text) == (ADA, NOON, "Good evening")
    assert street.group.messages == {message.id: message}
    assert street.told == [MessagePosted(message)]


def test_ids_rise_within_a_chat_and_are_never_given_again(street: Neighbourhood) -> None:
    first, second = say(street), say(street)
    street.messages.delete(street.group, second)
    third = say(street)
    elsewhere = street.messages.post(street.society.private(CHIARA, BOT), BOT, Draft("Hello"))
    assert [first.id, second.id, third.id, elsewhere.id] == [1, 2, 3, 1]


def test_commands_in_a_text_are_marked_unless_the_sender_marked_it(street: Neighbourhood) -> None:
    command = {"type": "bot_command", "offset": 0, "length": 6}
    assert say(street, "/rooms").entities == [command]
    assert street.messages.post(street.group, ADA, Draft("/rooms", entities=[])).entities == []


def test_an_anonymous_admin_speaks_in_the_group_s_name(street: Neighbourhood) -> None:
    anonymous = Membership(ADA, Status.CREATOR, is_anonymous=True)
    street.society.set_member(street.group, anonymous, ADA)
    assert say(street).sender_chat == street.group.id
    assert street.messages.serve(street.group, ADA, "video_chat_started", {}).sender_chat == street.group.id


def test_an_edit_is_dated_and_told(street: Neighbourhood) -> None:
    message = say(street)
    street.wait(minutes=1)
    street.messages.edit(message, "Good night", [], BUTTONS)
    assert (message.text, message.keyboard, message.edited_at) == (
        "Good night",
        BUTTONS,
        NOON + timedelta(minutes=1),
    )
    assert street.told[-1] == MessageEdited(message)


def test_an_edit_that_changes_nothing_is_refused(street: Neighbourhood) -> None:
    message = street.messages.post(street.group, BOT, Draft("Card", keyboard=BUTTONS))
    with pytest.raises(ApiError, match="message is not modified") as refused:
        street.messages.edit(message, "Card", [], [[dict(BUTTONS[0][0])]])
    assert refused.value.status == 400
    assert message.edited_at is None
    street.messages.edit(message, "Card", [], None)


def test_a_pin_is_announced_once(street: Neighbourhood) -> None:
    message = say(street)
    street.messages.pin(street.group, message, BOT)
    street.messages.pin(street.group, message, BOT)
    assert street.group.pinned == [message.id]
    assert street.heard(MessagePinned) == [MessagePinned(street.group.id)]
    assert street.service() == [("pinned_message", message.id)]


def test_unpinning_is_quiet_and_does_no_harm_twice(street: Neighbourhood) -> None:
    message = say(street)
    street.messages.pin(street.group, message, BOT)
    street.messages.unpin(street.group, message.id)
    street.messages.unpin(street.group, message.id)
    assert street.group.pinned == []
    assert len(street.heard(MessagePinned)) == 2


def test_a_deleted_message_is_no_longer_pinned(street: Neighbourhood) -> None:
    message = say(street)
    street.messages.pin(street.group, message, BOT)
    street.messages.delete(street.group, message)
    assert message.id not in street.group.messages
    assert street.group.pinned == []
    assert street.told[-2:] == [MessageDeleted(street.group.id, message.id), MessagePinned(street.group.id)]


def test_reactions_replace_the_person_s_earlier_ones(street: Neighbourhood) -> None:
    message = say(street)
    heart, fire = [{"type": "emoji", "emoji": "❤"}], [{"type": "emoji", "emoji": "🔥"}]
    street.messages.react(message, CHIARA, heart)
    street.messages.react(message, ADA, fire)
    street.messages.react(message, CHIARA, [])
    assert street.heard(MessageReacted) == [
        MessageReacted(message, CHIARA, []),
        MessageReacted(message, ADA, []),
        MessageReacted(message, CHIARA, heart),
    ]
    assert message.reactions[ADA] == fire
    assert not message.reactions.get(CHIARA)


def test_a_press_is_answered_once_and_by_its_own_number(street: Neighbourhood) -> None:
    message = street.messages.post(street.group, BOT, Draft("Sure?", keyboard=BUTTONS))
    query = street.messages.press(message, CHIARA, "yes")
    street.messages.answer(query, "Done", is_alert=True, url="")
    assert street.told[-2:] == [
        ButtonPressed(query, message, CHIARA, "yes"),
        ButtonAnswered(query, CHIARA, "Done", is_alert=True, url=""),
    ]
    for stale in (query, "12345"):
        with pytest.raises(ApiError, match="query is too old"):
            street.messages.answer(stale, "Done", is_alert=False, url="")


def test_two_presses_are_two_queries(street: Neighbourhood) -> None:
    message = say(street)
    first, second = (street.messages.press(message, CHIARA, "yes") for _ in range(2))
    assert first != second


def test_a_topic_is_numbered_by_the_message_that_announces_it(street: Neighbourhood) -> None:
    say(street)
    thread = street.messages.open_thread(street.group, ADA, "Talks", {"name": "Talks"})
    announcement = street.group.messages[thread.id]
    assert announcement.service == ("forum_topic_created", {"name": "Talks"})
    assert (announcement.thread, thread.id) == (thread.id, 2)
    assert street.group.threads[thread.id].name == "Talks"


def test_the_first_topic_is_not_general(street: Neighbourhood) -> None:
    forum = street.society.create_group("Readers", ADA, is_forum=True)
    first, second = (street.messages.open_thread(forum, ADA, name, {}).id for name in ("Talks", "Books"))
    assert (first, second) == (2, 3)
    assert set(forum.messages) == {2, 3}


def test_a_file_is_had_again_by_its_id(street: Neighbourhood) -> None:
    file = street.messages.keep(StoredFile("AAA", "a", b"sound", "talk.ogg", "audio/ogg"))
    assert street.messages.files["AAA"] is file


def test_in_whose_name_somebody_speaks(street: Neighbourhood) -> None:
    channel = street.society.create_channel("News", ADA)
    street.group.members[ADA].is_anonymous = True
    street.group.members[CHIARA].is_anonymous = True  # as a demoted admin was: it means nothing any more
    assert sender_chat_for(street.group, ADA) == street.group.id
    assert sender_chat_for(street.group, CHIARA) is None
    assert sender_chat_for(street.group, BOT) is None
    assert sender_chat_for(channel, ADA) == channel.id
    posted = street.messages.post(street.group, ADA, Draft("x", sender_chat=channel.id))
    assert posted.sender_chat == channel.id


def test_a_group_says_who_comes_and_goes_and_nothing_of_other_changes(street: Neighbourhood) -> None:
    street.seat(STRANGER)
    street.seat(STRANGER, Status.ADMINISTRATOR)
    street.seat(STRANGER, Status.LEFT)
    street.seat(STRANGER, Status.KICKED)
    assert street.service() == [("new_chat_members", [STRANGER]), ("left_chat_member", STRANGER)]


def test_a_channel_keeps_quiet_about_its_readers(street: Neighbourhood) -> None:
    channel = street.society.create_channel("News", ADA)
    street.society.set_member(channel, Membership(STRANGER), STRANGER)
    assert street.service(channel) == []


def test_a_message_may_be_a_contact_and_take_the_letters_place(street: Neighbourhood) -> None:
    contact = {"phone_number": "+888", "first_name": "Chiara", "user_id": CHIARA}
    message = street.messages.post(street.group, ADA, Draft(contact=contact, letters={"force_reply": True}))
    assert (message.contact, message.letters) == (contact, {"force_reply": True})


def test_a_message_gets_other_media_and_not_the_same_ones_again(street: Neighbourhood) -> None:
    message = say(street)
    media = Media("photo", StoredFile("AgAC", "a", b"picture"))
    street.messages.rework(message, Draft("Poster #one", media=media))
    assert (message.media, message.text, message.entities[0]["type"]) == (media, "Poster #one", "hashtag")
    with pytest.raises(ApiError, match="message is not modified"):
        street.messages.rework(message, Draft("Poster #one", media=media))


def test_a_photo_is_had_again_by_the_id_of_any_of_its_sizes(street: Neighbourhood) -> None:
    small = Media("photo", StoredFile("small", "s", b"s"))
    photo = Media("photo", StoredFile("big", "b", b"bb"), {}, [small])
    street.messages.keep_picture(photo)
    assert street.messages.pictures == {"small": photo, "big": photo}
    assert set(street.messages.files) == {"small", "big"}


def test_a_pin_in_a_topic_is_announced_there(street: Neighbourhood) -> None:
    forum = street.society.create_group("Readers", ADA, is_forum=True)
    thread = street.messages.open_thread(forum, ADA, "Talks", {})
    message = street.messages.post(forum, ADA, Draft("x", thread=thread.id))
    street.messages.pin(forum, message, ADA)
    assert forum.messages[max(forum.messages)].thread == thread.id
