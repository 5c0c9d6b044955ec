"""Zones by name."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.times import words_en, words_it
from bot.times.zones import ABBREVIATIONS, cities, offset_key, plain, zone_key
from rooms.zones import zone_of

SUMMER, WINTER = datetime(2027, 7, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def _offsets(key: str) -> set[timedelta | None]:
    return {moment.astimezone(zone_of(key)).utcoffset() for moment in (SUMMER, WINTER)}


@pytest.mark.parametrize(
    ("name", "hours"),
    [("utc", 0), ("gmt", 0), ("cet", 1), ("cest", 2), ("est", -5), ("edt", -4), ("jst", 9), ("brt", -3)],
)
def test_abbreviations_are_fixed_offsets(name: str, hours: int) -> None:
    assert _offsets(ABBREVIATIONS[name]) == {timedelta(hours=hours)}


def test_no_abbreviation_has_summer_time() -> None:
    assert all(len(_offsets(key)) == 1 for key in ABBREVIATIONS.values())


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("utc+1", 60),
        ("gmt-03:00", -180),
        ("utc+0", 0),
        ("utc -12", -720),
        ("utc+14", 840),
        ("utc+5:45", 345),
        ("utc-0930", -570),
        ("utc+10:30", 630),
        ("utc-02:30", -150),
    ],
)
def test_offsets_are_zones(written: str, minutes: int) -> None:
    key = offset_key(written)
    assert key is not None
    assert _offsets(key) == {timedelta(minutes=minutes)}


@pytest.mark.parametrize("written", ["utc+15", "utc-13", "utc+5:12", "utc+25", "cet+1", "utc", "+1"])
def test_offsets_that_no_place_has_are_none(written: str) -> None:
    assert offset_key(written) is None


def test_keys_are_found_in_any_case() -> None:
    assert zone_key("europe/rome") == "Europe/Rome"
    assert zone_key("america/new york") == "America/New_York"
    assert zone_key("europe/atlantis") is None


@pytest.mark.parametrize(
    ("language", "name", "key"),
    [("en", "rome", "Europe/Rome"), ("it", "roma", "Europe/Rome"), ("it", "tokyo", "Asia/Tokyo")],
)
def test_cities_are_known_in_the_language(language: str, name: str, key: str) -> None:
    assert ((name,), key) in list(cities(language))


@pytest.mark.parametrize("language", ["en", "it"])
@pytest.mark.parametrize("word", ["easter", "christmas", "reunion", "nome", "center"])
def test_places_that_are_words_are_left_out(language: str, word: str) -> None:
    assert (word,) not in dict(cities(language))


def test_every_place_and_zone_of_the_lists_exists() -> None:
    for table in (words_en.ZONES, words_en.PLACES, words_it.ZONES, words_it.PLACES):
        for key in table.values():
            assert zone_of(key).key == key


def test_names_lose_accents_case_and_invisible_signs() -> None:
    assert plain("São\u200b Paulo") == "sao paulo"
    assert plain("LUNEDÌ") == "lunedi"
