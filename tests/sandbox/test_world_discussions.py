"""Discussions: a channel's posts in its group, brought, edited and taken away with the channel's own."""

import pytest

from sandbox.world.changes import MessageEdited
from sandbox.world.discussions import TELEGRAM
from sandbox.world.entities import Chat, Message
from sandbox.world.messages import Draft
from tests.sandbox.neighbours import ADA, NOON, Neighbourhood


@pytest.fixture
def street() -> Neighbourhood:
    return Neighbourhood()


@pytest.fixture
def channel(street: Neighbourhood) -> Chat:
    channel = street.society.create_channel("News", ADA)
    street.society.link(channel, street.group)
    return channel


def copies(street: Neighbourhood) -> list[Message]:
    return [one for one in street.group.messages.values() if one.is_automatic_forward]


def test_a_post_comes_into_the_group_from_telegram_itself(street: Neighbourhood, channel: Chat) -> None:
    keyboard = [[{"text": "Go", "callback_data": "go"}]]
    post = street.messages.post(channel, ADA, Draft("Tonight #talk", keyboard=keyboard))
    [copy] = copies(street)
    assert (copy.text, copy.entities, copy.sender) == ("Tonight #talk", post.entities, TELEGRAM)
    assert (copy.sender_chat, copy.keyboard) == (channel.id, None)
    date = int(NOON.timestamp())
    assert copy.origin == {"type": "channel", "date": date, "chat": channel.id, "message_id": post.id}


def test_it_is_pinned_there_without_a_word(street: Neighbourhood, channel: Chat) -> None:
    street.messages.post(channel, ADA, Draft("Tonight"))
    assert street.group.pinned == [copies(street)[0].id]
    assert street.service() == []


def test_what_becomes_of_the_post_becomes_of_its_copy(street: Neighbourhood, channel: Chat) -> None:
    other = street.messages.post(channel, ADA, Draft("Something else"))
    post = street.messages.post(channel, ADA, Draft("Tonight"))
    street.messages.edit(post, "Tomorrow", [], None)
    assert [copy.text for copy in copies(street)] == ["Something else", "Tomorrow"]
    street.messages.delete(channel, post)
    assert [copy.text for copy in copies(street)] == ["Something else"]
    assert other.id in channel.messages
    assert len(street.group.pinned) == 1


def test_another_keyboard_under_the_post_is_no_news_for_the_group(
    street: Neighbourhood, channel: Chat
) -> None:
    post = street.messages.post(channel, ADA, Draft("Tonight"))
    street.messages.edit(post, "Tonight", [], [[{"text": "Go", "callback_data": "go"}]])
    assert street.heard(MessageEdited) == [MessageEdited(post)]


def test_a_copy_that_was_deleted_is_missed_by_nobody(street: Neighbourhood, channel: Chat) -> None:
    post = street.messages.post(channel, ADA, Draft("Tonight"))
    street.messages.delete(street.group, copies(street)[0])
    street.messages.edit(post, "Tomorrow", [], None)
    street.messages.delete(channel, post)
    assert copies(street) == []


def test_nothing_else_comes_into_the_group(street: Neighbourhood, channel: Chat) -> None:
    alone = street.society.create_channel("Alone", ADA)
    street.messages.post(alone, ADA, Draft("Hello?"))
    street.messages.serve(channel, ADA, "new_chat_title", "Jobs")
    street.messages.post(street.group, ADA, Draft("Hello"))
    assert copies(street) == []
