"""Consents: whose voice may be heard where is made true on disk, however often minds are changed."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from containers.ogg import read_head
from rooms.ids import PersonId
from rooms.recordings import Turn
from voice.mastering import stretches
from voice.mastering.hearing import encoded, heard_together, in_integers
from voice.mastering.interpolation import Samples
from voice.mastering.orders import Order
from voice.mixing.mixer import Mixer
from voice.mixing.sound import Block
from voice.mixing.units import SLOT
from voice.recording.spliced import (
    GAPS,
    Stretch,
    gap_of,
    gaps_to_text,
    read_gaps,
    read_slotwise,
    write_packets,
)
from voice.recording.splicing import HOUSE, TALK, splice_tracks, voices

OTHERS = "others.ogg"
"""The file with all voices that have no track of their own."""

PEOPLE = "LOGGIONE_PEOPLE"
"""Its tag: who is in it, and where they are heard, as in `5=0+50,300+20 7=60+10`. It is never published."""

BIT_RATE = 48_000
"""For what is encoded a second time and will be a third."""

CLIPS = "clips"
"""The folder with what was cut out of the talk."""

People = dict[PersonId, list[Stretch]]
"""Where in the talk each of some people is heard."""


def make_true(order: Order) -> None:
    """Leave on disk the talk without the excluded, tracks of those who consented, and all others as one.

    What a crash interrupted is done anew: a voice stays on disk until nothing that must be made depends on
    it. Raises `OSError`.
    """
    splice_tracks(order.folder)
    if order.excluded:
        _exclude(order)
    merged = {
        person: track for person, track in _tracks(order.folder).items() if person not in order.consented
    }
    if merged:
        _merge(order.folder, merged)


def read_people(folder: Path) -> People:
    """Whose voices are in the folder's file of all others."""
    path = folder / OTHERS
    if not path.exists():
        return {}
    words = (word.partition("=") for word in read_head(path).tags[PEOPLE].split())
    return {PersonId(int(person)): stretches.from_text(text) for person, _, text in words}


def spoken(folder: Path) -> list[Turn]:
    """Who is heard when, in order, as far as tracks tell; nobody here knows their names."""
    people = read_people(folder)
    people |= {
        person: list(stretches.audible(read_slotwise(track))) for person, track in _tracks(folder).items()
    }
    turns = [
        Turn(person, "", gap_of(stretch).at, gap_of(stretch).length)
        for person, heard_in in people.items()
        for stretch in heard_in
    ]
    return sorted(turns, key=lambda turn: turn.at)


def _tracks(folder: Path) -> dict[PersonId, Path]:
    return {PersonId(int(path.stem)): path for path in voices(folder, is_spliced=True)}


def _exclude(order: Order) -> None:
    """Rebuild the talk without the excluded, if they may be in it, and leave nothing else of them."""
    folder, people, tracks = order.folder, read_people(order.folder), _tracks(order.folder)
    own = [tracks.pop(person) for person in order.excluded if person in tracks]
    hidden = [stretch for person in order.excluded for stretch in people.pop(person, ())]
    hidden += stretches.of_turns(turn for turn in order.turns if turn.person in order.excluded)
    if own or hidden:
        shutil.rmtree(folder / CLIPS, ignore_errors=True)
        _rebuild(folder, list(tracks.values()), hidden, own)
    if people != read_people(folder):
        _silence(folder / OTHERS, hidden, {PEOPLE: _people_to_text(people)})
    for track in own:
        track.unlink()


def _rebuild(folder: Path, tracks: Sequence[Path], hidden: Sequence[Stretch], own: Sequence[Path]) -> None:
    """Make the talk of the tracks and of the others but for what is hidden.

    Where there is nothing else, only silence it where the tracks that must go are heard.
    """
    talk, house, others = folder / TALK, folder / f"{HOUSE}.ogg", folder / OTHERS
    paths = [path for path in (house, *tracks) if path.exists()]
    sources = [read_slotwise(path) for path in paths]
    if others.exists():
        paths.append(others)
        sources.append(stretches.silenced(read_slotwise(others), hidden))
    if sources:
        _mix(talk, [talk, *paths], sources, {})
    else:
        theirs = [stretch for track in own for stretch in stretches.audible(read_slotwise(track))]
        _silence(talk, [*hidden, *theirs], {})


def _merge(folder: Path, tracks: Mapping[PersonId, Path]) -> None:
    """Put the tracks into the file of all others, those that are not in it already, and delete them."""
    others, people = folder / OTHERS, read_people(folder)
    new = {person: track for person, track in tracks.items() if person not in people}
    if new:
        people |= {person: list(stretches.audible(read_slotwise(track))) for person, track in new.items()}
        paths = [path for path in (others, *new.values()) if path.exists()]
        _mix(others, paths, [read_slotwise(path) for path in paths], {PEOPLE: _people_to_text(people)})
    for track in tracks.values():
        track.unlink()


def _mix(
    target: Path, told_by: Sequence[Path], sources: Sequence[Iterable[bytes]], tags: Mapping[str, str]
) -> None:
    """Write the sum of the sources, with all gaps that any of the files tells of."""
    gaps = [gap for path in told_by for gap in read_gaps(path)]
    packets = encoded(_sums(heard_together(sources)), BIT_RATE)
    write_packets(target, packets, {**read_head(told_by[0]).tags, **tags, GAPS: gaps_to_text(gaps)})


def _silence(target: Path, where: Iterable[Stretch], tags: Mapping[str, str]) -> None:
    packets = stretches.silenced(read_slotwise(target), where)
    write_packets(target, packets, {**read_head(target).tags, **tags})


def _sums(chunks: Iterable[tuple[Samples, ...]]) -> Iterator[Block]:
    """The sounds of each chunk as the room's own mixer puts them together."""
    mixer = Mixer()
    for chunk in chunks:
        audible = [in_integers(sound).reshape(-1, SLOT) for sound in chunk if sound.any()]
        slots = len(chunk[0]) // SLOT
        yield np.concatenate([mixer.mix([sound[slot] for sound in audible]) for slot in range(slots)])


def _people_to_text(people: People) -> str:
    return " ".join(f"{person}={stretches.to_text(where)}" for person, where in people.items())
