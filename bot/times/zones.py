"""Zones by name: abbreviations, offsets, keys of the time zone database, and the places said instead."""

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import category, normalize
from zoneinfo import available_timezones

from babel.core import get_global
from babel.dates import get_timezone_location

ABBREVIATIONS = {
    "utc": "Etc/UTC",
    "gmt": "Etc/UTC",
    "wet": "Etc/UTC",
    "cet": "Etc/GMT-1",  # the sign of these keys is reversed; the database's own "CET" has summer time
    "bst": "Etc/GMT-1",
    "cest": "Etc/GMT-2",
    "eet": "Etc/GMT-2",
    "eest": "Etc/GMT-3",
    "msk": "Etc/GMT-3",
    "sast": "Etc/GMT-2",
    "npt": "Asia/Kathmandu",
    "sgt": "Etc/GMT-8",
    "hkt": "Etc/GMT-8",
    "jst": "Etc/GMT-9",
    "kst": "Etc/GMT-9",
    "aest": "Etc/GMT-10",
    "aedt": "Etc/GMT-11",
    "nzst": "Etc/GMT-12",
    "nzdt": "Etc/GMT-13",
    "brt": "Etc/GMT+3",
    "edt": "Etc/GMT+4",
    "est": "Etc/GMT+5",
    "cdt": "Etc/GMT+5",
    "mdt": "Etc/GMT+6",
    "mst": "Etc/GMT+7",
    "pdt": "Etc/GMT+7",
    "pst": "Etc/GMT+8",
}
"""Fixed offsets; abbreviations with several meanings (IST, CST, AST) are left out."""

_ODD_OFFSETS = {
    "+0330": "Asia/Tehran",
    "+0430": "Asia/Kabul",
    "+0530": "Asia/Kolkata",
    "+0545": "Asia/Kathmandu",
    "+0630": "Asia/Yangon",
    "+0845": "Australia/Eucla",
    "+0930": "Australia/Darwin",
    "-0930": "Pacific/Marquesas",
}
"""Offsets of half and quarter hours, by a place that keeps them all year."""

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

_OFFSET = re.compile(r"(?:utc|gmt)\s?(?P<sign>[+-])\s?(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")


@cache
def _keys() -> dict[str, str]:
    return {key.casefold(): key for key in available_timezones() if "/" in key}


def zone_key(written: str) -> str | None:
    """The key that was written out ("europe/rome"), in its proper spelling."""
    return _keys().get(written.replace(" ", "_"))


def offset_key(written: str) -> str | None:
    """The zone with the fixed offset of "utc+1" or "gmt-03:00"; None when no place has such an offset."""
    found = _OFFSET.fullmatch(written)
    if found is None:
        return None
    hours, minutes = int(found["hours"]), int(found["minutes"] or 0)
    if minutes:
        return _ODD_OFFSETS.get(f"{found['sign']}{hours:02}{minutes:02}")
    if hours == 0:
        return "Etc/UTC"
    east = found["sign"] == "+"
    return f"Etc/GMT{'-' if east else '+'}{hours}" if hours <= (14 if east else 12) else None


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
