"""What can go wrong at Telegram's chats only: refusals of the bot itself, what waits, what ends it."""

from collections.abc import Sequence

from rooms.errors.refusal import Refusal


class WrongToken(Exception):
    """Telegram knows no bot with this token; only the operator can mend it."""


class NotDrawn(Exception):
    """A picture could not be drawn now: its process died, again and again, or cannot be started."""

    def __init__(self) -> None:
        super().__init__("the process that draws pictures does not get through")


class Anonymous(Refusal):
    """An admin who hides behind the group: Telegram does not say who it is, nor with what rights."""


class Channel(Refusal):
    """Somebody who speaks as a channel, which proves nothing about who they are here."""


class OnlyInGroups(Refusal):
    """Asked in a private chat, where there is no group whose talk could be meant."""


class NothingCalled(Refusal):
    """A talk was named, and none of those that could be meant has these words in its title."""

    def __init__(self, name: str) -> None:
        super().__init__(f"nothing is called {name!r}")
        self.name = name


class ClipUnclear(Refusal):
    """What was written after /clip is neither a length nor, as an answer to a recording, a stretch of it."""

    def __init__(self, words: str) -> None:
        super().__init__(f"no clip is {words!r}")
        self.words = words


class WishIncomplete(Refusal):
    """A talk was asked for without saying what or when."""


class WishGone(Refusal):
    """A button needs the command above it, and that is there no more."""


class ButtonUnknown(Refusal):
    """A button of an older version, of another chat, or of nobody's making."""


class PictureUnusable(Refusal):
    """What was sent as a cover is no JPEG, PNG or WebP, is broken, or has more pixels than are taken."""


class SettingUnknown(Refusal):
    """A group has no such setting."""

    def __init__(self, name: str, known: Sequence[str]) -> None:
        super().__init__(f"no setting {name!r}")
        self.name = name
        self.known = tuple(known)


class SettingNotUnderstood(Refusal):
    """What was written after a setting's name is nothing that it can be; `example` is, if there is one."""

    def __init__(self, name: str, text: str, example: str) -> None:
        super().__init__(f"{name} cannot be {text!r}")
        self.name = name
        self.text = text
        self.example = example


class NoThreadHere(Refusal):
    """A topic can be mapped only to the forum topic in which that is written."""


class ChatUnusable(Refusal):
    """Talks cannot be announced in a chat: it is not there, or the bot or the asker has no say in it."""

    def __init__(self, chat: str) -> None:
        super().__init__(f"no cards in {chat}")
        self.chat = chat


class NobodyNamed(Refusal):
    """A command needs a person, and its message mentions and answers nobody."""


class AdminStays(Refusal):
    """Nobody takes an admin out of their group's voice chat."""


class NothingToPlay(Refusal):
    """/play was written without a sound: neither with a file, nor below one, nor with an address."""


class SoundTooLarge(Refusal):
    """A file is larger than what bots may fetch; `limit` is in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit} bytes")
        self.limit = limit


class SoundGone(Refusal):
    """Telegram does not hand the file out any more."""


class VolumeNotUnderstood(Refusal):
    """/volume was written without a number."""


class NoGroupThere(Refusal):
    """A talk is to be carried in a group that is none, or in which the bot is not."""


class WordsMissing(Refusal):
    """Something without words was sent where words were asked for: a sticker, a voice message."""


class AspectNotUnderstood(Refusal):
    """The words say nothing of the aspect of a talk that was asked for; `aspect` is an `Aspect`."""

    def __init__(self, aspect: str, words: str) -> None:
        super().__init__(f"{words!r} says nothing of {aspect}")
        self.aspect = aspect
        self.words = words


class FieldNotUnderstood(Refusal):
    """Between the bars of a command stands something that cannot be read."""

    def __init__(self, words: str) -> None:
        super().__init__(f"cannot read the field {words!r}")
        self.words = words


class SaidTwice(Refusal):
    """Two fields of a command speak of the same thing."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(f"{first!r} and {second!r} say the same thing")
        self.first = first
        self.second = second


class WordsWanted(Refusal):
    """A question was answered by something that is no text: a sticker, a voice message, a place."""


class ChoiceWanted(Refusal):
    """Something was written before it was said which of two talks it is for."""


class ButtonWanted(Refusal):
    """Something was written where everything was said and only a button is waited for."""


class PictureWanted(Refusal):
    """A picture was asked for, and something else was sent."""


class PeopleWanted(Refusal):
    """Somebody was asked for, and the message mentions nobody and holds no contact with an account."""


class NotSecure(Refusal):
    """The gallery is reached by http, and Telegram opens pages by https alone."""


class NotInGroup(Refusal):
    """A talk cannot be handed to somebody who is not in its group."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not in the group")
        self.name = name


class RhythmFixed(Refusal):
    """A series was named where a talk is to be moved to one moment."""
