"""In which language and by which clock a group is spoken to."""

import pytest

from bot.customs.speaking import Language, Zone
from bot.errors import SettingNotUnderstood
from tests.bot.speeches import ENGLISH, ITALIAN
from tests.fakes.groups import CAREERS


def test_a_language_is_called_by_its_own_name() -> None:
    assert [label for label, _ in Language().options(CAREERS, ITALIAN.words)] == ["✅ English", "Italiano"]
    for written in ("it", "ITALIANO"):
        assert Language().read(written, CAREERS, ENGLISH.words).language == "it"


@pytest.mark.parametrize(
    ("written", "key"),
    [("kathmandu", "Asia/Kathmandu"), ("Asia/Kathmandu", "Asia/Kathmandu"),
     ("asia/katmandu", "Asia/Katmandu"),
     ("new york", "America/New_York"), ("america/new_york", "America/New_York"), ("roma", "Europe/Rome"),
     ("Rome", "Europe/Rome"), ("São Paulo", "America/Sao_Paulo"), ("sao paulo", "America/Sao_Paulo"),
     ("Lord_Howe", "Australia/Lord_Howe"), ("londra", "Europe/London"), ("UTC", "Etc/UTC"),
     ("CET", None), ("UTC+25", None), ("mars", None), ("../../etc/passwd", None), ("🙂", None)],
)  # fmt: skip
def test_a_zone_is_a_key_or_a_city_in_either_language(written: str, key: str | None) -> None:
    if key is None:
        with pytest.raises(SettingNotUnderstood):
            Zone().read(written, CAREERS, ENGLISH.words)
        return
    for speech in (ENGLISH, ITALIAN):
        assert Zone().read(written, CAREERS, speech.words).zone.key == key


def test_the_group_s_own_zone_is_among_the_buttons() -> None:
    group = Zone().read("Kathmandu", CAREERS, ENGLISH.words)
    assert Zone().options(group, ENGLISH.words)[0] == ("✅ Asia/Kathmandu", "Asia/Kathmandu")
    assert Zone().chosen("Asia/Tokyo", group).zone.key == "Asia/Tokyo"
