"""/speaker, /listener, /mute: one person is named, or everybody."""

from tests.bot.forum import Forum
from tests.bot.stage import live


async def test_somebody_answered_speaks_and_listens_again(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("chiara"))
        said = forum.say(forum.chiara, "I could say something about that")
        answer = await forum.ask(forum.ada, "/speaker", reply_to=said.id)
        assert answer.text == "🎙 Chiara may speak now."
        assert talk.speakers == {"Chiara"}
        answer = await forum.ask(forum.ada, "/listener", reply_to=said.id)
        assert answer.text == "👂 Chiara listens from now on."
        assert talk.speakers == set()
        assert [what for what, _person in talk.asked] == ["speak", "listen"]


async def test_somebody_is_named_as_they_are_called_in_the_call(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("daniele", may_speak=True))
        assert (await forum.ask(forum.ada, "/mute daniele")).text.startswith("🔇 Daniele is muted")
        assert talk.asked == [("silence", forum.daniele)]


async def test_a_user_name_means_who_wrote_to_the_bot_under_it(forum: Forum) -> None:
    forum.world.society.people[forum.chiara].username = "chiara_c"
    async with live(forum) as talk:
        answer = await forum.ask(forum.ada, "/speaker @chiara_c")
        assert "does not tell me who @chiara_c is" in answer.text
        forum.say(forum.chiara, "/start", forum.private(forum.chiara))
        await forum.heard("gallery", forum.private(forum.chiara))
        assert (await forum.ask(forum.ada, "/speaker @chiara_c")).text == "🎙 Chiara may speak now."
        assert talk.speakers == {"Chiara"}


async def test_all_are_muted(forum: Forum) -> None:
    async with live(forum) as talk:
        for words in ("/mute all", "/mute tutti", "/mute Everybody"):
            assert (await forum.ask(forum.ada, words)).text == "🔇 All microphones are off."
        assert talk.asked == [("silence", None)] * 3


async def test_without_a_name_nobody_is_meant(forum: Forum) -> None:
    async with live(forum) as talk:
        for words in ("/mute", "/speaker", "/listener nobody in particular"):
            assert "Whom do you mean?" in (await forum.ask(forum.ada, words)).text
        assert talk.asked == []


async def test_who_calls_themselves_like_somebodys_user_name_is_not_meant_by_it(forum: Forum) -> None:
    forum.world.society.people[forum.chiara].username = "chiara_c"
    forum.say(forum.chiara, "/start", forum.private(forum.chiara))
    await forum.heard("gallery", forum.private(forum.chiara))
    async with live(forum) as talk:
        await talk.seen(talk.standing("daniele", name="chiara_c"))
        await forum.ask(forum.ada, "/speaker @chiara_c")
        assert talk.asked == [("speak", forum.chiara)]


async def test_of_two_with_one_name_neither_is_meant_by_it(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("daniele"), talk.standing("chiara", name="Daniele"))
        assert "Whom do you mean?" in (await forum.ask(forum.ada, "/mute Daniele")).text


async def test_members_are_told_that_it_is_not_theirs(forum: Forum) -> None:
    async with live(forum) as talk:
        for words in ("/mute all", "/speaker Daniele", "/listener Ada"):
            assert "Only the talk's host" in (await forum.ask(forum.chiara, words)).text
        assert (talk.asked, talk.speakers) == ([], set())


async def test_the_host_is_no_listener_in_their_talk(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("ada", may_speak=True))
        assert "Ada minds this talk" in (await forum.ask(forum.bruno, "/listener Ada")).text


async def test_a_full_talk_says_so(forum: Forum) -> None:
    async with live(forum, "Careers after 40 | in 10 minutes | 45m | 1 seat") as talk:
        await talk.seen(talk.standing("chiara"), talk.standing("daniele"))
        await forum.ask(forum.ada, "/speaker Chiara")
        answer = await forum.ask(forum.ada, "/speaker Daniele")
        assert answer.text == "This talk has 1 seat, and it is taken: they can listen."
        assert talk.speakers == {"Chiara"}
