"""What the bot says as it comes, is promoted or demoted, and what follows once it is gone."""

from dataclasses import replace

import pytest

from rooms.ids import ChatId, PersonId
from sandbox.world.entities import Chat, Membership, Status
from tests.bot.forum import Forum, served

PIN, TOPICS = "can_pin_messages", "can_manage_topics"


def let_in(forum: Forum, chat: Chat, *rights: str) -> None:
    status = Status.ADMINISTRATOR if rights else Status.MEMBER
    forum.world.society.set_member(chat, Membership(forum.bot, status, frozenset(rights)), forum.ada)


async def test_it_says_hello_once_and_which_right_it_lacks(forum: Forum) -> None:
    group = forum.world.society.create_group("New group", forum.ada)
    let_in(forum, group)
    hello = await forum.heard("Hello! I am Loggione", group)
    assert "I may not pin messages here" in hello.text
    assert "manage topics" not in hello.text
    let_in(forum, group, PIN)
    await forum.heard("Thank you: now I have every right", group)
    assert sum("Hello!" in message.text for message in group.messages.values()) == 1


async def test_hello_to_a_group_that_lets_it_pin_asks_for_nothing_more(forum: Forum) -> None:
    group = forum.world.society.create_group("New group", forum.ada)
    let_in(forum, group, PIN)
    assert "I may not" not in (await forum.heard("Hello!", group)).text


async def test_in_a_forum_it_asks_for_the_right_to_manage_topics(forum: Forum) -> None:
    group = forum.world.society.create_group("Forum", forum.ada, is_forum=True)
    let_in(forum, group, PIN)
    assert "I may not manage topics here" in (await forum.heard("Hello!", group)).text


@pytest.mark.parametrize("rights", [(), ("can_delete_messages",)])
async def test_a_right_that_was_taken_away_is_missed_at_once(forum: Forum, rights: tuple[str, ...]) -> None:
    let_in(forum, forum.group, *rights)
    assert "I may not pin messages here" in (await forum.heard("I may not")).text


async def test_announcements_that_it_could_not_pin_go_up_when_it_may(forum: Forum) -> None:
    group = forum.a_group("New group", may_pin=False)
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30", group)
    await forum.tap(forum.ada, echo, "Confirm")
    chat = ChatId(group.id)
    await forum.until_stored(
        lambda records: any(one.chat == chat and one.is_on_top is None for one in records.cards.rows.values())
    )
    let_in(forum, group, PIN)
    await forum.until(lambda: bool(group.pinned))
    assert "Careers" in group.messages[group.pinned[0]].text


async def test_once_it_is_out_nothing_is_told_and_on_return_its_talks_are_announced(forum: Forum) -> None:
    room = await forum.schedule()
    society = forum.world.society
    society.set_member(forum.group, Membership(forum.bot, Status.KICKED), forum.ada)
    await forum.until_stored(lambda records: not records.groups.rows[ChatId(forum.group.id)].is_present)
    async with forum.store.writing() as records:
        await records.cards.remove(room.id, room.plan.chat)
    let_in(forum, forum.group, PIN)
    await forum.until(lambda: forum.card_of(room) is not None)
    assert forum.store.records.groups.rows[ChatId(forum.group.id)].is_present


async def test_a_group_that_becomes_a_supergroup_takes_its_talks_along(forum: Forum) -> None:
    small = a_small_group(forum)
    echo = await forum.ask(forum.ada, "/schedule Careers | tomorrow 18:30", small)
    await forum.tap(forum.ada, echo, "Confirm")
    await forum.until(lambda: forum.card_of(forum.rooms()[0]) is not None)
    large = forum.world.society.upgrade(small, forum.ada)
    await forum.until(lambda: forum.card_of(forum.rooms()[0], large) is not None)
    assert forum.rooms()[0].plan.chat == large.id
    assert "Careers" in (await forum.ask(forum.ada, "/rooms", large)).text


async def test_who_blocks_the_bot_is_not_on_record_any_more(forum: Forum) -> None:
    await forum.ask(forum.chiara, "/start", forum.private(forum.chiara))
    person = PersonId(forum.chiara)
    assert person in forum.store.records.people.rows
    forum.world.society.block(forum.chiara, forum.bot, is_blocked=True)
    await forum.until_stored(lambda records: person not in records.people.rows)


async def test_another_title_is_noticed_at_once(forum: Forum) -> None:
    await forum.ask(forum.ada, "/rooms")
    forum.group.title = "Careers, renamed"
    forum.world.messages.serve(forum.group, forum.ada, "new_chat_title", "Careers, renamed")
    key = ChatId(forum.group.id)
    await forum.until_stored(lambda records: records.groups.rows[key].title == "Careers, renamed")


async def test_a_supergroup_that_a_group_became_is_greeted_by_its_talks_alone(forum: Forum) -> None:
    small = a_small_group(forum)
    await forum.ask(forum.ada, "/settings zone kathmandu", small)
    await forum.ask(forum.ada, "/settings topics career, jobs", small)
    before = forum.customs(small)
    echo = await forum.ask(forum.ada, "/schedule Careers #career | tomorrow 18:30", small)
    await forum.tap(forum.ada, echo, "Confirm")
    await forum.until(lambda: forum.card_of(forum.rooms()[0]) is not None)
    large = forum.world.society.upgrade(small, forum.ada)
    await forum.ask(forum.ada, "/rooms", large)
    await forum.until(lambda: forum.card_of(forum.rooms()[0], large) is not None)
    assert forum.customs(large) == replace(before, chat=ChatId(large.id))
    assert not [message for message in large.messages.values() if "Hello!" in message.text]
    assert ChatId(small.id) not in forum.store.records.groups.rows


async def test_settings_survive_a_supergroup_that_was_met_before_it_was_known_what_it_was(
    forum: Forum,
) -> None:
    small = a_small_group(forum)
    await forum.ask(forum.ada, "/settings zone kathmandu", small)
    small.title = "Renamed unseen"
    large = forum.world.society.upgrade(small, forum.ada)
    await forum.ask(forum.ada, "/rooms", large)
    assert forum.customs(large).zone.key == "Asia/Kathmandu"
    assert forum.customs(large).is_present


async def test_a_namesake_that_is_another_group_is_greeted_like_any_other(forum: Forum) -> None:
    small = a_small_group(forum)
    await forum.ask(forum.ada, "/rooms", small)
    other = forum.world.society.create_group(small.title, forum.ada)
    let_in(forum, other, PIN)
    await forum.heard("Hello!", other)
    assert ChatId(small.id) in forum.store.records.groups.rows


async def test_an_upgrade_while_the_bot_was_asleep_is_followed() -> None:
    forum = Forum()
    small = a_small_group(forum)
    async with served(forum.api) as forum.address:
        async with forum.awake():
            await forum.ask(forum.ada, "/settings zone kathmandu", small)
        large = forum.world.society.upgrade(small, forum.ada)
        said = forum.say(forum.ada, "/rooms", large)
        async with forum.awake():
            await forum.reply_to(said)
    assert forum.customs(large).zone.key == "Asia/Kathmandu"
    assert not [message for message in large.messages.values() if "Hello!" in message.text]


def a_small_group(forum: Forum) -> Chat:
    """A basic group of Ada's with the bot as an admin."""
    small = forum.world.society.create_group("Small", forum.ada, is_super=False)
    small.members[forum.bot] = Membership(forum.bot, Status.ADMINISTRATOR, frozenset({PIN}))
    return small
