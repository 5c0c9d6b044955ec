"""Messages: sent, replied with, edited and deleted, within Telegram's limits."""

from datetime import timedelta
from typing import Any

import pytest

from sandbox.world.entities import Media, StoredFile, Thread
from tests.sandbox.bot_house import ADA, BOT, NOON, House

GO = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)


async def send(house: House, text: str = "x", **more: Any) -> Any:
    return await house.call("sendMessage", chat_id=house.group.id, text=text, **more)


async def complaint(house: House, method: str, **parameters: Any) -> str:
    status, description = await house.refusal(method, **{"chat_id": house.group.id, **parameters})
    assert status == 400
    return description.removeprefix("Bad Request: ")


async def test_a_message_comes_back_as_it_was_posted(house: House) -> None:
    sent = await send(house, "<b>Tonight</b>", parse_mode="HTML", reply_markup=GO, disable_notification=True)
    assert sent == {
        "message_id": 1,
        "from": {"id": BOT.id, "is_bot": True, "first_name": "Loggia", "username": "loggia_bot"},
        "chat": {"id": house.group.id, "title": "Careers", "type": "supergroup"},
        "date": int(NOON.timestamp()),
        "text": "Tonight",
        "entities": [{"type": "bold", "offset": 0, "length": 7}],
        "reply_markup": GO,
    }
    assert house.group.messages[1].sender == BOT.id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("🎭" * 2049, "message is too long"),
    ],
)
async def test_a_text_has_a_measure(house: House, text: str, expected: str) -> None:
    assert await complaint(house, "sendMessage", text=text) == expected


@pytest.mark.parametrize("text", ["x" * 4096, "🎭" * 2048])
async def test_the_full_measure_is_taken(house: House, text: str) -> None:
    assert (await send(house, text))["text"] == text


async def test_tags_do_not_count(house: House) -> None:
    assert len((await send(house, f"<b>{'x' * 4096}</b>", parse_mode="HTML"))["text"]) == 4096


async def test_a_mentioned_person_is_written_in_full(house: House) -> None:
    sent = await send(house, '<a href="tg://user?id=11">you</a>', parse_mode="HTML")
    assert sent["entities"][0]["user"]["first_name"] == "Ada"


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        ({"is_disabled": True}, {"is_disabled": True}),
        ({"url": "https://example.org/", "show_above_text": True},) * 2,
        ({}, None),
        (None, None),
    ],
)
async def test_link_previews_are_kept(house: House, options: Any, kept: Any) -> None:
    assert (await send(house, link_preview_options=options)).get("link_preview_options") == kept


async def test_the_old_way_to_switch_previews_off_works(house: House) -> None:
    sent = await send(house, disable_web_page_preview=True)
    assert sent["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("link_preview_options", "{", "can't parse link preview options JSON object"),
        ("link_preview_options", "[]", "object expected as link preview options"),
        ("link_preview_options", {"is_disabled": 1}, 'field "is_disabled" must be of type Boolean'),
        ("reply_parameters", "{", "can't parse reply parameters JSON object"),
        ("reply_parameters", "[]", "object expected as reply parameters"),
        ("reply_parameters", {"quote": "x"}, 'can\'t find field "message_id"'),
        ("reply_parameters", {"message_id": 99}, "message to be replied not found"),
        ("reply_parameters", {"message_id": 1, "chat_id": -100123}, "message to be replied not found"),
        ("reply_to_message_id", 99, "message to be replied not found"),
        ("message_thread_id", 5, "message thread not found"),
        ("reply_markup", "{", "can't parse reply keyboard markup JSON object"),
        ("parse_mode", "BB", "unsupported parse_mode"),
    ],
)
async def test_what_is_wrong_is_named(house: House, name: str, value: Any, expected: str) -> None:
    house.say(ADA, "x")
    assert await complaint(house, "sendMessage", text="x", **{name: value}) == expected


@pytest.mark.parametrize(
    "more",
    [
        {"reply_parameters": {"message_id": 1}},
        {"reply_parameters": {"message_id": "1", "quote": "x"}},
        {"reply_to_message_id": "1"},
    ],
)
async def test_a_reply_shows_what_it_replies_to(house: House, more: Any) -> None:
    house.say(ADA, "when?")
    assert (await send(house, **more))["reply_to_message"]["text"] == "when?"


