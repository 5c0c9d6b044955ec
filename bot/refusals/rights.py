"""What to say to who has no right to what they ask for."""

from bot import errors, saying
from bot.refusals.speech import Sentences, Speech, piece, plain
from rooms.errors.rights import (
    BanEndsInPast,
    Banned,
    InvitedOnly,
    NobodyToBan,
    NotAdmitted,
    NotAllowed,
    NotAllowedNextDoor,
    NotAMember,
    NotYourDraft,
    SubjectBanned,
)
from rooms.roles import Action


def _not_allowed(refusal: NotAllowed, speech: Speech) -> str:
    gettext = speech.words.gettext
    minding = gettext("Only the talk's host, its co-hosts and the admins of this group can do that.")
    hosting = gettext("Only the talk's host and the admins of this group can do that.")
    admins = gettext("Only admins of this group can do that.")
    sentences = {
        Action.SCHEDULE: gettext("Only admins of this group can schedule talks."),
        Action.OPEN: minding,
        Action.CLOSE: minding,
        Action.CHANGE: minding,
        Action.INVITE: minding,
        Action.MIND_STAGE: minding,
        Action.MIND_OWN: minding,
        Action.PLAY: minding,
        Action.CLIP: minding,
        Action.CLOSE_GALLERY: minding,
        Action.CANCEL: hosting,
        Action.HAND_OVER: hosting,
        Action.BRIDGE: hosting,
        Action.UNBRIDGE: hosting,
    }
    return sentences.get(Action(refusal.action), admins)


def _banned(refusal: Banned, speech: Speech) -> str:
    gettext = speech.words.gettext
    if refusal.until is None:
        return gettext("You are banned from this group's talks. Its admins can pardon you.")
    when = saying.label(refusal.until, speech.zone, speech.zone, speech.words)
    return gettext("You are banned from this group's talks until {when}.").format(when=when)


def _subject_banned(refusal: SubjectBanned, speech: Speech) -> str:
    text = speech.words.gettext("{name} is banned from this group's talks: an admin must pardon them first.")
    return text.format(name=piece(refusal.name))


def _ban_ends_in_past(refusal: BanEndsInPast, speech: Speech) -> str:
    when = saying.label(refusal.until, speech.zone, speech.zone, speech.words)
    return speech.words.gettext("{when} has gone by: how long shall the ban last?").format(when=when)


RIGHTS: Sentences = {
    NotAllowed: _not_allowed,
    NotAllowedNextDoor: plain(
        lambda words: words.gettext(
            "This talk is carried here from another group, whose host and admins look after it. Admins here "
            "can mute and let go those who take part through this group, and end it with /unbridge."
        )
    ),
    NotYourDraft: plain(
        lambda words: words.gettext(
            "Only whoever proposed this talk and the admins of this group can confirm or discard it."
        )
    ),
    Banned: _banned,
    SubjectBanned: _subject_banned,
    BanEndsInPast: _ban_ends_in_past,
    NobodyToBan: plain(
        lambda words: words.gettext("Neither admins nor you yourself can be banned from the talks.")
    ),
    NotAMember: plain(lambda words: words.gettext("That is for members of the group: join it first.")),
    InvitedOnly: plain(lambda words: words.gettext("This talk is for those who were invited: ask its host.")),
    NotAdmitted: plain(
        lambda words: words.gettext(
            "This talk is not open to everybody: join the group's voice chat to hear it."
        )
    ),
    errors.Anonymous: plain(
        lambda words: words.gettext(
            "As an anonymous admin you could be anyone: please turn off “Remain anonymous” or write from "
            "your own account."
        )
    ),
    errors.Channel: plain(
        lambda words: words.gettext("A channel cannot prove who it is: please write from your own account.")
    ),
    errors.OnlyInGroups: plain(
        lambda words: words.gettext("Talks live in groups: send this in the group that the talk is for.")
    ),
}
