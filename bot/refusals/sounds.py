"""What to say when a sound cannot be played, or a talk cannot go where somebody wants it."""

from bot import errors
from bot.refusals.speech import Sentences, Speech, plain
from rooms import errors as rooms_errors


def _said_too_long(refusal: rooms_errors.SaidTooLong, speech: Speech) -> str:
    text = speech.words.gettext("I read {limit} characters aloud at most; that is {length}.")
    return text.format(limit=refusal.limit, length=refusal.length)


def _volume_out_of_range(refusal: rooms_errors.VolumeOutOfRange, speech: Speech) -> str:
    text = speech.words.gettext("Sounds can be as loud as {loudest} %, and 0 is silence.")
    return text.format(loudest=refusal.loudest)


def _sound_too_large(refusal: errors.SoundTooLarge, speech: Speech) -> str:
    text = speech.words.gettext(
        "Telegram hands bots files of {limit} MB at most: send a smaller one, or write /play and its address."
    )
    return text.format(limit=refusal.limit // (1024 * 1024))


def _too_many_outlets(refusal: rooms_errors.TooManyOutlets, speech: Speech) -> str:
    text = speech.words.gettext("Talks can go out to {limit} servers at most: take one off the list first.")
    return text.format(limit=refusal.limit)


def _too_many_bridges(refusal: rooms_errors.TooManyBridges, speech: Speech) -> str:
    text = speech.words.gettext("A talk can be carried in {limit} other groups at most.")
    return text.format(limit=refusal.limit)


SOUNDS: Sentences = {
    rooms_errors.NothingPlays: plain(lambda words: words.gettext("Nothing plays at the moment.")),
    rooms_errors.NothingToSay: plain(
        lambda words: words.gettext(
            "What shall I say? Write it after the command: /say We begin in a minute."
        )
    ),
    rooms_errors.SaidTooLong: _said_too_long,
    rooms_errors.VolumeOutOfRange: _volume_out_of_range,
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
    rooms_errors.TooManyOutlets: _too_many_outlets,
    rooms_errors.BridgesItself: plain(
        lambda words: words.gettext("The talk is in this group anyway: name another one.")
    ),
    rooms_errors.BridgedAlready: plain(
        lambda words: words.gettext("That group carries the talk already, or its admins were asked before.")
    ),
    rooms_errors.BridgeDeclined: plain(
        lambda words: words.gettext("The admins of that group have declined to carry this talk.")
    ),
    rooms_errors.NotBridged: plain(
        lambda words: words.gettext("That talk is not carried here, or nobody asks for it any more.")
    ),
    rooms_errors.TooManyBridges: _too_many_bridges,
    errors.NoGroupThere: plain(
        lambda words: words.gettext(
            "I am in no group of that name: an admin must add me there first. Write it as /bridge @name."
        )
    ),
}
