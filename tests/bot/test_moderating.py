"""/ban, /pardon, /bans and /log, as admins use them and others try to."""

from datetime import timedelta

import pytest

from bot.callbacks import pack
from bot.card_keys import AskHost, Come, RemindMe
from bot.moderating import Pardon, length_and_reason, listed
from bot.seals import Seal
from bot.times import DurationNotUnderstood
from rooms.ids import ChatId, PersonId
from rooms.moderation import REASON_LENGTH, Ban
from sandbox.world.entities import Membership, Message, Person, Status
from tests.bot.forum import TOKEN, Forum, buttons, labels
from tests.bot.speeches import ENGLISH, ITALIAN
from tests.fakes.talks import CHAT

DAY = timedelta(days=1)
SEAL = Seal(TOKEN)
ONLY_ADMINS = "Only admins of this group can do that."


def mention_of(person: Person, at: int) -> list[dict[str, object]]:
    """A text mention of somebody's name, that far into a command."""
    user = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    return [
        {"type": "bot_command", "offset": 0, "length": at - 1},
        {"type": "text_mention", "offset": at, "length": len(person.name), "user": user},
    ]


def ban_on(forum: Forum, person: int) -> Ban:
    return forum.store.records.bans.rows[ChatId(forum.group.id), PersonId(person)]


async def ban_chiara(forum: Forum, words: str = "") -> Message:
    """Ada bans Chiara in answer to something that she said."""
    spam = forum.say(forum.chiara, "spam")
    return await forum.ask(forum.ada, f"/ban {words}", reply_to=spam.id)


@pytest.mark.parametrize(
    ("words", "length", "reason"),
    [("", None, ""), ("7d", 7 * DAY, ""), ("7d spam and more", 7 * DAY, "spam and more"),
     ("2 hours", DAY / 12, ""), ("for 2 hours rude", DAY / 12, "rude"), ("1h 30m rude", DAY / 16, "rude"),
     ("1 week", 7 * DAY, ""), ("2w off topic", 14 * DAY, "off topic"), ("3 months", 90 * DAY, ""),
     ("forever", None, ""), ("for good  bad jokes", None, "bad jokes"),
     ("rude for 2 hours", None, "rude for 2 hours"),
     ("7g", 7 * DAY, ""), ("7 giorni fuori tema", 7 * DAY, "fuori tema"), ("per 2 ore", DAY / 12, ""),
     ("per sempre", None, ""), ("due settimane", 14 * DAY, ""), ("un'ora e mezza", DAY / 16, ""),
     ("0d", timedelta(0), ""), ("99999d", 99_999 * DAY, "")],
)  # fmt: skip
def test_a_length_at_the_beginning_is_the_ban_s_and_the_rest_its_reason(
    words: str, length: timedelta | None, reason: str
) -> None:
    for language in ("en", "it"):
        assert length_and_reason(words, language) == (length, reason)


@pytest.mark.parametrize("words", ["7x", "-1d", "25:99", "999999999999 days", "12"])
def test_figures_that_are_no_length_ban_nobody_for_good(words: str) -> None:
    with pytest.raises(DurationNotUnderstood):
        length_and_reason(words, "en")


async def test_who_is_answered_is_banned(forum: Forum) -> None:
    answer = await ban_chiara(forum, "7d too loud")
    assert answer.text == (
        "Chiara is banned from this group's talks until Tuesday 1 December 2026, 13:00 Europe/Rome.\ntoo loud"
    )
    ban = ban_on(forum, forum.chiara)
    assert (ban.until, ban.reason) == (forum.clock.now() + 7 * DAY, "too loud")


async def test_who_is_mentioned_by_name_is_banned(forum: Forum) -> None:
    chiara = forum.world.society.people[forum.chiara]
    entities = mention_of(chiara, 5)
    answer = await forum.ask(forum.ada, "/ban Chiara 2 hours", entities=entities)
    assert answer.text.startswith(
        "Chiara is banned from this group's talks until Tuesday 24 November 2026, 15:00"
    )


