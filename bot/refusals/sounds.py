"""What to say when a sound cannot be played, or a notice not read aloud."""

from bot import errors
from bot.refusals.speech import Sentences, Speech, piece, plain
from rooms.errors.sounds import (
    AddressForbidden,
    NothingPlays,
    NothingToSay,
    QueueFull,
    SaidTooLong,
    SoundRefused,
    SoundUnreachable,
    VoiceMissing,
    VolumeOutOfRange,
)


def _said_too_long(refusal: SaidTooLong, speech: Speech) -> str:
    text = speech.words.gettext("I read {limit} characters aloud at most; that is {length}.")
    return text.format(limit=refusal.limit, length=refusal.length)


def _volume_out_of_range(refusal: VolumeOutOfRange, speech: Speech) -> str:
    text = speech.words.gettext("Sounds can be as loud as {loudest} %, and 0 is silence.")
    return text.format(loudest=refusal.loudest)


def _sound_too_large(refusal: errors.SoundTooLarge, speech: Speech) -> str:
    text = speech.words.gettext(
        "Telegram hands bots files of {limit} MB at most: send a smaller one, or write /play and its address."
    )
    return text.format(limit=refusal.limit // (1024 * 1024))


def _undecodable(refusal: SoundRefused, speech: Speech) -> str:
    text = speech.words.gettext(
        "I cannot make sound of “{title}”: it is no audio that I can play, or it is damaged."
    )
    return text.format(title=piece(refusal.title))


def _unreachable(refusal: SoundUnreachable, speech: Speech) -> str:
    text = speech.words.gettext(
        "“{title}” does not answer, or not with sound: see whether the address is right."
    )
    return text.format(title=piece(refusal.title))


def _forbidden(refusal: AddressForbidden, speech: Speech) -> str:
    text = speech.words.gettext(
        "I do not fetch “{title}”: I take only http and https addresses on the public Internet."
    )
    return text.format(title=piece(refusal.title))


SOUNDS: Sentences = {
    SoundRefused: _undecodable,
    SoundUnreachable: _unreachable,
    AddressForbidden: _forbidden,
    VoiceMissing: plain(
        lambda words: words.gettext(
            "I have no voice to read that aloud: whoever runs me can install espeak-ng, which speaks English "
            "and Italian."
        )
    ),
    QueueFull: plain(
        lambda words: words.gettext(
            "As many sounds are waiting as may: let some be played first, or clear the list."
        )
    ),
    NothingPlays: plain(lambda words: words.gettext("Nothing plays at the moment.")),
    NothingToSay: plain(
        lambda words: words.gettext(
            "What shall I say? Write it after the command: /say We begin in a minute."
        )
    ),
    SaidTooLong: _said_too_long,
    VolumeOutOfRange: _volume_out_of_range,
    errors.NothingToPlay: plain(
        lambda words: words.gettext(
            "What shall I play? Answer an audio file or a voice message with /play, attach one to it, or "
            "write an address after it."
        )
    ),
    errors.SoundTooLarge: _sound_too_large,
    errors.SoundGone: plain(
        lambda words: words.gettext("Telegram has this file no more: please send it once again.")
    ),
    errors.VolumeNotUnderstood: plain(
        lambda words: words.gettext("How loud? Write, for example: /volume 60.")
    ),
}
