"""Erasing a group's recordings: marked before they leave the record, so that a kill leaves none behind."""

import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

MARK = "erased"
"""The file in a recording's folder by which the next start knows that it is to go with its talk."""

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
