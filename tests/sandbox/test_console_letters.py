"""Bots' keyboards and wishes to be answered: for whom, and until when."""

from typing import Any

from sandbox.console.letters import letters_for
from sandbox.world.entities import Chat, ChatKind, Membership, Message, Person
from sandbox.world.messages import Draft
from sandbox.world.world import World

ADA, BRUNO = Person(1, "Ada", username="ada_demo"), Person(2, "Bruno")
BOT = Person(9, "Loggione", is_bot=True)
KEYBOARD = {"keyboard": [["Yes", {"text": "No"}]], "input_field_placeholder": "Yes or no"}


def said(*drafts: tuple[Person, Draft]) -> tuple[Chat, list[Message]]:
    """A group in which this was said."""
    world = World()
    for person in (ADA, BRUNO, BOT):
        world.society.add(person)
    chat = world.society.create_group("Careers", ADA.id)
    chat.members |= {one.id: Membership(one.id) for one in (BRUNO, BOT)}
    return chat, [world.messages.post(chat, person.id, draft) for person, draft in drafts]


def asks(markup: dict[str, Any], text: str = "Well?", **more: Any) -> tuple[Person, Draft]:
    return BOT, Draft(text, letters=markup, **more)


def test_a_keyboard_is_for_everybody_until_another_comes() -> None:
    chat, (message,) = said(asks(KEYBOARD))
    for person in (ADA, BRUNO):
        assert letters_for(chat, person) == {
            "message": message.id,
            "thread": None,
            "placeholder": "Yes or no",
            "keyboard": [[{"text": "Yes"}, {"text": "No"}]],
            "one_time": False,
        }
    chat, (_, second) = said(asks(KEYBOARD), asks({"keyboard": [["Maybe"]], "one_time_keyboard": True}))
    shown = letters_for(chat, ADA)
    assert shown is not None
    assert (shown["message"], shown["keyboard"], shown["one_time"]) == (
        second.id,
        [[{"text": "Maybe"}]],
        True,
    )


def test_a_keyboard_is_taken_away() -> None:
    chat, _ = said(asks(KEYBOARD), asks({"remove_keyboard": True}))
    assert letters_for(chat, ADA) is None


def test_a_selective_keyboard_is_for_who_is_answered_or_named() -> None:
    selective = {**KEYBOARD, "selective": True}
    chat, _ = said((BRUNO, Draft("/schedule")), asks(selective, reply_to=1))
    assert letters_for(chat, BRUNO) is not None
    assert letters_for(chat, ADA) is None
    chat, _ = said(asks(selective, "🎙 @Ada_Demo?"))
    assert letters_for(chat, ADA) is not None
    assert letters_for(chat, BRUNO) is None
    named = [{"type": "text_mention", "offset": 0, "length": 5, "user": {"id": BRUNO.id}}]
    chat, _ = said(asks(selective, "Bruno?", entities=named))
    assert letters_for(chat, BRUNO) is not None


def test_a_selective_removal_leaves_the_keyboard_to_others() -> None:
    chat, _ = said(
        (BRUNO, Draft("x")), asks(KEYBOARD), asks({"remove_keyboard": True, "selective": True}, reply_to=1)
    )
    assert letters_for(chat, BRUNO) is None
    assert letters_for(chat, ADA) is not None


def test_a_wish_to_be_answered_is_over_with_the_answer() -> None:
    wish = asks({"force_reply": True, "input_field_placeholder": "A title"})
    chat, (message,) = said(wish)
    assert letters_for(chat, ADA) == {
        "message": message.id,
        "thread": None,
        "placeholder": "A title",
        "force_reply": True,
    }
    chat, _ = said(wish, (ADA, Draft("Careers after 40", reply_to=1)))
    assert letters_for(chat, ADA) is None
    assert letters_for(chat, BRUNO) is not None


def test_without_any_markup_the_letters_are_ones_own() -> None:
    chat, _ = said((BOT, Draft("Hello")))
    assert letters_for(chat, ADA) is None
    assert chat.kind is ChatKind.SUPERGROUP