async def test_a_user_name_means_who_wrote_to_the_bot_once(forum: Forum) -> None:
    forum.world.society.people[forum.chiara].username = "chiara_x"
    refused = await forum.ask(forum.ada, "/ban @Chiara_X per sempre")
    assert refused.text.startswith("Telegram does not tell me who @Chiara_X is: answer a message of theirs")
    await forum.ask(forum.chiara, "/start", forum.private(forum.chiara))
    answer = await forum.ask(forum.ada, "/ban @Chiara_X per sempre")
    assert answer.text == "Chiara is banned from this group's talks."
    assert ban_on(forum, forum.chiara).until is None


async def test_who_bans_in_the_group_s_name_confirms_it_from_their_own_account(forum: Forum) -> None:
    chiara = forum.world.society.people[forum.chiara]
    said = forum.say(
        forum.bruno, "/ban Chiara 7d", entities=mention_of(chiara, 5), sender_chat=forum.group.id
    )
    asked = await forum.reply_to(said)
    assert (await forum.tap(forum.chiara, asked, "It is me")).text == ONLY_ADMINS
    asked = await forum.reply_to(
        forum.say(forum.bruno, "/ban Chiara 7d", entities=mention_of(chiara, 5), sender_chat=forum.group.id)
    )
    await forum.tap(forum.bruno, asked, "It is me")
    assert ban_on(forum, forum.chiara).name == "Chiara"
    assert forum.store.records.log.rows[-1].actor_name == "Bruno"


async def test_nobody_named_is_asked_for(forum: Forum) -> None:
    for command in ("/ban", "/ban 7d", "/pardon"):
        assert (await forum.ask(forum.ada, command)).text.startswith("Whom do you mean?")


async def test_admins_and_oneself_cannot_be_banned(forum: Forum) -> None:
    for person in (forum.ada, forum.bruno):
        said = forum.say(person, "hello")
        answer = await forum.ask(forum.ada, "/ban", reply_to=said.id)
        assert answer.text == "Neither admins nor you yourself can be banned from the talks."
    assert forum.store.records.bans.rows == {}


@pytest.mark.parametrize("command", ["/ban", "/ban 7d", "/pardon", "/bans", "/log"])
async def test_members_may_do_none_of_it(forum: Forum, command: str) -> None:
    said = forum.say(forum.daniele, "hello")
    assert (await forum.ask(forum.chiara, command, reply_to=said.id)).text == ONLY_ADMINS
    assert (await forum.ask(forum.chiara, command)).text == ONLY_ADMINS


async def test_a_ban_of_no_time_and_a_reason_too_long_are_refused(forum: Forum) -> None:
    assert "how long shall the ban last?" in (await ban_chiara(forum, "0d")).text
    assert "a reason has 500 at most" in (await ban_chiara(forum, "x" * (REASON_LENGTH + 1))).text
    assert (await ban_chiara(forum, "7x")).text.startswith("I cannot read “7x” as a length of time.")
    assert forum.store.records.bans.rows == {}


async def test_a_ban_for_ages_is_for_good(forum: Forum) -> None:
    await ban_chiara(forum, "99999d")
    assert ban_on(forum, forum.chiara).until is None


async def test_who_is_banned_may_look_but_not_take_part(forum: Forum) -> None:
    room = await forum.schedule()
    card = forum.card(room)
    await forum.tap(forum.chiara, card, "I'm coming")
    await ban_chiara(forum)
    assert _coming(forum) == []
    for button in (Come(room.id), RemindMe(room.id)):
        answer = await forum.press(forum.chiara, card, SEAL.close(pack(button), card.chat))
        assert answer.text == "You are banned from this group's talks. Its admins can pardon you."
    private = forum.private(forum.chiara)
    for link in (f"ask-{room.id}", f"report-{room.id}", f"remind-{room.id}"):
        assert "You are banned" in (await forum.ask(forum.chiara, f"/start {link}", private)).text
    assert (await forum.ask(forum.chiara, "/rooms")).text.startswith("Careers after 40")
    assert (await forum.press(forum.chiara, card, SEAL.close(pack(AskHost(room.id)), card.chat))).url


