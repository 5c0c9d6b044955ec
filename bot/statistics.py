"""/stats: a picture of a group's latest talks, and three sentences about them."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from telegram import ReplyParameters
from telegram.error import BadRequest

from bot import saying
from bot.errors import Anonymous, NotDrawn
from bot.features import Command, Feature
from bot.objections import NO_PICTURE, is_about
from bot.pictures import Draws, Labels, Statistics, TalkCount
from bot.refusals import Speech
from bot.visits import Visit
from bot.words import Words
from rooms.ids import NOBODY
from rooms.reviewing import Review, Reviewing
from rooms.roles import Asker

_MINUTE = timedelta(minutes=1)


class Stats(Feature):
    """What a group may know of its talks; anybody in it may ask."""

    def __init__(self, reviewing: Reviewing, atelier: Draws) -> None:
        self._reviewing = reviewing
        self._atelier = atelier

    @property
    def commands(self) -> Mapping[str, Command]:
        """/stats."""
        return {"stats": self.stats}

    async def stats(self, visit: Visit) -> None:
        """Answer with the picture; before the first talk with a sentence alone."""
        group = visit.in_group()
        reviews = await self._reviewing.latest(group.chat, await _asker(visit))
        words = visit.speech.words
        if not reviews:
            await visit.reply(words.gettext("No talk has taken place here yet: there is nothing to show."))
            return
        caption = " ".join(sentences(reviews, visit.speech))
        try:
            picture = await self._atelier.draw(statistics_of(reviews, group.title, visit.speech))
        except NotDrawn:
            await visit.reply(caption)
        else:
            await _show(visit, picture, caption)


async def _asker(visit: Visit) -> Asker:
    """Whoever writes as the group is one of its admins, who may know what every member may."""
    try:
        return await visit.asker()
    except Anonymous:
        return Asker(NOBODY, "", is_admin=True)


async def _show(visit: Visit, picture: bytes, caption: str) -> None:
    """The picture with its sentences; those alone where no pictures may be sent."""
    try:
        await visit.bot.send_photo(
            visit.message.chat.id,
            picture,
            caption=caption,
            message_thread_id=visit.thread,
            reply_parameters=ReplyParameters(visit.message.message_id, allow_sending_without_reply=True),
        )
    except BadRequest as objection:
        if not is_about(objection, *NO_PICTURE):
            raise
        await visit.reply(caption)


def statistics_of(reviews: Sequence[Review], title: str, speech: Speech) -> Statistics:
    """What the picture shows: all talks, and of the latest one that was measured its audience and voices."""
    talks = [
        TalkCount(_label(one, speech), one.coming, one.measure.most if one.measure else None)
        for one in reviews
    ]
    measured = _latest_measured(reviews)
    audience: list[tuple[float, int]] = []
    shares: list[tuple[str, float]] = []
    if measured is not None and measured.measure is not None:
        audience = [(at / _MINUTE, people) for at, people in measured.measure.audience]
        shares = _shares(measured)
    return Statistics(_labels(title, speech.words), talks, audience, shares)


def sentences(reviews: Sequence[Review], speech: Speech) -> Sequence[str]:
    """How many talks and how many people; which talk drew most; who spoke longest, or why that is unknown."""
    return [
        _how_many(reviews, speech.words),
        _best(reviews, speech.words),
        _who_spoke(_latest_measured(reviews), speech.words),
    ]


def _how_many(reviews: Sequence[Review], words: Words) -> str:
    text = words.ngettext(
        "In the latest talk {coming} said that they come.",
        "In the latest {number} talks, {coming} said on average that they come.",
        len(reviews),
    )
    average = round(sum(one.coming for one in reviews) / len(reviews))
    if not average:
        return words.ngettext(
            "In the latest talk nobody said that they come.",
            "In the latest {number} talks, hardly anybody said that they come.",
            len(reviews),
        ).format(number=len(reviews))
    return text.format(number=len(reviews), coming=average)


def _best(reviews: Sequence[Review], words: Words) -> str:
    measured = [(one.measure.most, one) for one in reviews if one.measure is not None]
    if not measured:
        return words.gettext("How many were in the call was not measured yet.")
    most, best = max(measured, key=lambda pair: pair[0])
    text = words.ngettext(
        "Best attended was “{title}”, with {number} person in the call.",
        "Best attended was “{title}”, with {number} people in the call.",
        most,
    )
    return text.format(title=best.room.plan.title, number=most)


def _who_spoke(measured: Review | None, words: Words) -> str:
    shares = _shares(measured) if measured is not None else []
    if measured is None or not shares:
        return words.gettext("Who spoke how long was not measured yet.")
    name, share = max(shares, key=lambda pair: pair[1])
    text = words.gettext("In “{title}”, {name} spoke longest: {percent} % of the time.")
    return text.format(title=measured.room.plan.title, name=name, percent=round(100 * share))


def _latest_measured(reviews: Sequence[Review]) -> Review | None:
    return next((one for one in reversed(reviews) if one.measure is not None), None)


def _shares(review: Review) -> list[tuple[str, float]]:
    times = review.measure.talk_times if review.measure is not None else ()
    whole = sum((one.spoken for one in times), timedelta(0))
    if not whole:
        return []
    return sorted(((one.name, one.spoken / whole) for one in times), key=lambda pair: -pair[1])


def _label(review: Review, speech: Speech) -> str:
    day = saying.short_day(review.room.plan.starts_at, speech.zone, speech.words)
    return f"{day} {review.room.plan.title}"


def _labels(title: str, words: Words) -> Labels:
    gettext = words.gettext
    return Labels(
        title=title,
        talks=gettext("Who came"),
        coming=gettext("said they come"),
        came=gettext("were in the call"),
        audience=gettext("People in the call"),
        minutes=gettext("minutes"),
        shares=gettext("Who spoke how long"),
        others=gettext("others"),
        nothing=gettext("No talk yet"),
    )
