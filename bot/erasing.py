"""Erasing recordings, or a voice in them: noted beside them first, so that a kill leaves nothing behind."""

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

from rooms.ids import PersonId

MARK = "erased"
"""The file in a recording's folder by which the next start knows that it is to go with its talk."""

UNHEARD = "unheard"
"""The folder in a recording's with an empty file for each person whose voice must go from it."""

log = logging.getLogger(__name__)


def mark(recordings: Sequence[Path]) -> None:
    """Mark the folders of recordings, each of which lies in one of its own; no error for one that is gone."""
    for recording in recordings:
        if recording.parent.is_dir():
            (recording.parent / MARK).touch()


def delete(recordings: Sequence[Path]) -> None:
    """Delete the folders; what cannot be deleted now is logged, and tried again when the program starts."""
    for recording in recordings:
        try:
            shutil.rmtree(recording.parent)
        except FileNotFoundError:
            log.warning("%s was gone already", recording.parent)
        except OSError:
            log.exception("%s is of a group that was erased, and cannot be deleted", recording.parent)


def mark_unheard(recordings: Sequence[Path], person: PersonId) -> None:
    """Note beside recordings that somebody is to be heard in them no more, once they are made anew.

    They are on record no more by then. No error for a recording that is gone.
    """
    for recording in recordings:
        if recording.parent.is_dir():
            (recording.parent / UNHEARD).mkdir(exist_ok=True)
            (recording.parent / UNHEARD / str(person)).touch()


def unheard_in(folder: Path) -> frozenset[PersonId]:
    """Who is to be heard no more in the recording of this folder, besides those who said no."""
    if not (folder / UNHEARD).is_dir():
        return frozenset()
    return frozenset(PersonId(int(note.name)) for note in (folder / UNHEARD).iterdir())


def unmark_unheard(folder: Path, people: frozenset[PersonId]) -> None:
    """They are heard no more; who was noted meanwhile still is to be left out."""
    for person in people:
        (folder / UNHEARD / str(person)).unlink(missing_ok=True)
    if (folder / UNHEARD).is_dir() and not any((folder / UNHEARD).iterdir()):
        (folder / UNHEARD).rmdir()
