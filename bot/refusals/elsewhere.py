"""What to say about where else a talk is heard: other groups' calls, and servers."""

from bot import errors
from bot.refusals.speech import Sentences, Speech, plain
from rooms.errors.elsewhere import (
    BridgedAlready,
    BridgeDeclined,
    BridgesItself,
    NotBridged,
    OutletMalformed,
    TooManyBridges,
    TooManyOutlets,
)
from rooms.outlets import Flaw

_ICECAST = "icecast://source:password@radio.example:8000/talk.ogg"
_RTMP = "rtmp://live.example/app/key"
_ESCAPED = "%23 (#), %2F (/), %3F (?), %40 (@), %20"


def _malformed(refusal: OutletMalformed, speech: Speech) -> str:
    gettext = speech.words.gettext
    sentences = {
        Flaw.UNREADABLE: gettext(
            "I cannot read that address. These signs, and spaces, are written so in a password: {escaped}."
        ),
        Flaw.SCHEME: gettext(
            "The address of a server for live sound begins with icecast://, icecasts://, rtmp:// or rtmps://."
        ),
        Flaw.HOST: gettext("I find no server in that address. It looks like {rtmp} or {icecast}."),
        Flaw.PORT: gettext(
            "The port in that address is no number from 1 to 65535. In a password, signs are written so: "
            "{escaped}."
        ),
        Flaw.PASSWORD: gettext("Icecast lets nobody in without its source password: {icecast}."),
        Flaw.MOUNT: gettext("The mount point at the end is missing, as in {icecast}."),
        Flaw.FORMAT: gettext(
            "I send Ogg Opus and nothing else: choose a mount point that ends in .ogg or .opus."
        ),
        Flaw.KEY: gettext("An RTMP address ends with an application and a key, as in {rtmp}."),
        Flaw.LOGIN: gettext(
            "In an RTMP address no user and no password stand before the server: the key at its end is all "
            "it takes."
        ),
    }
    return sentences[Flaw(refusal.flaw)].format(icecast=_ICECAST, rtmp=_RTMP, escaped=_ESCAPED)


def _too_many_outlets(refusal: TooManyOutlets, speech: Speech) -> str:
    text = speech.words.gettext("Talks can go out to {limit} servers at most: take one off the list first.")
    return text.format(limit=refusal.limit)


def _too_many_bridges(refusal: TooManyBridges, speech: Speech) -> str:
    text = speech.words.gettext("A talk can be carried in {limit} other groups at most.")
    return text.format(limit=refusal.limit)


ELSEWHERE: Sentences = {
    OutletMalformed: _malformed,
    TooManyOutlets: _too_many_outlets,
    BridgesItself: plain(lambda words: words.gettext("The talk is in this group anyway: name another one.")),
    BridgedAlready: plain(
        lambda words: words.gettext("That group carries the talk already, or its admins were asked before.")
    ),
    BridgeDeclined: plain(
        lambda words: words.gettext("The admins of that group have declined to carry this talk.")
    ),
    NotBridged: plain(
        lambda words: words.gettext("That talk is not carried here, or nobody asks for it any more.")
    ),
    TooManyBridges: _too_many_bridges,
    errors.NoGroupThere: plain(
        lambda words: words.gettext(
            "I am in no group of that name: an admin must add me there first. Write it as /bridge @name."
        )
    ),
}
