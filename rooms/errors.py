"""Refusals: every "no" that is explained to people in chats, with the facts the explanation needs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from rooms.ids import ChatId


class Refusal(Exception):
    """A "no" that can be explained to whoever asked.

    What only the operator can mend is none: it ends the program with a sentence (`app.supervision.CannotRun`,
    `app.settings.WrongSettings`). Whatever else is raised is a bug.
    """


class NotAllowed(Refusal):
    """The asker's roles do not permit the action."""

    def __init__(self, action: str) -> None:
        super().__init__(f"not allowed to {action}")
        self.action = action


class NotAllowedNextDoor(NotAllowed):
    """A talk is minded by its own group, and not by one that carries it."""


class NoSuchRoom(Refusal):
    """Nothing is known of this room: it never was, or it was a draft and is forgotten."""


class GalleryClosed(NoSuchRoom):
    """The link led into a gallery that was closed: it is dead, and stays so."""


class WrongState(Refusal):
    """The room's state does not permit the step."""

    def __init__(self, state: str, step: str) -> None:
        super().__init__(f"a room in the state “{state}” cannot {step}")
        self.state = state
        self.step = step


class TitleMissing(Refusal):
    """A talk needs a title."""


class TitleTooLong(Refusal):
    """The title exceeds what a voice chat can show."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class DescriptionTooLong(Refusal):
    """The description exceeds what is kept of it."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class SeatsOutOfRange(Refusal):
    """So few or so many seats make no sense."""

    def __init__(self, seats: int, bounds: tuple[int, int]) -> None:
        super().__init__(f"{seats} is not between {bounds[0]} and {bounds[1]}")
        self.seats = seats
        self.bounds = bounds


class TopicNotAllowed(Refusal):
    """The group's list of topics is closed and has no such topic; `topic` is None where one was missing."""

    def __init__(self, topic: str | None, allowed: Sequence[str]) -> None:
        super().__init__(f"{topic!r} is not among {', '.join(allowed)}")
        self.topic = topic
        self.allowed = tuple(allowed)


class TooManyTopics(Refusal):
    """A group's list of topics is as long as it may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit


class TopicMalformed(Refusal):
    """A topic is one tag of letters, digits and underscores."""

    def __init__(self, topic: str) -> None:
        super().__init__(f"{topic!r} is not a tag")
        self.topic = topic


class StartsInPast(Refusal):
    """The asked start has gone by."""

    def __init__(self, starts_at: datetime) -> None:
        super().__init__(f"{starts_at.isoformat()} has gone by")
        self.starts_at = starts_at


class StartsTooFarAhead(Refusal):
    """The asked start lies beyond what the programme plans."""

    def __init__(self, starts_at: datetime, horizon: timedelta) -> None:
        super().__init__(f"{starts_at.isoformat()} is more than {horizon} ahead")
        self.starts_at = starts_at
        self.horizon = horizon


class DurationOutOfRange(Refusal):
    """A talk lasts within the bounds of the programme."""

    def __init__(self, duration: timedelta, bounds: tuple[timedelta, timedelta]) -> None:
        super().__init__(f"{duration} is not between {bounds[0]} and {bounds[1]}")
        self.duration = duration
        self.bounds = bounds


class Clash(Refusal):
    """A chat holds one call at a time, and another talk has this hour."""

    def __init__(self, title: str, starts_at: datetime) -> None:
        super().__init__(f"{title!r} is on at {starts_at.isoformat()}")
        self.title = title
        self.starts_at = starts_at


class NothingToOpen(Refusal):
    """The chat has no talk that could be opened now."""


class NothingToClose(Refusal):
    """The chat has no talk that is open."""


class NothingToCancel(Refusal):
    """The chat has no talk ahead."""


class WhichRoom(Refusal):
    """Several rooms fit the command; the person must name one."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(", ".join(titles))
        self.titles = tuple(titles)


