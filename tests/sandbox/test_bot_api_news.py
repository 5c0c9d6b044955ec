"""News: which of the world's changes come to the bot, and in what shape."""

from typing import Any

import pytest

from sandbox.world.entities import Membership, Status
from tests.sandbox.bot_house import ADA, BOT, BRUNO, CHIARA, NOON, House

ADA_AS_USER = {
    "id": 11,
    "is_bot": False,
    "first_name": "Ada",
    "last_name": "Rossi",
    "username": "ada",
    "language_code": "en",
}
DATE = int(NOON.timestamp())


async def test_a_command_comes_as_a_message(house: House) -> None:
    sent = house.say(ADA, "/schedule Careers after 40")
    assert await house.updates() == [
        {
            "message": {
                "message_id": sent.id,
                "from": ADA_AS_USER,
                "chat": {"id": house.group.id, "title": "Careers", "type": "supergroup"},
                "date": DATE,
                "text": "/schedule Careers after 40",
                "entities": [{"type": "bot_command", "offset": 0, "length": 9}],
            }
        }
    ]


async def test_private_talk_comes_from_the_person(house: House) -> None:
    house.say(ADA, "hello", house.private())
    [update] = await house.updates()
    assert update["message"]["chat"] == {
        "id": ADA.id,
        "type": "private",
        "first_name": "Ada",
        "last_name": "Rossi",
        "username": "ada",
    }


async def test_what_happened_before_anybody_polled_is_kept(house: House) -> None:
    for number in range(3):
        house.say(ADA, f"/n{number}")
    assert await house.texts() == ["/n0", "/n1", "/n2"]


async def test_talk_among_members_is_none_of_its_business(house: House) -> None:
    house.say(ADA, "hello")
    assert await house.updates() == []


async def test_nothing_comes_from_where_it_is_not(house: House) -> None:
    elsewhere = house.world.society.create_group("Elsewhere", ADA.id)
    house.say(ADA, "/rooms", elsewhere)
    assert await house.updates() == []


async def test_an_edit_comes_as_an_edit(house: House) -> None:
    message = house.say(ADA, "/one")
    await house.updates()
    house.world.messages.edit(message, "/two", [], None)
    [update] = await house.updates()
    assert (update["edited_message"]["text"], update["edited_message"]["edit_date"]) == ("/two", DATE)


async def test_what_the_bot_itself_says_or_edits_does_not_come(house: House) -> None:
    house.promote(house.group)
    sent = await house.call("sendMessage", chat_id=house.group.id, text="x")
    await house.call("editMessageText", chat_id=house.group.id, message_id=sent["message_id"], text="y")
    assert await house.updates() == []


async def test_a_reply_brings_the_message_it_replies_to(house: House) -> None:
    sent = await house.call("sendMessage", chat_id=house.group.id, text="When?")
    house.say(ADA, "at 9", reply_to=sent["message_id"])
    [update] = await house.updates()
    assert update["message"]["reply_to_message"] == sent


async def test_an_anonymous_admin_speaks_as_the_group(house: House) -> None:
    house.group.members[ADA.id] = Membership(
        ADA.id, Status.CREATOR, is_anonymous=True, custom_title="Hostess"
    )
    house.say(ADA, "/rooms")
    [update] = await house.updates()
    message = update["message"]
    assert message["from"] == {
        "id": 1087968824,
        "is_bot": True,
        "first_name": "Group",
        "username": "GroupAnonymousBot",
    }
    assert message["sender_chat"] == message["chat"]
    assert message["author_signature"] == "Hostess"


async def test_another_channel_speaks_through_the_channel_bot(house: House) -> None:
    house.promote(house.group)
    house.say(ADA, "hello", sender_chat=house.forum.id)
    [update] = await house.updates()
    assert update["message"]["from"]["id"] == 136817688
    assert update["message"]["sender_chat"]["id"] == house.forum.id


