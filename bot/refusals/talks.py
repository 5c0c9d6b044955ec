"""What to say about talks that cannot be as they are asked for."""

from bot import errors, saying
from bot.refusals.speech import Sentences, Speech, piece, plain
from rooms.errors.talks import (
    Clash,
    DescriptionTooLong,
    NoSuchRoom,
    NothingToCancel,
    NothingToChange,
    NothingToClose,
    NothingToOpen,
    NothingToUndo,
    SeatsOutOfRange,
    TakenBack,
    TitleMissing,
    TitleTooLong,
    TooManyTopics,
    TopicMalformed,
    TopicNotAllowed,
    WhichRoom,
    WrongState,
)
from rooms.room import RoomState


def _wrong_state(refusal: WrongState, speech: Speech) -> str:
    gettext = speech.words.gettext
    sentences = {
        RoomState.DRAFT: gettext("This talk is not on the programme yet."),
        RoomState.SCHEDULED: gettext("This talk is on the programme already: /cancel takes it off."),
        RoomState.OPENING: gettext("This talk is opening already: /close ends it."),
        RoomState.LIVE: gettext("This talk is on already: /close ends it."),
        RoomState.CLOSING: gettext("This talk is ending."),
        RoomState.CANCELLED: gettext("This talk was cancelled. Plan it again with /schedule."),
    }
    return sentences.get(RoomState(refusal.state), gettext("This talk is over."))


def _title_too_long(refusal: TitleTooLong, speech: Speech) -> str:
    text = speech.words.gettext(
        "That title has {length} characters, and {limit} are the most there can be: a shorter one, please."
    )
    return text.format(length=refusal.length, limit=refusal.limit)


def _topic_malformed(refusal: TopicMalformed, speech: Speech) -> str:
    text = speech.words.gettext(
        "“#{topic}” cannot be a topic: write one tag of up to 32 letters, digits or underscores."
    )
    return text.format(topic=piece(refusal.topic.removeprefix("#")))


def _clash(refusal: Clash, speech: Speech) -> str:
    text = speech.words.gettext(
        "“{title}” ({when}) has that hour, and the group has one voice chat. Choose another time."
    )
    when = saying.label(refusal.starts_at, speech.zone, speech.zone, speech.words)
    return text.format(title=refusal.title, when=when)


def _which_room(refusal: WhichRoom, speech: Speech) -> str:
    text = speech.words.gettext("Which one? Several titles have these words in them: {titles}")
    return text.format(titles="; ".join(f"“{title}”" for title in refusal.titles))


def _nothing_called(refusal: errors.NothingCalled, speech: Speech) -> str:
    text = speech.words.gettext("No talk here has “{words}” in its title. /rooms shows those there are.")
    return text.format(words=piece(refusal.name))


def _description_too_long(refusal: DescriptionTooLong, speech: Speech) -> str:
    text = speech.words.gettext("That description has {length} characters; {limit} are the most.")
    return text.format(length=refusal.length, limit=refusal.limit)


def _seats(refusal: SeatsOutOfRange, speech: Speech) -> str:
    least, most = refusal.bounds
    text = speech.words.gettext("A call has from {least} to {most} seats.")
    return text.format(least=least, most=most)


def _topic_not_allowed(refusal: TopicNotAllowed, speech: Speech) -> str:
    gettext = speech.words.gettext
    if refusal.topic is None:
        return gettext("A talk here needs one of this group's topics, as a #tag in its title.")
    text = gettext("#{topic} is not among this group's topics. /settings has the list.")
    return text.format(topic=piece(refusal.topic))


def _too_many_topics(refusal: TooManyTopics, speech: Speech) -> str:
    return speech.words.gettext("{limit} topics are the most.").format(limit=refusal.limit)


TALKS: Sentences = {
    NoSuchRoom: plain(
        lambda words: words.gettext("That is gone, or was never there. /rooms shows what is on.")
    ),
    WrongState: _wrong_state,
    TitleMissing: plain(
        lambda words: words.gettext("What is the talk called? Write its title first, right after /schedule.")
    ),
    TitleTooLong: _title_too_long,
    DescriptionTooLong: _description_too_long,
    SeatsOutOfRange: _seats,
    TopicNotAllowed: _topic_not_allowed,
    TooManyTopics: _too_many_topics,
    TopicMalformed: _topic_malformed,
    Clash: _clash,
    NothingToOpen: plain(
        lambda words: words.gettext("There is no talk to open here. See /rooms, or plan one with /schedule.")
    ),
    NothingToClose: plain(lambda words: words.gettext("No talk is on here: nothing to close.")),
    NothingToCancel: plain(
        lambda words: words.gettext(
            "There is no talk to cancel here. See /rooms; one that is on ends with /close."
        )
    ),
    WhichRoom: _which_room,
    errors.NothingCalled: _nothing_called,
    errors.WishIncomplete: plain(
        lambda words: words.gettext(
            "Write a title, when it starts and how long it lasts, with bars between:\n"
            "/schedule Careers after 40 #careers | tomorrow 18:30 | 45m\n"
            "Without a length it is one hour."
        )
    ),
    errors.WishGone: plain(
        lambda words: words.gettext("I cannot see the command for this any more: please send it again.")
    ),
    errors.ButtonUnknown: plain(
        lambda words: words.gettext("This button does nothing any more. /rooms shows what is on.")
    ),
    NothingToChange: plain(
        lambda words: words.gettext("There is no talk ahead to change here. /rooms shows what is on.")
    ),
    NothingToUndo: plain(
        lambda words: words.gettext("There is nothing to take back any more: the minute for it is over.")
    ),
    TakenBack: plain(lambda words: words.gettext("That was taken back already.")),
    errors.PictureUnusable: plain(
        lambda words: words.gettext(
            "I cannot use that picture: send a JPEG, PNG or WebP of up to 20 megapixels."
        )
    ),
}
