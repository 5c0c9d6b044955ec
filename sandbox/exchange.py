"""The exchange: keeps the world's calls and the voice server in step, whoever moves first."""

from sandbox.sfu import VoiceServer, browser, native
from sandbox.world.changes import CallChanged, Change, ParticipantChanged
from sandbox.world.entities import GroupCall
from sandbox.world.errors import CallError
from sandbox.world.world import World


class Exchange:
    """Lets people into calls; who leaves or is muted in the world is so on the line too, and back."""

    def __init__(self, world: World, voice: VoiceServer) -> None:
        self._world = world
        self._voice = voice
        world.society.watch(self._follow)
        voice.on_gone = self._hang_up

    def join_native(self, call: GroupCall, person: int, params: str, *, muted: bool) -> str:
        """Let a native client in.

        Args:
            call: which one.
            person: whose client it is; an earlier connection of theirs is replaced.
            params: of phone.JoinGroupCall, JSON.
            muted: whether they come in with the microphone off.

        Returns:
            The JSON of UpdateGroupCallConnection.

        Raises:
            CallError: the world's rules are against it.
            BadOffer: the parameters are none.
        """
        source = native.read_offer(params).source
        self._world.calls.join(call, person, source, muted=muted)
        answer = self._voice.join_native(call.id, person, params)
        self._set_heard(call, person)
        return answer

    def join_browser(self, call: GroupCall, person: int, sdp: str, *, muted: bool) -> str:
        """Let a browser in by its SDP offer; gives the SDP answer. Raises `CallError`, `BadOffer`."""
        source = browser.read_offer(sdp).source
        self._world.calls.join(call, person, source, muted=muted)
        answer = self._voice.join_browser(call.id, person, sdp)
        self._set_heard(call, person)
        return answer.sdp

    def is_on_line(self, call: GroupCall, person: int) -> bool:
        """Whether the voice server still knows somebody's connection, which it may have dropped silently."""
        return self._voice.faults_of(call.id, person) is not None

    def _follow(self, change: Change) -> None:
        match change:
            case CallChanged(call=call, is_over=True):
                self._voice.close_call(call.id)
            case ParticipantChanged(call=call, participant=participant, left=True):
                self._voice.leave(call.id, participant.person)
            case ParticipantChanged(call=call, participant=participant):
                self._voice.allow(call.id, participant.person, not participant.muted)

    def _hang_up(self, call_id: int, person: int) -> None:
        """Somebody's line fell silent for good: they are in the call no more."""
        try:
            call = self._world.calls.get(call_id, person)
        except CallError:
            return
        self._world.calls.leave(call, person)

    def _set_heard(self, call: GroupCall, person: int) -> None:
        self._voice.allow(call.id, person, not call.participants[person].muted)
