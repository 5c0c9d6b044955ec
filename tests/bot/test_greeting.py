"""What the bot says of itself, and its first hello in a group."""

from dataclasses import replace

from sandbox.world.entities import Membership, Status
from tests.bot.forum import Forum, buttons


async def test_start_in_private_introduces_the_bot_in_the_person_s_language(forum: Forum) -> None:
    chat = forum.private(forum.daniele)
    answer = await forum.ask(forum.daniele, "/start", chat)
    assert answer.text.startswith("Sono Loggione")
    assert buttons(answer)[0]["url"] == "https://t.me/loggione_bot?startgroup=hello&admin=pin_messages"
    answer = await forum.ask(forum.ada, "/start some-payload", forum.private(forum.ada))
    assert answer.text.startswith("I am Loggione")


async def test_help_lists_every_command(forum: Forum) -> None:
    for chat in (forum.group, forum.private(forum.chiara)):
        answer = await forum.ask(forum.chiara, "/help", chat)
        for command in ("/schedule", "/rooms", "/open", "/close", "/cancel"):
            assert command in answer.text


async def test_start_in_a_group_lists_the_commands(forum: Forum) -> None:
    assert "/rooms shows" in (await forum.ask(forum.chiara, "/start@loggione_bot")).text


async def test_what_it_does_not_know_it_says_in_private(forum: Forum) -> None:
    for text in ("/nonsense", "hello?"):
        answer = await forum.ask(forum.ada, text, forum.private(forum.ada))
        assert answer.text == "I do not know that. /help shows what I can do."


async def test_in_a_group_it_answers_only_what_is_meant_for_it(forum: Forum) -> None:
    others = [forum.say(forum.ada, text) for text in ("hello?", "/nonsense", "/rooms@another_bot")]
    await forum.ask(forum.ada, "/nonsense@loggione_bot")
    replied = {message.reply_to for message in forum.group.messages.values()}
    assert not replied & {message.id for message in others}


async def test_it_says_hello_once_when_it_comes_into_a_group(forum: Forum) -> None:
    society = forum.world.society
    group = society.create_group("New group", forum.ada)
    society.set_member(group, Membership(forum.bot), forum.ada)
    hello = await forum.heard("Hello! I am Loggione", group)
    assert "I may not pin messages here" in hello.text
    member = group.members[forum.bot]
    rights = frozenset({"can_pin_messages"})
    society.set_member(group, replace(member, status=Status.ADMINISTRATOR, rights=rights), forum.ada)
    await forum.ask(forum.ada, "/rooms", group)
    assert sum("Hello!" in message.text for message in group.messages.values()) == 1


async def test_hello_to_a_group_that_lets_it_pin_asks_for_nothing_more(forum: Forum) -> None:
    society = forum.world.society
    group = society.create_group("New group", forum.ada)
    rights = frozenset({"can_pin_messages"})
    society.set_member(group, Membership(forum.bot, Status.ADMINISTRATOR, rights), forum.ada)
    assert "pin" not in (await forum.heard("Hello!", group)).text


async def test_being_thrown_out_is_taken_in_silence(forum: Forum) -> None:
    society = forum.world.society
    group = society.create_group("New group", forum.ada)
    society.set_member(group, Membership(forum.bot), forum.ada)
    await forum.heard("Hello!", group)
    society.set_member(group, Membership(forum.bot, Status.KICKED), forum.ada)
    assert "Nothing is on the programme" in (await forum.ask(forum.ada, "/rooms")).text
