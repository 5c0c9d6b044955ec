"""In which other chats a group's talks are announced."""

import pytest

from bot.customs.copies import Copies
from bot.errors import ButtonUnknown
from rooms.ids import ChatId
from sandbox.world.entities import Chat, Membership, Status
from tests.bot.forum import Forum, labels
from tests.bot.speeches import ENGLISH
from tests.fakes.groups import CAREERS

POST = frozenset({"can_post_messages"})


def a_channel(forum: Forum, rights: frozenset[str] | None = POST, creator: int | None = None) -> Chat:
    """Ada's channel @careers_news, with the bot as an admin of these rights, if of any."""
    channel = forum.world.society.create_channel("Careers news", creator or forum.ada)
    channel.username = "careers_news"
    if rights is not None:
        channel.members[forum.bot] = Membership(forum.bot, Status.ADMINISTRATOR, rights)
    return channel


def test_a_chat_is_taken_off_by_its_number_once() -> None:
    group = Copies().chosen("off.-100", CAREERS)
    assert group.copies == ()
    with pytest.raises(ButtonUnknown):
        Copies().chosen("on.-100", CAREERS)
    assert Copies().shown(CAREERS, ENGLISH.words) == "nowhere"


async def test_a_channel_is_added_called_by_its_title_and_taken_off(forum: Forum) -> None:
    channel = a_channel(forum)
    for written in ("@careers_news", "careers_news", "https://t.me/careers_news", str(channel.id)):
        page = await forum.ask(forum.ada, f"/settings copies {written}")
        assert forum.customs().copies == (ChatId(channel.id),)
        assert "Careers news" in page.text
    await forum.tap(forum.ada, page, "✖ Careers news")
    assert forum.customs().copies == ()
    await forum.until(lambda: "nowhere" in page.text)


async def test_talks_are_announced_in_the_copy_too(forum: Forum) -> None:
    channel = a_channel(forum)
    await forum.ask(forum.ada, "/settings copies @careers_news")
    room = await forum.schedule()
    await forum.until_stored(lambda records: (room.id, ChatId(channel.id)) in records.cards.rows)
    card = forum.card_of(room, channel)
    assert card is not None
    assert not [label for label in labels(card) if "coming" in label]


@pytest.mark.parametrize("rights", [None, frozenset({"can_pin_messages"})], ids=["no admin", "may not post"])
async def test_where_the_bot_may_not_post_nothing_is_copied(
    forum: Forum, rights: frozenset[str] | None
) -> None:
    a_channel(forum, rights)
    answer = await forum.ask(forum.ada, "/settings copies @careers_news")
    assert answer.text.startswith("I cannot announce talks in @careers_news: you and I must both be admins")
    assert forum.customs().copies == ()


async def test_where_the_person_is_no_admin_nothing_is_copied(forum: Forum) -> None:
    a_channel(forum)
    for person in (forum.bruno,):
        answer = await forum.ask(person, "/settings copies @careers_news")
        assert answer.text.startswith("I cannot announce talks in")
    assert forum.customs().copies == ()


@pytest.mark.parametrize(
    "written",
    ["@nobody", "@", "--5", "-", "10001", "99999999999999999999999", "two words", "https://t.me/+hash", "٣"],
)
async def test_what_is_no_chat_is_refused_in_words(forum: Forum, written: str) -> None:
    await forum.ask(forum.ada, "/start", forum.private(forum.ada))
    answer = await forum.ask(forum.ada, f"/settings copies {written}")
    assert answer.text.startswith("I cannot announce talks in")
    assert forum.customs().copies == ()


async def test_a_group_is_not_its_own_copy(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, f"/settings copies {forum.group.id}")
    assert answer.text == "Talks are announced in this group anyway: name another chat."


async def test_a_chat_that_the_bot_cannot_see_any_more_can_still_be_taken_off(forum: Forum) -> None:
    channel = a_channel(forum)
    await forum.ask(forum.ada, "/settings copies @careers_news")
    channel.members[forum.bot] = Membership(forum.bot, Status.KICKED)
    page = await forum.ask(forum.ada, "/settings copies")
    await forum.tap(forum.ada, page, f"✖ {channel.id}")
    assert forum.customs().copies == ()
