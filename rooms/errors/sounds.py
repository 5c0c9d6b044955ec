"""Refused about what is to be played in a talk, or read aloud."""

from rooms.errors.refusal import Refusal


class SoundRefused(Refusal):
    """A sound, which people know by its title, cannot be played; by itself: there is no decoder for it."""

    def __init__(self, title: str, reason: str = "") -> None:
        super().__init__(f"{title!r}: {reason or 'not to be decoded'}")
        self.title = title
        self.reason = reason


class SoundUnreachable(SoundRefused):
    """The address of a sound does not answer, or not with sound."""


class AddressForbidden(SoundRefused):
    """The address leads into a private network, or is of no kind that is fetched."""


class VoiceMissing(SoundRefused):
    """No speech synthesizer is installed that could read a notice aloud."""


class QueueFull(SoundRefused):
    """As many sounds wait as may."""


class NothingPlays(Refusal):
    """No sound is on that could be paused or skipped."""


class NothingToSay(Refusal):
    """A notice that is to be read aloud needs words."""


class SaidTooLong(Refusal):
    """The notice exceeds what is read aloud."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class VolumeOutOfRange(Refusal):
    """Sounds can be as loud as that, in per cent, or silent."""

    def __init__(self, volume: int, loudest: int) -> None:
        super().__init__(f"{volume} is not between 0 and {loudest}")
        self.volume = volume
        self.loudest = loudest
