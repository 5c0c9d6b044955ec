"""What a group's talks begin with."""

from bot.customs.talks import Recording, Threads, WhoListens, WhoSchedules
from rooms.group import Schedulers
from rooms.plan import Admission
from tests.bot.speeches import ENGLISH, ITALIAN
from tests.fakes.groups import CAREERS


def test_every_member_may_schedule_where_the_group_says_so() -> None:
    section = WhoSchedules()
    group = section.chosen("members", CAREERS)
    assert group.schedulers is Schedulers.MEMBERS
    assert section.shown(CAREERS, ENGLISH.words) == "Admins only"
    assert section.shown(group, ITALIAN.words) == "Tutti i membri"
    assert section.options(group, ENGLISH.words)[1] == ("✅ Every member", "members")


def test_who_may_listen_has_three_answers() -> None:
    section = WhoListens()
    chosen = [
        section.chosen(value, CAREERS).admission for _label, value in section.options(CAREERS, ENGLISH.words)
    ]
    assert chosen == list(Admission)


def test_recordings_and_threads_are_switches() -> None:
    assert Recording().shown(CAREERS, ENGLISH.words) == "on"
    assert Recording().chosen("off", CAREERS).records_talks is False
    assert Threads().shown(CAREERS, ITALIAN.words) == "no"
    assert Threads().chosen("on", CAREERS).makes_threads is True
    assert "right to manage topics" in Threads().explanation(ENGLISH.words)
