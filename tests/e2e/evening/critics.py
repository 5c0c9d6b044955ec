"""The critics: compare what listeners and the recording hold with what was spoken, and judge."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.e2e.evening.analysis import RATE, Match, Sound, decode, dropouts, find
from tests.e2e.evening.ears import Listened, listen_again
from tests.e2e.evening.script import Evening, Spoken

SOUNDS = Path(__file__).parents[3] / "voice" / "sounds"

ALIKE, ALIKE_TOGETHER = 0.8, 0.45
"""Correlation with its source of an utterance said alone, and of one that is half of what is heard.

A jitter buffer may drawl the first 0.3 s while it fills: nothing is lost then, and yet they are like nothing.
"""

LEVEL = 3.0
"""Decibels by which an utterance may be louder or softer than it was said."""

LONGEST_GAP = 0.2
"""Seconds of an utterance that may be missing, or out of place."""

LATEST, MISPLACED = 0.6, 0.12
"""Seconds from mouth to ear at p95; and by which utterances may stand apart in another way than said."""


@dataclass(slots=True)
class Verdict:
    """What the critics found; `latencies` in seconds, `gaps` in seconds of what was heard."""

    checks: dict[str, bool]
    notes: list[str] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    gaps: list[tuple[float, float]] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Whether every check holds."""
        return all(self.checks.values())


@dataclass(frozen=True, slots=True)
class Found:
    """An utterance and its place in a sound."""

    spoken: Spoken
    source: Sound
    match: Match


def judge(evening: Evening) -> Verdict:
    """Listen to everything that is left of the evening."""
    verdict = Verdict(dict(evening.seen))
    sources = {one.name: decode(one.opus) for one in evening.spoken}
    for form, heard in evening.streams.items():
        listened = listen_again(heard, form)
        found = _find_all(evening.spoken, sources, listened.sound)
        _judge_sound(f"stream.{form}", found, listened.sound, verdict)
        _judge_latency(f"stream.{form}", found, listened, verdict)
        _judge_overture(f"stream.{form}", found, listened.sound, verdict)
    recording = decode(evening.recording)
    found = _find_all(evening.spoken, sources, recording)
    _judge_sound("recording", found, recording, verdict)
    return verdict


def _find_all(spoken: Sequence[Spoken], sources: dict[str, Sound], heard: Sound) -> list[Found]:
    return [Found(one, sources[one.name], find(sources[one.name], heard)) for one in spoken]


def _judge_sound(where: str, found: Sequence[Found], heard: Sound, verdict: Verdict) -> None:
    for one in found:
        match, name = one.match, one.spoken.name
        verdict.notes.append(
            f"{where}: {name} at {match.at / RATE:.2f} s, likeness {match.likeness:.2f}, {match.gain:+.1f} dB"
        )
        least = ALIKE if one.spoken.is_alone else ALIKE_TOGETHER
        verdict.checks[f"{where}: {name} is what was said"] = match.likeness >= least
        verdict.checks[f"{where}: {name} is as loud as it was said"] = abs(match.gain) <= LEVEL
    gaps = list(_gaps(found, heard))
    verdict.gaps += gaps
    verdict.checks[f"{where}: nothing is missing"] = not gaps
    verdict.checks[f"{where}: everything comes when it was said"] = _spread(found) <= MISPLACED


def _gaps(found: Sequence[Found], heard: Sound) -> Iterator[tuple[float, float]]:
    for one in found:
        holes = dropouts(one.source, heard, one.match) if one.spoken.is_alone else []
        yield from (hole for hole in holes if hole[1] > LONGEST_GAP)
        if one.spoken.is_alone and one.match.jitter > LONGEST_GAP:
            yield (one.match.at / RATE, one.match.jitter)


def _spread(found: Sequence[Found]) -> float:
    """Seconds by which the utterances' distances differ from those at which they were said."""
    shifts = [one.match.at / RATE - one.spoken.began for one in found]
    return max(shifts) - min(shifts)


def _judge_latency(where: str, found: Sequence[Found], listened: Listened, verdict: Verdict) -> None:
    latencies = [
        listened.instant_of(place.at) - (one.spoken.began + place.start / RATE)
        for one in found
        if one.spoken.is_alone
        for place in one.match.places
    ]
    verdict.latencies += latencies
    verdict.checks[f"{where}: is heard in time"] = float(np.quantile(latencies, 0.95)) <= LATEST


def _judge_overture(where: str, found: Sequence[Found], heard: Sound, verdict: Verdict) -> None:
    first = min(one.match.at for one in found)
    overture = heard[:first]
    jingle = find(decode((SOUNDS / "jingle.ogg").read_bytes()), overture)
    verdict.notes.append(f"{where}: jingle at {jingle.at / RATE:.2f} s, likeness {jingle.likeness:.2f}")
    before = overture[: jingle.at]
    verdict.checks[f"{where}: the jingle opens the talk"] = jingle.likeness > ALIKE
    verdict.checks[f"{where}: music is heard before"] = bool(len(before)) and float(np.std(before)) > 0.01
