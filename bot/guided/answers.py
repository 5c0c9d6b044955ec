"""Answers: what a message says to the question of a guided dialogue, and what a tapped word stands for."""

from collections.abc import Sequence

from telegram import Bot, Message

from bot.aspects import read_aspect
from bot.aspects.messages import read_message
from bot.aspects.times import Scene
from bot.errors import ButtonUnknown, ButtonWanted, PeopleWanted
from bot.guided.questions import DONE, OFF, mark_of
from bot.guided.sheet import Sheet
from bot.persons import contact_in, mentions_in, without_bots
from bot.times import When
from bot.wishes import Place
from rooms.appointments import Invited
from rooms.errors.people import BotInvited, HostInvited
from rooms.roles import Role


def read_answer(sheet: Sheet, message: Message, scene: Scene) -> Sheet:
    """The sheet with what a message says written down; raises `ButtonWanted`, and what the reading raises."""
    asked = sheet.asks
    if asked is None:
        raise ButtonWanted
    return sheet.with_change(read_message(asked, message, lambda words: read_aspect(asked, words, scene)))


def people_in(message: Message) -> Sequence[Invited]:
    """Whom a message names; raises `PeopleWanted`."""
    contact = contact_in(message)
    people = (contact,) if contact else mentions_in(message, message.text or "").people
    if not people:
        raise PeopleWanted
    return people


def name_people(
    sheet: Sheet, people: Sequence[Invited], place: Place, bot: Bot
) -> tuple[Sheet, BotInvited | None]:
    """The sheet with those named whose part is to be asked for, and the refusal of the bots among them.

    Raises:
        HostInvited, BotInvited: nobody else is named.
        TooManyAppointments: they are too many.
    """
    people, refusal = without_bots(people, bot)
    others = [one for one in people if not place.is_host(one)]
    if not others:
        raise refusal or HostInvited(place.host_name)
    return sheet.naming(others), refusal


def people_picked(sheet: Sheet, value: str) -> Sheet:
    """The sheet after a tap under the question about people; raises `ButtonUnknown`."""
    if sheet.pending and value in (Role.SPEAKER, Role.COHOST):
        return sheet.with_people(Role(value))
    if value == DONE and not sheet.pending:
        return sheet.gone_on()
    for _role, one in sheet.wish.people:
        if value == f"{OFF}{mark_of(one)}":
            return sheet.without_person(one)
    raise ButtonUnknown


def option(sheet: Sheet, value: str) -> When:
    """The moment that was tapped of those that a time may mean; raises `ButtonUnknown`."""
    if sheet.doubt is None or not value.isdecimal() or int(value) >= len(sheet.doubt.options):
        raise ButtonUnknown
    return sheet.doubt.options[int(value)]
