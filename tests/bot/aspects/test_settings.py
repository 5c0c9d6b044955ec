"""What a few words say of a talk."""

from typing import Any

import pytest

from bot.aspects import Aspect
from bot.aspects.settings import read_number_of_seats, read_setting, read_value
from rooms.plan import Admission


@pytest.mark.parametrize(
    ("words", "aspect", "change"),
    [
        ("20 seats", Aspect.SEATS, {"seats": 20}),
        ("20 Posti", Aspect.SEATS, {"seats": 20}),
        ("max 8 people", Aspect.SEATS, {"seats": 8}),
        ("al massimo 8 persone", Aspect.SEATS, {"seats": 8}),
        ("1 posto", Aspect.SEATS, {"seats": 1}),
        ("no limit", Aspect.SEATS, {"seats": None}),
        ("Members only", Aspect.ADMISSION, {"admission": Admission.MEMBERS}),
        ("members-only", Aspect.ADMISSION, {"admission": Admission.MEMBERS}),
        ("solo per i membri", Aspect.ADMISSION, {"admission": Admission.MEMBERS}),
        ("by invitation", Aspect.ADMISSION, {"admission": Admission.INVITED}),
        ("invite-only", Aspect.ADMISSION, {"admission": Admission.INVITED}),
        ("su invito", Aspect.ADMISSION, {"admission": Admission.INVITED}),
        ("aperto a tutti", Aspect.ADMISSION, {"admission": Admission.OPEN}),
        ("not recorded", Aspect.RECORDING, {"is_recorded": False}),
        ("don\u2019t record", Aspect.RECORDING, {"is_recorded": False}),
        ("senza registrazione.", Aspect.RECORDING, {"is_recorded": False}),
        ("recorded", Aspect.RECORDING, {"is_recorded": True}),
        ("in Italian", Aspect.LANGUAGE, {"language": "it"}),
        ("in italiano", Aspect.LANGUAGE, {"language": "it"}),
        ("in inglese", Aspect.LANGUAGE, {"language": "en"}),
        ("in Deutsch", Aspect.LANGUAGE, {"language": "de"}),
    ],
)
def test_a_field_says_what_it_is_about(words: str, aspect: Aspect, change: dict[str, Any]) -> None:
    assert read_setting(words) == (aspect, change)


@pytest.mark.parametrize(
    "words",
    ["", "20", "seats", "-5 seats", "2000000000 seats", "twenty seats", "no", "yes", "record", "Italian",
     "in 2 hours", "in the evening", "in gibberish", "members of the board only"],
)  # fmt: skip
def test_other_words_say_nothing_by_themselves(words: str) -> None:
    assert read_setting(words) is None


def test_where_it_was_asked_for_fewer_words_do() -> None:
    assert read_value(Aspect.RECORDING, "no") == {"is_recorded": False}
    assert read_value(Aspect.RECORDING, "sì") == {"is_recorded": True}
    assert read_value(Aspect.LANGUAGE, "Italiano") == {"language": "it"}
    assert read_value(Aspect.TITLE, "Careers") is None
    assert read_number_of_seats("20") == {"seats": 20}
    assert read_number_of_seats("²0") is None
