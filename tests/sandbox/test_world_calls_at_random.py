"""Whatever anybody does in whatever order, calls keep their rules."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from sandbox.world.changes import Change, ParticipantChanged
from sandbox.world.entities import GroupCall, Participant, Status
from sandbox.world.errors import CallError
from tests.sandbox.neighbours import ADA, BOT, BRUNO, CHIARA, DANIELE, STRANGER, Neighbourhood

MANAGE = "can_manage_video_chats"
people = st.sampled_from([ADA, BRUNO, CHIARA, DANIELE, STRANGER])
ages = st.sampled_from([0, 0, 0, 1, 2])
State = tuple[bool, bool, int, bool]


def state(participant: Participant) -> State:
    has_hand_up = participant.raise_hand_rating is not None
    return participant.muted, participant.can_self_unmute, participant.volume, has_hand_up


class Evenings(RuleBasedStateMachine):
    """People of every standing do what they like, and some of it is refused."""

    def __init__(self) -> None:
        super().__init__()
        self.street = Neighbourhood()
        self.calls = self.street.calls
        self.known: list[GroupCall] = []
        self.versions: dict[int, int] = {}
        self.actor = ADA
        self.street.society.watch(self.hear)

    def hear(self, change: Change) -> None:
        if isinstance(change, ParticipantChanged):
            assert change.version == self.versions.get(change.call.id, 1) + 1
            self.versions[change.call.id] = change.version

    def call(self, number: int) -> GroupCall | None:
        """The newest call for 0, older ones for more."""
        return self.known[-1 - number % len(self.known)] if self.known else None

    def may_manage(self, person: int) -> bool:
        membership = self.street.group.members.get(person)
        return membership is not None and membership.may(MANAGE)

    @initialize(muted=st.booleans())
    def everybody_is_in_a_call(self, muted: bool) -> None:
        self.begin(ADA, 0)
        for person in (ADA, BRUNO, CHIARA, DANIELE):
            self.calls.join(self.known[0], person, person, muted=muted)

    @rule(by=people, hours=st.sampled_from([0, 1, 24, 300]))
    def begin(self, by: int, hours: int) -> None:
        date = self.street.now + timedelta(hours=hours) if hours else None
        try:
            self.known.append(self.calls.create(self.street.group, by, "Talk", date))
        except CallError:
            assert hours > 8 * 24 or not self.may_manage(by)
        else:
            assert self.may_manage(by)

    @rule(by=people, number=ages)
    def start(self, by: int, number: int) -> None:
        if call := self.call(number):
            was_active = call.is_active
            try:
                self.calls.start(call, by)
            except CallError:
                assert call.is_active == was_active

    @rule(by=people, number=ages)
    def end(self, by: int, number: int) -> None:
        if call := self.call(number):
            before = self.street.group.call
            try:
                self.calls.discard(call, by)
            except CallError:
                assert self.street.group.call is before
            else:
                assert self.may_manage(by)

    @rule(person=people, number=ages, source=st.integers(0, 4), muted=st.booleans())
    def join(self, person: int, number: int, source: int, muted: bool) -> None:
        if call := self.call(number):
            before = set(call.participants)
            try:
                self.calls.join(call, person, source, muted=muted)
            except CallError:
                assert set(call.participants) == before

    @rule(person=people, number=ages)
    def leave(self, person: int, number: int) -> None:
        if call := self.call(number):
            self.calls.leave(call, person)
            assert person not in call.participants

    @rule(by=people, person=people, number=ages, data=st.data())
    def change(self, by: int, person: int, number: int, data: st.DataObject) -> None:
        call = self.call(number)
        if call is None:
            return
        before = {one.person: state(one) for one in call.participants.values()}
        on = data.draw(st.booleans())
        act = data.draw(st.sampled_from([self.calls.set_muted, self.calls.raise_hand]))
        try:
            act(call, by, person, on)
        except CallError:
            after = {one.person: state(one) for one in call.participants.values()}
            assert after == before
            return
        assert by == person or self.may_manage(by)
        others = {one.person: state(one) for one in call.participants.values() if one.person != person}
        assert others == {one: was for one, was in before.items() if one != person}
        if by != person:
            was_muted, is_muted = before[person][0], call.participants[person].muted
            assert is_muted or not was_muted, "nobody switches another's microphone on"

    @rule(by=people, number=ages, join_muted=st.booleans())
    def let_in_muted(self, by: int, number: int, join_muted: bool) -> None:
        if call := self.call(number):
            try:
                self.calls.let_in_muted(call, by, join_muted)
            except CallError:
                return
            assert self.may_manage(by)

    @rule(
        person=st.sampled_from([BRUNO, CHIARA, DANIELE, STRANGER]),
        status=st.sampled_from(Status),
        may=st.booleans(),
    )
    def seat(self, person: int, status: Status, may: bool) -> None:
        if status is not Status.CREATOR:
            self.street.seat(person, status, *([MANAGE] if may else []))

    @rule(seconds=st.integers(1, 100_000))
    def wait(self, seconds: int) -> None:
        self.street.wait(seconds=seconds)

    @invariant()
    def who_is_in_a_call_is_in_the_group(self) -> None:
        for call in self.known:
            for person in call.participants:
                assert self.street.group.members[person].is_present

    @invariant()
    def at_most_one_call_has_anybody_in_it_and_it_has_begun(self) -> None:
        for call in self.known:
            if call.participants:
                assert call is self.street.group.call
                assert call.is_active

    @invariant()
    def nobody_is_mistaken_for_another(self) -> None:
        for call in self.known:
            sources = [one.source for one in call.participants.values() if one.source]
            assert len(sources) == len(set(sources))

    @invariant()
    def who_manages_may_speak_and_who_speaks_may(self) -> None:
        for call in self.known:
            for one in call.participants.values():
                assert one.muted or one.can_self_unmute
                assert one.can_self_unmute or not self.may_manage(one.person)
                assert one.muted or one.raise_hand_rating is None

    @invariant()
    def the_last_version_was_told(self) -> None:
        for call in self.known:
            assert call.version == self.versions.get(call.id, 1)

    @invariant()
    def the_bot_is_never_dragged_in(self) -> None:
        assert all(BOT not in call.participants for call in self.known)


TestEvenings = Evenings.TestCase
TestEvenings.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
