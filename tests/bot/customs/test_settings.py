"""/settings, as admins and others use it."""

import pytest

from bot.callbacks import pack
from bot.customs.settings import SECTIONS, NewAddress, Put, Show
from bot.seals import Seal
from rooms.group import Schedulers
from rooms.moderation import DeedKind
from sandbox.world.entities import Membership, Message, Person
from tests.bot.forum import TOKEN, Forum, buttons, labels
from tests.bot.speeches import ENGLISH

ONLY_ADMINS = "Only admins of this group can do that."
SEAL = Seal(TOKEN)


async def press(forum: Forum, person: int, message: Message, button: object) -> str:
    """What is answered to a button of ours under any message of the group."""
    return (await forum.press(person, message, SEAL.close(pack(button), message.chat))).text


async def test_the_card_shows_every_custom_and_a_button_for_each(forum: Forum) -> None:
    card = await forum.ask(forum.ada, "/settings")
    assert card.text.startswith("Settings of Careers Forum\n\nLanguage: English\nTime zone: Europe/Rome\n")
    assert len(labels(card)) == len(SECTIONS) + 1


async def test_every_page_opens_and_leads_back(forum: Forum) -> None:
    card = await forum.ask(forum.ada, "/settings")
    whole = card.text
    for label in labels(card)[:-1]:
        for _ in range(2):
            await press(forum, forum.ada, card, Show(_key_of(label)))
        await forum.until(lambda label=label: card.text.startswith(f"{label}: "))  # type: ignore[misc]
        await forum.tap(forum.ada, card, "← Back")
        await forum.until(lambda: card.text == whole)


async def test_every_button_of_every_page_can_be_pressed_twice(forum: Forum) -> None:
    card = await forum.ask(forum.ada, "/settings topics a, b, c")
    for section in SECTIONS.values():
        await press(forum, forum.ada, card, Show(section.key))
        for button in buttons(card):
            for _ in range(2):
                answer = await forum.press(forum.ada, card, button["callback_data"])
                assert "went wrong" not in answer.text
        await press(forum, forum.ada, card, Show(section.key))


async def test_a_choice_is_on_record_on_the_page_and_in_the_log(forum: Forum) -> None:
    page = await forum.ask(forum.ada, "/settings schedulers")
    await forum.tap(forum.ada, page, "Every member")
    assert forum.customs().schedulers is Schedulers.MEMBERS
    await forum.until(lambda: "✅ Every member" in labels(page))
    deed = forum.store.records.log.rows[-1]
    assert (deed.kind, deed.actor_name, deed.detail) == (DeedKind.SET_UP, "Ada", "schedulers")


async def test_another_language_is_spoken_at_once(forum: Forum) -> None:
    page = await forum.ask(forum.ada, "/settings language")
    await forum.tap(forum.ada, page, "Italiano")
    await forum.until(lambda: page.text == "Lingua: Italiano")
    assert (await forum.ask(forum.ada, "/settings language english")).text == "Language: English"


@pytest.mark.parametrize("person", ["chiara", "demoted", "stranger"])
async def test_who_is_no_admin_can_neither_see_nor_press(forum: Forum, person: str) -> None:
    card = await forum.ask(forum.bruno, "/settings")
    forum.world.society.add(Person(99_999, "Stranger"))
    who = {"chiara": forum.chiara, "demoted": forum.bruno, "stranger": 99_999}[person]
    forum.group.members[forum.bruno] = Membership(forum.bruno)
    for button in (Show("zone"), Put("zone", "Asia/Tokyo"), NewAddress(False), NewAddress(True)):
        answer = await press(forum, who, card, button)
        assert answer in (ONLY_ADMINS, "That is for members of the group: join it first.")
    if who in forum.group.members:
        assert (await forum.ask(who, "/settings")).text == ONLY_ADMINS
        assert (await forum.ask(who, "/settings zone Tokyo")).text == ONLY_ADMINS
    assert forum.customs().zone.key == "Europe/Rome"


async def test_an_anonymous_admin_shows_themselves_first(forum: Forum) -> None:
    said = forum.say(forum.bruno, "/settings zone kathmandu", sender_chat=forum.group.id)
    asked = await forum.reply_to(said)
    assert (await forum.tap(forum.chiara, asked, "It is me")).text == ONLY_ADMINS
    again = await forum.reply_to(
        forum.say(forum.bruno, "/settings zone kathmandu", sender_chat=forum.group.id)
    )
    await forum.tap(forum.bruno, again, "It is me")
    assert forum.customs().zone.key == "Asia/Kathmandu"


@pytest.mark.parametrize(
    ("written", "answer"),
    [("nonsense", "There is no setting “nonsense”. There are: language, zone, topics"),
     ("zone mars", "“mars” does not fit there. Write, for example: /settings zone Asia/Kathmandu."),
     ("quiet 25:99", "“25:99” does not fit there. Write, for example: /settings quiet 22:30-7:00."),
     ("quiet 22-22", "Quiet hours must end at another time than they begin."),
     ("recording perhaps", "“perhaps” does not fit there: choose by the buttons of /settings recording."),
     ("topics a b!", "“#a b!” cannot be a topic"),
     ("thread", "“” does not fit there. Write, for example: /settings thread career."),
     ("thread career", "Write that in the forum topic that is meant."),
     ("language klingon", "“klingon” does not fit there")],
)  # fmt: skip
async def test_odd_words_get_a_clear_sentence(forum: Forum, written: str, answer: str) -> None:
    before = (await forum.ask(forum.ada, "/settings"), forum.customs())[1]
    assert (await forum.ask(forum.ada, f"/settings {written}")).text.startswith(answer)
    assert forum.customs() == before


