"""What happens in Telegram's own voice chat and what the chat knows of it go together."""

from rooms.appointments import Answer
from rooms.ids import PersonId
from rooms.roles import Role
from tests.bot.forum import Forum, labels
from tests.bot.stage import live


async def test_whom_an_admin_lets_speak_in_the_call_is_a_speaker_and_admins_are_none(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(*(talk.standing(name) for name in ("bruno", "chiara")))
        await talk.becomes("bruno", may_speak=True)
        await talk.becomes("chiara", may_speak=True)
        await forum.until_stored(lambda _records: bool(talk.speakers))
        assert talk.speakers == {"Chiara"}
        await talk.becomes("chiara", may_speak=False)
        await forum.until_stored(lambda _records: not talk.speakers)


async def test_who_writes_as_the_group_itself_is_an_admin(forum: Forum) -> None:
    async with live(forum) as talk:
        group = PersonId(forum.group.id)
        await talk.seen(talk.standing("ada", person=group, name="Careers Forum"), talk.standing("chiara"))
        forum.calls.change(talk.room.id, group, may_speak=True)
        await talk.becomes("chiara", may_speak=True)
        await forum.until_stored(lambda _records: bool(talk.speakers))
        assert talk.speakers == {"Chiara"}


async def test_a_ban_takes_the_voice_at_once(forum: Forum) -> None:
    async with live(forum) as talk:
        said = forum.say(forum.chiara, "la la la")
        await talk.seen(talk.standing("chiara"))
        await forum.ask(forum.ada, "/speaker Chiara")
        await talk.pass_time(1)
        await forum.ask(forum.ada, "/ban", reply_to=said.id)
        await forum.until(lambda: talk.asked[-1] == ("listen", forum.chiara))
        assert talk.speakers == set()


async def test_an_invitation_is_accepted_while_the_talk_is_on(forum: Forum) -> None:
    private = forum.private(forum.chiara)
    async with live(forum) as talk:
        forum.say(forum.chiara, "/start", private)
        await forum.heard("gallery", private)
        said = forum.say(forum.chiara, "I could say something about that")
        await forum.ask(forum.ada, "/invite", reply_to=said.id)
        letter = await forum.heard("asks you to speak in Careers after 40", private)
        assert labels(letter) == ["✅ Accept invitation", "Decline"]
        await forum.until(lambda: "Accept invitation" in str(forum.card(talk.room).keyboard))
        await forum.tap(forum.chiara, letter, "Accept")
        rows = forum.store.records.appointments.rows.values()
        assert [(one.role, one.answer) for one in rows] == [(Role.SPEAKER, Answer.ACCEPTED)]
        await talk.pass_time(1)
        assert forum.chiara in forum.calls.in_call[talk.room.id].speakers
