"""The announcement in each state."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from bot.cards import CAPTION_LIMIT, card
from bot.fitting import length
from bot.refusals import Speech
from rooms.appointments import Answer
from rooms.plan import Admission, Plan
from rooms.recurrence import Recurrence
from rooms.roles import Role
from rooms.room import OVER, Room, RoomState
from tests.bot.opened import cast, opened
from tests.bot.speeches import BOTH, ENGLISH, ITALIAN
from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import a_plan, a_room

ROOM = a_room()


def said(room: Room = ROOM, speech: Speech = ENGLISH, **more: Any) -> str:
    return str(card(opened(room=room, speech=speech, **more)))


def planned(**what: object) -> Room:
    plan: Plan = replace(a_plan(), **what)  # type: ignore[arg-type]
    return a_room(plan=plan)


def test_a_card_tells_what_when_how_long_by_whom_and_what_is_owed_to_speakers() -> None:
    assert said() == (
        "<b>Careers after 40</b>\n#careers\n\n"
        "🗓 Tuesday 24 November 2026, 14:00 Europe/Rome\n⏳ 45 minutes\n🎙 hosted by Ada\n\n"
        "<b>Scheduled. The voice chat opens shortly before the start.</b>\n\n"
        "<i>Relayed outside Telegram: anyone with the link may listen unseen. The talk is recorded.</i>"
    )


def test_in_italian() -> None:
    text = said(speech=ITALIAN)
    assert "🗓 martedì 24 novembre 2026, 14:00 Europe/Rome\n⏳ 45 minuti\n🎙 conduce Ada" in text
    assert "Trasmesso anche fuori da Telegram" in text


def test_each_state_reads_differently_except_the_draft_that_nobody_sees() -> None:
    for speech in BOTH:
        texts = {said(a_room(state), speech) for state in RoomState}
        assert len(texts) == len(RoomState) - 1


@pytest.mark.parametrize("state", sorted(OVER))
def test_what_is_over_is_not_relayed_any_more(state: RoomState) -> None:
    assert "Relayed" not in said(a_room(state))


def test_whatever_people_wrote_is_escaped_and_never_filled_in() -> None:
    plan = replace(
        a_plan("<a href='x'>{name}</a> & %s"), host_name="<b>{title}", topic=None, description="<i>{0}"
    )
    text = said(a_room(plan=plan))
    assert "&lt;a href=&#39;x&#39;&gt;{name}&lt;/a&gt; &amp; %s" in text
    assert "hosted by &lt;b&gt;{title}" in text
    assert "&lt;i&gt;{0}" in text
    assert "#" not in text.replace("&#39;", "")


def test_speakers_and_co_hosts_are_named_and_who_has_not_answered_is_invited() -> None:
    parts = cast(
        (Role.COHOST, "Bruno", Answer.ACCEPTED),
        (Role.SPEAKER, "Chiara", Answer.ACCEPTED),
        (Role.SPEAKER, "Dora", Answer.WAITING),
        (Role.SPEAKER, "Emil", Answer.DECLINED),
    )
    assert "🤝 with Bruno\n🗯 Speaking: Chiara and Dora (invited)" in said(cast=parts)
    assert "Emil" not in said(cast=parts)
    assert "🗯 Intervengono: Chiara e Dora (da confermare)" in said(cast=parts, speech=ITALIAN)


def test_the_guests_are_counted_and_the_waiting_list_begins_where_seats_end() -> None:
    assert "✋" not in said()
    assert "✋ 1 is coming" in said(coming=[1])
    assert "✋ 2 are coming, 1 waits for a seat" in said(planned(seats=2), coming=[1, 2, 3])
    assert "💺 2 seats in the call" in said(planned(seats=2))


def test_a_talk_for_members_promises_no_link_and_no_relay() -> None:
    for admission in (Admission.MEMBERS, Admission.INVITED):
        for state in (RoomState.SCHEDULED, RoomState.LIVE):
            text = said(replace(planned(admission=admission), state=state))
            assert "link" not in text
            assert "🔒" in text


def test_where_a_card_is_copied_it_names_the_group() -> None:
    members = planned(admission=Admission.MEMBERS)
    assert "📍" not in said(members)
    assert "🔒 For members of the group\n📍 Careers Forum\n🎙" in said(members, chat=-100_7)
    assert "🔒 Per i membri del gruppo\n📍 Careers Forum" in said(members, ITALIAN, chat=-100_7)


def test_a_talk_that_is_not_recorded_says_so() -> None:
    assert "It is not recorded." in said(planned(is_recorded=False))
    for_members = said(planned(is_recorded=False, admission=Admission.MEMBERS))
    assert "who has a ticket may listen unseen. It is not recorded." in for_members


def test_a_closed_gallery_is_said_to_be_closed_and_no_link_is_spoken_of() -> None:
    for speech in BOTH:
        open_ones = {said(planned(is_recorded=kept), speech) for kept in (True, False)}
        closed = {
            said(planned(is_recorded=kept).with_gallery_closed("x", NOON), speech) for kept in (True, False)
        }
        assert len(open_ones | closed) == 4
    live = a_room(RoomState.LIVE).with_gallery_closed("x", NOON)
    assert "🔴 Live now, in the voice chat." in said(live)
    assert "The gallery is closed: nobody listens outside. The talk is recorded." in said(live)


def test_a_series_says_when_it_comes_again_while_it_is_to_come() -> None:
    weekly = Recurrence("FREQ=WEEKLY;BYDAY=TU", datetime(2026, 11, 24, 14, 0), ENGLISH.zone)  # noqa: DTZ001
    assert "🔁 every Tuesday at 14:00\n🎙" in said(recurrence=weekly)
    assert "🔁 ogni martedì alle 14:00" in said(speech=ITALIAN, recurrence=weekly)
    assert "🔁" not in said(a_room(RoomState.ENDED), recurrence=weekly)


def test_the_language_of_the_talk_is_called_by_its_name() -> None:
    assert "🗣 in Italian" in said(planned(language="it"))
    assert "🗣 in italiano" in said(planned(language="it"), ITALIAN)
    assert "🗣 in xx-y" in said(planned(language="xx-y"))


def test_a_host_who_was_forgotten_is_left_out() -> None:
    assert "🎙" not in said(planned(host_name=""))


@pytest.mark.parametrize("speech", BOTH, ids=["en", "it"])
@pytest.mark.parametrize("size", [0, 200, 700, 2000])
def test_a_description_is_cut_at_a_word_so_that_all_fits_under_a_picture(size: int, speech: Speech) -> None:
    words = ("word & " * 400)[:size].strip()
    room = planned(title="W" * 200, description=words, seats=3)
    letter = opened(room=room, speech=speech, coming=range(9))
    shown = card(letter).striptags()
    assert length(card(letter)) <= CAPTION_LIMIT
    if size >= 2000:
        assert "…" in shown
    if 0 < size <= 200:
        assert words in card(letter).unescape()


@pytest.mark.parametrize("speech", BOTH, ids=["en", "it"])
@pytest.mark.parametrize(
    ("plan", "people"),
    [
        pytest.param({"description": "🎭" * 1200}, 0, id="emoji"),
        pytest.param({"description": "Molto & <lungo> 🎭 " * 105}, 0, id="emoji and signs"),
        pytest.param({"title": "W" * 190}, 20, id="many people"),
        pytest.param({"title": "🎭" * 200, "host_name": "🎭" * 128, "topic": "t" * 32}, 30, id="all at once"),
    ],
)
def test_whatever_people_are_called_and_write_fits_under_a_picture(
    plan: dict[str, str], people: int, speech: Speech
) -> None:
    names = [
        "🎭" * 120 if "topic" in plan else f"somebody_with_a_long_name_{number}" for number in range(people)
    ]
    asked = [(role, name, Answer.WAITING) for role in (Role.SPEAKER, Role.COHOST) for name in names]
    letter = opened(room=planned(**plan), speech=speech, cast=cast(*asked), coming=range(9))
    assert length(card(letter)) <= CAPTION_LIMIT
    if people:
        assert " more" in card(letter) or "altre" in card(letter)
    else:
        assert plan["description"][:6] in card(letter).unescape()


def test_a_live_card_says_whether_who_comes_may_speak_or_asks_to() -> None:
    live = a_room(RoomState.LIVE)
    assert "to listen and to ask for the floor, or listen unseen" in said(live)
    assert "Join the voice chat to speak, or" in said(live, group=replace(CAREERS, joins_muted=False))
