"""Edits: what was said becomes another plan, and people hear what became of it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.amending.edits import changed, edit_of
from bot.amending.scopes import Scope
from bot.aspects.times import Scene, read_when
from bot.errors import AspectNotUnderstood, RhythmFixed
from bot.times import When
from rooms.appointments import Invited
from rooms.changing import Outcome
from rooms.holding import is_told
from rooms.roles import Role
from tests.bot.forum import ROME
from tests.bot.speeches import BOTH, ENGLISH
from tests.fakes.clock import NOON
from tests.fakes.talks import a_plan, a_room

SCENE = Scene(NOON, ROME, "en")
LATER = NOON + timedelta(hours=3)


def test_only_what_was_said_becomes_another() -> None:
    edit = edit_of({"seats": 20, "when": When(LATER, ROME)})
    assert edit(a_plan()) == replace(a_plan(), seats=20, starts_at=LATER)


def test_a_series_is_no_moment_and_people_are_asked_elsewhere() -> None:
    with pytest.raises(RhythmFixed):
        edit_of({"when": read_when("every Thursday 18:30", SCENE)})
    with pytest.raises(AspectNotUnderstood):
        edit_of({"people": ((Role.SPEAKER, Invited("@dora")),)})


@pytest.mark.parametrize(
    ("fields", "scope", "said"),
    [
        ({}, Scope.ONE, "Careers after 40 is like that already."),
        ({"cover": "id"}, Scope.ONE, "Careers after 40 is changed. The announcement shows it."),
        ({"seats": 20}, Scope.ONE, "Careers after 40 is changed. The announcement shows it; in a minute"),
        ({"starts_at": LATER}, Scope.ONE, "Careers after 40 is moved to Tuesday 24 November 2026, 16:00"),
        ({"seats": 20}, Scope.FOLLOWING, "Careers after 40 and all that follow are changed. This one:"),
    ],
)
def test_it_is_said_what_became_of_it_and_who_hears_of_it(
    fields: dict[str, Any], scope: Scope, said: str
) -> None:
    room = a_room()
    after = replace(room, plan=replace(room.plan, **fields))
    outcome = Outcome(after, bool(fields), is_told=is_told(room.plan, after.plan), is_held=True)
    assert changed(room, outcome, scope, ENGLISH).striptags().startswith(said)
    assert all(changed(room, outcome, scope, speech) for speech in BOTH)


def test_where_the_talk_begins_within_the_minute_everybody_is_told_now() -> None:
    room = a_room()
    outcome = Outcome(replace(room, plan=a_plan("Other")), is_changed=True, is_told=True, is_held=False)
    assert changed(room, outcome, Scope.ONE, ENGLISH).endswith("shows it; I tell everybody concerned now.")


def test_of_others_that_are_changed_it_is_said_although_this_one_is_as_it_was() -> None:
    outcome = Outcome(a_room(), is_changed=True, is_told=True, is_held=True)
    said = changed(a_room(), outcome, Scope.FOLLOWING, ENGLISH)
    assert "all that follow are changed" in said
    assert said.endswith("in a minute I tell everybody concerned.")


def test_a_title_is_shown_as_it_was_written() -> None:
    room = a_room(plan=a_plan("<b>{when}</b>"))
    outcome = Outcome(room, is_changed=False, is_told=False, is_held=False)
    assert "&lt;b&gt;{when}&lt;/b&gt;" in changed(room, outcome, Scope.ONE, ENGLISH)
