"""Every refusal has a sentence, in both languages, that fits where it is shown."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from telegram.constants import CallbackQueryLimit, MessageLimit

import bot.application  # noqa: F401  # so that every refusal there is has been defined
from bot import times
from bot.aspects import Aspect
from bot.errors import (
    AspectNotUnderstood,
    ChatUnusable,
    ClipUnclear,
    FieldNotUnderstood,
    NothingCalled,
    NotInGroup,
    SaidTwice,
    SettingNotUnderstood,
    SettingUnknown,
    SoundTooLarge,
    WishIncomplete,
)
from bot.refusals import SENTENCES, Speech, sentence
from rooms.errors.calls import CallRefused, CallUnreachable, RelayDiskRefused, RelayStumbled
from rooms.errors.elsewhere import OutletMalformed, TooManyBridges, TooManyOutlets
from rooms.errors.floor import SeatsTaken, SpeaksAlready, SpeaksByPart, TurnOutOfRange
from rooms.errors.gallery import GalleryStays, TooManyWait
from rooms.errors.groups import (
    LanguageUnknown,
    ReminderUnknown,
    TalkOnAir,
    TooManyCopies,
    WeekdayUnknown,
    ZoneUnknown,
)
from rooms.errors.people import (
    AlreadyAppointed,
    BotInvited,
    HostInvited,
    NotAppointed,
    PersonUnknown,
    QuestionTooLong,
    ReasonTooLong,
    TooManyAppointments,
    TooManyQuestions,
)
from rooms.errors.recording import ClipBeyondEnd, ClipOutOfRange
from rooms.errors.refusal import Refusal
from rooms.errors.rights import (
    BanEndsInPast,
    Banned,
    NotAdmitted,
    NotAllowed,
    NotAllowedNextDoor,
    NotYourDraft,
    SubjectBanned,
)
from rooms.errors.series import RecurrenceMalformed
from rooms.errors.sounds import (
    AddressForbidden,
    QueueFull,
    SaidTooLong,
    SoundRefused,
    SoundUnreachable,
    VoiceMissing,
    VolumeOutOfRange,
)
from rooms.errors.talks import (
    Clash,
    DescriptionTooLong,
    SeatsOutOfRange,
    TitleTooLong,
    TooManyTopics,
    TopicMalformed,
    TopicNotAllowed,
    WhichRoom,
    WrongState,
)
from rooms.errors.times import DurationOutOfRange, StartsInPast, StartsTooFarAhead
from rooms.ids import ChatId
from rooms.outlets import Flaw as OutletFlaw
from rooms.plan import Admission
from rooms.roles import Action
from rooms.room import RoomState
from rooms.rule_reading import Flaw
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.clock import NOON

LONG_TITLE = "W" * 64
SAMPLES: dict[type[Refusal], list[tuple[Any, ...]]] = {
    SoundRefused: [("x" * 200, "not to be decoded")],
    SoundUnreachable: [("x" * 200, "status 404")],
    AddressForbidden: [("x" * 200, "not a public address")],
    VoiceMissing: [("x" * 200,)],
    QueueFull: [("x" * 200,)],
    NotAllowedNextDoor: [(Action.PLAY,)],
    NotYourDraft: [(Action.SCHEDULE,)],
    SaidTooLong: [(900, 300)],
    VolumeOutOfRange: [(900, 200)],
    TooManyOutlets: [(5,)],
    TooManyBridges: [(10,)],
    SoundTooLarge: [(20 * 1024 * 1024,)],
    ClipOutOfRange: [(timedelta(seconds=1), (timedelta(seconds=5), timedelta(minutes=5)))],
    ClipBeyondEnd: [(timedelta(hours=2, minutes=3, seconds=4),)],
    ClipUnclear: [("x" * 200,)],
    NotAllowed: [(action,) for action in Action],
    WrongState: [(state, "go on") for state in RoomState],
    TitleTooLong: [(999, 64)],
    TopicMalformed: [("x" * 500,)],
    StartsInPast: [(NOON,)],
    StartsTooFarAhead: [(NOON, timedelta(days=366))],
    DurationOutOfRange: [
        (timedelta(0), (timedelta(1), timedelta(2))),
        (timedelta(hours=23.51), (timedelta(1), timedelta(2))),
    ],
    Clash: [(LONG_TITLE, NOON)],
    AspectNotUnderstood: [(aspect, "x" * 200) for aspect in Aspect],
    FieldNotUnderstood: [("x" * 200,)],
    SaidTwice: [("x" * 200, "y" * 200)],
    NotInGroup: [("x" * 200,)],
    WhichRoom: [(["One", "Two"],)],
    DescriptionTooLong: [(3000, 2000)],
    SeatsOutOfRange: [(0, (1, 10_000))],
    SeatsTaken: [(1,), (12,)],
    SpeaksAlready: [(), ("x" * 200,)],
    SpeaksByPart: [("x" * 200,)],
    TurnOutOfRange: [(timedelta(seconds=1), (timedelta(minutes=1), timedelta(hours=1)))],
    TopicNotAllowed: [(None, ["one", "two"]), ("x" * 32, ["one"])],
    TooManyTopics: [(40,)],
    Banned: [(None, "spam"), (NOON, "spam")],
    BanEndsInPast: [(NOON,)],
    SubjectBanned: [("x" * 200,)],
    AlreadyAppointed: [("x" * 200,)],
    HostInvited: [("x" * 200,)],
    BotInvited: [("x" * 200,)],
    NotAppointed: [("x" * 200,)],
    PersonUnknown: [("x" * 200,)],
    TooManyAppointments: [(30,)],
    QuestionTooLong: [(900, 500)],
    GalleryStays: [(True,), (False,)],
    TooManyWait: [(30,)],
    ReasonTooLong: [(900, 500)],
    TooManyQuestions: [(3, NOON)],
    NotAdmitted: [(admission,) for admission in Admission],
    ZoneUnknown: [("x" * 200,)],
    LanguageUnknown: [("de",)],
    ReminderUnknown: [(timedelta(hours=3), [timedelta(0)])],
    WeekdayUnknown: [(9,)],
    TooManyCopies: [(10,)],
    TalkOnAir: [("x" * 200,)],
    RecurrenceMalformed: [("FREQ=X" * 90, flaw, "") for flaw in Flaw],
    OutletMalformed: [(flaw,) for flaw in OutletFlaw],
    NothingCalled: [("x" * 500,)],
    SettingUnknown: [("x" * 200, ["language", "zone"])],
    SettingNotUnderstood: [("zone", "x" * 200, "Europe/Rome"), ("language", "x", "")],
    ChatUnusable: [("x" * 200,)],
    times.TimeNotUnderstood: [("x" * 500, ""), ("x", "y" * 500)],
    times.TimeImpossible: [("31 November",)],
    times.TimeInPast: [(NOON,), (None,)],
    times.DurationNotUnderstood: [("x" * 500,)],
}


def kinds(of: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


KINDS = sorted(set(kinds()), key=str)


def samples(kind: type[Refusal]) -> list[Refusal]:
    if issubclass(kind, CallRefused):
        return [kind(ChatId(-1), "reason")]
    return [kind(*arguments) for arguments in SAMPLES.get(kind, [()])]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("speech", BOTH, ids=["en", "it"])
def test_each_class_has_a_sentence_of_its_own(kind: type[Refusal], speech: Speech) -> None:
    assert kind in SENTENCES
    is_alert = kind not in (WishIncomplete, WhichRoom)
    limit = CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH if is_alert else MessageLimit.MAX_TEXT_LENGTH
    for refusal in samples(kind):
        text = sentence(refusal, speech)
        assert text[-1] in ".?!”"
        assert "{" not in text
        assert len(text) <= limit


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_is_left_in_english_for_italians(kind: type[Refusal]) -> None:
    for refusal in samples(kind):
        assert sentence(refusal, ENGLISH) != sentence(refusal, ITALIAN)


def test_a_new_kind_of_refusal_speaks_by_its_ancestor() -> None:
    class StillSomethingElse(CallUnreachable):
        pass

    refusal = StillSomethingElse(ChatId(-1), "reason")
    assert sentence(refusal, ENGLISH).startswith("Telegram's voice server")


def test_a_talk_that_comes_to_its_end_is_not_called_over() -> None:
    refusals = {state: WrongState(state, "be opened") for state in RoomState}
    assert sentence(refusals[RoomState.CLOSING], ENGLISH) == "This talk is ending."
    assert sentence(refusals[RoomState.ENDED], ENGLISH) == "This talk is over."


@pytest.mark.parametrize("kind", [RelayDiskRefused, RelayStumbled])
def test_telegram_is_not_blamed_for_what_is_our_own(kind: type[CallRefused]) -> None:
    for speech in BOTH:
        assert "Telegram" not in sentence(kind(ChatId(-1), "reason"), speech)


def test_only_the_piece_that_could_not_be_read_is_quoted() -> None:
    refusal = times.TimeNotUnderstood("tomorrow half past blue", "blue")
    assert "“blue”" in sentence(refusal, ENGLISH)


def test_what_was_written_with_its_sign_is_not_quoted_with_two() -> None:
    assert sentence(TopicMalformed("#careers #law"), ENGLISH).startswith("“#careers #law” cannot be a topic")
