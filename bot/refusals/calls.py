"""What to say when a call cannot be opened or kept, or a sound not played in it."""

from bot.refusals.speech import Sentences, Speech, piece, plain
from rooms import errors
from rooms.outlets import Flaw

_ICECAST = "icecast://source:password@radio.example:8000/talk.ogg"
_RTMP = "rtmp://live.example/app/key"
_ESCAPED = "%23 (#), %2F (/), %3F (?), %40 (@), %20"


def _malformed(refusal: errors.OutletMalformed, speech: Speech) -> str:
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


def _undecodable(refusal: errors.SoundRefused, speech: Speech) -> str:
    text = speech.words.gettext(
        "I cannot make sound of “{title}”: it is no audio that I can play, or it is damaged."
    )
    return text.format(title=piece(refusal.title))


def _unreachable(refusal: errors.SoundUnreachable, speech: Speech) -> str:
    text = speech.words.gettext(
        "“{title}” does not answer, or not with sound: see whether the address is right."
    )
    return text.format(title=piece(refusal.title))


def _forbidden(refusal: errors.AddressForbidden, speech: Speech) -> str:
    text = speech.words.gettext(
        "I do not fetch “{title}”: I take only http and https addresses on the public Internet."
    )
    return text.format(title=piece(refusal.title))


CALLS: Sentences = {
    errors.RelayLacksRights: plain(
        lambda words: words.gettext(
            "The relay account needs to be an admin who may manage video chats: an admin can allow it in the "
            "group's settings. I try again by myself."
        )
    ),
    errors.RelayNotInChat: plain(
        lambda words: words.gettext(
            "The relay account is not in this group: add it, and make it an admin who may manage video "
            "chats. I try again by myself."
        )
    ),
    errors.CallUnreachable: plain(
        lambda words: words.gettext(
            "Telegram's voice server does not answer at the moment. I keep trying; if it stays so, tell "
            "whoever runs me."
        )
    ),
    errors.RelayResting: plain(
        lambda words: words.gettext(
            "Telegram asks the relay account to be quiet for a while. I try again by myself when that is "
            "over."
        )
    ),
    errors.NoAccount: plain(
        lambda words: words.gettext(
            "Telegram does not let the relay account in any more: only whoever runs me can mend that, and "
            "has to be told."
        )
    ),
    errors.RelayDiskRefused: plain(
        lambda words: words.gettext(
            "The disk of the machine I run on does not do as I ask: tell whoever runs me to see whether it "
            "is full. I keep trying."
        )
    ),
    errors.RelayStumbled: plain(
        lambda words: words.gettext(
            "Something went wrong in my own works: tell whoever runs me to look into my log. I keep trying."
        )
    ),
    errors.ScheduleOutOfRange: plain(
        lambda words: words.gettext(
            "Telegram shows a countdown only for voice chats from ten seconds to eight days ahead. The voice "
            "chat opens at its time all the same."
        )
    ),
    errors.AdminMaySpeak: plain(
        lambda words: words.gettext(
            "Admins may always speak in their group's voice chat: Telegram lets nobody take that from them. "
            "I muted them; they can unmute themselves."
        )
    ),
    errors.OutletMalformed: _malformed,
    errors.SoundRefused: _undecodable,
    errors.SoundUnreachable: _unreachable,
    errors.AddressForbidden: _forbidden,
    errors.VoiceMissing: plain(
        lambda words: words.gettext(
            "I have no voice to read that aloud: whoever runs me can install espeak-ng, which speaks English "
            "and Italian."
        )
    ),
    errors.QueueFull: plain(
        lambda words: words.gettext(
            "As many sounds are waiting as may: let some be played first, or clear the list."
        )
    ),
    errors.CallRefused: plain(
        lambda words: words.gettext(
            "Telegram does not let the relay account open the voice chat. I keep trying; an admin can also "
            "start the voice chat by hand."
        )
    ),
}
