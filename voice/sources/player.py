"""The player: all that the relay itself brings into a room's call, a slot at a time."""

from collections import deque
from collections.abc import Callable

import numpy as np

from rooms.errors.sounds import QueueFull
from rooms.playing import LONGEST_QUEUE, LOUDEST, Cue, Playback
from voice.mixing.sound import Block
from voice.mixing.units import SLOT
from voice.sources.levels import Gate, Limiter, MusicLevel, Samples
from voice.sources.opening import Opener
from voice.sources.patience import Patience
from voice.sources.playlist import Playlist
from voice.sources.sounds import HouseMusic, Sounds
from voice.sources.speech import synthesize


class Player:
    """Plays notices before all else, then the playlist, then hold music; music gives way to words.

    `run` keeps its files and streams at work; without it only the house's own sounds and notices play.
    """

    def __init__(
        self, sounds: Sounds, patience: Patience | None = None, *, allows_private: bool = False
    ) -> None:
        patience = patience or Patience()
        self.changed: Callable[[], None] = lambda: None
        """Called when `playback` is another one by more than the time that goes by."""
        self._house = HouseMusic(sounds)
        self._playlist = Playlist(
            Opener(patience, allows_private=allows_private), patience, lambda: self.changed()
        )
        self._notices: deque[deque[Block]] = deque()
        self._level = MusicLevel()
        self._gate = Gate()
        self._limiter = Limiter()
        self._is_paused = self._is_skipping = False

    async def run(self) -> None:
        """Work, for ever; when cancelled, everything that is open is closed."""
        await self._playlist.run()

    @property
    def playback(self) -> Playback:
        """What plays now and comes next, for people to read."""
        source, error = self._playlist.current, self._playlist.error
        volume = round(self._level.volume * 100)
        kind = None if error is None else type(error).__name__
        if source is None:
            return Playback(queue=self._playlist.queue, volume=volume, error=kind)
        return Playback(
            now=f"{source.cue.title} · {source.song}" if source.song else source.cue.title,
            at=source.at,
            length=source.length,
            queue=self._playlist.queue,
            volume=volume,
            is_paused=self._is_paused,
            error=kind,
        )

    def hold(self) -> None:
        """Begin the hold music, unless it plays already."""
        self._house.hold()

    def begin(self) -> None:
        """Let the hold music fade and the jingle sound."""
        self._house.begin()

    async def add(self, cue: Cue) -> None:
        """Open a file or an address and let it wait for its turn.

        Raises:
            SoundRefused: it cannot be played: `SoundUnreachable`, `AddressForbidden`, `QueueFull` or itself.
        """
        await self._playlist.add(cue)

    async def say(self, text: str, language: str) -> None:
        """Have a notice read aloud, before all else; `language` is a code like `it`.

        Raises:
            SoundRefused: it cannot be: `VoiceMissing`, `QueueFull` or itself.
        """
        if len(self._notices) >= LONGEST_QUEUE:
            raise QueueFull(text)
        speech = await synthesize(text, language)
        padded = np.concatenate((speech, np.zeros(-len(speech) % SLOT, np.int16)))
        self._notices.append(deque(padded.reshape(-1, SLOT)))

    def pause(self) -> None:
        """Let what plays wait; a live stream goes on unheard."""
        if self._playlist.current is not None and not self._is_paused:
            self._is_paused = True
            self.changed()

    def resume(self) -> None:
        """Go on after a pause."""
        if self._is_paused:
            self._is_paused = False
            self.changed()

    def skip(self) -> None:
        """Let what plays fade, and go on with what comes next."""
        self._is_skipping = self._playlist.current is not None
        self.resume()

    def clear(self) -> None:
        """Let what plays fade, and nothing come next."""
        self._playlist.clear()
        self.skip()
        self.changed()

    def set_volume(self, volume: int) -> None:
        """How loud all music is, in per cent of its own loudness; kept between 0 and `LOUDEST`."""
        wanted = min(LOUDEST, max(0, volume)) / 100
        if wanted != self._level.volume:
            self._level.volume = wanted
            self.changed()

    def take(self, *, is_talked_over: bool) -> Block | None:
        """The next slot of all that sounds, None when nothing does. Never waits.

        Music is ducked while somebody talks over it or a notice sounds; notices are not.
        """
        notice = self._next_notice()
        music = self._music(is_ducked=is_talked_over or notice is not None)
        if music is None:
            return notice
        return self._limiter.apply(music if notice is None else music + notice)

    def _next_notice(self) -> Block | None:
        if not self._notices:
            return None
        block = self._notices[0].popleft()
        if not self._notices[0]:
            self._notices.popleft()
        return block

    def _music(self, *, is_ducked: bool) -> Samples | None:
        played = self._played()
        house = self._house.take(is_wanted=self._playlist.is_empty)
        if house is not None:
            own = house.astype(np.float32)
            played = own if played is None else played + own
        return self._level.apply(played, is_ducked=is_ducked)

    def _played(self) -> Samples | None:
        """The next slot of the playlist, through the gate."""
        is_open = not self._is_paused and not self._is_skipping
        if self._is_skipping and self._gate.is_shut:
            self._is_skipping = False
            self._playlist.skip()
        self._playlist.advance()
        source = self._playlist.current
        if source is None:
            self._is_paused = False
            self._gate.shut()
            return None
        if not is_open and self._gate.is_shut:
            if source.is_live:
                source.take()
            return None
        block = source.take()
        if block is None:
            self._gate.shut()
            return None
        return self._gate.apply(block.astype(np.float32), is_open=is_open)
