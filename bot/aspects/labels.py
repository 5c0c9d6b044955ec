"""Fields that say themselves what they are: "title: …", "posti: 20"."""

import re

from bot.aspects.aspect import Aspect

_LABELS = {
    Aspect.TITLE: ("title", "name", "titolo", "nome"),
    Aspect.TOPIC: ("topic", "tag", "tema", "argomento"),
    Aspect.WHEN: ("when", "time", "date", "quando", "ora", "data"),
    Aspect.LENGTH: ("length", "duration", "how long", "durata", "quanto dura"),
    Aspect.DESCRIPTION: ("description", "about", "text", "descrizione", "testo"),
    Aspect.PEOPLE: ("people", "speakers", "speaker", "persone", "relatori", "relatore"),
    Aspect.SEATS: ("seats", "places", "posti"),
    Aspect.ADMISSION: ("who", "who may listen", "listeners", "admission", "chi", "chi può ascoltare"),
    Aspect.RECORDING: ("recording", "record", "registrazione"),
    Aspect.LANGUAGE: ("language", "lingua"),
    Aspect.COVER: ("cover", "picture", "copertina", "immagine"),
}
_ASPECTS = {label: aspect for aspect, labels in _LABELS.items() for label in labels}
_LABEL = re.compile(r"\s*(?P<label>[^\W\d_][\w ]{0,24}?)\s*:\s*(?P<rest>.*)", re.DOTALL)


def labelled(field: str) -> tuple[Aspect, str] | None:
    """What a field is about by its first word, and the rest of it; None for one without such a word."""
    found = _LABEL.fullmatch(field)
    if found is None:
        return None
    aspect = _ASPECTS.get(" ".join(found["label"].casefold().split()))
    return (aspect, found["rest"].strip()) if aspect is not None else None