@pytest.mark.parametrize(
    ("written", "shown"),
    [("zone kathmandu", "Time zone: Asia/Kathmandu"), ("ZONE\nroma", "Time zone: Europe/Rome"),
     ("time zone Tokyo", "Time zone: Asia/Tokyo"), ("quiet   22-8", "Quiet hours: from 22:00 to 08:00"),
     ("quiet off", "Quiet hours: never"), ("quiet none", "Quiet hours: never"),
     ("quiet no", "Quiet hours: never"), ("topics a,b,,#C", "Topics: only #a #b #c"),
     ("recording no", "Recording: off"), ("recording Yes", "Recording: on"),
     ("digest monday", "Weekly digest: Monday at 09:00"), ("zone", "Time zone: Europe/Rome")],
)  # fmt: skip
async def test_what_is_written_is_done_and_shown(forum: Forum, written: str, shown: str) -> None:
    assert (await forum.ask(forum.ada, f"/settings {written}")).text.startswith(shown)


async def test_a_topic_is_mapped_to_the_forum_topic_in_which_that_is_written(forum: Forum) -> None:
    chat = forum.a_group("Forum", is_forum=True)
    thread = forum.world.messages.open_thread(
        chat, forum.ada, "Careers", {"name": "Careers", "icon_color": 1}
    ).id
    page = await forum.ask(forum.ada, "/settings thread Job opportunities", chat, thread=thread)
    assert forum.customs(chat).topics.threads == {"job_opportunities": thread}
    assert page.text.startswith("Topics: any; announced in their forum topics: #job_opportunities")
    await forum.ask(forum.ada, "/settings topics career", chat)
    refused = await forum.ask(forum.ada, "/settings thread carer", chat, thread=thread)
    assert refused.text.startswith("#carer is not among this group's topics")
    await forum.ask(forum.ada, "/settings thread career", chat, thread=thread)
    await forum.ask(forum.ada, "/settings thread career off", chat)
    assert forum.customs(chat).topics.threads == {}


async def test_new_addresses_are_asked_about_first(forum: Forum) -> None:
    card = await forum.ask(forum.ada, "/settings")
    old = forum.customs().programme_key
    await forum.tap(forum.ada, card, "New addresses")
    await forum.until(lambda: "Yes, new ones" in labels(card))
    assert forum.customs().programme_key == old
    answer = await forum.tap(forum.ada, card, "Yes, new ones")
    assert (answer.text, answer.is_alert) == ("The old addresses are dead.", True)
    assert forum.customs().programme_key != old
    assert card.text.startswith("Settings of")


async def test_in_private_there_is_no_group_to_set_up(forum: Forum) -> None:
    answer = await forum.ask(forum.ada, "/settings", forum.private(forum.ada))
    assert answer.text.startswith("Talks live in groups")


async def test_the_card_is_italian_for_italians(italian_forum: Forum) -> None:
    card = await italian_forum.ask(italian_forum.ada, "/settings")
    assert card.text.startswith(
        "Impostazioni di Careers Forum\n\nLingua: Italiano\nFuso orario: Europe/Rome\n"
    )
    page = await italian_forum.ask(italian_forum.ada, "/settings fuso orario Katmandu")
    assert page.text.startswith("“Katmandu” lì non va. Scrivi, per esempio: /settings fuso Asia/Kathmandu.")
    page = await italian_forum.ask(italian_forum.ada, "/settings fuso orario Londra")
    assert page.text.startswith("Fuso orario: Europe/London")


async def test_italians_write_italian_words_and_are_shown_them(italian_forum: Forum) -> None:
    for written in ("silenzio 22-8", "QUIET 22-8", "ore di silenzio 22-8"):
        page = await italian_forum.ask(italian_forum.ada, f"/settings {written}")
        assert page.text.startswith("Ore di silenzio: dalle 22:00 alle 08:00")
        assert page.text.endswith("/settings silenzio 22:30-7:00")
    for written in ("no", "nessuna", "mai", "off"):
        await italian_forum.ask(italian_forum.ada, "/settings silenzio 22-8")
        page = await italian_forum.ask(italian_forum.ada, f"/settings silenzio {written}")
        assert page.text.startswith("Ore di silenzio: mai")
    page = await italian_forum.ask(italian_forum.ada, "/settings registrazione sì")
    assert page.text.startswith("Registrazione: sì")
    topics = await italian_forum.ask(italian_forum.ada, "/settings temi")
    assert topics.text.endswith("/settings temi carriera, lavoro, novità")
    unknown = await italian_forum.ask(italian_forum.ada, "/settings boh")
    assert "Ci sono: lingua, fuso, temi" in unknown.text
    mapped = await italian_forum.ask(italian_forum.ada, "/settings argomento carriera")
    assert mapped.text == "Scrivilo nell'argomento del forum che intendi."


def _key_of(title: str) -> str:
    return next(one.key for one in SECTIONS.values() if one.title(ENGLISH.words) == title)
