"""/play and its kin: who minds a talk that is on has sounds played in it, and notices read aloud."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from telegram import Bot, Message

from bot.errors import NothingToPlay, OnlyInGroups, VolumeNotUnderstood, WishGone
from bot.features import Command, Feature, Taker, TapHandler
from bot.keyboards import column, key
from bot.live_pages import Page
from bot.sounds.offers import Attachment, address_in, attached
from bot.sounds.remote import Hush, Louder, Next, PlayThis, Rest, turned
from bot.sounds.remotes import Remote, Remotes
from bot.sounds.sound_files import SoundFiles
from bot.visits import Tap, Visit, reply
from bot.words import Words, filled
from rooms.errors.refusal import Refusal
from rooms.ids import ChatId, MessageId, RoomId
from rooms.listening import Stages
from rooms.planning import Planning
from rooms.playing import Cue
from rooms.roles import Asker
from rooms.room import Room
from rooms.sounding import Sounding

MOST_TALKS = 20
"""Talks that are on and are looked at to find those that somebody minds."""

_VOLUME = re.compile(r"(\d{1,4})\s*%?", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What somebody wants played: a file of Telegram's, or an address."""

    title: str
    file: Attachment | None = None
    url: str | None = None


class Jukebox(Feature):
    """Sounds from files and addresses, one after the other, and the message that controls them."""

    def __init__(
        self, planning: Planning, sounding: Sounding, stages: Stages, files: SoundFiles, remotes: Remotes
    ) -> None:
        self._planning = planning
        self._sounding = sounding
        self._stages = stages
        self._files = files
        self._remotes = remotes

    @property
    def commands(self) -> Mapping[str, Command]:
        """For who minds the talk."""
        return {
            "play": self.play,
            "pause": self.pause,
            "resume": self.resume,
            "skip": self.skip,
            "stop": self.stop,
            "volume": self.volume,
            "say": self.say,
        }

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """Under the remote, and under what was sent in private."""
        return {
            Rest: self.rest_by_tap,
            Next: self.skip_by_tap,
            Louder: self.turn_by_tap,
            Hush: self.stop_by_tap,
            PlayThis: self.play_from_private,
        }

    @property
    def takers(self) -> Sequence[Taker]:
        """Sounds that are sent in private."""
        return (self.offer,)

    async def play(self, visit: Visit) -> None:
        """Play what the message carries, answers or names; in private, ask in which talk."""
        if visit.is_private:
            above = visit.message.reply_to_message
            if not await self.offer(visit) and (above is None or not await self._ask_where(visit, above)):
                raise OnlyInGroups
            return
        room, asker = await self._admitted(visit)
        wanted = _wanted(visit.message, visit.argument, visit.speech.words)
        before = self._stages.playback(room.id)
        is_busy = before.now is not None
        cue = await self._put_on(visit.bot, room, asker, wanted)
        if self._remotes.of(room.id) is None:
            await self._show_remote(visit, room, cue)
        elif is_busy:
            text = visit.speech.words.gettext("🎵 <b>{title}</b> comes as number {place}.")
            await visit.reply(filled(text, title=cue.title, place=len(before.queue) + 1))
        else:
            await visit.reply(_plays(cue.title, visit.speech.words))

    async def pause(self, visit: Visit) -> None:
        """Let what plays rest."""
        room, asker = await self._admitted(visit)
        await self._sounding.pause(room.id, asker, is_paused=True)
        await visit.reply(visit.speech.words.gettext("⏸ It rests: /resume lets it go on."))

    async def resume(self, visit: Visit) -> None:
        """Let it go on."""
        room, asker = await self._admitted(visit)
        await self._sounding.pause(room.id, asker, is_paused=False)
        await visit.reply(visit.speech.words.gettext("▶️ It goes on."))

    async def skip(self, visit: Visit) -> None:
        """Go on with the next sound."""
        room, asker = await self._admitted(visit)
        following = self._stages.playback(room.id).queue
        await self._sounding.skip(room.id, asker)
        words = visit.speech.words
        if following:
            await visit.reply(_plays(following[0], words))
        else:
            await visit.reply(words.gettext("⏭ That was the last one."))

    async def stop(self, visit: Visit) -> None:
        """Play nothing any more."""
        room, asker = await self._admitted(visit)
        await self._sounding.stop(room.id, asker)
        await visit.reply(visit.speech.words.gettext("⏹ Nothing plays any more, and nothing waits."))

    async def volume(self, visit: Visit) -> None:
        """Make sounds as loud as is said, or say how loud they are."""
        room, asker = await self._admitted(visit)
        words = visit.speech.words
        volume = self._stages.playback(room.id).volume
        if visit.argument:
            said = _VOLUME.fullmatch(visit.argument)
            if said is None:
                raise VolumeNotUnderstood
            volume = int(said[1])
            await self._sounding.set_volume(room.id, asker, volume)
        await visit.reply(words.gettext("🔊 Sounds are at {volume} %.").format(volume=volume))

    async def say(self, visit: Visit) -> None:
        """Have a notice read aloud."""
        room, asker = await self._admitted(visit)
        await self._sounding.say(room.id, asker, visit.argument)
        await visit.reply(visit.speech.words.gettext("🗣 I read it aloud."))

    async def offer(self, visit: Visit) -> bool:
        """Ask who sends a sound in private in which of the talks that they mind it shall be played."""
        return await self._ask_where(visit, visit.message)

    async def _ask_where(self, visit: Visit, message: Message) -> bool:
        """Ask below the message that carries the sound; whether it does."""
        words = visit.speech.words
        sound = attached(message, words)
        if sound is None or not sound.is_sound:
            return False
        rooms = [room for room in await self._sounding.on(MOST_TALKS) if await self._may_play(visit, room)]
        if not rooms:
            await visit.reply(words.gettext("I can play that while a talk is on that you mind."))
            return True
        text = words.gettext("Shall I play <b>{title}</b>?")
        keys = [
            key(words.gettext("▶️ In {title}").format(title=room.plan.call_title), PlayThis(room.id))
            for room in rooms
        ]
        keyboard = visit.seal.keyboard(column(keys), message.chat.id)
        await reply(visit.bot, message, filled(text, title=sound.title), keyboard)
        return True

    async def play_from_private(self, tap: Tap, pressed: PlayThis) -> None:
        """Play what the message above the button carries."""
        words, above = tap.speech.words, tap.command
        sound = attached(above, words) if above is not None else None
        if sound is None:
            raise WishGone
        room = await self._planning.look_up(pressed.room)
        asker = await tap.asker_in(tap.of_this_chat(room).plan.chat)
        await self._sounding.admit(room.id, asker)
        cue = await self._put_on(tap.bot, room, asker, _Wanted(sound.title, sound))
        if self._remotes.of(room.id) is None:
            page = self._remotes.page(room.id, tap.speech, cue.title)
            await tap.change(*page)
            self._remotes.keep(_remote_at(tap, room, page))
        else:
            text = words.gettext("🎵 <b>{sound}</b> is on, or comes soon, in {title}.")
            await tap.change(filled(text, sound=cue.title, title=room.plan.title))
        await tap.answer()

    async def rest_by_tap(self, tap: Tap, pressed: Rest) -> None:
        """Let what plays rest, or go on."""
        room, asker = await self._tapped(tap, pressed.room)
        await self._sounding.pause(room.id, asker, is_paused=pressed.is_paused)
        await tap.answer()

    async def skip_by_tap(self, tap: Tap, pressed: Next) -> None:
        """Go on with the next sound."""
        room, asker = await self._tapped(tap, pressed.room)
        await self._sounding.skip(room.id, asker)
        await tap.answer()

    async def turn_by_tap(self, tap: Tap, pressed: Louder) -> None:
        """Make sounds louder, or softer."""
        room, asker = await self._tapped(tap, pressed.room)
        volume = turned(self._stages.playback(room.id).volume, pressed.by)
        await self._sounding.set_volume(room.id, asker, volume)
        await tap.answer(tap.speech.words.gettext("🔊 Sounds are at {volume} %.").format(volume=volume))

    async def stop_by_tap(self, tap: Tap, pressed: Hush) -> None:
        """Play nothing any more."""
        room, asker = await self._tapped(tap, pressed.room)
        await self._sounding.stop(room.id, asker)
        await tap.answer()

    async def _admitted(self, visit: Visit) -> tuple[Room, Asker]:
        """The talk that is on here, if the asker may bring sounds into it."""
        room = await self._sounding.on_in(visit.in_group().chat)
        asker = await visit.asker()
        return await self._sounding.admit(room.id, asker), asker

    async def _tapped(self, tap: Tap, room_id: RoomId) -> tuple[Room, Asker]:
        """The talk of a button, and who pressed it; the message is its remote if there is no other."""
        room = await self._planning.look_up(room_id)
        asker = await tap.asker_in(tap.of_this_chat(room).plan.chat)
        if self._remotes.of(room_id) is None:
            self._remotes.keep(_remote_at(tap, room))
        return room, asker

    async def _may_play(self, visit: Visit, room: Room) -> bool:
        try:
            await self._sounding.admit(room.id, await visit.asker_in(room.plan.chat))
        except Refusal:
            return False
        return True

    async def _put_on(self, bot: Bot, room: Room, asker: Asker, wanted: _Wanted) -> Cue:
        path = await self._files.fetch(bot, room, wanted.file) if wanted.file is not None else None
        cue = Cue(wanted.title, path, wanted.url)
        await self._sounding.play(room.id, asker, cue)
        return cue

    async def _show_remote(self, visit: Visit, room: Room, cue: Cue) -> None:
        text, keyboard = page = self._remotes.page(room.id, visit.speech, cue.title)
        chat = ChatId(visit.message.chat.id)
        message = await reply(visit.bot, visit.message, text, visit.seal.keyboard(keyboard, chat))
        self._remotes.keep(Remote(room.id, chat, message, visit.speech, visit.seal, page))


def _remote_at(tap: Tap, room: Room, page: Page | None = None) -> Remote:
    """The message whose button was pressed, as the talk's remote."""
    return Remote(room.id, ChatId(tap.chat.id), MessageId(tap.message_id), tap.speech, tap.seal, page)


def _wanted(message: Message, argument: str, words: Words) -> _Wanted:
    """What is to be played.

    Raises:
        NothingToPlay, AddressForbidden.
    """
    named = address_in(argument)
    if named is not None:
        url, title = named
        return _Wanted(title, url=url)
    above = message.reply_to_message
    sound = attached(message, words) or (attached(above, words) if above is not None else None)
    if sound is None:
        raise NothingToPlay
    return _Wanted(sound.title, sound)


def _plays(title: str, words: Words) -> Markup:
    return filled(words.gettext("🎵 <b>{title}</b> is on."), title=title)
