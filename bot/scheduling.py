"""/schedule: a talk is asked for, said back, and confirmed or discarded by a button."""

from telegram import Message, Update, User

from bot import keyboards
from bot.callbacks import Choose, Confirm, Discard
from bot.echoes import confirmed, discarded, echo, how_to_write, question
from bot.errors import WishGone
from bot.times import Question
from bot.visits import Context, Reception, Tap, Visit, argument_of, command_of, thread_of
from bot.wishes import Scene, Wish, read_title, read_wish, title_field
from rooms.errors import NoSuchRoom, StartsInPast, WrongState
from rooms.ids import PersonId
from rooms.planning import Planning
from rooms.ports import Clock
from rooms.roles import Action, Asker, require
from rooms.room import Plan, RoomState

COMMAND = "schedule"


class Scheduling:
    """Everything from the command to the announcement, which is the outbox's."""

    def __init__(self, reception: Reception, planning: Planning, clock: Clock) -> None:
        self._reception = reception
        self._planning = planning
        self._clock = clock

    async def schedule(self, update: Update, context: Context) -> None:
        """Read a request and say it back with Confirm and Discard, or ask which moment is meant."""
        visit = await self._reception.visit(update, context)
        group = visit.in_group()
        asker = await visit.asker()
        require(asker, Action.SCHEDULE)  # before reading: a member hears the same whatever the words
        wish = read_wish(visit.argument, Scene(visit.said_at, group.zone, group.language))
        if isinstance(wish.when, Question):
            await _ask_back(visit, wish.when, wish)
            return
        plan = Plan(
            group.chat, visit.thread, wish.title, wish.topic, asker.person, asker.name,
            wish.when.instant, wish.duration,
        )  # fmt: skip
        room = await self._planning.propose(plan, asker)
        text = echo(room, visit.speech, self._clock.now())
        await visit.reply(text, keyboards.confirming(room, visit.speech.words))

    async def choose(self, tap: Tap, choice: Choose) -> None:
        """One of several moments was meant: say the whole back, as if it had been plain at once."""
        asker = await tap.asker()
        group = tap.in_group()
        command, author = _command_above(tap)
        title, topic = read_title(title_field(argument_of(command)))
        plan = Plan(
            group.chat, thread_of(command), title, topic, PersonId(author.id), author.full_name,
            choice.starts_at, choice.duration,
        )  # fmt: skip
        room = await self._planning.propose(plan, asker)
        text = echo(room, tap.speech, self._clock.now())
        await tap.change(text, keyboards.confirming(room, tap.speech.words))
        await tap.answer()

    async def confirm(self, tap: Tap, button: Confirm) -> None:
        """The draft goes on the programme; pressed twice, it is announced once."""
        asker = await _planner(tap)
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
        asker = await _planner(tap)
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


async def _ask_back(visit: Visit, asked: Question, wish: Wish) -> None:
    """Offer the moments that may be meant, or say how to write one."""
    keyboard = keyboards.choosing(asked.options, wish.duration, visit.speech)
    asking = question if keyboard is not None else how_to_write
    await visit.reply(asking(asked.kind, visit.speech.words), keyboard)


async def _planner(tap: Tap) -> Asker:
    """Who pressed the button, if they may schedule: else even a dead draft's buttons are not theirs to take.

    Raises:
        NotAllowed.
    """
    asker = await tap.asker()
    require(asker, Action.SCHEDULE)
    return asker


def _command_above(tap: Tap) -> tuple[Message, User]:
    """The /schedule that the question answered, and who wrote it; raises `WishGone`."""
    command = tap.command
    if command is None or command.from_user is None or command_of(command) != COMMAND:
        raise WishGone
    return command, command.from_user
