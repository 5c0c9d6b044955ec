"""Configuring: admins choose a group's customs, and what follows from them for its talks ahead is done."""

import logging
import secrets
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import datetime
from functools import cache
from zoneinfo import available_timezones

from rooms import announcing
from rooms.authority import require_in_group
from rooms.digests import next_digest
from rooms.errors.groups import (
    CopiesItself,
    LanguageUnknown,
    NoSuchGroup,
    QuietHoursEmpty,
    ReminderUnknown,
    TooManyCopies,
    WeekdayUnknown,
    ZoneUnknown,
)
from rooms.errors.talks import TooManyTopics
from rooms.group import REMINDERS, Group
from rooms.ids import ChatId
from rooms.moderation import Deed, DeedKind
from rooms.ports import Clock
from rooms.records import Records, Store
from rooms.retention import keep_otherwise
from rooms.roles import Action, Asker
from rooms.room import AHEAD, ON_AIR
from rooms.timetable import set_reminders
from rooms.topics import MOST as MOST_TOPICS

LANGUAGES = ("en", "it")
COPIES = 10
"""Other chats in which a group's talks are announced at most."""

_ALL = 100_000
_NOT_CHOSEN = ("chat", "title", "programme_key", "digest_at", "is_present")
_MOVE_REMINDERS = frozenset({"zone", "reminders", "quiet"})
_MOVE_DIGEST = frozenset({"zone", "digest", "quiet"})
_ON_CARDS = frozenset({"zone", "language"})

log = logging.getLogger(__name__)


class Configuring:
    """A group's customs as its admins want them; each change is one transaction with all that follows."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def change(self, chat: ChatId, asker: Asker, edit: Callable[[Group], Group]) -> Group:
        """Let a group have other customs, and return it as it then is.

        What nobody chooses (its chat, title, addresses, presence and the next digest) cannot be edited.
        Reminders are put in order, and copies named once.

        Raises:
            NoSuchGroup, NotAllowed, Banned, NotAMember, ZoneUnknown, LanguageUnknown, ReminderUnknown,
            WeekdayUnknown, QuietHoursEmpty, TooManyCopies, CopiesItself, TooManyTopics, and what the edit
            raises.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            await require_in_group(records, Action.SET_UP, chat, asker, now)
            group = await _group(records, chat)
            wanted = _in_order(edit(group), group)
            _check(wanted)
            changed = _differences(group, wanted)
            if not changed:
                return group
            if not _MOVE_DIGEST.isdisjoint(changed):
                wanted = replace(wanted, digest_at=next_digest(wanted, now))
            await records.groups.save(wanted)
            await records.log.add(_deed(wanted, DeedKind.SET_UP, asker, now, ", ".join(changed)))
            await _follow(records, wanted, frozenset(changed), now)
        log.info("group %s has another %s", chat, ", ".join(changed))
        return wanted

    async def revoke(self, chat: ChatId, asker: Asker) -> Group:
        """Give the programme and its calendars new addresses; who has the old ones sees nothing any more.

        Raises:
            NoSuchGroup, NotAllowed, Banned, NotAMember.
        """
        now = self._clock.now()
        async with self._store.writing() as records:
            await require_in_group(records, Action.SET_UP, chat, asker, now)
            group = replace(await _group(records, chat), programme_key=secrets.token_urlsafe(16))
            await records.groups.save(group)
            await records.log.add(_deed(group, DeedKind.REVOKED, asker, now))
        return group


async def _group(records: Records, chat: ChatId) -> Group:
    group = await records.groups.find(chat)
    if group is None:
        raise NoSuchGroup
    return group


def _in_order(wanted: Group, group: Group) -> Group:
    kept = {name: getattr(group, name) for name in _NOT_CHOSEN}
    reminders = tuple(sorted(set(wanted.reminders), reverse=True))
    return replace(wanted, reminders=reminders, copies=tuple(dict.fromkeys(wanted.copies)), **kept)


def _differences(group: Group, wanted: Group) -> list[str]:
    """What the customs are called that are other ones."""
    names = [each.name for each in fields(Group)]
    return [name for name in names if getattr(wanted, name) != getattr(group, name)]


def _check(group: Group) -> None:
    if group.zone.key not in _zones():
        raise ZoneUnknown(str(group.zone))
    if group.language not in LANGUAGES:
        raise LanguageUnknown(group.language)
    for length in group.reminders:
        if length not in REMINDERS:
            raise ReminderUnknown(length, REMINDERS)
    if group.digest is not None and group.digest not in range(7):
        raise WeekdayUnknown(group.digest)
    if group.quiet is not None and group.quiet.begin == group.quiet.end:
        raise QuietHoursEmpty
    _check_lists(group)


def _check_lists(group: Group) -> None:
    if group.chat in group.copies:
        raise CopiesItself
    if len(group.copies) > COPIES:
        raise TooManyCopies(COPIES)
    if len(group.topics.tags) > MOST_TOPICS:
        raise TooManyTopics(MOST_TOPICS)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


async def _follow(records: Records, group: Group, changed: frozenset[str], now: datetime) -> None:
    if not _MOVE_REMINDERS.isdisjoint(changed):
        for room in await records.rooms.in_states(AHEAD, group.chat, _ALL):
            await set_reminders(records, room, group, now)
    if "keeps_recordings" in changed:
        await keep_otherwise(records, group, now)
    if not _ON_CARDS.isdisjoint(changed):
        for room in await records.rooms.in_states(AHEAD | ON_AIR, group.chat, _ALL):
            await announcing.refresh(records, room, now)


def _deed(group: Group, kind: DeedKind, asker: Asker, now: datetime, detail: str = "") -> Deed:
    return Deed(group.chat, now, kind, asker.person, asker.name, detail=detail)
