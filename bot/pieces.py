"""Pieces: the messages of which a talk's replay consists, a picture and what there is to be heard."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from markupsafe import Markup

from bot.letters import Opened
from bot.replays import file_name, raw_caption, replay_caption, stretch
from rooms.keeping import AS_IT_IS
from rooms.posts import HEAD
from rooms.recordings import Part, Recording


@dataclass(frozen=True, slots=True)
class Piece:
    """One message of a replay: the picture at its head, or a part to be heard."""

    path: Path
    caption: Markup | None
    title: str = ""
    name: str = ""
    length: timedelta | None = None

    @property
    def is_picture(self) -> bool:
        """Whether it is the head."""
        return self.length is None


def pieces_of(opened: Opened, recording: Recording) -> dict[int, Piece]:
    """What is to stand in the chat, by its place; nothing while it is still to be mastered."""
    plan, pieces = opened.room.plan, dict[int, Piece]()
    if not recording.parts:
        if opened.notice.detail != AS_IT_IS:
            return {}
        caption = raw_caption(opened, recording)
        return {1: Piece(recording.path, caption, plan.title, file_name(plan.title), recording.duration)}
    caption_of_parts = None if recording.waveform else replay_caption(opened, recording)
    if recording.waveform is not None:
        pieces[HEAD] = Piece(recording.waveform, replay_caption(opened, recording))
    for number, part in enumerate(recording.parts, 1):
        pieces[number] = _audio(opened, part, (number, len(recording.parts)), caption_of_parts)
    return pieces


def _audio(opened: Opened, part: Part, place: tuple[int, int], caption: Markup | None) -> Piece:
    title, (number, parts) = opened.room.plan.title, place
    if parts == 1:
        return Piece(part.path, caption, title, file_name(title), part.length)
    whole = Markup("{}").format(stretch(part.at, part.length))
    if caption is not None and number == 1:
        whole = caption
    name = file_name(title, f" {number} of {parts}")
    return Piece(part.path, whole, f"{title} {number}/{parts}", name, part.length)


def are_there(pieces: Mapping[int, Piece]) -> bool:
    """Whether every file is where it should be."""
    return all(piece.path.is_file() for piece in pieces.values())
