"""Bills know their addresses and have ids that outlive them."""

from dataclasses import replace

from tests.fakes.clock import NOON
from tests.fakes.groups import CAREERS
from tests.fakes.talks import OTHER_CHAT
from tests.web.bills import a_talk
from web.bills import Bill, talk_id


def test_a_topic_has_an_address_below_the_group_s() -> None:
    assert Bill(CAREERS, []).path == "/g/programme-of-careers"
    assert Bill(CAREERS, [], "caffè").path == "/g/programme-of-careers/topics/caff%C3%A8"
    assert Bill(CAREERS, [], "a/b").path == "/g/programme-of-careers/topics/a%2Fb"


def test_a_bill_is_called_after_its_group_and_its_topic() -> None:
    assert Bill(replace(CAREERS, title="Careers\r\nForum"), []).title == "Careers Forum"
    assert Bill(CAREERS, [], "jobs").title == "Careers Forum · #jobs"


def test_a_bill_knows_its_topics_and_its_own() -> None:
    rooms = [a_talk(1), a_talk(2, topic="books"), a_talk(3), a_talk(4, topic=None)]
    assert Bill(CAREERS, rooms).topics == ["books", "careers"]
    assert Bill(CAREERS, rooms, "jobs").topics == ["books", "careers", "jobs"]


def test_the_id_of_a_bill_goes_with_its_address_and_tells_nothing_of_the_chat() -> None:
    ours = Bill(CAREERS, []).id
    assert Bill(replace(CAREERS, chat=OTHER_CHAT, title="Jobs"), [a_talk()]).id == ours
    assert Bill(replace(CAREERS, programme_key="another"), []).id != ours


def test_the_id_of_a_talk_goes_with_its_link() -> None:
    assert talk_id(a_talk(1, title="Jobs", revision=4)) == talk_id(a_talk(1))
    assert talk_id(a_talk(2)) != talk_id(a_talk(1))


def test_the_id_of_a_talk_outlives_its_link() -> None:
    anew = a_talk().with_gallery_closed("the-next-key", NOON).with_gallery_open(NOON)
    assert talk_id(anew) == talk_id(a_talk())
