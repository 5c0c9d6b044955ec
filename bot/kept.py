"""What is kept, in words: what each table of the records holds, its columns, and what stands in them."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from babel.dates import format_datetime

from bot.words import Words

_INSTANT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?\+00:00")


def holding(table: str, words: Words) -> str:
    """What a table holds, for people; its own name for one that nobody has described yet."""
    return _tables(words).get(table, table)


def called(column: str, words: Words) -> str:
    """What a column is about, for people; its own name for one that nobody has described yet."""
    return {**_of_people(words), **_of_talks(words), **_of_work(words)}.get(column, column)


def said(column: str, value: str, words: Words) -> str:
    """What stands in a column, as people write it: moments in UTC, yes and no; other words as they are."""
    if column in ("kind", "role", "answer"):
        return _choices(words).get(value, value)
    if _INSTANT.fullmatch(value):
        moment = datetime.fromisoformat(value).astimezone(UTC)
        return f"{format_datetime(moment, 'd MMM y, HH:mm', locale=words.locale)} UTC"
    return {"True": words.gettext("yes"), "False": words.gettext("no")}.get(value, value)


def _choices(words: Words) -> Mapping[str, str]:
    gettext = words.gettext
    return {
        "speaker": gettext("speaker"),
        "cohost": gettext("co-host"),
        "listener": gettext("listener"),
        "waiting": gettext("not given yet"),
        "accepted": gettext("accepted"),
        "declined": gettext("declined"),
        "scheduled": gettext("talk scheduled"),
        "changed": gettext("talk changed"),
        "cancelled": gettext("talk cancelled"),
        "restored": gettext("change taken back"),
        "opened": gettext("talk opened"),
        "closed": gettext("talk closed"),
        "extended": gettext("talk given more time"),
        "handed_over": gettext("talk handed over"),
        "banned": gettext("ban"),
        "pardoned": gettext("pardon"),
        "reported": gettext("report"),
        "erased": gettext("recording deleted"),
        "bridged": gettext("talk carried in another group"),
        "unbridged": gettext("talk carried there no more"),
        "outlet_added": gettext("server added"),
        "outlet_removed": gettext("server taken off"),
        "set_up": gettext("settings changed"),
        "revoked": gettext("new addresses"),
    }


def _of_people(words: Words) -> Mapping[str, str]:
    gettext = words.gettext
    return {
        "actor": gettext("who did it, by number"),
        "added_by": gettext("who added it, by number"),
        "actor_name": gettext("who did it"),
        "answer": gettext("answer"),
        "coming_since": gettext("comes since"),
        "host": gettext("host, by number"),
        "host_name": gettext("host"),
        "language": gettext("language"),
        "name": gettext("name"),
        "person": gettext("person, by number"),
        "raised_at": gettext("hand up since"),
        "is_in_call": gettext("raised in the voice chat"),
        "reason": gettext("reason"),
        "role": gettext("part"),
        "spoken": gettext("spoke for"),
        "until": gettext("until"),
        "username": gettext("user name"),
        "wants_reminder": gettext("wants a reminder"),
    }


def _of_talks(words: Words) -> Mapping[str, str]:
    gettext = words.gettext
    return {
        "admission": gettext("who may listen"),
        "agrees": gettext("agrees"),
        "begins": gettext("from"),
        "edition": gettext("times made anew"),
        "erase_at": gettext("is deleted"),
        "length": gettext("length"),
        "path": gettext("file on this machine"),
        "cover": gettext("cover picture"),
        "description": gettext("description"),
        "duration": gettext("length"),
        "first": gettext("first time"),
        "is_over": gettext("is over"),
        "is_recorded": gettext("is recorded"),
        "listen_key": gettext("end of the link"),
        "occurrence_at": gettext("its time in the series"),
        "own_thread": gettext("its own forum topic"),
        "planned_call": gettext("its planned voice chat"),
        "turn": gettext("how long turns last"),
        "url": gettext("its address, which is secret"),
        "revision": gettext("times changed"),
        "room": gettext("number of the talk"),
        "rule": gettext("rule"),
        "seats": gettext("seats"),
        "series": gettext("number of the series"),
        "former": gettext("number of the series before"),
        "starts_at": gettext("begins"),
        "thread": gettext("forum topic"),
        "title": gettext("title"),
        "topic": gettext("topic"),
        "zone": gettext("time zone"),
    }


def _of_work(words: Words) -> Mapping[str, str]:
    gettext = words.gettext
    return {
        "at": gettext("when"),
        "attempts": gettext("attempts"),
        "changed_at": gettext("changed"),
        "chat": gettext("chat, by number"),
        "detail": gettext("what else"),
        "group": gettext("group, by number"),
        "id": gettext("number"),
        "kind": gettext("kind"),
        "label": gettext("name of the server"),
        "leased_until": gettext("being done until"),
        "message": gettext("message, by number"),
        "place": gettext("place"),
        "ready_at": gettext("to be sent"),
        "state": gettext("state"),
        "subject": gettext("about"),
    }


def _tables(words: Words) -> Mapping[str, str]:
    gettext = words.gettext
    return {
        "groups": gettext("The group's settings"),
        "series": gettext("Series of talks"),
        "rooms": gettext("Talks"),
        "befores": gettext("Changes that can be taken back"),
        "jobs": gettext("What is to be done in its time"),
        "outbox": gettext("Messages on their way"),
        "cards": gettext("Announcements"),
        "guests": gettext("Who comes, and who wants to be reminded"),
        "appointments": gettext("Invitations and roles"),
        "bans": gettext("Bans"),
        "log": gettext("The admins' log"),
        "people": gettext("Who wrote to me in private"),
        "dialogues": gettext("Dialogues that are not over"),
        "measures": gettext("How many were in the call"),
        "talk_times": gettext("Who spoke how long"),
        "recordings": gettext("Recordings"),
        "tracks": gettext("Voices on tracks of their own"),
        "turns": gettext("Who spoke when in recordings"),
        "posts": gettext("Replays and clips in the chat"),
        "consents": gettext("Whose voice may be kept"),
        "hands": gettext("Raised hands"),
        "outlets": gettext("Servers to which the talks go out"),
        "bridges": gettext("Groups that carry a talk too"),
        "boards": gettext("Stage boards"),
    }