async def test_a_press_comes_with_its_message_and_what_that_replies_to(house: House) -> None:
    asked = house.say(ADA, "/rooms")
    await house.updates()
    sent = await house.call(
        "sendMessage",
        chat_id=house.group.id,
        text="One",
        reply_markup={"inline_keyboard": [[{"text": "I come", "callback_data": "come:1"}]]},
        reply_parameters={"message_id": asked.id},
    )
    message = house.group.messages[sent["message_id"]]
    query = house.world.messages.press(message, ADA.id, "come:1")
    house.world.messages.press(message, BRUNO.id, "come:1")
    first, second = [update["callback_query"] for update in await house.updates()]
    assert first == {
        "id": query,
        "from": ADA_AS_USER,
        "message": sent,
        "chat_instance": first["chat_instance"],
        "data": "come:1",
    }
    assert first["message"]["reply_to_message"]["text"] == "/rooms"
    assert first["chat_instance"] == second["chat_instance"] == str(int(first["chat_instance"]))


@pytest.mark.parametrize(
    ("kind", "payload", "shape"),
    [
        ("video_chat_scheduled", {"start_date": 1795000000}, {"start_date": 1795000000}),
        ("video_chat_started", {}, {}),
        ("video_chat_ended", {"duration": 90}, {"duration": 90}),
        ("video_chat_participants_invited", {"users": [ADA.id]}, {"users": [ADA_AS_USER]}),
        ("new_chat_members", [ADA.id], [ADA_AS_USER]),
        ("left_chat_member", ADA.id, ADA_AS_USER),
        ("migrate_to_chat_id", -1001, -1001),
        ("new_chat_title", "Jobs", "Jobs"),
    ],
)
async def test_service_messages_come_in_the_bot_apis_shape(
    house: House, kind: str, payload: Any, shape: Any
) -> None:
    message = house.world.messages.serve(house.group, BRUNO.id, kind, payload)
    [update] = await house.updates()
    assert update["message"][kind] == shape
    assert (update["message"]["message_id"], update["message"]["from"]["id"]) == (message.id, BRUNO.id)
    assert "text" not in update["message"]


async def test_a_pin_comes_with_what_was_pinned_or_with_nothing_left_of_it(house: House) -> None:
    message = house.say(ADA, "/programme")
    await house.updates()
    house.world.messages.pin(house.group, message, ADA.id)
    del house.group.messages[message.id]
    house.world.messages.serve(house.group, ADA.id, "pinned_message", message.id)
    first, second = [update["message"]["pinned_message"] for update in await house.updates()]
    assert first["text"] == "/programme"
    assert second == {
        "chat": {"id": house.group.id, "title": "Careers", "type": "supergroup"},
        "message_id": message.id,
        "date": 0,
    }


async def test_its_own_doings_in_a_chat_come_as_in_telegram(house: House) -> None:
    house.promote(house.group, "can_pin_messages")
    sent = await house.call("sendMessage", chat_id=house.group.id, text="x")
    await house.call("pinChatMessage", chat_id=house.group.id, message_id=sent["message_id"])
    [update] = await house.updates()
    assert update["message"]["pinned_message"] == sent


async def test_its_own_standing_comes_unasked(house: House) -> None:
    rights = frozenset({"can_pin_messages"})
    house.world.society.set_member(
        house.group, Membership(BOT.id, Status.ADMINISTRATOR, rights), actor=ADA.id
    )
    [update] = await house.updates()
    change = update["my_chat_member"]
    assert (change["from"], change["date"], change["chat"]["id"]) == (ADA_AS_USER, DATE, house.group.id)
    assert change["old_chat_member"]["status"] == "member"
    assert change["new_chat_member"]["status"] == "administrator"
    assert change["new_chat_member"]["can_pin_messages"] is True
    assert change["new_chat_member"]["can_delete_messages"] is False


