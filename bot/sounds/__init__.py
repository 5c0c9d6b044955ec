"""Sounds: what people have played in a talk that is on, and the message by which they control it."""

from bot.sounds.jukebox import Jukebox
from bot.sounds.remotes import Remotes
from bot.sounds.sound_files import SoundFiles

__all__ = ["Jukebox", "Remotes", "SoundFiles"]
