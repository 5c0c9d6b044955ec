"""Deletion: a room's sound is deleted, and all that was ever made of it."""

import shutil
from pathlib import Path


def delete_sound(folder: Path) -> None:
    """Delete all that was recorded in the room's folder, and the folder; no error when it is gone already.

    What a killed process left of it goes when this is done again. Raises `OSError`.
    """
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