class Banned(Refusal):
    """Somebody was banned from the group's talks; `until` is None for a ban without an end."""

    def __init__(self, until: datetime | None, reason: str) -> None:
        super().__init__(f"banned until {until}: {reason}")
        self.until = until
        self.reason = reason


class NobodyToBan(Refusal):
    """The person is an admin, or the one who asks: nobody who could be banned."""


class NotAMember(Refusal):
    """Somebody asks who is not in the group."""


class NothingToUndo(Refusal):
    """The minute in which a change can be taken back is over, or there was none."""


class NothingToChange(Refusal):
    """The chat has no talk ahead that could be changed."""


class NoCover(Refusal):
    """The talk's cover cannot be drawn at the moment."""


class NotAdmitted(Refusal):
    """The link of a room does not suffice to listen to it; `admission` is a `rooms.plan.Admission`."""

    def __init__(self, admission: str) -> None:
        super().__init__(f"this room is for {admission}")
        self.admission = admission


class GalleryStays(Refusal):
    """The gallery is closed already, or open already."""

    def __init__(self, is_open: bool) -> None:
        super().__init__(f"it is {'open' if is_open else 'closed'} already")
        self.is_open = is_open


class NoTicketNeeded(Refusal):
    """The room is open: its link suffices."""


class TicketTaken(Refusal):
    """Who asks has taken their ticket for this room already."""


class NotBlinded(Refusal):
    """What was sent to be signed is no blinded value for the room's key."""


class NotATicket(Refusal):
    """What was shown is no ticket for this room: forged, or for another."""


class SeatLost(Refusal):
    """A ticket's place is its holder's no more: the ticket was shown again, elsewhere."""


class SeatUnknown(Refusal):
    """No such place was given, or not since the program started: the ticket must be shown again."""


class NotVouchedFor(Refusal):
    """Telegram does not vouch for who asks: the proof is malformed, or was forged."""


class ProofTooOld(NotVouchedFor):
    """Telegram vouched for who asks too long ago."""


class TelegramSilent(Refusal):
    """Telegram cannot be asked at the moment who is in a group."""


class NotInvited(Refusal):
    """An invitation that is not this person's, or that was withdrawn."""


class SeriesOver(Refusal):
    """The series has no occurrence left."""


class CallRefused(Refusal):
    """The chat's call cannot be opened or kept; by itself: Telegram does not let the relay account."""

    def __init__(self, chat: ChatId, reason: str) -> None:
        super().__init__(f"{reason} in {chat}")
        self.chat = chat
        self.reason = reason


class RelayLacksRights(CallRefused):
    """The relay account is no admin with the right to manage video chats there."""


class RelayNotInChat(CallRefused):
    """The relay account is not a member of the chat."""


class CallUnreachable(CallRefused):
    """The voice server did not answer in time, or the relay process is down; trying again later may help."""


class RelayResting(CallUnreachable):
    """Telegram asks the relay account to be quiet for a while; the reason says how long (FLOOD_WAIT_37)."""


class NoAccount(CallRefused):
    """Telegram refuses every relay account: only the operator can bring another one, or this one back."""


class RelayDiskRefused(CallRefused):
    """The disk of the relay's machine did not do as asked; the reason is the system's."""


class RelayStumbled(CallRefused):
    """A bug in the relay process; its log has the traceback."""


class ScheduleOutOfRange(CallRefused):
    """Telegram schedules calls from ten seconds to eight days ahead; one can still be opened at its time."""


class AdminMaySpeak(CallRefused):
    """Telegram lets every admin of a group speak: nobody can take that from them within a call."""


class TapesBusy(CallRefused):
    """Another recording is being mastered, or this one is; trying again later helps."""


class NothingOnTape(CallRefused):
    """Nothing of what is to be cut is on disk, or not yet."""


class NotRecorded(Refusal):
    """There is no recording of the talk, or none any more."""


class ClipOutOfRange(Refusal):
    """A clip is longer than that, or shorter."""

    def __init__(self, length: timedelta, bounds: tuple[timedelta, timedelta]) -> None:
        super().__init__(f"{length} is not between {bounds[0]} and {bounds[1]}")
        self.length = length
        self.bounds = bounds


