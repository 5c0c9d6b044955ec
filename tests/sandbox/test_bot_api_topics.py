"""Topics of a forum: opened, renamed, closed and deleted by who may."""

from typing import Any

import pytest

from tests.sandbox.bot_house import ADA, House


async def make(house: House, name: str = "Tonight", **more: Any) -> Any:
    house.promote(house.forum, "can_manage_topics", "can_delete_messages")
    return await house.call("createForumTopic", chat_id=house.forum.id, name=name, **more)


async def complaint(house: House, method: str, **parameters: Any) -> str:
    status, description = await house.refusal(method, **{"chat_id": house.forum.id, **parameters})
    assert status == 400
    return description.removeprefix("Bad Request: ")


async def test_a_topic_is_numbered_by_the_message_that_announces_it(house: House) -> None:
    house.say(ADA, "x", house.forum)
    topic = await make(house, icon_color=0xFF93B2)
    assert topic == {"message_thread_id": 2, "name": "Tonight", "icon_color": 0xFF93B2}
    assert house.forum.threads[2].name == "Tonight"
    message = house.forum.messages[2]
    assert message.service == ("forum_topic_created", {"name": "Tonight", "icon_color": 0xFF93B2})


@pytest.mark.parametrize(("name", "kept"), [("  After   40 ", "After 40"), ("x" * 200, "x" * 128)])
async def test_a_name_is_tidied(house: House, name: str, kept: str) -> None:
    assert (await make(house, name))["name"] == kept


async def test_not_every_topic_can_be_made(house: House) -> None:
    assert await complaint(house, "createForumTopic", name="x") == "not enough rights to create a topic"
    await make(house)
    assert await complaint(house, "createForumTopic", name=" ") == "title must be non-empty"
    assert await complaint(house, "createForumTopic", name="x", icon_color=5) == (
        "topic icon color is invalid"
    )
    house.promote(house.group, "can_manage_topics")
    assert await complaint(house, "createForumTopic", chat_id=house.group.id, name="x") == (
        "the chat is not a forum"
    )


async def test_a_topic_is_renamed_closed_and_opened_again(house: House) -> None:
    number = (await make(house))["message_thread_id"]
    one = {"chat_id": house.forum.id, "message_thread_id": number}
    await house.updates()
    assert await house.call("editForumTopic", **one, name="Tomorrow") is True
    assert await house.call("closeForumTopic", **one) is True
    assert house.forum.threads[number].is_closed
    assert await house.call("reopenForumTopic", **one) is True
    assert house.forum.threads[number].name == "Tomorrow"
    kinds = [
        (kind, update["message"]["message_thread_id"])
        for update in await house.updates()
        for kind in update["message"]
        if kind.startswith("forum_topic")
    ]
    assert kinds == [
        ("forum_topic_edited", number),
        ("forum_topic_closed", number),
        ("forum_topic_reopened", number),
    ]


async def test_changing_nothing_is_refused(house: House) -> None:
    number = (await make(house))["message_thread_id"]
    same = await complaint(house, "editForumTopic", message_thread_id=number, name="Tonight")
    still_open = await complaint(house, "reopenForumTopic", message_thread_id=number)
    assert same == still_open == "TOPIC_NOT_MODIFIED"


@pytest.mark.parametrize("method", ["editForumTopic", "closeForumTopic", "deleteForumTopic"])
async def test_a_topic_that_is_not_there_is_not_found(house: House, method: str) -> None:
    await make(house)
    assert await complaint(house, method, message_thread_id=99, name="x") == "TOPIC_ID_INVALID"
    assert await complaint(house, method, message_thread_id=0) == ("invalid forum topic identifier specified")


async def test_a_topic_goes_with_all_that_was_said_in_it(house: House) -> None:
    number = (await make(house))["message_thread_id"]
    house.say(ADA, "in", house.forum, thread=number)
    outside = house.say(ADA, "out", house.forum)
    assert await complaint(house, "deleteMessage", message_id=number) == "message can't be deleted"
    assert await house.call("deleteForumTopic", chat_id=house.forum.id, message_thread_id=number) is True
    assert list(house.forum.messages) == [outside.id]
    assert house.forum.threads == {}


@pytest.mark.parametrize(
    ("method", "deed"),
    [("editForumTopic", "edit"), ("closeForumTopic", "close or open"), ("reopenForumTopic", "close or open")],
)
async def test_others_topics_are_for_who_may_mind_all(house: House, method: str, deed: str) -> None:
    thread = house.world.messages.open_thread(house.forum, ADA.id, "Hers", {"name": "Hers"})
    expected = f"not enough rights to {deed} the topic"
    assert await complaint(house, method, message_thread_id=thread.id, name="Mine") == expected


async def test_who_opened_a_topic_minds_it_without_any_right_but_cannot_delete_it(house: House) -> None:
    number = (await make(house))["message_thread_id"]
    house.promote(house.forum)
    one = {"chat_id": house.forum.id, "message_thread_id": number}
    assert await house.call("editForumTopic", **one, name="Later") is True
    assert await house.call("closeForumTopic", **one) is True
    assert (await house.call("sendMessage", **one, text="still mine"))["is_topic_message"]
    assert await complaint(house, "deleteForumTopic", message_thread_id=number) == (
        "not enough rights to delete the topic"
    )


async def test_a_closed_topic_takes_nothing_from_who_may_not_mind_it(house: House) -> None:
    thread = house.world.messages.open_thread(house.forum, ADA.id, "Hers", {"name": "Hers"})
    said = house.say(ADA, "psst", house.forum, thread=thread.id)
    thread.is_closed = True
    into = {"message_thread_id": thread.id, "text": "x"}
    assert await complaint(house, "sendMessage", **into) == "TOPIC_CLOSED"
    reply = {"reply_parameters": {"message_id": said.id}, "text": "x"}
    assert await complaint(house, "sendMessage", **reply) == "TOPIC_CLOSED"
    house.promote(house.forum, "can_manage_topics")
    sent = await house.call("sendMessage", chat_id=house.forum.id, **reply)
    assert sent["message_thread_id"] == thread.id


@pytest.mark.parametrize("number", [1, 99])
async def test_there_is_no_writing_into_what_is_no_topic(house: House, number: int) -> None:
    refused = await complaint(house, "sendMessage", message_thread_id=number, text="x")
    assert refused == "message thread not found"


async def test_groups_without_topics_have_no_threads_to_write_into(house: House) -> None:
    first = house.say(ADA, "one")
    refused = await complaint(
        house, "sendMessage", chat_id=house.group.id, message_thread_id=first.id, text="x"
    )
    assert refused == "message thread not found"


async def test_the_pins_of_one_topic_go_together(house: House) -> None:
    house.promote(house.forum, "can_manage_topics", "can_pin_messages")
    thread = house.world.messages.open_thread(house.forum, ADA.id, "Hers", {"name": "Hers"})
    inside = house.say(ADA, "in", house.forum, thread=thread.id)
    outside = house.say(ADA, "out", house.forum)
    for message in (inside, outside):
        house.world.messages.pin(house.forum, message, ADA.id)
    one = {"chat_id": house.forum.id, "message_thread_id": thread.id}
    assert await house.call("unpinAllForumTopicMessages", **one) is True
    assert house.forum.pinned == [outside.id]
    assert await house.call("unpinAllGeneralForumTopicMessages", chat_id=house.forum.id) is True
    assert house.forum.pinned == []
