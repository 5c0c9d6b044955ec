"""Privacy mode: what a bot that is no admin gets to see."""

import pytest

from sandbox.bot_api.privacy import may_see
from sandbox.world.entities import ChatKind, Membership, Message, Person, Status
from sandbox.world.messages import Draft
from sandbox.world.world import World

BOT = Person(1, "Loggia", username="loggia_bot", is_bot=True, token="1:t")
RIVAL = Person(2, "Rival", username="rival_bot", is_bot=True, token="2:t")
ADA = Person(3, "Ada")


class Talk:
    """A group with two bots in it."""

    def __init__(self) -> None:
        self.world = World()
        for person in (BOT, RIVAL, ADA):
            self.world.society.add(person)
        self.chat = self.world.society.create_group("Careers", ADA.id)
        self.chat.members |= {BOT.id: Membership(BOT.id), RIVAL.id: Membership(RIVAL.id)}

    def say(self, person: Person, text: str, reply_to: int | None = None) -> Message:
        return self.world.messages.post(self.chat, person.id, Draft(text, reply_to=reply_to))

    def sees(self, message: Message, bot: Person = BOT) -> bool:
        return may_see(bot, self.world.society.people, self.chat, message)


@pytest.fixture
def talk() -> Talk:
    return Talk()


@pytest.mark.parametrize(
    ("text", "is_seen"),
    [
        ("hello", False),
        ("hello @loggia_bot", False),
        ("/rooms", True),
        ("/rooms@loggia_bot", True),
        ("/rooms@LOGGIA_bot now", True),
        ("/rooms@rival_bot", False),
        ("see /rooms", False),
        ("/ rooms", False),
        ("/usr/bin", False),
    ],
)
def test_a_plain_member_sees_what_is_meant_for_it(talk: Talk, text: str, is_seen: bool) -> None:
    assert talk.sees(talk.say(ADA, text)) is is_seen


def test_a_bare_command_is_for_the_bot_that_spoke_last(talk: Talk) -> None:
    talk.say(BOT, "I am here")
    talk.say(RIVAL, "So am I")
    bare = talk.say(ADA, "/rooms")
    assert not talk.sees(bare)
    assert talk.sees(bare, RIVAL)
    assert talk.sees(talk.say(ADA, "/rooms@loggia_bot"))


def test_replies_to_it_are_for_it(talk: Talk) -> None:
    asked = talk.say(BOT, "When?")
    assert talk.sees(talk.say(ADA, "tomorrow", reply_to=asked.id))
    assert not talk.sees(talk.say(ADA, "tomorrow", reply_to=talk.say(ADA, "hm").id))


def test_a_reply_to_what_was_meant_for_it_is_meant_for_it_too(talk: Talk) -> None:
    asked = talk.say(ADA, "/rooms@loggia_bot")
    about_that = talk.say(ADA, "I wonder too", reply_to=asked.id)
    assert talk.sees(about_that)
    assert talk.sees(talk.say(ADA, "me too", reply_to=about_that.id))
    elsewhere = talk.say(RIVAL, "None with me", reply_to=asked.id)
    reply = talk.say(ADA, "thanks", reply_to=elsewhere.id)
    assert (talk.sees(reply), talk.sees(reply, RIVAL)) == (False, True)


def test_an_admin_sees_everything(talk: Talk) -> None:
    talk.chat.members[BOT.id] = Membership(BOT.id, Status.ADMINISTRATOR)
    assert talk.sees(talk.say(ADA, "hello"))


def test_so_does_a_bot_that_may_read_all(talk: Talk) -> None:
    reader = Person(BOT.id, "Loggia", is_bot=True, reads_all_messages=True)
    assert talk.sees(talk.say(ADA, "hello"), reader)


def test_service_messages_come_always_its_own_included(talk: Talk) -> None:
    for person in (ADA, BOT, RIVAL):
        message = talk.world.messages.serve(talk.chat, person.id, "pinned_message", 1)
        assert talk.sees(message)


def test_no_bot_hears_itself_or_another(talk: Talk) -> None:
    talk.chat.members[BOT.id] = Membership(BOT.id, Status.ADMINISTRATOR)
    assert not talk.sees(talk.say(BOT, "/rooms"))
    assert not talk.sees(talk.say(RIVAL, "/rooms@loggia_bot"))


def test_in_private_everything_is_meant_for_it(talk: Talk) -> None:
    talk.chat.kind = ChatKind.PRIVATE
    assert talk.sees(talk.say(ADA, "hello"))
