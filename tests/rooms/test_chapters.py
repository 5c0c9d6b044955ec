"""A recording is divided by who speaks at length."""

from datetime import timedelta

from rooms.chapters import MOST, Chapter, chapters_of, speakers_in
from rooms.ids import NOBODY, PersonId
from rooms.recordings import Turn

SECOND = timedelta(seconds=1)
ADA, BRUNO = PersonId(42), PersonId(43)


def turn(person: PersonId, at: int, length: int, name: str | None = None) -> Turn:
    names = {ADA: "Ada", BRUNO: "Bruno"}
    return Turn(person, names.get(person, "") if name is None else name, at * SECOND, length * SECOND)


def test_each_long_turn_begins_a_chapter_and_the_first_begins_at_the_beginning() -> None:
    assert chapters_of([turn(BRUNO, 70, 30), turn(ADA, 5, 60)]) == (
        Chapter(timedelta(0), ADA, "Ada", 65 * SECOND),
        Chapter(70 * SECOND, BRUNO, "Bruno", 30 * SECOND),
    )


def test_a_brief_word_of_somebody_else_does_not_divide_a_chapter() -> None:
    turns = [turn(ADA, 0, 60), turn(BRUNO, 30, 2), turn(ADA, 61, 60)]
    assert chapters_of(turns) == (Chapter(timedelta(0), ADA, "Ada", 121 * SECOND),)


def test_where_nobody_speaks_at_length_there_are_no_chapters() -> None:
    assert chapters_of([]) == ()
    assert chapters_of([turn(ADA, 0, 14)]) == ()


def test_of_very_many_turns_the_longest_are_chapters() -> None:
    turns = [turn(PersonId(1 + number % 2), number * 100, 20 + number) for number in range(MOST + 10)]
    chapters = chapters_of(turns)
    assert len(chapters) == MOST
    assert chapters[0].at == timedelta(0)
    assert chapters[1].at == 1100 * SECOND


def test_who_spoke_longest_is_named_first_and_who_was_forgotten_is_not_named() -> None:
    turns = [turn(ADA, 0, 10), turn(BRUNO, 10, 25), turn(ADA, 40, 10), turn(NOBODY, 60, 99)]
    assert speakers_in(turns) == ("Bruno", "Ada")
