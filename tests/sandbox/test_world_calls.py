"""Calls keep Telegram's rules, in Telegram's words."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from itertools import pairwise

import pytest

from sandbox.world.changes import CallChanged, ParticipantChanged
from sandbox.world.entities import Status
from sandbox.world.errors import CallError
from tests.sandbox.neighbours import ADA, BRUNO, CHIARA, DANIELE, STRANGER, Neighbourhood


@pytest.fixture
def street() -> Neighbourhood:
    return Neighbourhood()


def refusal(act: Callable[[], object]) -> tuple[int, str]:
    with pytest.raises(CallError) as refused:
        act()
    return refused.value.code, refused.value.name


def test_a_call_begins_at_once_and_says_so(street: Neighbourhood) -> None:
    call = street.calls.create(street.group, BRUNO, "Talk")
    assert (call.is_active, call.title, street.group.call) == (True, "Talk", call)
    assert street.service() == [("video_chat_started", {})]
    assert street.heard(CallChanged) == [CallChanged(call)]


@pytest.mark.parametrize("person", [CHIARA, DANIELE, STRANGER])
def test_only_who_may_manage_calls_begins_changes_and_ends_them(street: Neighbourhood, person: int) -> None:
    denied = (400, "CHAT_ADMIN_REQUIRED")
    assert refusal(lambda: street.calls.create(street.group, person)) == denied
    call = street.start_call()
    assert refusal(lambda: street.calls.retitle(call, person, "Mine")) == denied
    assert refusal(lambda: street.calls.let_in_muted(call, person, True)) == denied
    assert refusal(lambda: street.calls.discard(call, person)) == denied
    assert street.group.call is call


def test_a_scheduled_call_never_begins_by_itself(street: Neighbourhood) -> None:
    at = street.now + timedelta(hours=1)
    call = street.calls.create(street.group, ADA, "Talk", at)
    street.wait(hours=2)
    assert not call.is_active
    assert refusal(lambda: street.calls.join(call, CHIARA, 7, muted=True)) == (400, "GROUPCALL_NOT_STARTED")
    street.calls.start(call, BRUNO)
    assert (call.is_active, call.schedule_date) == (True, None)
    assert street.service() == [
        ("video_chat_scheduled", {"start_date": int(at.timestamp())}),
        ("video_chat_started", {}),
    ]


@pytest.mark.parametrize(
    ("ahead", "is_allowed"),
    [
        (timedelta(seconds=9), False),
        (timedelta(seconds=10), True),
        (timedelta(days=8), True),
        (timedelta(days=8, seconds=1), False),
        (timedelta(seconds=-1), False),
    ],
)
def test_calls_are_scheduled_ten_seconds_to_eight_days_ahead(
    street: Neighbourhood, ahead: timedelta, is_allowed: bool
) -> None:
    old = street.start_call()

    def schedule() -> object:
        return street.calls.create(street.group, ADA, "Talk", street.now + ahead)

    if is_allowed:
        schedule()
    else:
        assert refusal(schedule) == (400, "SCHEDULE_DATE_INVALID")
        assert street.group.call is old


def test_a_new_call_ends_the_old_one(street: Neighbourhood) -> None:
    old = street.start_call()
    street.calls.join(old, CHIARA, 7, muted=True)
    street.wait(minutes=5)
    new = street.calls.create(street.group, ADA, "Another")
    assert street.group.call is new
    assert CallChanged(old, is_over=True) in street.told
    assert [kind for kind, _ in street.service()] == [
        "video_chat_started",
        "video_chat_ended",
        "video_chat_started",
    ]
    assert street.service()[1] == ("video_chat_ended", {"duration": 300})
    assert refusal(lambda: street.calls.join(old, CHIARA, 7, muted=True)) == (403, "GROUPCALL_FORBIDDEN")


def test_a_scheduled_call_that_is_dropped_did_not_end(street: Neighbourhood) -> None:
    call = street.calls.create(street.group, ADA, "Talk", street.now + timedelta(hours=1))
    street.calls.discard(call, ADA)
    assert [kind for kind, _ in street.service()] == ["video_chat_scheduled"]
    assert street.group.call is None


def test_what_is_over_stays_over(street: Neighbourhood) -> None:
    call = street.start_call()
    assert refusal(lambda: street.calls.start(call, ADA)) == (403, "GROUPCALL_ALREADY_STARTED")
    street.calls.discard(call, ADA)
    assert refusal(lambda: street.calls.discard(call, ADA)) == (400, "GROUPCALL_ALREADY_DISCARDED")
    over = (403, "GROUPCALL_FORBIDDEN")
    assert refusal(lambda: street.calls.start(call, ADA)) == over
    assert refusal(lambda: street.calls.retitle(call, ADA, "Late")) == over
    assert refusal(lambda: street.calls.let_in_muted(call, ADA, True)) == over
    assert refusal(lambda: street.calls.invite(call, ADA, [CHIARA])) == over
    assert refusal(lambda: street.calls.set_muted(call, ADA, ADA, True)) == over
    street.calls.leave(call, ADA)


def test_titles_are_cut_and_changed_only_to_others(street: Neighbourhood) -> None:
    call = street.calls.create(street.group, ADA, "x" * 70)
    assert call.title == "x" * 64
    assert refusal(lambda: street.calls.retitle(call, ADA, "x" * 65)) == (400, "GROUPCALL_NOT_MODIFIED")
    street.calls.retitle(call, ADA, "Other")
    assert street.told[-1] == CallChanged(call)


def test_a_call_is_seen_by_the_members_of_its_chat(street: Neighbourhood) -> None:
    call = street.start_call()
    assert street.calls.get(call.id, CHIARA) is call
    assert refusal(lambda: street.calls.get(call.id, STRANGER)) == (403, "GROUPCALL_FORBIDDEN")
    assert refusal(lambda: street.calls.get(call.id + 1, CHIARA)) == (400, "GROUPCALL_INVALID")


def test_who_comes_in_is_told_with_the_next_version(street: Neighbourhood) -> None:
    call = street.start_call()
    chiara = street.calls.join(call, CHIARA, 7, muted=False)
    assert (chiara.muted, chiara.can_self_unmute, chiara.source) == (False, True, 7)
    assert street.told[-1] == ParticipantChanged(call, chiara, 2, just_joined=True)
    street.calls.leave(call, CHIARA)
    assert street.told[-1] == ParticipantChanged(call, chiara, 3, left=True)
    street.calls.leave(call, CHIARA)
    assert call.version == 3


def test_strangers_and_those_who_left_stay_outside(street: Neighbourhood) -> None:
    call = street.start_call()
    forbidden = (403, "GROUPCALL_FORBIDDEN")
    assert refusal(lambda: street.calls.join(call, STRANGER, 7, muted=True)) == forbidden
    street.seat(CHIARA, Status.LEFT)
    assert refusal(lambda: street.calls.join(call, CHIARA, 7, muted=True)) == forbidden


@pytest.mark.parametrize("status", [Status.LEFT, Status.KICKED])
def test_who_is_no_member_any_more_is_out_of_the_call(street: Neighbourhood, status: Status) -> None:
    call = street.start_call()
    chiara = street.calls.join(call, CHIARA, 7, muted=True)
    street.seat(CHIARA, status)
    assert CHIARA not in call.participants
    assert ParticipantChanged(call, chiara, call.version, left=True) in street.told


def test_an_earlier_connection_is_replaced(street: Neighbourhood) -> None:
    call = street.start_call()
    old = street.calls.join(call, CHIARA, 7, muted=True)
    new = street.calls.join(call, CHIARA, 8, muted=True)
    assert list(call.participants.values()) == [new]
    assert street.told[-2:] == [
        ParticipantChanged(call, old, 3, left=True),
        ParticipantChanged(call, new, 4, just_joined=True),
    ]


def test_an_ssrc_belongs_to_one_person(street: Neighbourhood) -> None:
    call = street.start_call()
    street.calls.join(call, CHIARA, 7, muted=True)
    taken = refusal(lambda: street.calls.join(call, DANIELE, 7, muted=True))
    assert taken == (400, "GROUPCALL_SSRC_DUPLICATE_MUCH")
    street.calls.join(call, CHIARA, 7, muted=True)


def test_any_number_may_come_without_a_microphone(street: Neighbourhood) -> None:
    call = street.start_call()
    street.calls.join(call, CHIARA, 0, muted=True)
    street.calls.join(call, DANIELE, 0, muted=True)
    assert set(call.participants) == {CHIARA, DANIELE}


def test_an_invitation_is_posted(street: Neighbourhood) -> None:
    call = street.start_call()
    street.calls.invite(call, CHIARA, [DANIELE])
    assert street.service()[-1] == ("video_chat_participants_invited", {"users": [DANIELE]})
    assert refusal(lambda: street.calls.invite(call, STRANGER, [ADA])) == (403, "GROUPCALL_FORBIDDEN")


def test_newcomers_may_be_let_in_muted_but_not_those_who_manage(street: Neighbourhood) -> None:
    call = street.start_call()
    street.calls.let_in_muted(call, ADA, True)
    same = refusal(lambda: street.calls.let_in_muted(call, ADA, True))
    assert same == (400, "GROUPCALL_NOT_MODIFIED")
    chiara = street.calls.join(call, CHIARA, 7, muted=False)
    bruno = street.calls.join(call, BRUNO, 8, muted=False)
    assert (chiara.muted, chiara.can_self_unmute) == (True, False)
    assert (bruno.muted, bruno.can_self_unmute) == (False, True)


def test_an_admin_s_unmuting_only_lets_somebody_unmute_themselves(street: Neighbourhood) -> None:
    call = street.start_call()
    chiara = street.calls.join(call, CHIARA, 7, muted=False)
    street.calls.set_muted(call, BRUNO, CHIARA, True)
    assert (chiara.muted, chiara.can_self_unmute) == (True, False)
    own = refusal(lambda: street.calls.set_muted(call, CHIARA, CHIARA, False))
    assert own == (403, "GROUPCALL_FORBIDDEN")
    street.calls.set_muted(call, BRUNO, CHIARA, False)
    assert (chiara.muted, chiara.can_self_unmute) == (True, True)
    street.calls.set_muted(call, CHIARA, CHIARA, False)
    assert not chiara.muted


def test_admins_cannot_be_kept_silent(street: Neighbourhood) -> None:
    call = street.start_call()
    bruno = street.calls.join(call, BRUNO, 7, muted=False)
    street.calls.set_muted(call, ADA, BRUNO, True)
    assert (bruno.muted, bruno.can_self_unmute) == (True, True)
    street.calls.set_muted(call, BRUNO, BRUNO, False)
    assert not bruno.muted


def test_who_becomes_an_admin_may_unmute(street: Neighbourhood) -> None:
    call = street.start_call()
    chiara = street.calls.join(call, CHIARA, 7, muted=False)
    street.calls.set_muted(call, ADA, CHIARA, True)
    street.seat(CHIARA, Status.ADMINISTRATOR, "can_manage_video_chats")
    assert (chiara.muted, chiara.can_self_unmute) == (True, True)
    assert ParticipantChanged(call, chiara, call.version) in street.told


@pytest.mark.parametrize("by", [CHIARA, DANIELE, STRANGER])
def test_nobody_else_touches_another_s_microphone_volume_or_hand(street: Neighbourhood, by: int) -> None:
    call = street.start_call()
    street.calls.join(call, ADA, 7, muted=True)
    denied = (400, "CHAT_ADMIN_REQUIRED")
    assert refusal(lambda: street.calls.set_muted(call, by, ADA, True)) == denied
    assert refusal(lambda: street.calls.set_volume(call, by, ADA, 100)) == denied
    assert refusal(lambda: street.calls.raise_hand(call, by, ADA, False)) == denied


def test_who_is_not_in_the_call_cannot_be_changed(street: Neighbourhood) -> None:
    call = street.start_call()
    missing = (400, "PARTICIPANT_JOIN_MISSING")
    assert refusal(lambda: street.calls.set_muted(call, ADA, CHIARA, True)) == missing
    assert refusal(lambda: street.calls.set_volume(call, ADA, CHIARA, 100)) == missing
    assert refusal(lambda: street.calls.raise_hand(call, CHIARA, CHIARA, True)) == missing


@pytest.mark.parametrize(("volume", "is_allowed"), [(0, False), (1, True), (20000, True), (20001, False)])
def test_volume_goes_from_1_to_20000(street: Neighbourhood, volume: int, is_allowed: bool) -> None:
    call = street.start_call()
    chiara = street.calls.join(call, CHIARA, 7, muted=False)
    if is_allowed:
        street.calls.set_volume(call, ADA, CHIARA, volume)
        assert chiara.volume == volume
    else:
        invalid = refusal(lambda: street.calls.set_volume(call, ADA, CHIARA, volume))
        assert invalid == (400, "USER_VOLUME_INVALID")


def test_hands_are_in_the_order_in_which_they_were_raised(street: Neighbourhood) -> None:
    call = street.start_call()
    for person in (CHIARA, DANIELE, BRUNO):
        street.calls.join(call, person, 10 + person, muted=True)
        street.calls.raise_hand(call, person, person, True)
    street.calls.raise_hand(call, CHIARA, CHIARA, True)
    waiting = sorted(call.participants.values(), key=lambda one: -(one.raise_hand_rating or 0))
    assert [one.person for one in waiting] == [CHIARA, DANIELE, BRUNO]
    street.calls.raise_hand(call, CHIARA, CHIARA, False)
    street.calls.raise_hand(call, CHIARA, CHIARA, True)
    waiting = sorted(call.participants.values(), key=lambda one: -(one.raise_hand_rating or 0))
    assert [one.person for one in waiting] == [DANIELE, BRUNO, CHIARA]


def test_a_hand_is_lowered_by_an_admin_or_by_speaking(street: Neighbourhood) -> None:
    call = street.start_call()
    chiara = street.calls.join(call, CHIARA, 7, muted=True)
    lowering: list[Callable[[], object]] = [
        lambda: street.calls.raise_hand(call, BRUNO, CHIARA, False),
        lambda: street.calls.set_muted(call, BRUNO, CHIARA, False),
        lambda: street.calls.set_muted(call, CHIARA, CHIARA, False),
    ]
    for lower in lowering:
        street.calls.raise_hand(call, CHIARA, CHIARA, True)
        lower()
        assert chiara.raise_hand_rating is None


def test_nobody_raises_another_s_hand_or_their_own_while_speaking(street: Neighbourhood) -> None:
    call = street.start_call()
    street.calls.join(call, CHIARA, 7, muted=False)
    forbidden = (400, "RAISE_HAND_FORBIDDEN")
    assert refusal(lambda: street.calls.raise_hand(call, BRUNO, CHIARA, True)) == forbidden
    assert refusal(lambda: street.calls.raise_hand(call, CHIARA, CHIARA, True)) == forbidden
    street.calls.raise_hand(call, CHIARA, CHIARA, False)


def test_every_change_of_a_participant_is_told_with_the_next_version(street: Neighbourhood) -> None:
    call = street.start_call()
    street.calls.join(call, CHIARA, 7, muted=True)
    street.calls.raise_hand(call, CHIARA, CHIARA, True)
    street.calls.set_volume(call, ADA, CHIARA, 100)
    street.calls.set_muted(call, CHIARA, CHIARA, False)
    street.calls.leave(call, CHIARA)
    versions = [1, *(change.version for change in street.heard(ParticipantChanged))]
    assert [later - earlier for earlier, later in pairwise(versions)] == [1] * 5


def test_who_made_a_call_is_known(street: Neighbourhood) -> None:
    assert street.calls.create(street.group, BRUNO).creator == BRUNO


def test_one_speaks_as_one_s_channel_or_as_an_anonymous_admin_as_the_group(street: Neighbourhood) -> None:
    call, channel = street.start_call(), street.society.create_channel("News", CHIARA)
    assert street.calls.join(call, CHIARA, 7, muted=True, speaks_as=channel.id).speaks_as == channel.id
    street.group.members[BRUNO].is_anonymous = True
    assert (
        street.calls.join(call, BRUNO, 8, muted=True, speaks_as=street.group.id).speaks_as == street.group.id
    )
    assert street.calls.join(call, BRUNO, 9, muted=True).speaks_as is None


def test_nobody_speaks_as_what_is_not_theirs(street: Neighbourhood) -> None:
    call, channel = street.start_call(), street.society.create_channel("News", CHIARA)
    for person, name in ((BRUNO, channel.id), (BRUNO, street.group.id), (CHIARA, street.group.id), (ADA, -5)):
        join = partial(street.calls.join, call, person, 7, muted=True, speaks_as=name)
        refused = refusal(join)
        assert refused == (400, "JOIN_AS_PEER_INVALID")
    assert call.participants == {}


def test_members_ask_to_be_reminded_of_a_call_that_is_planned(street: Neighbourhood) -> None:
    call = street.calls.create(street.group, ADA, "Talk", street.now + timedelta(hours=1))
    street.calls.subscribe(call, CHIARA, True)
    street.calls.subscribe(call, DANIELE, True)
    street.calls.subscribe(call, DANIELE, False)
    assert call.subscribers == {CHIARA}
    assert refusal(lambda: street.calls.subscribe(call, STRANGER, True)) == (403, "GROUPCALL_FORBIDDEN")
    street.calls.start(call, ADA)
    started = (403, "GROUPCALL_ALREADY_STARTED")
    assert refusal(lambda: street.calls.subscribe(call, DANIELE, True)) == started


def test_a_speakers_link_lets_unmute_until_it_is_renewed(street: Neighbourhood) -> None:
    call = street.start_call()
    street.calls.let_in_muted(call, ADA, True)
    street.group.username = "careers"
    old = street.calls.link(call, ADA, may_speak=True).partition("=")[2]
    street.calls.renew_link(call, ADA)
    for invite_hash, is_free in (("", False), (old, False)):
        street.calls.join(call, CHIARA, 7, muted=True)
        street.calls.welcome(call, CHIARA, invite_hash)
        assert call.participants[CHIARA].can_self_unmute is is_free
    street.calls.welcome(call, CHIARA, street.calls.link(call, ADA, may_speak=True).partition("=")[2])
    assert call.participants[CHIARA].can_self_unmute
    assert call.participants[CHIARA].muted


def test_links_to_calls_are_for_public_groups_and_the_speakers_for_admins(street: Neighbourhood) -> None:
    call = street.start_call()
    private = (403, "PUBLIC_CHANNEL_MISSING")
    assert refusal(lambda: street.calls.link(call, ADA, may_speak=False)) == private
    street.group.username = "careers"
    assert street.calls.link(call, CHIARA, may_speak=False) == "https://t.me/careers?videochat"
    denied = (400, "CHAT_ADMIN_REQUIRED")
    assert refusal(lambda: street.calls.link(call, CHIARA, may_speak=True)) == denied
    assert refusal(lambda: street.calls.renew_link(call, CHIARA)) == denied
    stranger = (403, "GROUPCALL_FORBIDDEN")
    assert refusal(lambda: street.calls.link(call, STRANGER, may_speak=False)) == stranger
