"""/schedule in one line: a talk is asked for, said back, and confirmed or discarded by a button."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from telegram import Bot, InlineKeyboardMarkup, Message, User

from bot.aspects.times import Scene
from bot.aspects.topics import mark_of_topic, topic_marked
from bot.callbacks import button
from bot.choices import AS_WRITTEN, asking_when, settled
from bot.deep_links import address
from bot.echoes import Draft, confirmed, discarded, echo
from bot.errors import WishGone
from bot.features import Command, Feature, TapHandler
from bot.keyboards import Key, key, link, rows
from bot.persons import answered_by, as_invited, mentions_in, named_in, without_bots
from bot.refusals import Speech, sentence
from bot.times import Question, When
from bot.visits import Say, Tap, Visit, argument_of, command_of, thread_of
from bot.wishes import Place, Wish, read_wish
from bot.words import Words
from rooms.appointments import Invited
from rooms.errors.people import BotInvited
from rooms.errors.talks import NoSuchRoom, TopicNotAllowed, WrongState
from rooms.errors.times import StartsInPast
from rooms.group import Group
from rooms.ids import PersonId, RoomId
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.roles import Asker, Role
from rooms.room import Room, RoomState

COMMAND = "schedule"
LINK = "plan"
"""Deep links into the guided dialogue begin so: "plan-<chat>_<thread>"."""


@button("yes")
@dataclass(frozen=True, slots=True)
class Confirm:
    """Put the draft on the programme."""

    room: RoomId


@button("no")
@dataclass(frozen=True, slots=True)
class Discard:
    """Forget the draft."""

    room: RoomId


@button("at")
@dataclass(frozen=True, slots=True)
class Choose:
    """Of what the command above may mean, this moment and this topic; the rest stands in it.

    The epoch and nothing leave the moment and the topic as they were written; a topic is `mark_of_topic`.
    `person` is the author of the message that the command answers, whom Telegram does not show here (Bot API,
    `reply_to_message`). Nobody is number 0.
    """

    starts_at: datetime
    topic: int
    person: PersonId


@dataclass(frozen=True, slots=True)
class Request:
    """A /schedule as it stands in the chat, for which bot, and where and for whom the talk is to be.

    `answered` is the author of the message that it answers.
    """

    bot: Bot
    message: Message
    said_at: datetime
    place: Place
    answered: Invited | None

    def wish(self) -> Wish:
        """What it says, without its host, who need not be asked; raises what `read_wish` raises."""
        group = self.place.group
        wish = read_wish(
            argument_of(self.message),
            Scene(self.said_at, group.zone, group.language),
            lambda field: mentions_in(self.message, field),
        )
        people = tuple(pair for pair in wish.people if not self.place.is_host(pair[1]))
        return _with_speaker(replace(wish, people=people), self.answered, self.place.host)


class Scheduling(Feature):
    """Everything from the command to the announcement, which is the outbox's."""

    def __init__(self, planning: Planning, clock: Clock) -> None:
        self._planning = planning
        self._clock = clock

    @property
    def commands(self) -> Mapping[str, Command]:
        """/schedule."""
        return {COMMAND: self.schedule}

    @property
    def taps(self) -> Mapping[type[Any], TapHandler]:
        """The buttons under an echo and under a question."""
        return {Confirm: self.confirm, Discard: self.discard, Choose: self.choose}

    async def schedule(self, visit: Visit) -> None:
        """Read a request and say it back with Confirm and Discard, or ask what is meant."""
        group = visit.in_group()
        asker = await visit.asker()
        # before reading: a member hears the same whatever the words
        await self._planning.admit(group.chat, asker)
        if not visit.argument:
            await visit.reply(*_step_by_step(visit, group))
            return
        place = Place(group, visit.thread, asker.person, asker.name, asker.username)
        answered = answered_by(visit.message)
        request = Request(visit.bot, visit.message, visit.said_at, place, answered)
        choice = Choose(AS_WRITTEN, 0, (answered.person if answered else None) or PersonId(0))
        await self._go_on(request, asker, choice, visit.speech, visit.reply)

    async def choose(self, tap: Tap, choice: Choose) -> None:
        """One of several moments or topics was meant: go on as if it had been written so."""
        asker = await self._planner(tap)
        command, author = _command_above(tap)
        host, name = PersonId(author.id), author.full_name
        place = Place(tap.in_group(), thread_of(command), host, name, as_invited(author).username)
        answered = await named_in(tap.bot, place.group.chat, choice.person) if choice.person else None
        request = Request(tap.bot, command, command.date, place, answered)
        await self._go_on(request, asker, choice, tap.speech, tap.change)
        await tap.answer()

    async def confirm(self, tap: Tap, button: Confirm) -> None:
        """The draft goes on the programme; pressed twice, it is announced once."""
        asker = await self._planner(tap)
        try:
            draft = tap.of_this_chat(await self._planning.look_up(button.room))
            room = await self._planning.confirm(draft.id, asker)
        except (NoSuchRoom, StartsInPast):
            await tap.take_buttons_away()
            raise
        await tap.change(confirmed(room, tap.speech))
        gettext = tap.speech.words.gettext
        is_new = draft.state is RoomState.DRAFT
        await tap.answer(gettext("Announced.") if is_new else gettext("It is on the programme already."))

    async def discard(self, tap: Tap, button: Discard) -> None:
        """The draft is forgotten; once it is on the programme, only /cancel takes it off."""
        asker = await self._planner(tap)
        try:
            draft = tap.of_this_chat(await self._planning.look_up(button.room))
        except NoSuchRoom:
            await tap.take_buttons_away()
            raise
        if draft.state is not RoomState.DRAFT:
            raise WrongState(draft.state, "be discarded")
        await self._planning.discard(draft.id, asker)
        await tap.change(discarded(draft, tap.speech))
        await tap.answer()

    async def _planner(self, tap: Tap) -> Asker:
        """Who pressed the button, if they may schedule: else even a dead draft's buttons are not theirs."""
        asker = await tap.asker()
        await self._planning.admit(tap.in_group().chat, asker)
        return asker

    async def _go_on(self, request: Request, asker: Asker, choice: Choose, speech: Speech, say: Say) -> None:
        """Say the draft back, or ask for the moment or the topic that is still open."""
        group = request.place.group
        wish, left_out = _without_bots(_chosen(request.wish(), choice, group), request.bot)
        if not isinstance(wish.when, When):
            await say(*_asking_when(wish.when, choice, speech))
            return
        plan = wish.plan(request.place, wish.when.instant)
        try:
            room = await self._planning.propose(
                plan, asker, recurrence=wish.recurrence, appointed=wish.people
            )
        except TopicNotAllowed as refusal:
            await say(sentence(refusal, speech), choosing_topic(refusal.allowed, choice))
            return
        draft = Draft(room.plan, wish.recurrence, wish.people)
        problem = sentence(left_out, speech) if left_out is not None else ""
        await say(echo(draft, speech, self._clock.now(), problem), confirming(room, speech.words))


