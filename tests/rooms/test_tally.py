"""What is seen of a stage comes to steps of an audience and to spoken times."""

from datetime import timedelta

from rooms.ids import NOBODY, PersonId, RoomId
from rooms.measures import Measure, TalkTime
from rooms.stage import OnStage, Stage
from rooms.tally import Tally, joined
from tests.fakes.clock import NOON

ROOM = RoomId(1)
ADA, BRUNO = PersonId(42), PersonId(43)


def sec(seconds: float) -> timedelta:
    return timedelta(seconds=seconds)


def stage(people: int, *speaking: int) -> Stage:
    return Stage(
        tuple(
            OnStage(PersonId(42 + number), f"Nr {number}", is_speaking=number in speaking)
            for number in range(people)
        )
    )


def tallied(*seen: tuple[float, Stage], until: float) -> Measure:
    tally = Tally(ROOM, NOON)
    for at, what in seen:
        tally.see(what, NOON + sec(at))
    return tally.take(NOON + sec(until))


def spoken(measure: Measure) -> dict[int, float]:
    return {time.person: time.spoken.total_seconds() for time in measure.talk_times}


def test_a_number_that_lasts_ten_seconds_is_a_step_from_when_it_began() -> None:
    assert tallied((0, stage(3)), (30, stage(5)), until=40).audience == ((sec(0), 3), (sec(30), 5))


def test_a_number_that_does_not_last_yet_is_not_counted() -> None:
    assert tallied((0, stage(3)), (30, stage(5)), until=39.9).audience == ((sec(0), 3),)


def test_it_is_counted_when_it_has_lasted_at_last() -> None:
    tally = Tally(ROOM, NOON)
    tally.see(stage(3), NOON)
    assert tally.take(NOON + sec(9)).audience == ()
    assert tally.take(NOON + sec(10)).audience == ((sec(0), 3),)
    assert tally.take(NOON + sec(20)).audience == ()


def test_who_comes_and_goes_at_once_makes_no_step() -> None:
    measure = tallied((0, stage(3)), (30, stage(4)), (35, stage(3)), until=60)
    assert measure.audience == ((sec(0), 3),)


def test_people_who_come_one_by_one_are_one_step() -> None:
    seen = [(number * 5, stage(number)) for number in range(20)]
    assert tallied(*seen, until=120).audience == ((sec(95), 19),)


def test_a_change_of_who_speaks_does_not_begin_the_number_anew() -> None:
    measure = tallied((0, stage(3)), (6, stage(3, 1)), until=10)
    assert measure.audience == ((sec(0), 3),)


def test_a_stage_that_everybody_leaves_is_a_step_to_nobody() -> None:
    assert tallied((0, stage(3)), (20, stage(0)), until=30).audience == ((sec(0), 3), (sec(20), 0))


def test_before_anybody_was_seen_nothing_is_known() -> None:
    assert tallied((0, stage(0)), (30, stage(2)), until=60).audience == ((sec(30), 2),)
    assert tallied((0, stage(0)), until=60).audience == ()


def test_who_was_there_before_the_start_is_counted_from_the_start() -> None:
    assert tallied((-30, stage(2)), until=5).audience == ((sec(0), 2),)


def test_everybody_is_given_the_time_in_which_they_were_heard() -> None:
    measure = tallied(
        (0, stage(3)), (10, stage(3, 0)), (15, stage(3, 0, 1)), (17.5, stage(3, 1)), (20, stage(3)), until=60
    )
    assert spoken(measure) == {ADA: 7.5, BRUNO: 5}


def test_who_speaks_when_it_is_taken_is_counted_up_to_then_and_on_from_there() -> None:
    tally = Tally(ROOM, NOON)
    tally.see(stage(1, 0), NOON)
    assert spoken(tally.take(NOON + sec(30))) == {ADA: 30}
    assert spoken(tally.take(NOON + sec(45))) == {ADA: 15}


def test_a_clock_that_is_set_back_takes_no_time_away() -> None:
    measure = tallied((0, stage(1, 0)), (-60, stage(1, 0)), until=-50)
    assert spoken(measure) == {ADA: 10}


def test_nothing_seen_is_nothing_counted() -> None:
    assert tallied(until=60) == Measure(ROOM, (), ())


def test_measures_are_joined_person_by_person_and_step_by_step() -> None:
    first = Measure(ROOM, ((sec(0), 3), (sec(30), 4)), (TalkTime(ADA, "Ada", sec(10)),))
    more = Measure(
        ROOM,
        ((sec(60), 4), (sec(90), 2)),
        (TalkTime(BRUNO, "Bruno", sec(1)), TalkTime(ADA, "Ada L.", sec(5))),
    )
    assert joined(first, more) == Measure(
        ROOM,
        ((sec(0), 3), (sec(30), 4), (sec(90), 2)),
        (TalkTime(ADA, "Ada L.", sec(15)), TalkTime(BRUNO, "Bruno", sec(1))),
    )
    assert joined(None, more) == more


def test_the_time_of_those_who_were_forgotten_stays() -> None:
    forgotten = Measure(ROOM, (), (TalkTime(NOBODY, "", sec(10)), TalkTime(NOBODY, "", sec(5))))
    more = Measure(ROOM, (), (TalkTime(ADA, "Ada", sec(1)),))
    assert spoken(joined(forgotten, more)) == {NOBODY: 15, ADA: 1}
