"""What the bot says of itself, and of what it does for whoever asks."""

from dataclasses import replace

from rooms.group import Schedulers
from rooms.ids import ChatId
from tests.bot.forum import Forum, buttons


def commands_in(text: str) -> list[str]:
    return [line.split(":")[0] for line in text.splitlines() if line.startswith("/") and ": " in line]


async def test_start_in_private_introduces_the_bot_in_the_person_s_language(forum: Forum) -> None:
    chat = forum.private(forum.daniele)
    answer = await forum.ask(forum.daniele, "/start", chat)
    assert answer.text.startswith("Sono Loggione")
    assert buttons(answer)[0]["url"].startswith(
        "https://t.me/loggione_bot?startgroup=hello&admin=pin_messages"
    )
    answer = await forum.ask(forum.ada, "/start some-payload", forum.private(forum.ada))
    assert answer.text.startswith("I am Loggione")


async def test_help_is_for_whoever_asks(forum: Forum) -> None:
    admin = commands_in((await forum.ask(forum.ada, "/help")).text)
    member = commands_in((await forum.ask(forum.chiara, "/help")).text)
    assert {"/schedule", "/cancel", "/ban", "/settings", "/log"} <= set(admin)
    assert {"/rooms", "/hand", "/links", "/stats", "/help"} <= set(member)
    assert {"/schedule", "/stage", "/speaker", "/mute", "/ban", "/settings"}.isdisjoint(member)


async def test_a_host_is_told_what_hosts_may(forum: Forum) -> None:
    room = await forum.schedule()
    async with forum.store.writing() as records:
        await records.rooms.save(replace(room, plan=replace(room.plan, host=room.plan.host + 2)))  # type: ignore[arg-type]
    host = commands_in((await forum.ask(forum.chiara, "/help")).text)
    assert {"/open", "/close", "/cancel", "/host", "/invite", "/uninvite", "/stage", "/turn"} <= set(host)
    assert "/schedule" not in host
    assert "/ban" not in host


async def test_where_members_may_schedule_they_are_told(forum: Forum) -> None:
    await forum.ask(forum.ada, "/rooms")
    async with forum.store.writing() as records:
        group = await records.groups.find(ChatId(forum.group.id))
        assert group is not None
        await records.groups.save(replace(group, schedulers=Schedulers.MEMBERS))
    assert "/schedule" in commands_in((await forum.ask(forum.chiara, "/help")).text)


async def test_in_private_it_lists_what_works_there(forum: Forum) -> None:
    answer = await forum.ask(forum.chiara, "/help", forum.private(forum.chiara))
    assert {"/privacy", "/forget", "/language"} <= set(commands_in(answer.text))
    assert "/schedule" not in commands_in(answer.text)


async def test_a_person_chooses_their_language_in_private(forum: Forum) -> None:
    chat = forum.private(forum.chiara)
    asked = await forum.ask(forum.chiara, "/language", chat)
    await forum.tap(forum.chiara, asked, "Italiano")
    await forum.heard("D'ora in poi ti scrivo in italiano.", chat)
    assert (await forum.ask(forum.chiara, "/help", chat)).text.startswith("Che cosa posso fare per te")


async def test_what_it_does_not_know_it_says_in_private(forum: Forum) -> None:
    for text in ("/nonsense", "hello?"):
        answer = await forum.ask(forum.ada, text, forum.private(forum.ada))
        assert answer.text == "I do not know that. /help shows what I can do."


async def test_in_a_group_it_answers_only_what_is_meant_for_it(forum: Forum) -> None:
    others = [forum.say(forum.ada, text) for text in ("hello?", "/nonsense", "/rooms@another_bot")]
    await forum.ask(forum.ada, "/nonsense@loggione_bot")
    replied = {message.reply_to for message in forum.group.messages.values()}
    assert not replied & {message.id for message in others}
