"""/stage: who minds the talk looks after its stage in private, and from the board."""

import pytest

from rooms.ids import PersonId
from sandbox.world.entities import Membership, Message, Status
from tests.bot.forum import Forum, buttons, labels
from tests.bot.parlour import Parlour
from tests.bot.stage import LiveForum, live


async def panel_of(talk: LiveForum, person: int) -> tuple[Parlour, Message]:
    """The person follows /stage into the private chat."""
    parlour = Parlour(talk.forum, person)
    answer = await talk.forum.ask(person, "/stage")
    return parlour, await parlour.follow(answer)


async def test_the_panel_shows_hands_and_everybody_in_the_call(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("ada", may_speak=True), talk.standing("chiara", hand=1))
        await forum.until_stored(lambda records: bool(records.hands.rows))
        parlour, panel = await panel_of(talk, forum.ada)
        assert "🔇 Ada · host" in panel.text
        assert labels(panel) == [
            "✅ Let Chiara speak", "✖ Not now", "🎙 Ada", "👂 Chiara", "🔇 Mute all", "🔄 Look again",
        ]  # fmt: skip
        await parlour.tap(panel, "✅ Let Chiara speak")
        await forum.until(lambda: "🎙 Chiara" in labels(panel))
        assert talk.speakers == {"Chiara"}


async def test_somebody_is_muted_let_down_and_let_speak_again(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("chiara", may_speak=True, is_muted=False))
        parlour, panel = await panel_of(talk, forum.ada)
        await parlour.tap(panel, "🎙 Chiara")
        assert labels(panel) == ["🔇 Mute", "👂 Make a listener", "🚪 Remove from the call", "← Back"]
        assert await parlour.tap(panel, "🔇 Mute") == "🔇 Chiara is muted, and can unmute again."
        assert talk.asked[-1] == ("silence", forum.chiara)
        await parlour.tap(panel, "🎙 Chiara")
        assert await parlour.tap(panel, "👂 Make a listener") == "👂 Chiara listens from now on."
        await forum.until(lambda: "👂 Chiara" in labels(panel))
        await parlour.tap(panel, "👂 Chiara")
        assert labels(panel) == ["🎙 Let speak", "🚪 Remove from the call", "← Back"]
        assert await parlour.tap(panel, "🎙 Let speak") == "Chiara may speak now."
        assert talk.speakers == {"Chiara"}


async def test_all_are_muted_from_the_board(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("chiara", may_speak=True, is_muted=False))
        answer = await forum.tap(forum.bruno, await talk.board(), "🔇 Mute all")
        assert answer.text == "🔇 All microphones are off."
        assert talk.asked == [("silence", None)]


async def test_the_board_gives_the_talk_more_time_and_goes_on(forum: Forum) -> None:
    async with live(forum) as talk:
        board = await talk.board()
        answer = await forum.tap(forum.ada, board, "⏳ +15 min")
        assert answer.text.startswith("⏳ The talk goes on until ")
        board = await talk.board("⏳ 1 hour")
        assert "✋ Raise or lower my hand" in labels(board)


async def test_the_board_leads_who_minds_the_talk_to_the_panel(forum: Forum) -> None:
    async with live(forum) as talk:
        board = await talk.board()
        answer = await forum.tap(forum.ada, board, "🎛 Stage")
        assert answer.url.endswith(f"?start=stage-{talk.room.id}")


@pytest.mark.parametrize("label", ["🔇 Mute all", "⏳ +15 min", "🎛 Stage"])
async def test_members_are_told_whose_buttons_these_are(forum: Forum, label: str) -> None:
    async with live(forum) as talk:
        answer = await forum.tap(forum.chiara, await talk.board(), label)
        assert answer.is_alert
        assert "Only the talk's host, its co-hosts and the admins" in answer.text
        assert talk.asked == []


async def test_members_see_no_panel(forum: Forum) -> None:
    async with live(forum) as talk:
        assert "Only the talk's host" in (await forum.ask(forum.chiara, "/stage")).text
        parlour = Parlour(forum, forum.chiara)
        assert "Only the talk's host" in (await parlour.start(f"stage-{talk.room.id}")).text
        assert "never there" in (await parlour.start("stage-999")).text


async def test_rights_are_those_of_the_moment_of_the_tap(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("chiara", may_speak=True))
        parlour, panel = await panel_of(talk, forum.bruno)
        forum.group.members[forum.bruno] = Membership(forum.bruno)
        told = await parlour.tap(panel, "🔇 Mute all")
        assert "Only the talk's host" in told
        assert talk.asked == []


async def test_removing_takes_somebody_out_of_the_group_for_a_moment(forum: Forum) -> None:
    rights = frozenset({"can_pin_messages", "can_restrict_members"})
    forum.group.members[forum.bot] = Membership(forum.bot, Status.ADMINISTRATOR, rights)
    async with live(forum) as talk:
        await talk.seen(talk.standing("chiara", may_speak=True))
        parlour, panel = await panel_of(talk, forum.ada)
        await parlour.tap(panel, "🎙 Chiara")
        await parlour.tap(panel, "🚪 Remove from the call")
        assert "Remove Chiara?" in panel.text
        assert forum.group.members[forum.chiara].is_present, "it was only asked"
        told = await parlour.tap(panel, "Yes, remove")
        assert told == "Chiara is out of the call, and can join the group again."
        assert forum.group.members[forum.chiara].status is Status.LEFT


async def test_without_the_right_to_remove_somebody_listens_instead(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("chiara", may_speak=True))
        parlour, panel = await panel_of(talk, forum.ada)
        await parlour.tap(panel, "🎙 Chiara")
        await parlour.tap(panel, "🚪 Remove from the call")
        told = await parlour.tap(panel, "Yes, remove")
        assert told == "I may not remove people from this group: Chiara listens now."
        assert ("listen", forum.chiara) in talk.asked
        assert forum.group.members[forum.chiara].is_present


async def test_admins_are_not_removed(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("bruno", may_speak=True))
        parlour, panel = await panel_of(talk, forum.ada)
        await parlour.tap(panel, "🎙 Bruno")
        await parlour.tap(panel, "🚪 Remove from the call")
        assert "Admins cannot be removed" in await parlour.tap(panel, "Yes, remove")


async def test_who_has_left_meanwhile_has_no_page(forum: Forum) -> None:
    async with live(forum) as talk:
        await talk.seen(talk.standing("chiara", may_speak=True))
        parlour, panel = await panel_of(talk, forum.ada)
        await talk.seen(talk.standing("daniele"))
        assert await parlour.tap(panel, "🎙 Chiara") == "They have left the call."
        assert "👂 Daniele" in labels(panel)


async def test_who_speaks_as_a_channel_has_a_page_like_anybody(forum: Forum) -> None:
    async with live(forum) as talk:
        channel = talk.standing("chiara", may_speak=True, person=PersonId(-1001234567890), name="The Channel")
        await talk.seen(channel)
        parlour, panel = await panel_of(talk, forum.ada)
        for tapped in ("🎙 The Channel", "👂 Make a listener", "👂 The Channel", "🚪 Remove from the call"):
            await parlour.tap(panel, tapped)
        assert "The Channel listens now" in await parlour.tap(panel, "Yes, remove")


async def test_every_button_of_a_panel_fits(forum: Forum) -> None:
    async with live(forum) as talk:
        people = [
            talk.standing("chiara", person=PersonId(-1001234567890 - number), name="W" * 64, may_speak=True)
            for number in range(60)
        ]
        await talk.seen(*people)
        _, panel = await panel_of(talk, forum.ada)
        assert len(buttons(panel)) == 22
