"""/change by buttons, in the group and in private."""

from datetime import UTC, datetime, timedelta

from bot.amending.pages import Become
from bot.amending.scopes import Scope
from bot.aspects import Aspect
from bot.callbacks import pack
from bot.seals import Seal
from rooms.ids import ChatId, RoomId
from rooms.plan import Admission
from sandbox.bot_api.parameters import Upload
from sandbox.bot_api.pictures import make_photo
from sandbox.world.entities import Message
from tests.bot.amending.series import a_series
from tests.bot.forum import TOKEN, Forum, labels
from tests.bot.parlour import Parlour
from tests.sandbox.pictures import picture


async def in_private(forum: Forum, menu: Message, label: str) -> tuple[Parlour, Message]:
    """A button of the menu leads into the private chat; gives the question there."""
    answer = await forum.tap(forum.ada, menu, label)
    parlour = Parlour(forum, forum.ada)
    return parlour, await parlour.start(answer.url.partition("?start=")[2])


async def test_the_menu_shows_what_can_be_changed(forum: Forum) -> None:
    await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    assert menu.text == ("What shall be changed of Careers?\nThursday 26 November 2026, 18:30 Europe/Rome")
    assert labels(menu) == [
        "Title", "Topic", "When", "How long", "Description", "Seats", "Who may listen", "Recording",
        "Language", "Cover picture",
    ]  # fmt: skip