@pytest.mark.parametrize(
    "more",
    [
        {"reply_parameters": {"message_id": 99, "allow_sending_without_reply": True}},
        {"reply_to_message_id": 99, "allow_sending_without_reply": True},
        {"reply_parameters": {}},
        {"reply_to_message_id": -1},
    ],
)
async def test_a_reply_may_do_without(house: House, more: Any) -> None:
    assert "reply_to_message" not in await send(house, **more)


async def test_a_reply_in_a_topic_stays_in_it(house: House) -> None:
    house.forum.threads[7] = Thread(7, "Tonight")
    asked = house.say(ADA, "when?", house.forum, thread=7)
    sent = await house.call(
        "sendMessage", chat_id=house.forum.id, text="x", reply_parameters={"message_id": asked.id}
    )
    assert sent["message_thread_id"] == 7


async def test_general_has_no_number_to_write_to(house: House) -> None:
    answer = await house.refusal("sendMessage", chat_id=house.forum.id, text="x", message_thread_id=1)
    assert answer == (400, "Bad Request: message thread not found")
    assert "message_thread_id" not in await house.call("sendMessage", chat_id=house.forum.id, text="x")


async def test_a_closed_topic_is_for_those_who_manage_topics(house: House) -> None:
    house.forum.threads[7] = Thread(7, "Tonight", is_closed=True)
    message = {"chat_id": house.forum.id, "text": "x", "message_thread_id": 7}
    assert await house.refusal("sendMessage", **message) == (400, "Bad Request: TOPIC_CLOSED")
    house.promote(house.forum, "can_manage_topics")
    assert (await house.call("sendMessage", **message))["message_thread_id"] == 7


async def test_an_edit_replaces_text_and_keyboard(house: House) -> None:
    sent = await send(house, reply_markup=GO)
    edited = await house.call(
        "editMessageText", chat_id=house.group.id, message_id=sent["message_id"], text="y"
    )
    assert (edited["text"], "reply_markup" in edited) == ("y", False)
    assert edited["edit_date"] == int(NOON.timestamp())


async def test_an_edit_may_change_the_keyboard_alone(house: House) -> None:
    sent = await send(house)
    one = {"message_id": sent["message_id"]}
    edited = await house.call("editMessageReplyMarkup", chat_id=house.group.id, **one, reply_markup=GO)
    assert (edited["text"], edited["reply_markup"]) == ("x", GO)
    same = await complaint(house, "editMessageReplyMarkup", **one, reply_markup=GO)
    assert same == NOT_MODIFIED
    assert "reply_markup" not in await house.call("editMessageReplyMarkup", chat_id=house.group.id, **one)


async def test_an_edit_that_changes_nothing_is_refused(house: House) -> None:
    sent = await send(house, "<b>x</b>", parse_mode="HTML", reply_markup=GO)
    same = {"message_id": sent["message_id"], "text": "<b>x</b>", "parse_mode": "HTML", "reply_markup": GO}
    assert await complaint(house, "editMessageText", **same) == NOT_MODIFIED


async def test_a_caption_is_edited_as_one(house: House) -> None:
    media = Media("document", house.world.messages.keep(StoredFile("f", "u", b"x")))
    message = house.say(BOT, "old", media=media)
    one = {"chat_id": house.group.id, "message_id": message.id}
    assert (await house.call("editMessageCaption", **one, caption="new"))["caption"] == "new"
    assert "caption" not in await house.call("editMessageCaption", **one)
    assert await complaint(house, "editMessageText", **one, text="x") == (
        "there is no text in the message to edit"
    )
    assert await complaint(house, "editMessageCaption", **one, caption="x" * 1025) == (
        "message caption is too long"
    )


async def test_a_text_has_no_caption(house: House) -> None:
    sent = await send(house)
    assert await complaint(house, "editMessageCaption", message_id=sent["message_id"], caption="x") == (
        "there is no caption in the message to edit"
    )


async def test_only_its_own_messages_are_edited(house: House) -> None:
    message = house.say(ADA, "x")
    service = house.world.messages.serve(house.group, BOT.id, "pinned_message", 1)
    for number in (message.id, service.id):
        assert await complaint(house, "editMessageText", message_id=number, text="y") == (
            "message can't be edited"
        )