class ClipBeyondEnd(Refusal):
    """The recording is over before the clip would be; `duration` is its length."""

    def __init__(self, duration: timedelta) -> None:
        super().__init__(f"the recording lasts {duration}")
        self.duration = duration


class SoundRefused(Refusal):
    """A sound, which people know by its title, cannot be played; by itself: there is no decoder for it."""

    def __init__(self, title: str, reason: str = "") -> None:
        super().__init__(f"{title!r}: {reason or 'not to be decoded'}")
        self.title = title
        self.reason = reason


class SoundUnreachable(SoundRefused):
    """The address of a sound does not answer, or not with sound."""


class AddressForbidden(SoundRefused):
    """The address leads into a private network, or is of no kind that is fetched."""


class VoiceMissing(SoundRefused):
    """No speech synthesizer is installed that could read a notice aloud."""


class QueueFull(SoundRefused):
    """As many sounds wait as may."""


class NothingPlays(Refusal):
    """No sound is on that could be paused or skipped."""


class NothingToSay(Refusal):
    """A notice that is to be read aloud needs words."""


class SaidTooLong(Refusal):
    """The notice exceeds what is read aloud."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class VolumeOutOfRange(Refusal):
    """Sounds can be as loud as that, in per cent, or silent."""

    def __init__(self, volume: int, loudest: int) -> None:
        super().__init__(f"{volume} is not between 0 and {loudest}")
        self.volume = volume
        self.loudest = loudest


class OutletMalformed(Refusal):
    """The text is no address to which sound can be passed on; `flaw` is a `rooms.outlets.Flaw`.

    The text itself is not kept: it may hold a password.
    """

    def __init__(self, flaw: str) -> None:
        super().__init__(flaw)
        self.flaw = flaw


class TooManyOutlets(Refusal):
    """A group's talks go out to as many servers as may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit


class BridgesItself(Refusal):
    """A talk is in its own group in any case."""


class BridgedAlready(Refusal):
    """The talk is carried in that group, or its admins were asked already."""


class BridgeDeclined(Refusal):
    """The admins of that group do not want the talk in their voice chat."""


class NotBridged(Refusal):
    """The talk is not, or not any more, to be carried there."""


class TooManyBridges(Refusal):
    """A talk is carried in as many other groups as may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit


class Unreachable(Refusal):
    """The bot may not write to this person before they open its private chat."""


class HostUnreachable(Refusal):
    """Neither the host nor a co-host of the talk can be written to."""


class InvitedOnly(Refusal):
    """The talk is for those who were invited."""


class QuestionMissing(Refusal):
    """A question needs words."""


class QuestionTooLong(Refusal):
    """The question exceeds what a host is sent."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class QuestionUnreadable(Refusal):
    """There are signs in the question that cannot be shown."""


class QuestionGone(Refusal):
    """A question is there no more, or somebody dealt with it already."""


class NoQuestionsNow(Refusal):
    """The gallery can ask nothing in this room: it is over, or has nobody who would read it."""


class TooManyWait(Refusal):
    """So many questions wait to be read that no more are taken."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} wait")
        self.limit = limit


class TooManyQuestions(Refusal):
    """Somebody asked a talk's host as much as one may; they can ask again at `again_at`."""

    def __init__(self, limit: int, again_at: datetime) -> None:
        super().__init__(f"{limit} questions asked, the next one not before {again_at.isoformat()}")
        self.limit = limit
        self.again_at = again_at


class ReasonTooLong(Refusal):
    """The reason of a report or a ban exceeds what is kept of it."""

    def __init__(self, length: int, limit: int) -> None:
        super().__init__(f"{length} characters, {limit} at most")
        self.length = length
        self.limit = limit


class TooManyAppointments(Refusal):
    """As many people were asked to take part in the talk as may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit


class AlreadyAppointed(Refusal):
    """Somebody has this part in the talk, or was asked to take it, already."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} was asked already")
        self.name = name