async def test_values_are_tapped_in_the_group(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change Careers")
    for aspect, value in [
        ("Seats", "20"), ("Who may listen", "For members"), ("Recording", "No recording"),
        ("Language", "Italian"), ("How long", "45 minutes"),
    ]:  # fmt: skip
        await forum.tap(forum.ada, menu, aspect)
        await forum.tap(forum.ada, menu, value)
        assert menu.text.startswith("Careers is changed.")
        assert labels(menu) == ["↩ Undo", "✎ Change more"]
        await forum.tap(forum.ada, menu, "Change more")
    plan = forum.store.records.rooms.rows[room.id].plan
    assert (plan.seats, plan.admission, plan.is_recorded) == (20, Admission.MEMBERS, False)
    assert (plan.language, plan.duration) == ("it", timedelta(minutes=45))


async def test_back_leads_to_the_menu(forum: Forum) -> None:
    await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    text = menu.text
    await forum.tap(forum.ada, menu, "Seats")
    await forum.tap(forum.ada, menu, "Back")
    assert menu.text == text


async def test_a_title_is_written_in_private(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    parlour, asked = await in_private(forum, menu, "Title")
    assert asked.text == "Careers\nWhat is the talk called?"
    done = await parlour.write("Careers after 50")
    assert done.text.startswith("Careers after 50 is changed.")
    assert forum.store.records.rooms.rows[room.id].plan.title == "Careers after 50"
    await parlour.tap(done, "Undo")
    assert forum.store.records.rooms.rows[room.id].plan.title == "Careers"


async def test_a_time_is_written_in_private_and_asked_about(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    parlour, asked = await in_private(forum, menu, "When")
    refused = await parlour.write("when pigs fly")
    assert "as a time" in refused.text
    asked = await parlour.write("Friday at 7")
    await parlour.tap(asked, "19:00")
    assert asked.text.startswith("Careers is moved to Friday 27 November 2026, 19:00")
    starts_at = forum.store.records.rooms.rows[room.id].plan.starts_at
    assert starts_at == datetime(2026, 11, 27, 18, tzinfo=UTC)
    assert (await parlour.write("Saturday")).text.startswith("I do not know that")


async def test_a_cover_is_sent_in_private(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    await forum.tap(forum.ada, menu, "Cover picture")
    parlour = Parlour(forum, forum.ada)
    asked = await parlour.follow(menu)
    assert labels(asked) == ["Draw one for me", "✖ Cancel"]
    assert (await parlour.write("a cat")).text.startswith("Please send a picture")
    photo = make_photo(Upload("cat.jpg", "image/jpeg", picture(800, 400)))
    done = await parlour.write(media=forum.world.messages.keep_picture(photo))
    assert done.text == "Careers is changed. The announcement shows it."
    assert forum.store.records.rooms.rows[room.id].plan.cover


async def test_cancel_in_private_changes_nothing(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    parlour, _asked = await in_private(forum, menu, "Title")
    assert (await parlour.write("/cancel")).text.startswith("Left as it was")
    assert forum.store.records.rooms.rows[room.id].plan == room.plan


async def test_postpone_without_a_time_asks_for_it_in_private(forum: Forum) -> None:
    await forum.schedule("Careers | Thursday 18:30")
    for words in ("/postpone", "/postpone Careers"):
        asked = await forum.ask(forum.ada, words)
        assert asked.text == "When shall Careers begin? I ask you in private."
        parlour = Parlour(forum, forum.ada)
        question = await parlour.follow(asked)
        assert question.text.startswith("Careers\nWhen does it begin?")


async def test_of_a_series_the_menu_asks_how_far_it_reaches(forum: Forum) -> None:
    await a_series(forum)
    menu = await forum.ask(forum.ada, "/change")
    await forum.tap(forum.ada, menu, "3 Dec")
    await forum.tap(forum.ada, menu, "All that follow")
    await forum.tap(forum.ada, menu, "Seats")
    await forum.tap(forum.ada, menu, "20")
    seats = {one.plan.starts_at.day: one.plan.seats for one in forum.rooms()}
    assert (seats.pop(26), set(seats.values())) == (None, {20})


async def test_members_can_press_nothing(forum: Forum) -> None:
    await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    assert (await forum.tap(forum.chiara, menu, "Seats")).text.startswith("Only the talk's host")
    await forum.tap(forum.ada, menu, "Seats")
    assert (await forum.tap(forum.chiara, menu, "20")).text.startswith("Only the talk's host")


async def test_links_that_nobody_made_lead_nowhere(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    parlour = Parlour(forum, forum.ada)
    for payload in ("change-", f"change-{room.id}", f"change-{room.id}_one_people", "change-99_one_title",
                    f"change-{room.id}_two_title", f"change-{'9' * 30}_one_title"):  # fmt: skip
        assert "gone" in (await parlour.start(payload)).text
    stranger = Parlour(forum, forum.chiara)
    refused = await stranger.start(f"change-{room.id}_one_title")
    assert refused.text.startswith("Only the talk's host")


async def test_values_that_were_never_offered_are_refused(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    for aspect, value in [(Aspect.SEATS, "7"), (Aspect.ADMISSION, "x"), (Aspect.PEOPLE, "none")]:
        data = pack(Become(RoomId(room.id), Scope.ONE, aspect, value))
        sealed = Seal(TOKEN).close(data, ChatId(forum.group.id))
        assert "does nothing" in (await forum.press(forum.ada, menu, sealed)).text
    assert forum.store.records.rooms.rows[room.id].plan == room.plan


async def test_a_button_under_what_was_done_ends_no_later_dialogue(forum: Forum) -> None:
    room = await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    parlour, _asked = await in_private(forum, menu, "Title")
    done = await parlour.write("Careers after 50")
    await parlour.follow(await forum.ask(forum.ada, "/schedule"))
    await parlour.tap(done, "Change more")
    await parlour.tap(done, "Seats")
    await parlour.tap(done, "20")
    assert forum.store.records.rooms.rows[room.id].plan.seats == 20
    assert (await parlour.write("Another talk")).text.startswith("What is its topic?")


async def test_a_talk_that_was_cancelled_meanwhile_is_not_changed_any_more(forum: Forum) -> None:
    await forum.schedule("Careers | Thursday 18:30")
    menu = await forum.ask(forum.ada, "/change")
    await forum.ask(forum.ada, "/cancel")
    text = menu.text
    assert "was cancelled" in (await forum.tap(forum.ada, menu, "Seats")).text
    assert menu.text == text