async def test_a_pardon_by_button_gives_everything_back_once(forum: Forum) -> None:
    room = await forum.schedule()
    answer = await ban_chiara(forum)
    assert (await forum.tap(forum.daniele, answer, "Pardon Chiara")).text == ONLY_ADMINS
    data = buttons(answer)[0]["callback_data"]
    assert (await forum.press(forum.bruno, answer, data)).text == "Chiara may take part again."
    await forum.until(lambda: answer.text == "Chiara may take part again." and not buttons(answer))
    assert (await forum.press(forum.bruno, answer, data)).text == "That ban is over already."
    assert answer.text == "Chiara may take part again."
    assert "You are on the list" in (await forum.tap(forum.chiara, forum.card(room), "I'm coming")).text


async def test_a_pardon_by_command(forum: Forum) -> None:
    await ban_chiara(forum)
    said = forum.say(forum.chiara, "sorry")
    answers = [(await forum.ask(forum.ada, "/pardon", reply_to=said.id)).text for _ in range(2)]
    assert answers == ["Chiara may take part again.", "Chiara is not banned here."]


async def test_pardoning_one_of_the_list_leaves_the_others_there(forum: Forum) -> None:
    await ban_chiara(forum, "7d loud")
    said = forum.say(forum.daniele, "spam")
    await forum.ask(forum.ada, "/ban", reply_to=said.id)
    every = await forum.ask(forum.ada, "/bans")
    assert labels(every) == ["Pardon Chiara", "Pardon Daniele"]
    data = buttons(every)[0]["callback_data"]
    await forum.press(forum.ada, every, data)
    await forum.until(lambda: labels(every) == ["Pardon Daniele"])
    assert (await forum.press(forum.ada, every, data)).text == "That ban is over already."
    await forum.tap(forum.ada, every, "Pardon Daniele")
    await forum.until(lambda: every.text == "Nobody is banned here.")


async def test_the_log_is_shown_in_private_to_admins_of_that_group_alone(forum: Forum) -> None:
    await forum.schedule()
    asked = await forum.ask(forum.bruno, "/log")
    assert "Careers" not in asked.text
    payload = buttons(asked)[0]["url"].partition("?start=")[2]
    shown = await forum.ask(forum.bruno, f"/start {payload}", forum.private(forum.bruno))
    assert shown.text.startswith(
        "Log of Careers Forum\n\nTue 24 Nov 2026, 13:00\nAda scheduled “Careers after 40”"
    )
    forged = await forum.ask(forum.chiara, f"/start {payload}", forum.private(forum.chiara))
    assert forged.text == ONLY_ADMINS
    forum.group.members[forum.bruno] = Membership(forum.bruno)
    assert (await forum.ask(forum.bruno, f"/start {payload}", forum.private(forum.bruno))).text == ONLY_ADMINS
    forum.group.members[forum.bruno] = Membership(forum.bruno, Status.LEFT)
    answer = await forum.ask(forum.bruno, f"/start {payload}", forum.private(forum.bruno))
    assert answer.text.startswith("That is for members")


@pytest.mark.parametrize("rest", ["", "-", "--5", "x", "1", "-99", "9" * 30, "-1001999"])
async def test_a_forged_link_to_a_log_shows_nothing(forum: Forum, rest: str) -> None:
    answer = await forum.ask(forum.ada, f"/start log-{rest}", forum.private(forum.ada))
    assert answer.text.startswith("Talks live in groups")


def test_a_long_list_of_bans_fits_a_message_with_a_button_for_each_that_is_shown() -> None:
    bans = [Ban(CHAT, PersonId(number), f"P{number}", "x" * 500, None) for number in range(1, 31)]
    text, keyboard = listed(bans, ENGLISH)
    assert keyboard is not None
    assert len(text.striptags()) + text.count("\n") < 4096
    assert text.endswith(f"… and {30 - len(keyboard.inline_keyboard)} entries more")
    few, keyboard = listed([Ban(CHAT, PersonId(n), f"P{n}", "", None) for n in range(1, 31)], ITALIAN)
    assert keyboard is not None
    assert len(keyboard.inline_keyboard) == 20
    assert few.endswith("… e altre 10 voci")


def test_a_button_to_pardon_fits() -> None:
    assert len(pack(Pardon(PersonId(9_999_999_999), is_listed=True))) < 55


def _coming(forum: Forum) -> list[int]:
    return [
        guest.person for guest in forum.store.records.guests.rows.values() if guest.coming_since is not None
    ]