class NoTalkOn(Refusal):
    """The chat has no talk on whose stage something could be done."""


class SpeaksAlready(Refusal):
    """Somebody may speak in the talk already, and need not ask; `name` is None for who asks themselves."""

    def __init__(self, name: str | None = None) -> None:
        super().__init__(f"{name or 'the asker'} speaks already")
        self.name = name


class HandDown(Refusal):
    """The hand that was to be answered is down: somebody answered it before, or lowered it."""


class NoHands(Refusal):
    """Nobody asks to speak."""


class SeatsTaken(Refusal):
    """As many people take part in the talk's call as it has seats."""

    def __init__(self, seats: int) -> None:
        super().__init__(f"{seats} seats are taken")
        self.seats = seats


class SpeaksByPart(Refusal):
    """Hosts and co-hosts speak in their talk as long as they mind it."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} minds the talk")
        self.name = name


class NoTurn(Refusal):
    """Somebody has no turn that could be prolonged."""


class TurnOutOfRange(Refusal):
    """A turn to speak is longer than that, or shorter."""

    def __init__(self, length: timedelta, bounds: tuple[timedelta, timedelta]) -> None:
        super().__init__(f"{length} is not between {bounds[0]} and {bounds[1]}")
        self.length = length
        self.bounds = bounds


class NoInvitationNeeded(Refusal):
    """Listeners are invited only where a talk is for those who were invited."""


class SubjectBanned(Refusal):
    """Somebody who is banned from the group's talks cannot be given a part in one."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is banned")
        self.name = name


class PersonUnknown(Refusal):
    """A user name alone does not tell who somebody is; they must have written to the bot once."""

    def __init__(self, name: str) -> None:
        super().__init__(f"who is {name}?")
        self.name = name


class BanEndsInPast(Refusal):
    """The ban would be over already."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"{until.isoformat()} has gone by")
        self.until = until


class NoSuchGroup(Refusal):
    """Nothing is known of this group."""


class ZoneUnknown(Refusal):
    """No such time zone."""

    def __init__(self, zone: str) -> None:
        super().__init__(f"no time zone {zone!r}")
        self.zone = zone


class LanguageUnknown(Refusal):
    """The bot does not speak this language."""

    def __init__(self, language: str) -> None:
        super().__init__(f"no language {language!r}")
        self.language = language


class ReminderUnknown(Refusal):
    """Groups are not reminded so long before a talk."""

    def __init__(self, length: timedelta, offered: Sequence[timedelta]) -> None:
        super().__init__(f"{length} is none of {', '.join(map(str, offered))}")
        self.length = length
        self.offered = tuple(offered)


class WeekdayUnknown(Refusal):
    """A week has seven days, 0 for Monday."""

    def __init__(self, weekday: int) -> None:
        super().__init__(f"no weekday {weekday}")
        self.weekday = weekday


class QuietHoursEmpty(Refusal):
    """Quiet hours end at another time than they begin."""


class TooManyCopies(Refusal):
    """Talks are announced in as many other chats as may be."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} at most")
        self.limit = limit


class CopiesItself(Refusal):
    """A group's talks are announced in the group in any case."""


class TalkOnAir(Refusal):
    """While a talk is on, its group cannot be forgotten: it must be closed first."""

    def __init__(self, title: str) -> None:
        super().__init__(f"{title!r} is on")
        self.title = title


class RecurrenceMalformed(Refusal):
    """The text is no recurrence rule, or none that a talk can have; `flaw` is a `rooms.rule_reading.Flaw`.

    `part` is the piece at fault, where it is one.
    """

    def __init__(self, rule: str, flaw: str, part: str = "") -> None:
        super().__init__(f"{flaw} {part or rule!r}")
        self.rule = rule
        self.flaw = flaw
        self.part = part


class RecurrenceFixed(Refusal):
    """The days of a series are of a kind that cannot be moved together; one occurrence alone can."""
