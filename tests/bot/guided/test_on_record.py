"""A sheet comes back from its text as it was."""

import json
from datetime import timedelta

import pytest

from bot.aspects import Aspect
from bot.aspects.times import Scene, read_when
from bot.guided.on_record import from_json, to_json
from bot.guided.sheet import Sheet
from bot.times import Question, When
from bot.wishes import Wish
from rooms.appointments import Invited
from rooms.ids import PersonId, ThreadId
from rooms.plan import Admission
from rooms.roles import Role
from tests.bot.forum import ROME
from tests.fakes.clock import NOON

SCENE = Scene(NOON, ROME, "en")
EMIL = Invited("Emil", PersonId(7), "emil")


def moment(words: str) -> When:
    when = read_when(words, SCENE)
    assert isinstance(when, When)
    return when


def doubt(words: str) -> Question:
    asked = read_when(words, SCENE)
    assert isinstance(asked, Question)
    return asked


WISH = Wish(
    "Careers “40”", "lavoro", moment("tomorrow 18:30"), timedelta(minutes=90), "One.\nTwo.",
    ((Role.SPEAKER, EMIL), (Role.COHOST, Invited("@dora", username="dora"))), Admission.MEMBERS, 20, False,
    "it", "file-id",
)  # fmt: skip


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(),
        Sheet(ThreadId(12), WISH, None, tuple(Aspect), is_whole=True),
        Sheet(None, Wish("A", when=moment("every Thursday 18:30")), Aspect.PEOPLE, pending=(EMIL,)),
        Sheet(None, Wish("A"), Aspect.WHEN, (Aspect.TITLE,), doubt=doubt("tomorrow at 6")),
        Sheet(None, Wish("A"), Aspect.WHEN, (Aspect.TITLE,), doubt=doubt("every Thursday at 6")),
        Sheet(None, Wish("A"), Aspect.WHEN, (Aspect.TITLE,), doubt=doubt("tomorrow")),
        Sheet(None, Wish("A"), Aspect.WHEN, (Aspect.TITLE,), is_paused=True),
    ],
)
def test_nothing_is_lost(sheet: Sheet) -> None:
    assert from_json(to_json(sheet)) == sheet


def test_a_sheet_of_an_older_version_is_not_paused() -> None:
    older = json.loads(to_json(Sheet()))
    del older["is_paused"]
    assert from_json(json.dumps(older)) == Sheet()
