"""The arrangement of a talk's call: what is to be true of it, from what is on record."""

from rooms.appointments import Answer
from rooms.bridges import carrying
from rooms.ids import PersonId
from rooms.ports import Opening
from rooms.records import Records
from rooms.roles import Role
from rooms.room import Room, RoomState
from rooms.seating import seating

_ON_STAGE = frozenset({Role.COHOST, Role.SPEAKER})


async def opening_of(records: Records, room: Room) -> Opening:
    """The talk's call as it ought to be now."""
    chat = room.plan.chat
    return Opening(
        room.id,
        chat,
        room.plan.call_title,
        is_live=room.state is RoomState.LIVE,
        is_recorded=room.plan.is_recorded,
        joins_muted=room.plan.seats is not None or await _only_listens(records, room),
        speakers=await entitled(records, room),
        unrecorded=frozenset(one.person for one in await records.consents.of(chat) if one.agrees is False),
        bridges=frozenset(carrying(await records.bridges.of(room.id))),
        outlets=tuple(await records.outlets.of(chat)),
    )


async def entitled(records: Records, room: Room) -> frozenset[PersonId]:
    """Who may speak without asking: the speakers, and where everybody may, those who have a seat."""
    speakers = await speakers_of(records, room)
    if room.plan.seats is None or await _only_listens(records, room):
        return speakers
    return speakers | frozenset((await seating(records, room)).seated)


async def speakers_of(records: Records, room: Room) -> frozenset[PersonId]:
    """Who may speak in the talk: its host, its co-hosts and its speakers."""
    cast = await records.appointments.of(room.id)
    appointed = {
        one.invited.person for one in cast if one.role in _ON_STAGE and one.answer is Answer.ACCEPTED
    }
    return frozenset({room.plan.host, *(person for person in appointed if person is not None)})


async def _only_listens(records: Records, room: Room) -> bool:
    """Whether who comes into the group's calls listens until somebody lets them speak."""
    group = await records.groups.find(room.plan.chat)
    return group is None or group.joins_muted