def link_to_plan(bot_username: str, group: Group, thread: int | None) -> str:
    """The address of the guided dialogue about a talk in a group."""
    return address(bot_username, f"{LINK}-{group.chat}_{thread or 0}")


def confirming(room: Room, words: Words) -> InlineKeyboardMarkup | None:
    """Under a draft: yes or no."""
    gettext = words.gettext
    return rows([key(gettext("✅ Confirm"), Confirm(room.id)), key(gettext("Discard"), Discard(room.id))])


def choosing_topic(allowed: Sequence[str], choice: Choose) -> InlineKeyboardMarkup | None:
    """The topics that a group allows, two in a row."""
    keys = [key(f"#{tag}", replace(choice, topic=mark_of_topic(tag))) for tag in allowed]
    return rows(*pairs(keys))


def pairs(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """Two buttons in a row."""
    return (keys[index : index + 2] for index in range(0, len(keys), 2))


def _chosen(wish: Wish, choice: Choose, group: Group) -> Wish:
    """The wish with what was chosen in it; raises `WishGone` when the words mean something else by now."""
    if choice.topic:
        wish = replace(wish, topic=topic_marked(choice.topic, group.topics))
    return replace(wish, when=settled(wish.when, choice.starts_at)) if wish.when is not None else wish


def _without_bots(wish: Wish, ours: Bot) -> tuple[Wish, BotInvited | None]:
    """The wish without the bots that it names, and their refusal."""
    others, refusal = without_bots([one for _role, one in wish.people], ours)
    people = tuple(pair for pair in wish.people if pair[1] in others)
    return replace(wish, people=people), refusal


def _with_speaker(wish: Wish, answered: Invited | None, host: PersonId) -> Wish:
    """The wish with whoever is answered as a speaker, too, unless they mind the talk or are named in it."""
    if answered is None or answered.person == host or any(answered.is_same(one) for _, one in wish.people):
        return wish
    return replace(wish, people=(*wish.people, (Role.SPEAKER, answered)))


def _asking_when(
    asked: Question | None, choice: Choose, speech: Speech
) -> tuple[str, InlineKeyboardMarkup | None]:
    if asked is None:
        raise WishGone
    return asking_when(asked, speech, lambda moment: replace(choice, starts_at=moment))


def _step_by_step(visit: Visit, group: Group) -> tuple[str, InlineKeyboardMarkup | None]:
    """How a talk can be planned, and the way into the dialogue."""
    gettext = visit.speech.words.gettext
    text = gettext(
        "Let us plan it step by step, in our private chat. In one line it goes like this:\n"
        "/schedule Careers after 40 #careers | tomorrow 18:30 | 45m"
    )
    url = link_to_plan(visit.bot.username, group, visit.thread)
    return text, rows([link(gettext("Plan a talk"), url)])


def _command_above(tap: Tap) -> tuple[Message, User]:
    """The /schedule that the question answered, and who is to mind the talk; raises `WishGone`."""
    command = tap.command
    if command is None or command.from_user is None or command_of(command) != COMMAND:
        raise WishGone
    is_anonymous = command.sender_chat is not None
    return command, tap.query.from_user if is_anonymous else command.from_user
