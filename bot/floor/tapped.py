"""Tapped: which talk a button is about, and who pressed it, in whichever group's chat the talk is carried."""

from bot.visits import Tap
from rooms.ids import ChatId, RoomId
from rooms.planning import Planning
from rooms.roles import Asker
from rooms.room import Room


async def tapped(tap: Tap, planning: Planning, room_id: RoomId) -> tuple[Room, Asker]:
    """The talk, and the asker with their standing in the chat of the button; in private, in the talk's own.

    That they have a say there is for whoever does what they ask to see to. Raises `NoSuchRoom`.
    """
    room = await planning.look_up(room_id)
    chat = room.plan.chat if tap.is_private else ChatId(tap.chat.id)
    return room, await tap.asker_in(chat)
