"""Forwarding: messages brought elsewhere with their origin, or as copies without."""

from typing import Any

import pytest

from sandbox.world.entities import Media, Membership, Message, StoredFile
from tests.sandbox.bot_house import ADA, BRUNO, CHIARA, NOON, House

DATE = int(NOON.timestamp())


async def bring(house: House, method: str, message: Message, **more: Any) -> Any:
    source = {"from_chat_id": message.chat, "message_id": message.id}
    return await house.call(method, chat_id=house.forum.id, **source, **more)


def poster(house: House, text: str = "Poster") -> Message:
    file = house.world.messages.keep(StoredFile("AgAC1", "u", b"picture"))
    return house.say(ADA, text, media=Media("photo", file, {"width": 3, "height": 2}))


async def test_a_forward_tells_who_said_it(house: House) -> None:
    said = house.say(ADA, "Come to #careers")
    sent = await bring(house, "forwardMessage", said)
    assert (sent["text"], sent["chat"]["id"]) == ("Come to #careers", house.forum.id)
    assert sent["entities"][0]["type"] == "hashtag"
    origin = sent["forward_origin"]
    assert (origin["type"], origin["date"], origin["sender_user"]["id"]) == ("user", DATE, ADA.id)
    twice = await house.call(
        "forwardMessage",
        chat_id=house.group.id,
        from_chat_id=house.forum.id,
        message_id=sent["message_id"],
    )
    assert twice["forward_origin"] == origin


async def test_a_forward_of_the_groups_own_words_names_the_group(house: House) -> None:
    house.group.members[ADA.id].is_anonymous = True
    sent = await bring(house, "forwardMessage", house.say(ADA, "x"))
    assert sent["forward_origin"]["sender_chat"]["id"] == house.group.id
    assert sent["forward_origin"]["type"] == "chat"


async def test_a_copy_is_said_anew_with_another_caption_and_buttons(house: House) -> None:
    original = poster(house)
    keyboard = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
    kept = await bring(house, "copyMessage", original)
    renamed = await bring(
        house, "copyMessage", original, caption="<b>New</b>", parse_mode="HTML", reply_markup=keyboard
    )
    bare = await bring(house, "copyMessage", original, caption="")
    assert list(kept) == ["message_id"]
    copies = [house.forum.messages[one["message_id"]] for one in (kept, renamed, bare)]
    assert [copy.text for copy in copies] == ["Poster", "New", ""]
    assert copies[1].keyboard == keyboard["inline_keyboard"]
    assert all(copy.origin is None and copy.media == original.media for copy in copies)


async def test_a_text_has_no_caption(house: House) -> None:
    copy = await bring(house, "copyMessage", house.say(ADA, "Hello"), caption="x" * 2000)
    assert house.forum.messages[copy["message_id"]].text == "Hello"


async def test_many_go_in_order_and_those_that_are_gone_are_passed_over(house: House) -> None:
    first, gone, second = (house.say(ADA, text) for text in ("one", "two", "three"))
    house.world.messages.delete(house.group, gone)
    numbers = [first.id, gone.id, second.id]
    for method in ("forwardMessages", "copyMessages"):
        sent = await house.call(
            method, chat_id=house.forum.id, from_chat_id=house.group.id, message_ids=numbers
        )
        assert [house.forum.messages[one["message_id"]].text for one in sent] == ["one", "three"]


async def test_captions_may_stay_behind(house: House) -> None:
    numbers = [poster(house).id, house.say(ADA, "text").id]
    sent = await house.call(
        "copyMessages",
        chat_id=house.forum.id,
        from_chat_id=house.group.id,
        message_ids=numbers,
        remove_caption=True,
    )
    assert [house.forum.messages[one["message_id"]].text for one in sent] == ["", "text"]


@pytest.mark.parametrize(("verb", "participle"), [("forward", "forwarded"), ("copy", "copied")])
async def test_not_everything_can_be_brought(house: House, verb: str, participle: str) -> None:
    service = house.world.messages.serve(house.group, ADA.id, "video_chat_started", {})
    elsewhere = house.world.society.create_group("Elsewhere", ADA.id)
    source = {"chat_id": house.forum.id, "from_chat_id": house.group.id}
    cases: list[tuple[dict[str, Any], str]] = [
        ({"message_id": 99}, f"message to {verb} not found"),
        ({"message_id": service.id}, f"the message can't be {participle}"),
        ({"message_id": 1, "from_chat_id": elsewhere.id}, "chat not found"),
        ({"message_id": 1, "from_chat_id": ""}, "chat_id is empty"),
    ]
    for parameters, expected in cases:
        refused = await house.refusal(f"{verb}Message", **{**source, **parameters})
        assert refused == (400, f"Bad Request: {expected}")


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        (None, "message identifiers are not specified"),
        ([], "message identifiers are not specified"),
        ([2, 1], "message identifiers must be in a strictly increasing order"),
        ([1, 1], "message identifiers must be in a strictly increasing order"),
        ([98, 99], "there are no messages to forward"),
        (list(range(1, 102)), "too many messages to forward"),
    ],
)
async def test_a_list_of_messages_has_an_order_and_an_end(house: House, numbers: Any, expected: str) -> None:
    parameters = {"chat_id": house.forum.id, "from_chat_id": house.group.id, "message_ids": numbers}
    assert await house.refusal("forwardMessages", **parameters) == (400, f"Bad Request: {expected}")


async def test_a_forward_cannot_be_edited(house: House) -> None:
    sent = await bring(house, "forwardMessage", house.say(BRUNO, "x"))
    one = {"chat_id": house.forum.id, "message_id": sent["message_id"]}
    assert await house.refusal("editMessageText", **one, text="y") == (
        400,
        "Bad Request: message can't be edited",
    )


async def test_a_contact_is_brought_too(house: House) -> None:
    contact = {"phone_number": "+888", "first_name": "Chiara", "user_id": CHIARA.id}
    house.forum.members[CHIARA.id] = Membership(CHIARA.id)
    sent = await bring(house, "forwardMessage", house.say(ADA, "", contact=contact))
    assert sent["contact"] == contact
