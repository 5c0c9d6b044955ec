"""Zones by name: abbreviations, offsets, keys of the time zone database, and the places said instead."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from unicodedata import category, normalize
from zoneinfo import available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location

ABBREVIATIONS = {
    "utc": "Etc/UTC",
    "gmt": "Etc/UTC",
    "wet": "Etc/UTC",
    "cet": "Etc/UTC+01:00",  # the database's own "CET" has summer time
    "bst": "Etc/UTC+01:00",
    "cest": "Etc/UTC+02:00",
    "eet": "Etc/UTC+02:00",
    "eest": "Etc/UTC+03:00",
    "msk": "Etc/UTC+03:00",
    "sast": "Etc/UTC+02:00",
    "npt": "Asia/Kathmandu",
    "sgt": "Etc/UTC+08:00",
    "hkt": "Etc/UTC+08:00",
    "jst": "Etc/UTC+09:00",
    "kst": "Etc/UTC+09:00",
    "aest": "Etc/UTC+10:00",
    "aedt": "Etc/UTC+11:00",
    "nzst": "Etc/UTC+12:00",
    "nzdt": "Etc/UTC+13:00",
    "brt": "Etc/UTC-03:00",
    "edt": "Etc/UTC-04:00",
    "est": "Etc/UTC-05:00",
    "cdt": "Etc/UTC-05:00",
    "mdt": "Etc/UTC-06:00",
    "mst": "Etc/UTC-07:00",
    "pdt": "Etc/UTC-07:00",
    "pst": "Etc/UTC-08:00",
}
"""Fixed offsets, for `rooms.zones`; abbreviations with several meanings (IST, CST, AST) are left out."""

_HOLIDAYS = {"Pacific/Easter", "Indian/Christmas"}
"""Islands whose names, in a phrase about times, are feasts."""
_MISTAKABLE = {
    *(
        "nome",
        "oral",
        "center",
        "resolute",
        "dominica",
        "troll",
        "wake",
        "act",
        "north",
        "south",
        "west",
        "victoria",
        "reunion",
        "la riunione",
    ),
    *("cordoba", "merida", "san juan", "san luis", "la rioja", "petersburg", "south georgia"),
}
"""Places whose names are also words (or a slip away from one) or other, better known, places."""
_AREAS = {"Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"}
NAMES = {
    "sofia",
    "regina",
    "stanley",
    "davis",
    "casey",
    "palmer",
    "canton",
    "jersey",
    "martinica",
    "lima",
    "malta",
    "salta",
    "riga",
    "marchesi",
    "midway",
    "cita",
}
"""Places whose names are people's or things' too: taken for a place only when said to be one."""

_UNSEEN = {"Mn", "Me", "Cf"}
"""Accents, what makes a sign an emoji, and marks of direction and joining."""

_WESTMOST, _EASTMOST = timedelta(hours=-12), timedelta(hours=14)
_OFFSET = re.compile(r"(?:utc|gmt)\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")


@cache
def _keys() -> dict[str, str]:
    return {key.casefold(): key for key in available_timezones() if "/" in key}


def zone_key(written: str) -> str | None:
    """The key that was written out ("europe/rome"), in its proper spelling."""
    return _keys().get(written.replace(" ", "_"))


def offset_key(written: str) -> str | None:
    """The key, for `rooms.zones`, of the offset "utc+1" or "gmt-03:30"; None when no place is so far off."""
    found = _OFFSET.fullmatch(written)
    if found is None:
        return None
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    offset = timedelta(hours=hours, minutes=minutes) * (1 if found["sign"] == "+" else -1)
    if minutes % 15 or not _WESTMOST <= offset <= _EASTMOST:
        return None
    return f"Etc/UTC{found['sign']}{hours:02}:{minutes:02}" if offset else "Etc/UTC"


def plain(text: str) -> str:
    """Lower case, without accents and invisible signs, in the simplest form of each character."""
    decomposed = normalize("NFD", normalize("NFKC", text).casefold())
    return "".join(letter for letter in decomposed if category(letter) not in _UNSEEN)


def cities(language: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """The words of each city that CLDR names for a zone, in `language`, and that zone's key."""
    for key in sorted(available_timezones() - _HOLIDAYS - set(get_global("zone_aliases"))):
        area, slash, place = key.partition("/")
        if not slash or area not in _AREAS:
            continue
        local = get_timezone_location(key, locale=language, return_city=True)
        for name in {plain(local), plain(place.rpartition("/")[2].replace("_", " "))}:
            words = tuple(re.findall("[a-z]+", name))
            if "," not in name and words and " ".join(words) not in _MISTAKABLE:
                yield words, key