@pytest.mark.parametrize("number", [0, -1, 99, "x"])
async def test_a_message_that_is_not_there_is_not_edited(house: House, number: Any) -> None:
    assert await complaint(house, "editMessageText", message_id=number, text="y") == (
        "message to edit not found"
    )


async def test_an_edit_must_say_of_what(house: House) -> None:
    bare = await house.refusal("editMessageText", text="y")
    inline = await house.refusal("editMessageText", text="y", inline_message_id="abc")
    assert bare == (400, "Bad Request: message identifier is not specified")
    assert inline == (400, "Bad Request: MESSAGE_ID_INVALID")


async def test_its_own_messages_it_may_always_delete(house: House) -> None:
    sent = await send(house)
    assert await house.call("deleteMessage", chat_id=house.group.id, message_id=sent["message_id"]) is True
    assert house.group.messages == {}
    assert await complaint(house, "deleteMessage", message_id=sent["message_id"]) == (
        "message to delete not found"
    )


async def test_others_messages_need_the_right(house: House) -> None:
    message = house.say(ADA, "x")
    assert await complaint(house, "deleteMessage", message_id=message.id) == "message can't be deleted"
    house.promote(house.group, "can_delete_messages")
    assert await house.call("deleteMessage", chat_id=house.group.id, message_id=message.id) is True


async def test_in_private_it_may_delete_everything(house: House) -> None:
    message = house.say(ADA, "x", house.private())
    assert await house.call("deleteMessage", chat_id=ADA.id, message_id=message.id) is True


async def test_many_are_deleted_at_once_or_none(house: House) -> None:
    own = [(await send(house))["message_id"] for _ in range(2)]
    other = house.say(ADA, "x").id
    assert await complaint(house, "deleteMessages", message_ids=[*own, other]) == "message can't be deleted"
    assert len(house.group.messages) == 3
    assert await house.call("deleteMessages", chat_id=house.group.id, message_ids=[*own, 99]) is True
    assert list(house.group.messages) == [other]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (None, "message identifiers are not specified"),
        ("{", "can't parse message_ids JSON object"),
        ({}, "expected an Array of message identifiers"),
        (list(range(101)), "too many message identifiers specified"),
        ([[]], 'field "message_id" must be of type Number'),
    ],
)
async def test_a_wrong_list_is_refused(house: House, numbers: Any, expected: str) -> None:
    assert await complaint(house, "deleteMessages", message_ids=numbers) == expected


async def test_a_bot_deletes_what_is_younger_than_two_days(house: House) -> None:
    sent = await house.call("sendMessage", chat_id=house.group.id, text="x")
    message = house.group.messages[sent["message_id"]]
    one = {"chat_id": house.group.id, "message_id": message.id}
    message.date = NOON - timedelta(hours=48, seconds=1)
    assert await house.refusal("deleteMessage", **one) == (400, "Bad Request: message can't be deleted")
    message.date = NOON - timedelta(hours=48)
    assert await house.call("deleteMessage", **one) is True


async def test_a_keyboard_in_place_of_the_letters_is_not_shown_and_keeps_its_message(house: House) -> None:
    house.private()
    markup = {"keyboard": [[{"text": "Yes"}]], "one_time_keyboard": True}
    sent = await house.call("sendMessage", chat_id=ADA.id, text="Sure?", reply_markup=markup)
    assert "reply_markup" not in sent
    assert house.private().messages[sent["message_id"]].letters == markup
    one = {"chat_id": ADA.id, "message_id": sent["message_id"]}
    assert await house.refusal("editMessageText", **one, text="Really?") == (
        400,
        "Bad Request: message can't be edited",
    )


async def test_a_held_chat_takes_neither_messages_nor_edits_nor_pins(house: House) -> None:
    house.promote(house.group, "can_pin_messages")
    sent = await house.call("sendMessage", chat_id=house.group.id, text="x")
    house.api.floods.hold(house.group.id, 600)
    one = {"chat_id": house.group.id, "message_id": sent["message_id"]}
    for method in ("sendMessage", "editMessageText", "editMessageReplyMarkup", "pinChatMessage"):
        status, description = await house.refusal(method, **one, text="y")
        assert (status, description) == (429, "Too Many Requests: retry after 600"), method
    assert await house.call("getChat", chat_id=house.group.id)
    assert house.group.pinned == []
