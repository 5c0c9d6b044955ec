"""Bridging: a talk is carried in the calls of other groups too, as long as both sides want it."""

from collections.abc import Sequence
from datetime import datetime

from rooms.announcing import announce
from rooms.authority import permitted, require
from rooms.bridges import Bridge, BridgeNews
from rooms.errors.elsewhere import BridgedAlready, BridgeDeclined, BridgesItself, NotBridged, TooManyBridges
from rooms.errors.groups import NoSuchGroup
from rooms.errors.rights import NotAllowed
from rooms.errors.talks import WrongState
from rooms.group import Group
from rooms.ids import ChatId, RoomId
from rooms.moderation import Deed, DeedKind
from rooms.notices import NoticeKind, notice_of, notice_to
from rooms.ports import Clock
from rooms.programme import refuse_clash_in
from rooms.records import Records, Store
from rooms.roles import Action, Asker
from rooms.room import UNFINISHED, Room

MOST = 10
"""Other groups in which one talk is carried, or whose admins were asked, at most."""


class Bridging:
    """Bridges of talks that are ahead or on; what is on record is brought about by `rooms.arranging`.

    A group's call is in one talk at a time, its own or one that it carries. Whatever is asked raises
    `NotAllowed`, `Banned` or `NotAMember` when the asker may not, `NoSuchRoom`, and `WrongState` when the
    talk is over.
    """

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._declined: set[tuple[RoomId, ChatId]] = set()
        """So that a group is not asked again and again; forgotten with the process."""

    async def candidates(self, chat: ChatId, asker: Asker) -> Sequence[Room]:
        """The chat's own talks, on or ahead, that the asker may have carried elsewhere, the earliest first.

        Raises the refusal of the first, if there are talks and none is theirs.
        """
        async with self._store.reading() as records:
            rooms = await records.rooms.in_states(UNFINISHED, chat)
            return await permitted(records, Action.BRIDGE, rooms, asker, self._clock.now())

    async def spanning(self, chat: ChatId) -> Sequence[tuple[Room, Bridge, str]]:
        """The agreed bridges of the chat's talks, and those into it, each with the other group's title."""
        async with self._store.reading() as records:
            found = [
                (room, bridge)
                for room in await records.rooms.in_states(UNFINISHED, chat)
                for bridge in await records.bridges.of(room.id)
            ]
            for bridge in await records.bridges.into(chat):
                room = await records.rooms.find(bridge.room)
                if room is not None and room.state in UNFINISHED:
                    found.append((room, bridge))
            return [
                (room, bridge, await _title(records, room.plan.chat if bridge.chat == chat else bridge.chat))
                for room, bridge in found
                if bridge.is_agreed
            ]

    async def ask(self, room_id: RoomId, asker: Asker, there: Asker) -> Bridge:
        """Ask another group's admins; `there` is the asker as one of that group: its admin agrees thereby.

        Raises:
            BridgesItself, BridgedAlready, BridgeDeclined, TooManyBridges.
            NoSuchGroup: the bot is not in that group.
            Clash: the group has another talk at that time.
        """
        now, chat = self._clock.now(), _chat(there)
        async with self._store.writing() as records:
            room = await _unfinished(records, room_id)
            await require(records, Action.BRIDGE, room, asker, now)
            group = await self._free(records, room, chat)
            if there.is_admin:
                await _agree(records, room, group, there, now)
            else:
                await records.bridges.save(Bridge(room_id, chat))
                asked = notice_to(chat, room, NoticeKind.BRIDGE, _said(BridgeNews.ASKED, group))
                await records.outbox.put(asked, now)
        return Bridge(room_id, chat, there.is_admin)

    async def answer(self, room_id: RoomId, there: Asker, *, accepts: bool) -> Room:
        """An admin of the other group answers.

        Raises:
            NotBridged: nobody asks any more, or somebody declined.
            BridgedAlready: somebody accepted.
            Clash: the group has another talk at that time.
        """
        now, chat = self._clock.now(), _chat(there)
        async with self._store.writing() as records:
            if not there.is_admin:
                raise NotAllowed(Action.BRIDGE)
            room = await _unfinished(records, room_id)
            if (await _find(records, room_id, chat)).is_agreed:
                raise BridgedAlready
            group = await _group(records, chat)
            if accepts:
                await refuse_clash_in(records, chat, room.plan, but=room_id)
                await _agree(records, room, group, there, now)
            else:
                self._declined.add((room_id, chat))
                await records.bridges.remove(room_id, chat)
                declined = notice_of(room, NoticeKind.BRIDGE, _said(BridgeNews.DECLINED, group))
                await records.outbox.put(declined, now)
        return room

    async def end(self, room_id: RoomId, asker: Asker, chat: ChatId) -> Room:
        """The talk is not carried there any more, as its host wishes, or an admin of that group.

        Raises:
            NotBridged: it is not.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            room = await _unfinished(records, room_id)
            await _find(records, room_id, chat)
            if asker.chat not in (None, room.plan.chat, chat):
                raise NotAllowed(Action.UNBRIDGE)
            await require(records, Action.UNBRIDGE, room, asker, now)
            await take_down(records, room, chat, now)
            await _log(records, room, DeedKind.UNBRIDGED, asker, now)
        return room

    async def _free(self, records: Records, room: Room, chat: ChatId) -> Group:
        """The other group, if the talk can be carried there."""
        if chat == room.plan.chat:
            raise BridgesItself
        group = await _group(records, chat)
        bridges = await records.bridges.of(room.id)
        if any(bridge.chat == chat for bridge in bridges):
            raise BridgedAlready
        if (room.id, chat) in self._declined:
            raise BridgeDeclined
        if len(bridges) >= MOST:
            raise TooManyBridges(MOST)
        await refuse_clash_in(records, chat, room.plan, but=room.id)
        return group


async def take_down(records: Records, room: Room, chat: ChatId, now: datetime) -> None:
    """The talk is not carried in a chat any more, of which both groups hear if it was."""
    bridges = [bridge for bridge in await records.bridges.of(room.id) if bridge.chat == chat]
    await records.bridges.remove(room.id, chat)
    group = await records.groups.find(chat)
    is_carried = any(bridge.is_agreed for bridge in bridges) and room.state in UNFINISHED
    if group is not None and is_carried:
        await _tell_both(records, room, group, BridgeNews.ENDED, now)


async def _agree(records: Records, room: Room, group: Group, by: Asker, now: datetime) -> None:
    await records.bridges.save(Bridge(room.id, group.chat, is_agreed=True))
    await announce(records, room, now)
    await _tell_both(records, room, group, BridgeNews.AGREED, now)
    await _log(records, room, DeedKind.BRIDGED, by, now)


async def _tell_both(records: Records, room: Room, group: Group, news: BridgeNews, now: datetime) -> None:
    detail = _said(news, group)
    await records.outbox.put(notice_of(room, NoticeKind.BRIDGE, detail), now)
    await records.outbox.put(notice_to(group.chat, room, NoticeKind.BRIDGE, detail), now)


async def _log(records: Records, room: Room, kind: DeedKind, by: Asker, now: datetime) -> None:
    """In the log of the group in which it was done."""
    chat = by.chat or room.plan.chat
    await records.log.add(Deed(chat, now, kind, by.person, by.name, room.plan.title))


async def _unfinished(records: Records, room_id: RoomId) -> Room:
    room = await records.rooms.get(room_id)
    if room.state not in UNFINISHED:
        raise WrongState(room.state, "be carried elsewhere")
    return room


async def _find(records: Records, room: RoomId, chat: ChatId) -> Bridge:
    found = [bridge for bridge in await records.bridges.of(room) if bridge.chat == chat]
    if not found:
        raise NotBridged
    return found[0]


async def _group(records: Records, chat: ChatId) -> Group:
    group = await records.groups.find(chat)
    if group is None or not group.is_present:
        raise NoSuchGroup
    return group


async def _title(records: Records, chat: ChatId) -> str:
    group = await records.groups.find(chat)
    return group.title if group is not None else ""


def _said(news: BridgeNews, group: Group) -> str:
    return f"{news} {group.chat} {group.title}"


def _chat(there: Asker) -> ChatId:
    if there.chat is None:
        raise ValueError("it must be known of which group they are")
    return there.chat
