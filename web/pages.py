"""Pages: what listeners read, in their own language, rendered without knowing who they are."""

import gettext
import secrets
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import jinja2
from babel.numbers import format_decimal

from rooms.listening import View
from rooms.receipts import Entry
from rooms.replays import Replay
from rooms.room import AHEAD, ON_AIR, Room
from web.bills import Bill
from web.events import asked, murmured, shown
from web.forms import FORMS
from web.saying import UTC, clock_time, position, when

EMBEDDED = ("ogg", "mp3")
"""The forms that players without a script understand, the better one first."""

TEMPLATES = Path(__file__).parent / "templates"


def played(replay: Replay | None, room: Room) -> dict[str, Any] | None:
    """What a script needs to play a replay; lengths and places in seconds."""
    if replay is None:
        return None
    address = f"/l/{room.listen_key}/replay/{replay.recording.edition}"
    parts = [
        {"url": f"{address}/{number}.ogg", "at": part.at.total_seconds()}
        for number, part in enumerate(replay.parts, 1)
    ]
    return {"duration": replay.recording.duration.total_seconds(), "parts": parts}


class Pages:
    """Renders every page.

    Args:
        catalogues: texts by language.
        edition: the part of the assets' address that changes with them.
        public_url: the address under which listeners reach the gallery, without a slash at its end.
    """

    def __init__(
        self, catalogues: Mapping[str, gettext.NullTranslations], edition: str, public_url: str
    ) -> None:
        self.languages = frozenset(catalogues)
        self.public_url = public_url
        self._environments = {
            language: _environment(language, catalogue, edition, public_url)
            for language, catalogue in catalogues.items()
        }

    def front(self, language: str) -> str:
        """The page without a key; it reveals nothing."""
        return self._render("front.html", language)

    def privacy(self, receipt: Sequence[Entry], language: str) -> str:
        """What is promised to listeners and what is not, and all that is stored."""
        return self._render("privacy.html", language, receipt=receipt)

    def room(self, view: View, language: str, waveform: str = "") -> str:
        """The page on which a room is heard; `waveform` is the path of its replay's picture."""
        parts = {
            "zone": view.group.zone if view.group else UTC,
            "shown": shown(view),
            "asked": asked(view),
            "murmured": murmured(view),
            "replay": view.replay,
            "played": played(view.replay, view.room),
            "waveform": waveform,
        }
        return self._render("room.html", language, view=view, room=view.room, **parts)

    def embed(self, view: View, language: str) -> str:
        """The player that other sites show in a frame."""
        parts = {
            "zone": view.group.zone if view.group else UTC,
            "played": played(view.replay, view.room),
            "streams": [(kind, FORMS[kind].content_type) for kind in EMBEDDED if kind in FORMS],
        }
        return self._render("embed.html", language, view=view, room=view.room, **parts)

    def ticket(self, view: View, key: str, language: str) -> str:
        """The page on which a ticket is taken; `key` is the room's public key, in base64."""
        zone = view.group.zone if view.group else UTC
        return self._render("ticket.html", language, room=view.room, group=view.group, zone=zone, key=key)

    def programme(self, bill: Bill, language: str) -> str:
        """What is on in a group now, and what comes next; of one topic, if the bill is for one.

        The bill has all talks nevertheless, so that the page can lead to the other topics.
        """
        shown = [room for room in bill.rooms if bill.topic in (None, room.plan.topic)]
        parts = {
            "on_air": [room for room in shown if room.state in ON_AIR],
            "ahead": [room for room in shown if room.state in AHEAD],
        }
        return self._render("programme.html", language, bill=bill, zone=bill.group.zone, **parts)

    def sentence(self, name: str, language: str) -> tuple[str, str]:
        """A title and a sentence for an answer that is no page of its own; named in sentences.html."""
        module = self._environments[language].get_template("sentences.html").module
        title, text = getattr(module, name)
        return str(title), str(text)

    def plain(self, name: str, language: str, back: str | None = None) -> str:
        """A page with no more than a sentence, and maybe the way back to a talk's page."""
        title, text = self.sentence(name, language)
        return self._render("sentence.html", language, title=title, text=text, back=back)

    def _render(self, template: str, language: str, **context: Any) -> str:
        return self._environments[language].get_template(template).render(context)


def _environment(
    language: str, catalogue: gettext.NullTranslations, edition: str, public_url: str
) -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(catalogue, newstyle=True)  # type: ignore[attr-defined]
    environment.filters["when"] = partial(when, language=language)
    environment.filters["position"] = position
    environment.filters["decimal"] = partial(format_decimal, locale=language)
    environment.filters["clock_time"] = partial(clock_time, language=language)
    environment.globals.update(language=language, assets=f"/static/{edition}", public_url=public_url)
    environment.globals["ballot"] = partial(secrets.token_urlsafe, 16)
    environment.globals["webcal_url"] = f"webcal://{public_url.partition('://')[2]}"
    return environment
