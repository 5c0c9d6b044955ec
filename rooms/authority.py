"""Authority: the roles of who asks, from what Telegram vouches for and from talks and bans on record."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from rooms.appointments import Answer
from rooms.bridges import carrying
from rooms.errors.refusal import Refusal
from rooms.errors.rights import Banned, InvitedOnly, NotAllowed, NotAllowedNextDoor, NotAMember
from rooms.group import Schedulers
from rooms.ids import ChatId
from rooms.plan import Admission
from rooms.records import Records
from rooms.roles import Action, Asker, Role, permits
from rooms.room import Room


async def roles_in(records: Records, chat: ChatId, asker: Asker, now: datetime) -> frozenset[Role]:
    """What somebody is to a group: an admin, a member like any other, banned, or nothing."""
    if asker.is_admin:
        return frozenset({Role.ADMIN, Role.LISTENER})
    ban = await records.bans.find(chat, asker.person, now)
    if ban is not None:
        return frozenset({Role.BANNED})
    return frozenset({Role.LISTENER}) if asker.is_member else frozenset()


async def roles_towards(records: Records, room: Room, asker: Asker, now: datetime) -> frozenset[Role]:
    """What somebody is to a room of their group, or to one that is carried in their group's call."""
    if asker.chat in (None, room.plan.chat):
        roles = await roles_in(records, room.plan.chat, asker, now)
    else:
        roles = await _roles_next_door(records, room, asker, now)
    if Role.LISTENER not in roles:
        return roles
    if room.plan.host == asker.person:
        roles |= {Role.HOST}
    for appointment in await records.appointments.of(room.id):
        if appointment.answer is Answer.ACCEPTED and appointment.invited.is_me(asker):
            roles |= {appointment.role}
    return roles


async def _roles_next_door(records: Records, room: Room, asker: Asker, now: datetime) -> frozenset[Role]:
    """What somebody is to a room by being in another group: nothing, unless the talk is carried there.

    Who is banned from the talks of either group takes no part, whichever way they come; an admin of the group
    that carries it minds it only there.
    """
    if asker.chat not in carrying(await records.bridges.of(room.id)):
        return frozenset()
    if await records.bans.find(room.plan.chat, asker.person, now) is not None:
        return frozenset({Role.BANNED})
    roles = await roles_in(records, asker.chat, asker, now)
    return frozenset({Role.NEIGHBOUR, Role.LISTENER}) if Role.ADMIN in roles else roles


async def require(records: Records, action: Action, room: Room, asker: Asker, now: datetime) -> None:
    """Refuse an action on a room to who has no right to it.

    Raises:
        NotAllowed, Banned, NotAMember.
    """
    roles = await roles_towards(records, room, asker, now)
    if not permits(roles, action):
        await _refuse(records, action, room.plan.chat, asker, now)


async def permitted(
    records: Records, action: Action, rooms: Iterable[Room], asker: Asker, now: datetime
) -> Sequence[Room]:
    """Those of the rooms with which the asker may do it; raises the refusal of the first when none is."""
    theirs: list[Room] = []
    refusals: list[Refusal] = []
    for room in rooms:
        try:
            await require(records, action, room, asker, now)
            theirs.append(room)
        except Refusal as refusal:
            refusals.append(refusal)
    if refusals and not theirs:
        raise refusals[0]
    return theirs


async def require_in_group(
    records: Records, action: Action, chat: ChatId, asker: Asker, now: datetime
) -> None:
    """Refuse an action on a group as a whole; where its customs say so, every member may schedule.

    Raises:
        NotAllowed, Banned, NotAMember.
    """
    roles = await roles_in(records, chat, asker, now)
    if permits(roles, action):
        return
    if action is Action.SCHEDULE and Role.LISTENER in roles:
        group = await records.groups.find(chat)
        if group is not None and group.schedulers is Schedulers.MEMBERS:
            return
    await _refuse(records, action, chat, asker, now)


async def refuse_uninvited(records: Records, room: Room, asker: Asker) -> None:
    """Raise `InvitedOnly` if the room is for the invited, and who asks is none of them."""
    minds_it = asker.person == room.plan.host or (asker.is_admin and asker.chat in (None, room.plan.chat))
    if room.plan.admission is not Admission.INVITED or minds_it:
        return
    appointments = await records.appointments.of(room.id)
    if not any(appointment.invited.is_me(asker) for appointment in appointments):
        raise InvitedOnly


async def _refuse(records: Records, action: Action, chat: ChatId, asker: Asker, now: datetime) -> None:
    own = asker.chat or chat
    for place in dict.fromkeys((own, chat)):
        ban = await records.bans.find(place, asker.person, now)
        if ban is not None and not (asker.is_admin and place == own):
            raise Banned(ban.until, ban.reason)
    if not asker.is_member:
        raise NotAMember
    raise NotAllowed(action) if own == chat else NotAllowedNextDoor(action)