async def test_being_kicked_is_the_last_that_comes(house: House) -> None:
    house.world.society.set_member(house.group, Membership(BOT.id, Status.KICKED), actor=ADA.id)
    house.say(ADA, "/rooms")
    standing, farewell = await house.updates()
    assert standing["my_chat_member"]["new_chat_member"] == {
        "user": {"id": BOT.id, "is_bot": True, "first_name": "Loggia", "username": "loggia_bot"},
        "status": "kicked",
        "until_date": 0,
    }
    assert farewell["message"]["left_chat_member"]["id"] == BOT.id


async def test_others_standing_comes_only_to_an_admin_that_asks(house: House) -> None:
    await house.call("getUpdates", allowed_updates=["chat_member"])
    house.world.society.set_member(house.group, Membership(CHIARA.id), actor=CHIARA.id)
    house.world.society.set_member(house.group, Membership(CHIARA.id, Status.LEFT), actor=CHIARA.id)
    assert await house.updates() == []
    house.promote(house.group)
    house.world.society.set_member(house.group, Membership(CHIARA.id), actor=CHIARA.id)
    [update] = await house.updates()
    change = update["chat_member"]
    assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == ("left", "member")


async def test_reactions_come_only_to_an_admin_that_asks(house: House) -> None:
    message = house.say(ADA, "x")
    fire, heart = [{"type": "emoji", "emoji": "🔥"}], [{"type": "emoji", "emoji": "❤"}]
    await house.call("getUpdates", allowed_updates=["message_reaction"])
    house.world.messages.react(message, ADA.id, fire)
    assert await house.updates() == []
    house.promote(house.group)
    house.world.messages.react(message, ADA.id, heart)
    house.world.messages.react(message, ADA.id, heart)
    house.world.messages.react(message, BOT.id, heart)
    assert await house.updates() == [
        {
            "message_reaction": {
                "chat": {"id": house.group.id, "title": "Careers", "type": "supergroup"},
                "message_id": message.id,
                "user": ADA_AS_USER,
                "date": DATE,
                "old_reaction": fire,
                "new_reaction": heart,
            }
        }
    ]


async def test_an_anonymous_admin_reacts_as_the_group(house: House) -> None:
    house.promote(house.group)
    await house.call("getUpdates", allowed_updates=["message_reaction"])
    house.group.members[ADA.id] = Membership(ADA.id, Status.CREATOR, is_anonymous=True)
    house.world.messages.react(house.say(BRUNO, "x"), ADA.id, [{"type": "emoji", "emoji": "🔥"}])
    [update] = await house.updates()
    assert update["message_reaction"]["actor_chat"]["id"] == house.group.id
    assert "user" not in update["message_reaction"]


async def test_an_update_shows_the_world_as_it_was(house: House) -> None:
    message = house.say(ADA, "/one")
    message.text = "/two"
    assert await house.texts() == ["/one"]


async def test_in_a_topic_a_message_replies_to_the_topics_beginning(house: House) -> None:
    house.promote(house.forum, "can_manage_topics")
    topic = await house.call("createForumTopic", chat_id=house.forum.id, name="Tonight")
    [created] = await house.updates()
    assert created["message"]["forum_topic_created"] == {"name": "Tonight", "icon_color": 0x6FB9F0}
    assert created["message"]["message_thread_id"] == created["message"]["message_id"]
    house.say(ADA, "hi", house.forum, thread=topic["message_thread_id"])
    [update] = await house.updates()
    message = update["message"]
    assert (message["is_topic_message"], message["chat"]["is_forum"]) == (True, True)
    assert message["reply_to_message"] == created["message"]


async def test_who_comes_and_goes_is_said_in_the_group(house: House) -> None:
    house.world.society.set_member(house.group, Membership(CHIARA.id), actor=ADA.id)
    house.world.society.set_member(house.group, Membership(CHIARA.id, Status.LEFT), actor=CHIARA.id)
    came, went = [update["message"] for update in await house.updates()]
    assert (came["from"]["id"], [one["id"] for one in came["new_chat_members"]]) == (ADA.id, [CHIARA.id])
    assert (went["from"]["id"], went["left_chat_member"]["id"]) == (CHIARA.id, CHIARA.id)


