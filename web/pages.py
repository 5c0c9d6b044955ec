"""Pages: what listeners read, in their own language, rendered without knowing who they are."""

import gettext
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from babel.dates import format_datetime, format_time

from rooms.group import Group
from rooms.listening import View
from rooms.room import AHEAD, ON_AIR, Room
from web.events import shown

TEMPLATES = Path(__file__).parent / "templates"
_WHEN = "EEEE d MMMM yyyy, HH:mm"
_UTC = ZoneInfo("UTC")


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
        self._environments = {
            language: _environment(language, catalogue, edition, public_url)
            for language, catalogue in catalogues.items()
        }

    def front(self, language: str) -> str:
        """The page without a key; it reveals nothing."""
        return self._render("front.html", language)

    def privacy(self, language: str) -> str:
        """What is promised to listeners and what is not."""
        return self._render("privacy.html", language)

    def room(self, view: View, language: str) -> str:
        """The page on which a room is heard."""
        zone = view.group.zone if view.group else _UTC
        return self._render("room.html", language, view=view, room=view.room, zone=zone, shown=shown(view))

    def programme(self, group: Group, rooms: Sequence[Room], language: str) -> str:
        """What is on in a group now, and what comes next."""
        bill = {
            "on_air": [room for room in rooms if room.state in ON_AIR],
            "ahead": [room for room in rooms if room.state in AHEAD],
        }
        return self._render("programme.html", language, group=group, zone=group.zone, **bill)

    def sentence(self, name: str, language: str) -> tuple[str, str]:
        """A title and a sentence for an answer that is no page of its own; named in sentences.html."""
        module = self._environments[language].get_template("sentences.html").module
        title, text = getattr(module, name)
        return str(title), str(text)

    def plain(self, name: str, language: str) -> str:
        """A page with no more than a sentence."""
        title, text = self.sentence(name, language)
        return self._render("sentence.html", language, title=title, text=text)

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
    environment.filters["when"] = partial(_when, language=language)
    environment.filters["clock_time"] = partial(_clock_time, language=language)
    environment.globals.update(language=language, assets=f"/static/{edition}", public_url=public_url)
    return environment


def _when(instant: datetime, zone: ZoneInfo, language: str) -> str:
    return format_datetime(instant, _WHEN, tzinfo=zone, locale=language)


def _clock_time(instant: datetime, zone: ZoneInfo, language: str) -> str:
    return format_time(instant, "HH:mm", tzinfo=zone, locale=language)
