"""The scene: what the stage of a talk looks like at this moment, for the board and for who minds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.boards.voices import Voices
from rooms.appointments import Answer
from rooms.audience import SILENCE, Murmur
from rooms.bell import Bell
from rooms.hands import Hand
from rooms.ids import PersonId
from rooms.measures import Measure
from rooms.ports import Clock
from rooms.questions import VOTABLE, Question, shown
from rooms.records import Records, Store
from rooms.roles import Role
from rooms.room import Room
from rooms.speaking import Speaking, queue_of
from rooms.stage import OnStage
from rooms.turn_keeping import SpeakingTurn

MINUTE = timedelta(minutes=1)
TURN_STEP = timedelta(seconds=30)
"""How exactly the time left of a turn is shown."""


@dataclass(frozen=True, slots=True)
class OnBoard:
    """Somebody who may speak, as the board shows them; `part` is their part in the talk, if they have one."""

    person: PersonId
    name: str
    part: Role | None
    is_muted: bool
    is_speaking: bool
    turn_left: timedelta | None
    """In steps of `TURN_STEP`, rounded up; nothing when the turn is over, None without one."""


@dataclass(frozen=True, slots=True)
class Scene:
    """All that can be seen of a stage: equal scenes are shown alike.

    `listening` are the others in the call; `time_left` is in whole minutes, rounded up. `spoke` are the names
    of all who did, known only once the talk is over.
    """

    room: Room
    standing: tuple[OnBoard, ...]
    listening: tuple[OnStage, ...]
    queue: tuple[Hand, ...]
    time_left: timedelta
    playing: str | None = None
    spoke: tuple[str, ...] = ()
    murmur: Murmur = SILENCE
    asked: tuple[Question, ...] = ()
    """The gallery's questions that are not answered yet: the one on stage first, then the most wanted."""

    @property
    def over_turns(self) -> tuple[OnBoard, ...]:
        """Those whose turn is over, or nearly so."""
        ending = [one for one in self.standing if one.turn_left is not None and one.turn_left <= TURN_STEP]
        return tuple(ending)


class Scenes:
    """Looks at the stages; `stirred` is rung whenever one may be another than before."""

    def __init__(self, store: Store, speaking: Speaking, clock: Clock) -> None:
        self.stirred = Bell()
        for bell in (store.committed, speaking.stages.changed, speaking.turns.changed):
            bell.chain(self.stirred)
        self._speaking = speaking
        self._clock = clock

    async def of(self, records: Records, room: Room, voices: Voices) -> Scene:
        """The scene of a talk now; `voices` is told what is seen."""
        now = self._clock.now()
        stage = self._speaking.floor.stage(room.id)
        voices.see(stage, now)
        parts = await _parts(records, room)
        turns = {turn.person: turn for turn in self._speaking.turns.of(room.id)}
        standing = [
            OnBoard(
                one.person,
                one.name,
                parts.get(one.person),
                one.is_muted,
                voices.speaks(one.person, now),
                _turn_left(turns.get(one.person), now),
            )
            for one in stage.people
            if one.may_speak
        ]
        standing.sort(key=lambda one: (_ORDER.get(one.part, len(_ORDER)),))
        return Scene(
            room,
            tuple(standing),
            tuple(one for one in stage.people if not one.may_speak),
            await queue_of(records, room),
            up(room.plan.ends_at - now, MINUTE),
            self._speaking.stages.playback(room.id).now,
            _spoke(await records.measures.find(room.id), voices) if room.is_over else (),
            self._speaking.stages.murmur(room.id),
            tuple(one for one in shown(await records.questions.of(room.id)) if one.state in VOTABLE),
        )

    def next_change(self, scene: Scene, voices: Voices) -> datetime | None:
        """When the scene will be another one by time alone."""
        now = self._clock.now()
        moments = [scene.room.plan.ends_at - scene.time_left + MINUTE] if scene.time_left else []
        for turn in self._speaking.turns.of(scene.room.id):
            left = up(turn.ends_at - now, TURN_STEP)
            moments += [turn.ends_at - left + TURN_STEP] if left else []
        silent_at = voices.next_change(now)
        return min((*moments, *([silent_at] if silent_at is not None else [])), default=None)


def up(left: timedelta, step: timedelta) -> timedelta:
    """Rounded up to whole steps; nothing for what is over."""
    return max(timedelta(), -(-left // step) * step)


_ORDER: Mapping[Role | None, int] = {Role.HOST: 0, Role.COHOST: 1, Role.SPEAKER: 2}


async def _parts(records: Records, room: Room) -> Mapping[PersonId, Role]:
    parts = {
        one.invited.person: one.role
        for one in await records.appointments.of(room.id)
        if one.invited.person is not None and one.answer is Answer.ACCEPTED
    }
    return {**parts, room.plan.host: Role.HOST}


def _turn_left(turn: SpeakingTurn | None, now: datetime) -> timedelta | None:
    return up(turn.ends_at - now, TURN_STEP) if turn is not None else None


def _spoke(measure: Measure | None, voices: Voices) -> tuple[str, ...]:
    """By what was counted, who spoke longest first; else by what was heard here."""
    times: Sequence[tuple[str, timedelta]] = []
    if measure is not None:
        times = [(one.name, one.spoken) for one in measure.talk_times]
    counted = [name for name, _spoken in sorted(times, key=lambda one: one[1], reverse=True)]
    return tuple(dict.fromkeys([*counted, *voices.names.values()]))