async def test_being_added_comes_before_the_message_that_says_so(house: House) -> None:
    elsewhere = house.world.society.create_group("Elsewhere", ADA.id)
    house.world.society.set_member(elsewhere, Membership(BOT.id), actor=ADA.id)
    standing, hello = await house.updates()
    assert standing["my_chat_member"]["old_chat_member"]["status"] == "left"
    assert hello["message"]["new_chat_members"][0]["id"] == BOT.id


async def test_an_upgrade_comes_as_a_new_standing_and_two_messages(house: House) -> None:
    old = house.world.society.create_group("Choir", ADA.id, is_super=False)
    old.members[BOT.id] = Membership(BOT.id)
    new = house.world.society.upgrade(old, ADA.id)
    standing, leaving, coming = await house.updates()
    change = standing["my_chat_member"]
    assert (change["chat"]["id"], change["new_chat_member"]["status"]) == (new.id, "member")
    assert (leaving["message"]["chat"]["id"], leaving["message"]["migrate_to_chat_id"]) == (old.id, new.id)
    assert (coming["message"]["chat"]["id"], coming["message"]["migrate_from_chat_id"]) == (new.id, old.id)
    assert (coming["message"]["message_id"], coming["message"]["chat"]["type"]) == (1, "supergroup")


async def test_a_person_who_blocks_the_bot_is_heard_of_and_then_no_more(house: House) -> None:
    chat = house.private()
    house.world.society.block(ADA.id, BOT.id, is_blocked=True)
    house.say(ADA, "are you there?", chat)
    house.world.society.block(ADA.id, BOT.id, is_blocked=False)
    house.say(ADA, "again", chat)
    blocked, unblocked, said = await house.updates()
    assert blocked["my_chat_member"]["chat"]["type"] == "private"
    assert blocked["my_chat_member"]["from"] == ADA_AS_USER
    changes = [one["my_chat_member"] for one in (blocked, unblocked)]
    statuses = [(one["old_chat_member"]["status"], one["new_chat_member"]["status"]) for one in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]
    assert said["message"]["text"] == "again"


async def test_an_anonymous_admin_acts_in_the_groups_name_and_taps_in_their_own(house: House) -> None:
    house.group.members[ADA.id] = Membership(ADA.id, Status.CREATOR, is_anonymous=True)
    house.world.society.set_member(house.group, Membership(BOT.id, Status.ADMINISTRATOR), actor=ADA.id)
    card = house.say(BOT, "x", keyboard=[[{"text": "Go", "callback_data": "go"}]])
    house.world.messages.press(card, ADA.id, "go")
    standing, press = await house.updates()
    assert standing["my_chat_member"]["from"]["username"] == "GroupAnonymousBot"
    assert press["callback_query"]["from"] == ADA_AS_USER


async def test_people_send_contacts_and_choose_people(house: House) -> None:
    chat = house.private()
    contact = {"phone_number": "+88800000012", "first_name": "Bruno", "user_id": BRUNO.id}
    house.say(ADA, "", chat, contact=contact)
    house.world.messages.serve(chat, ADA.id, "users_shared", {"request_id": 3, "users": [BRUNO.id]})
    sent, chosen = [update["message"] for update in await house.updates()]
    assert (sent["contact"], "text" in sent) == (contact, False)
    assert chosen["users_shared"] == {
        "request_id": 3,
        "users": [{"user_id": BRUNO.id, "first_name": "Bruno", "username": "bruno"}],
    }


async def test_an_answer_in_a_group_is_in_the_thread_of_what_it_answers(house: House) -> None:
    house.promote(house.group)
    first = house.say(ADA, "one")
    second = house.say(BRUNO, "two", reply_to=first.id)
    house.say(ADA, "three", reply_to=second.id)
    threads = [update["message"].get("message_thread_id") for update in await house.updates()]
    assert threads == [None, first.id, first.id]
    assert not any("is_topic_message" in update["message"] for update in await house.updates())
