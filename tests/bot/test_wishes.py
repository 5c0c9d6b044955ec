"""Reading what stands after /schedule."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.aspects.times import LONGEST_PHRASE, Scene
from bot.errors import AspectNotUnderstood, FieldNotUnderstood, SaidTwice, WishIncomplete
from bot.persons import Mentions
from bot.times import DurationNotUnderstood, Every, Question, TimeInPast, TimeNotUnderstood, When
from bot.wishes import USUAL, read_wish
from rooms.appointments import Invited
from rooms.errors.series import RecurrenceMalformed
from rooms.errors.talks import TopicMalformed
from rooms.errors.times import DurationOutOfRange
from rooms.plan import Admission
from rooms.roles import Role
from tests.bot.forum import ROME
from tests.fakes.clock import NOON

SCENE = Scene(NOON, ROME, "en")
TOMORROW = When(datetime(2026, 11, 25, 17, 30, tzinfo=UTC), ROME)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("Careers | tomorrow 18:30 | 45m", 45 * MINUTE),
        ("Careers|tomorrow 18:30|45m", 45 * MINUTE),
        ("Careers | 45m | tomorrow 18:30", 45 * MINUTE),
        ("Careers | tomorrow 18:30", USUAL),
        ("Careers | tomorrow 18:30 |", USUAL),
        ("  Careers  \n| tomorrow 18:30\n| 1h 30m  ", 90 * MINUTE),
        ("Careers \uff5c tomorrow 18:30 \uff5c 2 hours", 120 * MINUTE),
        ("Careers | domani alle 18:30 | un'ora", 60 * MINUTE),
        ("Careers | tomorrow 18:30 | 1:30", 90 * MINUTE),
    ],
)
def test_title_time_and_length_are_found(text: str, duration: timedelta) -> None:
    wish = read_wish(text, SCENE)
    assert (wish.title, wish.when, wish.duration) == ("Careers", TOMORROW, duration)


def test_a_tag_in_the_title_is_the_topic() -> None:
    wish = read_wish("Careers #Work after 40 | tomorrow 18:30", SCENE)
    assert (wish.title, wish.topic) == ("Careers after 40", "work")


def test_a_title_keeps_emoji_and_loses_what_would_hide_or_turn_text() -> None:
    wish = read_wish("👩‍💻 Work\u202e\u0007 \u200bnow | tomorrow 18:30", SCENE)
    assert wish.title == "👩‍💻 Work now"


def test_two_lengths_of_which_one_may_be_a_time_keep_their_order() -> None:
    wish = read_wish("Careers | 18:30 | 1:30", SCENE)
    assert wish.when == When(datetime(2026, 11, 24, 17, 30, tzinfo=UTC), ROME)
    assert wish.duration == 90 * MINUTE


def test_a_time_in_doubt_stays_a_question_beside_its_length_in_either_order() -> None:
    for text in ("Careers | tomorrow at 6 | 45m", "Careers | 45m | tomorrow at 6"):
        wish = read_wish(text, SCENE)
        assert isinstance(wish.when, Question)
        assert wish.duration == 45 * MINUTE


@pytest.mark.parametrize(
    "text",
    ["", "   ", "|", "||", "Careers", "Careers |", "Careers | 45m", "Careers || 45m"],
)
def test_a_request_without_all_it_needs_is_incomplete(text: str) -> None:
    with pytest.raises(WishIncomplete):
        read_wish(text, SCENE)


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("Careers | when pigs fly | 45m", TimeNotUnderstood),
        ("Careers | tomorrow 18:30 | long", FieldNotUnderstood),
        ("Careers | tomorrow 18:30 | 30h", DurationOutOfRange),
        ("Careers | yesterday 18:30 | 45m", TimeInPast),
        ("A | b | c | d | e", TimeNotUnderstood),
        ("Careers | We talk about life and more | when pigs", TimeNotUnderstood),
        ("Careers | tomorrow 18:30 | friday 19:00", SaidTwice),
        ("Careers | tomorrow 18:30 | 45m | 1h", SaidTwice),
        ("Careers | tomorrow 18:30 | 20 seats | 30 posti", SaidTwice),
        ("Careers | tomorrow 18:30 | members only | open", SaidTwice),
        ("Careers | tomorrow 18:30 | twenty seats", FieldNotUnderstood),
        ("Careers | tomorrow 18:30 | mebers only", FieldNotUnderstood),
        ("Careers | tomorrow 18:30 | length: long", DurationNotUnderstood),
        ("Careers | tomorrow 18:30 | seats: many", AspectNotUnderstood),
        ("Careers | tomorrow 18:30 | We talk about one thing. | And then about another one.", SaidTwice),
        ("Careers | RRULE:FREQ=HOURLY 18:30", RecurrenceMalformed),
        ("Careers #a-b | tomorrow 18:30", TopicMalformed),
        ("Careers | " + "tomorrow " * LONGEST_PHRASE, TimeNotUnderstood),
        ("Careers | tomorrow 18:30 | " + "1" * LONGEST_PHRASE + "m", FieldNotUnderstood),
    ],
)
def test_what_cannot_be_read_is_refused_for_what_it_is(text: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_wish(text, SCENE)


FIELDS = [
    "tomorrow 18:30",
    "45m",
    "20 seats",
    "members only",
    "not recorded",
    "in Italian",
    "Come and see it all.",
]


@pytest.mark.parametrize("fields", [FIELDS, FIELDS[::-1], FIELDS[3:] + FIELDS[:3]])
def test_fields_stand_in_any_order(fields: list[str]) -> None:
    wish = read_wish(" | ".join(["Careers", *fields]), SCENE)
    assert (wish.when, wish.duration) == (TOMORROW, 45 * MINUTE)
    assert (wish.seats, wish.admission, wish.is_recorded) == (20, Admission.MEMBERS, False)
    assert (wish.language, wish.description) == ("it", "Come and see it all.")


def test_italian_fields_are_read_in_an_english_group() -> None:
    wish = read_wish(
        "Carriere | domani alle 18:30 | 20 posti | solo membri | senza registrazione | in inglese", SCENE
    )
    assert (wish.when, wish.seats, wish.admission) == (TOMORROW, 20, Admission.MEMBERS)
    assert (wish.is_recorded, wish.language) == (False, "en")


def test_fields_that_say_what_they_are_need_no_guessing() -> None:
    wish = read_wish(
        "Careers | when: tomorrow 18:30 | length: 1:30 | seats: 5 | who: members | recording: no | "
        "language: italiano | topic: Work life | description: Short.",
        SCENE,
    )
    assert (wish.when, wish.duration, wish.seats) == (TOMORROW, 90 * MINUTE, 5)
    assert (wish.admission, wish.is_recorded, wish.language) == (Admission.MEMBERS, False, "it")
    assert (wish.topic, wish.description) == ("work_life", "Short.")


def test_a_description_keeps_its_lines_and_loses_what_would_hide_or_turn_text() -> None:
    wish = read_wish("Careers | tomorrow 18:30 | First of all\u202e we meet.\n\nThen we talk.", SCENE)
    assert wish.description == "First of all we meet.\n\nThen we talk."


def test_words_about_time_in_a_description_are_no_time() -> None:
    text = "We talk about what to do every week, at 18:30 and later."
    wish = read_wish(f"Careers | {text} | tomorrow 18:30", SCENE)
    assert (wish.when, wish.description) == (TOMORROW, text)


def test_people_are_those_whom_a_field_mentions_and_nothing_else() -> None:
    wish = read_wish(
        "Talk with @zoe | tomorrow 18:30 | @bruno and @chiara | con @dora | Questions go to @emil before.",
        SCENE,
        by_at_sign,
    )
    assert wish.title == "Talk with @zoe"
    assert [(role, one.name) for role, one in wish.people] == [
        (Role.SPEAKER, "@bruno"), (Role.SPEAKER, "@chiara"), (Role.COHOST, "@dora"),
    ]  # fmt: skip
    assert wish.description == "Questions go to @emil before."


@pytest.mark.parametrize("field", ["people: Anna", "speakers: nobody"])
def test_people_without_a_mention_are_refused(field: str) -> None:
    with pytest.raises(FieldNotUnderstood):
        read_wish(f"Careers | tomorrow 18:30 | {field}", SCENE, by_at_sign)


@pytest.mark.parametrize(
    "words", ["every Thursday 18:30", "ogni giovedì alle 18:30", "FREQ=WEEKLY;BYDAY=TH 18:30"]
)
def test_a_rhythm_in_the_time_makes_a_series(words: str) -> None:
    wish = read_wish(f"Careers | {words}", SCENE)
    assert isinstance(wish.when, Every)
    assert wish.recurrence is not None
    assert wish.recurrence.rule == "FREQ=WEEKLY;BYDAY=TH"


def by_at_sign(field: str) -> Mentions:
    names = re.findall(r"@\w+", field)
    people = tuple(Invited(name, username=name[1:]) for name in names)
    return Mentions(people, " ".join(re.sub(r"@\w+", " ", field).split()))
