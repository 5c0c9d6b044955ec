"""Who is meant by a mention, an answer or a contact."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Message, User

from bot.persons import contact_in, is_bot, meant_by, mentions_in, once
from rooms.appointments import Invited
from rooms.ids import PersonId

GROUP = {"id": -1001, "type": "supergroup", "title": "Careers"}
ADA = {"id": 1, "is_bot": False, "first_name": "Ada", "last_name": "Rossi", "username": "Ada_R"}
BOT = {"id": 9, "is_bot": True, "first_name": "Loggione", "username": "loggione_bot"}


def a_message(text: str = "", *entities: tuple[str, str, Any], **more: Any) -> Message:
    """A message, with an entity for each (kind, words, user) from left to right."""
    at, found = 0, []
    for kind, words, user in entities:
        offset = text.index(words, at)
        at = offset + len(words)
        units = len(text[:offset].encode("utf-16-le")) // 2
        entity = {"type": kind, "offset": units, "length": len(words.encode("utf-16-le")) // 2}
        found.append(entity | ({"user": user} if user else {}))
    shape = {"message_id": 5, "date": int(datetime(2026, 11, 24, tzinfo=UTC).timestamp()), "chat": GROUP}
    message = Message.de_json({**shape, "text": text, "entities": found, **more})
    assert message is not None
    return message


def answering(**author: Any) -> dict[str, Any]:
    return {"reply_to_message": {"message_id": 4, "date": 0, "chat": GROUP, "text": "hi", **author}}


def test_user_names_and_names_with_links_are_people_and_the_rest_is_left() -> None:
    text = "/ban 🙂 @Bruno_B and Ada Rossi, now"
    message = a_message(text, ("mention", "@Bruno_B", None), ("text_mention", "Ada Rossi", ADA))
    mentions = mentions_in(message, "🙂 @Bruno_B and Ada Rossi, now")
    assert mentions.people == (
        Invited("@Bruno_B", username="bruno_b"),
        Invited("Ada Rossi", person=PersonId(1), username="ada_r"),
    )
    assert mentions.rest == "🙂 and , now"


def test_somebody_mentioned_twice_is_one_person() -> None:
    message = a_message("@bob @bob x", ("mention", "@bob", None), ("mention", "@bob", None))
    mentions = mentions_in(message, "@bob @bob x")
    assert (len(mentions.people), mentions.rest) == (1, "x")


def test_two_names_of_one_person_are_one() -> None:
    by_name, by_number = Invited("@Ada_R", username="ada_r"), Invited("Ada", PersonId(1), "ada_r")
    assert once([by_name, by_number, Invited("A. Rossi", PersonId(1))]) == (by_name,)
    others = [Invited("Ada", PersonId(2), "ada_r"), Invited("Ada", PersonId(3)), Invited("@ada", None, "ada")]
    assert once([by_number, *others]) == (by_number, *others)


def test_one_name_within_another_is_not_mistaken() -> None:
    message = a_message("@anna @ann x", ("mention", "@anna", None), ("mention", "@ann", None))
    mentions = mentions_in(message, "@anna @ann x")
    assert [one.username for one in mentions.people] == ["anna", "ann"]
    assert mentions.rest == "x"


def test_only_the_linked_one_of_two_equal_names_is_a_person() -> None:
    text = "/invite Ada about Ada | Talk with Ada"
    at = text.index("Ada |")
    entity = {"type": "text_mention", "offset": at, "length": 3, "user": ADA}
    message = a_message(text, entities=[entity])
    mentions = mentions_in(message, "Ada about Ada")
    assert ([one.person for one in mentions.people], mentions.rest) == ([1], "Ada about")
    assert mentions_in(message, "Talk with Ada").people == ()
    assert mentions_in(message, "Talk with Ada").rest == "Talk with Ada"


def test_a_part_that_stands_twice_is_the_one_with_the_mention() -> None:
    text = "/change Bob | Bob"
    entity = {"type": "text_mention", "offset": text.rindex("Bob"), "length": 3, "user": ADA}
    assert len(mentions_in(a_message(text, entities=[entity]), "Bob").people) == 1


def test_nothing_said_names_nobody() -> None:
    assert mentions_in(a_message("/ban"), "").people == ()
    assert mentions_in(a_message(), "x").people == ()


def test_without_a_mention_the_answered_one_is_meant() -> None:
    mentions = meant_by(a_message("/ban 7d", **answering(**{"from": ADA})), "7d")
    assert mentions.people == (Invited("Ada Rossi", person=PersonId(1), username="ada_r"),)
    assert mentions.rest == "7d"


def test_a_mention_is_stronger_than_an_answer() -> None:
    message = a_message("/ban @bob", ("mention", "@bob", None), **answering(**{"from": ADA}))
    assert [one.username for one in meant_by(message, "@bob").people] == ["bob"]


@pytest.mark.parametrize(
    "author",
    [{"from": BOT}, {"from": ADA, "sender_chat": GROUP}, {},
     {"from": ADA, "forum_topic_created": {"name": "x", "icon_color": 1}}],
    ids=["a bot", "the group itself", "nobody", "the beginning of a forum topic"],
)  # fmt: skip
def test_who_is_no_person_is_not_meant(author: dict[str, Any]) -> None:
    assert meant_by(a_message("/ban", **answering(**author)), "").people == ()


def test_a_contact_is_a_person_if_they_have_an_account() -> None:
    contact = {"phone_number": "1", "first_name": "Dora", "last_name": "Neri"}
    assert contact_in(a_message(contact=contact | {"user_id": 5})) == Invited("Dora Neri", person=PersonId(5))
    assert contact_in(a_message(contact=contact)) is None
    assert contact_in(a_message("x")) is None


def test_whom_telegram_marks_is_a_bot_and_so_is_our_own_by_its_name_alone() -> None:
    ours = User(9, "Loggione", is_bot=True, username="Loggione_Bot")
    text = "@loggione_bot Robot @helpful_bot Ada"
    robot = {"id": 8, "is_bot": True, "first_name": "Robot"}
    people = mentions_in(
        a_message(
            text,
            ("mention", "@loggione_bot", None),
            ("text_mention", "Robot", robot),
            ("mention", "@helpful_bot", None),
            ("text_mention", "Ada", ADA),
        ),
        text,
    ).people
    assert [is_bot(one, ours) for one in people] == [True, True, False, False]
    assert is_bot(Invited("Loggione", person=PersonId(9)), ours)
