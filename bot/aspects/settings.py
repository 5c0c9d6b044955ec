"""What a few words say of a talk by themselves: "20 seats", "solo membri", "not recorded", "in Italian"."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from bot.aspects.aspect import Aspect, Change
from rooms.plan import Admission

_SEATS = re.compile(
    r"(?:max\.?|at most|up to|only|massimo|al massimo|fino a|solo)?\s*(?P<number>\d{1,9})\s*"
    r"(?:seats?|places?|people|posti?|posto|persone)(?:\s*(?:max\.?|at most|massimo|al massimo))?"
)
_NO_LIMIT = {"no limit", "any number of seats", "unlimited seats", "senza limite", "posti illimitati"}
_ADMISSIONS: Mapping[Admission, set[str]] = {
    Admission.OPEN: {
        "open", "open to all", "open to everybody", "open to everyone", "anyone", "everybody", "everyone",
        "aperto", "aperta", "aperto a tutti", "aperta a tutti", "tutti", "chiunque",
    },
    Admission.MEMBERS: {
        "members", "members only", "only members", "for members", "for members only", "membri",
        "solo membri", "solo i membri", "solo per membri", "solo per i membri", "per i membri",
    },
    Admission.INVITED: {
        "by invitation", "by invitation only", "invitation only", "invite only", "invited only",
        "only by invitation", "su invito", "solo su invito", "a invito", "solo a invito", "solo invitati",
    },
}  # fmt: skip
_RECORDED: Mapping[bool, set[str]] = {
    True: {
        "recorded", "record", "record it", "with recording", "yes", "registrato", "registrata", "registra",
        "con registrazione", "sì", "si",
    },
    False: {
        "not recorded", "unrecorded", "no recording", "without recording", "do not record", "don't record",
        "non registrato", "non registrata", "non registrare", "senza registrazione", "nessuna registrazione",
        "no",
    },
}  # fmt: skip
_ANSWERS_ONLY = {"yes", "sì", "si", "no", "record", "registra"}
"""What means something only where it was asked for."""


def read_setting(words: str) -> tuple[Aspect, Change] | None:
    """What a field says that nobody introduced; None when it is nothing of the kind."""
    folded = _folded(words)
    if folded in _ANSWERS_ONLY:
        return None
    for aspect in (Aspect.SEATS, Aspect.ADMISSION, Aspect.RECORDING):
        change = read_value(aspect, words)
        if change is not None:
            return aspect, change
    if folded.startswith("in "):
        code = _languages().get(folded.removeprefix("in "))
        return (Aspect.LANGUAGE, {"language": code}) if code else None
    return None


def read_value(aspect: Aspect, words: str) -> Change | None:
    """What the words say of seats, admission, recording or language; None when it is nothing."""
    folded = _folded(words)
    match aspect:
        case Aspect.SEATS:
            return _seats(folded)
        case Aspect.ADMISSION:
            return _member_of(_ADMISSIONS, folded, "admission")
        case Aspect.RECORDING:
            return _member_of(_RECORDED, folded, "is_recorded")
        case Aspect.LANGUAGE:
            code = _languages().get(folded.removeprefix("in "))
            return {"language": code} if code else None
        case _:
            return None


def read_number_of_seats(words: str) -> Change | None:
    """The same where a number alone says it, because seats were asked for."""
    folded = _folded(words)
    if re.fullmatch(r"\d{1,9}", folded, re.ASCII):
        return {"seats": int(folded)}
    return _seats(folded)


def _seats(folded: str) -> Change | None:
    if folded in _NO_LIMIT:
        return {"seats": None}
    found = _SEATS.fullmatch(folded)
    return {"seats": int(found["number"])} if found else None


def _member_of(meanings: Mapping[Any, set[str]], folded: str, field: str) -> Change | None:
    return next(({field: value} for value, words in meanings.items() if folded in words), None)


@cache
def _languages() -> Mapping[str, str]:
    """The codes of languages by their names in English, in Italian and in themselves."""
    names: dict[str, str] = {}
    for one in ("en", "it"):
        found = Locale.parse(one).languages
        names |= {name.casefold(): code for code, name in found.items() if len(code) == 2}
    own = {code: Locale.parse(code).get_language_name() for code in ("de", "fr", "es", "pt", "ro", "sq")}
    return names | {name.casefold(): code for code, name in own.items() if name}


def _folded(words: str) -> str:
    return " ".join(words.casefold().replace("\u2019", "'").replace("-only", " only").split()).rstrip(".")
