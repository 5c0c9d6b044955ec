"""/hand and the hands on the board."""

from rooms.ids import ChatId, PersonId
from rooms.moderation import Ban
from tests.bot.forum import Forum
from tests.bot.stage import live


async def test_a_hand_goes_up_from_the_chat_and_down_again(forum: Forum) -> None:
    async with live(forum) as talk:
        answer = await forum.ask(forum.chiara, "/hand")
        assert answer.text == "✋ Your hand is up: you are next."
        answer = await forum.ask(forum.daniele, "/hand")
        assert answer.text == "✋ Your hand is up: number 2 in the queue."
        assert talk.hands == ["Chiara", "Daniele"]
        assert (await forum.ask(forum.chiara, "/hand")).text == "Your hand is down."
        assert talk.hands == ["Daniele"]


async def test_without_a_talk_there_is_nothing_to_ask_for(forum: Forum) -> None:
    await forum.schedule()
    assert "No talk is on here" in (await forum.ask(forum.chiara, "/hand")).text


async def test_who_is_banned_or_speaks_already_is_refused_kindly(forum: Forum) -> None:
    async with live(forum) as talk:
        async with forum.store.writing() as records:
            ban = Ban(ChatId(forum.group.id), PersonId(forum.chiara), "Chiara", "", None)
            await records.bans.save(ban)
        assert "You are banned" in (await forum.ask(forum.chiara, "/hand")).text
        assert "You may speak already" in (await forum.ask(forum.ada, "/hand")).text
        assert talk.hands == []


async def test_the_board_takes_hands_and_the_host_answers_them_there(forum: Forum) -> None:
    async with live(forum) as talk:
        board = await talk.board()
        await talk.seen(talk.standing("chiara"), talk.standing("daniele"))
        answer = await forum.tap(forum.chiara, board, "✋ Raise or lower my hand")
        assert answer.text == "✋ Your hand is up: you are next."
        await forum.tap(forum.daniele, board, "✋ Raise or lower my hand")
        board = await talk.board("✋ 1. Chiara 2. Daniele")
        answer = await forum.tap(forum.ada, board, "✅ Let Chiara speak")
        assert answer.text == "Chiara may speak now."
        assert talk.speakers == {"Chiara"}
        assert ("speak", forum.chiara) in talk.asked
        board = await talk.board("✋ 1. Daniele")
        await forum.tap(forum.ada, board, "✖ Not now")
        assert (talk.hands, talk.speakers) == ([], {"Chiara"})
        await talk.shown(lambda board: "✋ 1." not in board.text)


async def test_members_answer_no_hands(forum: Forum) -> None:
    async with live(forum) as talk:
        await forum.ask(forum.chiara, "/hand")
        board = await talk.board("✋ 1. Chiara")
        answer = await forum.tap(forum.chiara, board, "✅ Let Chiara speak")
        assert answer.is_alert
        assert "Only the talk's host, its co-hosts and the admins" in answer.text
        assert talk.speakers == set()


async def test_a_storm_of_taps_lets_one_person_speak(forum: Forum) -> None:
    """Two hosts press the same button at once, and again: nobody else's turn is taken by that."""
    async with live(forum) as talk:
        await forum.ask(forum.chiara, "/hand")
        await forum.ask(forum.daniele, "/hand")
        board = await talk.board("✋ 1. Chiara 2. Daniele")
        queries = [
            forum.world.messages.press(board, person, data)
            for data in [str(board.keyboard[1][0]["callback_data"])]  # type: ignore[index]
            for person in [forum.ada, forum.bruno] * 4
        ]
        await forum.until(lambda: {answer.query for answer in forum.answers} >= set(queries))
        assert talk.speakers == {"Chiara"}
        assert talk.hands == ["Daniele"]
        texts = [answer.text for answer in forum.answers if answer.query in queries]
        assert texts.count("Chiara may speak now.") == 1
        assert texts.count("That hand is down already: somebody was quicker.") == 7


async def test_buttons_of_a_talk_that_is_over_do_nothing(forum: Forum) -> None:
    async with live(forum) as talk:
        await forum.ask(forum.chiara, "/hand")
        board = await talk.board("✋ 1. Chiara")
        data = str(board.keyboard[0][0]["callback_data"])  # type: ignore[index]
        await forum.ask(forum.ada, "/close")
        board = await talk.board("This talk is over.")
        assert board.keyboard is None
        assert "No talk is on here" in (await forum.press(forum.chiara, board, data)).text
        assert talk.hands == []


async def test_who_is_let_speak_outside_the_call_is_told_to_come(forum: Forum) -> None:
    async with live(forum) as talk:
        forum.say(forum.chiara, "/start", forum.private(forum.chiara))
        await forum.heard("gallery", forum.private(forum.chiara))
        await forum.ask(forum.chiara, "/hand")
        board = await talk.board("✋ 1. Chiara")
        await forum.tap(forum.ada, board, "✅ Let Chiara speak")
        await forum.heard("The floor is yours: join the voice chat of Careers", forum.private(forum.chiara))
